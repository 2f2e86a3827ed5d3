//! Comparing versions of packages, which are written in many ways.

use std::cmp::Ordering;

/// Whether a version is at least another: `8.15.3-1` is at least `8.9`.
///
/// Numbers are compared as numbers, words by the alphabet. A version that goes on is the later one, unless it goes on
/// with zeros or with a word for what comes before a release: `8.0.0-rc1` is not yet `8.0`. An epoch (`1:8.15`) counts
/// only where both have one.
pub(super) fn is_at_least(version: &str, required: &str) -> bool {
    let (epoch, version) = split_epoch(version);
    let (required_epoch, required) = split_epoch(required);
    if let (Some(epoch), Some(required_epoch)) = (epoch, required_epoch)
        && epoch != required_epoch
    {
        return epoch > required_epoch;
    }
    let (version, required) = (parts(version), parts(required));
    for index in 0..version.len().max(required.len()) {
        let order = match (version.get(index), required.get(index)) {
            (Some(part), Some(required)) => part.cmp(required),
            (Some(part), None) => part.beyond_the_end(),
            (None, Some(required)) => required.beyond_the_end().reverse(),
            (None, None) => Ordering::Equal,
        };
        if order.is_ne() {
            return order.is_gt();
        }
    }
    true
}

fn split_epoch(version: &str) -> (Option<u64>, &str) {
    match version.split_once(':') {
        Some((epoch, rest)) if epoch.parse::<u64>().is_ok() => (epoch.parse().ok(), rest),
        _ => (None, version),
    }
}

/// A run of digits or of letters; a word is before a number.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Word(String),
    Number(u64),
}

impl Part {
    /// How a version that goes on with this part compares with one that ends.
    fn beyond_the_end(&self) -> Ordering {
        match self {
            Self::Number(number) => number.cmp(&0),
            Self::Word(word) if ["alpha", "beta", "dev", "pre", "preview", "rc", "snapshot"].contains(&&**word) => {
                Ordering::Less
            }
            Self::Word(_) => Ordering::Greater,
        }
    }
}

fn parts(version: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = version;
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let ends = |c: char| !c.is_ascii_alphanumeric() || c.is_ascii_digit() != digits;
        let (part, after) = rest.split_at(rest.find(ends).unwrap_or(rest.len()));
        if part.is_empty() {
            rest = &rest[first.len_utf8()..];
            continue;
        }
        parts.push(match part.parse() {
            Ok(number) => Part::Number(number),
            Err(_) => Part::Word(part.to_ascii_lowercase()),
        });
        rest = after;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::is_at_least;

    #[test]
    fn versions_are_compared_by_their_parts() {
        for (version, required) in [
            ("8.15.3", "8.15.3"),
            ("8.15.3-1", "8.15.3"),
            ("8.15", "8.15.0"),
            ("8.15.0", "8.15"),
            ("8.15.3", "8.9"),
            ("10", "9.99"),
            ("1:8.15", "8.15"),
            ("1:2.0", "0:3.0"),
            ("1.1.1k", "1.1.1"),
            ("2.4.6.el7", "2.4.6"),
            ("8.0.0", "8.0.0-rc1"),
            ("8.0.0-rc.2", "8.0.0-rc1"),
            ("v8.0", "V8"),
        ] {
            assert!(is_at_least(version, required), "{version} is at least {required}");
        }
        for (version, required) in [
            ("8.15.2", "8.15.3"),
            ("8.9", "8.15"),
            ("8", "8.0.1"),
            ("9.99", "10"),
            ("1.1.1", "1.1.1k"),
            ("8.0.0-rc1", "8.0.0"),
            ("8.0.0-SNAPSHOT", "8"),
            ("0:9.0", "1:8.0"),
            ("", "1"),
        ] {
            assert!(!is_at_least(version, required), "{version} is not {required}");
        }
    }
}
