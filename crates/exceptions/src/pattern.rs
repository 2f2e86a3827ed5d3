//! Patterns with `*`.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Text in which `*` stands for any characters, or for none. All else stands for itself, and case counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pattern(String);

impl Pattern {
    /// The pattern that is written like this.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Whether a text looks like this, from its beginning to its end.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        let Some((first, rest)) = self.0.split_once('*') else { return self.0 == text };
        let Some(mut text) = text.strip_prefix(first) else { return false };
        let (between, last) = rest.rsplit_once('*').unwrap_or(("", rest));
        // Taking each part where it first occurs leaves the most for those that follow.
        for part in between.split('*') {
            match text.find(part) {
                Some(found) => text = &text[found + part.len()..],
                None => return false,
            }
        }
        text.ends_with(last)
    }

    /// Whether there is a text that both match.
    #[must_use]
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let (a, b): (Vec<_>, Vec<_>) = (self.0.chars().collect(), other.0.chars().collect());
        // `meets[j]`: what is left of `a` and `b[j..]` can be the same text. Built from the ends backwards.
        let mut meets = vec![false; b.len() + 1];
        for i in (0..=a.len()).rev() {
            let below = meets.clone();
            for j in (0..=b.len()).rev() {
                let (x, y) = (a.get(i), b.get(j));
                meets[j] = match (x, y) {
                    (None, None) => true,
                    (Some('*'), _) if below[j] => true,
                    (_, Some('*')) if meets[j + 1] => true,
                    (Some('*'), Some(_)) => meets[j + 1],
                    (Some(_), Some('*')) => below[j],
                    (Some(x), Some(y)) => x == y && below[j + 1],
                    _ => false,
                };
            }
        }
        meets[0]
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_characters() {
        for (pattern, text, expected) in [
            ("sg-1", "sg-1", true),
            ("sg-1", "sg-12", false),
            ("sg-1", "asg-1", false),
            ("", "", true),
            ("*", "", true),
            ("*", "anything", true),
            ("sg-*", "sg-", true),
            ("sg-*", "sg-1", true),
            ("sg-*", "asg-1", false),
            ("*-logs", "audit-logs", true),
            ("*-logs", "audit-logs-2", false),
            ("a*a", "a", false),
            ("a*a", "aa", true),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-c-b", false),
            ("**a**", "xay", true),
            ("arn:aws:s3:::*-logs", "arn:aws:s3:::audit-logs", true),
            ("Sg-*", "sg-1", false),
            ("?g-1", "sg-1", false),
            ("é*", "éa", true),
        ] {
            assert_eq!(Pattern::new(pattern).matches(text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn patterns_overlap_where_a_text_matches_both() {
        for (a, b, expected) in [
            ("sg-1", "sg-1", true),
            ("sg-1", "sg-2", false),
            ("*", "sg-2", true),
            ("*", "*", true),
            ("sg-*", "*-1", true),
            ("sg-*", "vol-*", false),
            ("a*c", "ab*", true),
            ("a*c", "*d", false),
            ("a*b", "b*a", false),
            ("ab*", "a*b*c", true),
            ("a", "a*a", false),
            ("", "*", true),
            ("", "a", false),
        ] {
            assert_eq!(Pattern::new(a).overlaps(&Pattern::new(b)), expected, "{a} {b}");
            assert_eq!(Pattern::new(b).overlaps(&Pattern::new(a)), expected, "{b} {a}");
        }
    }
}
