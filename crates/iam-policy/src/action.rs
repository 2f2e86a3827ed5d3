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
    fn one_action() {
        let actions = Actions::new(&["s3:get*"], false);
        assert!(actions.matches("S3:GetObject"));
        assert!(!actions.matches("s3:PutObject"));
        let others = Actions::new(&["s3:get*"], true);
        assert!(!others.matches("s3:GetObject"));
        assert!(others.matches("iam:CreateUser"));
    }
}
