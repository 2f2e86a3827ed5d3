//! A rule's answer for one resource.

use std::fmt;

/// Most characters that AWS Config takes in an annotation (`Evaluation.Annotation` in its service model).
///
/// Whether it counts bytes, UTF-16 units or code points is not documented; [`Verdict::annotation`] counts UTF-16 units,
/// of which there are never fewer than code points, and reasons are ASCII except where they quote a name.
pub const ANNOTATION_LIMIT: usize = 256;

const CUT: &str = "...";

/// A rule's answer for one resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The resource does what the rule asks for.
    Compliant,
    /// It doesn't. The reason says what was found and what was expected, in one line, without a secret.
    NonCompliant(String),
    /// The rule has nothing to say of the resource, and why.
    NotApplicable(String),
}

impl Verdict {
    /// [`Verdict::NonCompliant`] for this reason.
    #[must_use]
    pub fn non_compliant(reason: impl Into<String>) -> Self {
        Self::NonCompliant(reason.into())
    }

    /// [`Verdict::NotApplicable`] for this reason.
    #[must_use]
    pub fn not_applicable(why: impl Into<String>) -> Self {
        Self::NotApplicable(why.into())
    }

    /// The verdict without its reason.
    #[must_use]
    pub fn compliance(&self) -> Compliance {
        match self {
            Self::Compliant => Compliance::Compliant,
            Self::NonCompliant(_) => Compliance::NonCompliant,
            Self::NotApplicable(_) => Compliance::NotApplicable,
        }
    }

    /// The reason as an annotation: one line of 1 to [`ANNOTATION_LIMIT`] characters, cut with `...` where it would be
    /// longer; `None` where there is nothing to say.
    #[must_use]
    pub fn annotation(&self) -> Option<String> {
        let reason = match self {
            Self::Compliant => return None,
            Self::NonCompliant(reason) | Self::NotApplicable(reason) => reason.trim(),
        };
        if reason.is_empty() {
            return None;
        }
        // Nearly all reasons are short and plain. Without an early end, many bytes are looked at together.
        let plain = |plain, byte| plain & matches!(byte, b' '..=b'~');
        if reason.len() <= ANNOTATION_LIMIT && reason.bytes().fold(true, plain) {
            return Some(reason.to_owned());
        }
        let line: String = reason.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        Some(cut(line))
    }
}

fn cut(line: String) -> String {
    if line.encode_utf16().count() <= ANNOTATION_LIMIT {
        return line;
    }
    let mut units = CUT.len();
    let mut kept: String = line
        .chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= ANNOTATION_LIMIT
        })
        .collect();
    kept.push_str(CUT);
    kept
}

/// The three values that a custom rule may put (`INSUFFICIENT_DATA` is refused by `PutEvaluations`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Compliance {
    /// `COMPLIANT`
    Compliant,
    /// `NON_COMPLIANT`
    NonCompliant,
    /// `NOT_APPLICABLE`
    NotApplicable,
}

impl Compliance {
    /// The value as AWS Config writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Compliant => "COMPLIANT",
            Self::NonCompliant => "NON_COMPLIANT",
            Self::NotApplicable => "NOT_APPLICABLE",
        }
    }
}

impl fmt::Display for Compliance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The verdict of a facts rule on one resource: such a rule may judge several at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The resource's type: for an account, `AWS::::Account`.
    pub resource_type: String,
    /// The id under which AWS Config knows the resource.
    pub resource_id: String,
    /// What the rule says of it.
    pub verdict: Verdict,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn annotation(reason: &str) -> Option<String> {
        Verdict::NonCompliant(reason.to_owned()).annotation()
    }

    #[test]
    fn empty_reasons_leave_the_annotation_out() {
        assert_eq!(annotation(""), None);
        assert_eq!(annotation(" \n"), None);
        assert_eq!(Verdict::Compliant.annotation(), None);
    }

    #[test]
    fn a_reason_of_256_is_kept_and_one_of_257_is_cut() {
        let kept = "x".repeat(256);
        assert_eq!(annotation(&kept), Some(kept.clone()));
        assert_eq!(annotation(&"x".repeat(257)), Some(format!("{}...", "x".repeat(253))));
    }

    #[test]
    fn a_cut_never_splits_a_character_and_counts_utf16_units() {
        let cut = annotation(&"😀".repeat(200)).expect("a reason");
        assert_eq!(cut, format!("{}...", "😀".repeat(126)));
        assert!(cut.encode_utf16().count() <= ANNOTATION_LIMIT);
    }

    #[test]
    fn control_characters_become_spaces() {
        assert_eq!(annotation("a\nb\u{7}c").as_deref(), Some("a b c"));
    }
}
