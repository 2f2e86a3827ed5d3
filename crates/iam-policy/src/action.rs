//! `Action` and `NotAction`.

use crate::pattern::Pattern;
use crate::selection::Selection;

/// The actions of a statement.
///
/// Names are `service:action` and ignore letter case. An empty `Action` list is accepted by AWS and names nothing
/// (Access Analyzer's policy check reference); an empty `NotAction` list excludes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actions(Selection<Pattern>);

impl Actions {
    pub(crate) fn new(list: &[&str], negated: bool) -> Actions {
        let patterns = list.iter().map(|text| Pattern::new(&text.to_ascii_lowercase())).collect();
        Actions(if negated { Selection::AllExcept(patterns) } else { Selection::Only(patterns) })
    }

    /// Whether one action is among them: `s3:GetObject`, a name without wildcards.
    #[must_use]
    pub fn matches(&self, action: &str) -> bool {
        self.0.matches(&action.to_ascii_lowercase())
    }

    /// Whether every action of a service is among them, the service given by its prefix: `s3`.
    #[must_use]
    pub fn covers_service(&self, prefix: &str) -> bool {
        let service = format!("{}:?*", prefix.to_ascii_lowercase());
        self.0.covers(&Pattern::new(&service))
    }

    /// Whether an action of a pattern is among them: `kms:ReEncrypt*`.
    #[must_use]
    pub fn overlaps(&self, pattern: &str) -> bool {
        self.0.overlaps(&Pattern::new(&pattern.to_ascii_lowercase()))
    }

    /// Whether every action of a pattern is among them.
    #[must_use]
    pub fn covers(&self, pattern: &str) -> bool {
        self.0.covers(&Pattern::new(&pattern.to_ascii_lowercase()))
    }

    /// Whether every action of some service is among them: `s3:*`, or `*`.
    ///
    /// `NotAction` says that of all services but those that it names, so it does unless it excludes everything.
    #[must_use]
    pub fn covers_some_service(&self) -> bool {
        match &self.0 {
            Selection::Only(list) => list.iter().any(|entry| match entry.split_at_literal(':') {
                Some((_, action)) => action.covers(&Pattern::new("?*")),
                None => entry.is_open_ended(),
            }),
            Selection::AllExcept(list) => !list.iter().any(|entry| entry.covers(&Pattern::new("?*:?*"))),
        }
    }

    pub(crate) fn includes(&self, other: &Actions) -> bool {
        self.0.includes(&other.0)
    }

    /// Whether every action of every service is among them.
    ///
    /// As each name has a service and an action, `*:*` covers as much as `*` does.
    #[must_use]
    pub fn covers_everything(&self) -> bool {
        self.0.covers(&Pattern::new("?*:?*"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covering() {
        // list, negated, covers s3, covers everything
        for (list, negated, service, everything) in [
            (&["*"][..], false, true, true),
            (&["**"], false, true, true),
            (&["*:*"], false, true, true),
            (&["*:**"], false, true, true),
            (&["ec2:Run*", "*"], false, true, true),
            (&["s3:*"], false, true, false),
            (&["S3:*"], false, true, false),
            (&["s*"], false, true, false),
            (&["s3:Get*"], false, false, false),
            (&["s3-object-lambda:*"], false, false, false),
            (&["*:Get*"], false, false, false),
            (&[], false, false, false),
            (&[], true, true, true),
            (&["iam:*"], true, true, false),
            (&["S3:GetObject"], true, false, false),
            (&["*:Get*"], true, false, false),
            (&["*"], true, false, false),
        ] {
            let actions = Actions::new(list, negated);
            assert_eq!(actions.covers_service("s3"), service, "{list:?}, negated {negated}: s3");
            assert_eq!(actions.covers_everything(), everything, "{list:?}, negated {negated}: all");
        }
    }

    #[test]
    fn some_service() {
        for (list, negated, expected) in [
            (&["ec2:*"][..], false, true),
            (&["ec2:Describe*", "S3:*"], false, true),
            (&["ec2:**"], false, true),
            (&["ec2:?*"], false, true),
            (&["ec*"], false, true),
            (&["*"], false, true),
            (&["*:*"], false, true),
            (&["ec2:Describe*"], false, false),
            (&["ec2:*Instances"], false, false),
            (&["*:Describe*"], false, false),
            (&["ec2:RunInstances"], false, false),
            (&["ec2"], false, false),
            (&[], false, false),
            (&["iam:*"], true, true),
            (&["iam:CreateUser"], true, true),
            (&[], true, true),
            (&["*"], true, false),
            (&["iam:*", "*:*"], true, false),
        ] {
            assert_eq!(Actions::new(list, negated).covers_some_service(), expected, "{list:?}, negated {negated}");
        }
    }

    #[test]
    fn overlapping_and_including() {
        // list, negated, overlaps kms:ReEncrypt*, covers it, includes kms:Decrypt and kms:ReEncryptTo
        for (list, negated, overlaps, covers, includes) in [
            (&["kms:*"][..], false, true, true, true),
            (&["kms:reencrypt*"], false, true, true, false),
            (&["kms:ReEncryptFrom"], false, true, false, false),
            (&["kms:Decrypt", "KMS:ReEncryptTo"], false, true, false, true),
            (&["kms:Describe*"], false, false, false, false),
            (&["s3:*"], true, true, true, true),
            (&["kms:*"], true, false, false, false),
            (&["kms:ReEncryptFrom"], true, true, false, true),
            (&["kms:ReEncryptTo"], true, true, false, false),
        ] {
            let actions = Actions::new(list, negated);
            assert_eq!(actions.overlaps("kms:ReEncrypt*"), overlaps, "{list:?}, negated {negated}: overlaps");
            assert_eq!(actions.covers("kms:ReEncrypt*"), covers, "{list:?}, negated {negated}: covers");
            let some = Actions::new(&["kms:Decrypt", "kms:ReEncryptTo"], false);
            assert_eq!(actions.includes(&some), includes, "{list:?}, negated {negated}: includes");
        }
        let all_but_some = Actions::new(&["iam:*"], true);
        assert!(Actions::new(&["*"], false).includes(&all_but_some));
        assert!(!Actions::new(&["s3:*"], false).includes(&all_but_some));
    }

    #[test]
    fn one_action() {
        let actions = Actions::new(&["s3:get*"], false);
        assert!(actions.matches("S3:GetObject"));
        assert!(!actions.matches("s3:PutObject"));
        let others = Actions::new(&["s3:get*"], true);
        assert!(!others.matches("s3:GetObject"));
        assert!(others.matches("iam:CreateUser"));
    }
}
