//! `Resource` and `NotResource`.

use crate::pattern::Pattern;
use crate::selection::Selection;

/// The resources of a statement. ARNs mind letter case.
///
/// A policy variable (`${aws:username}`) stands for a text that only the request decides: an entry of `Resource` with
/// one covers nothing for certain, an entry of `NotResource` with one may exclude anything that fits around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resources(Selection<Pattern>);

impl Resources {
    pub(crate) fn new(list: &[&str], negated: bool) -> Resources {
        // In `Resource` a variable can stay as it is written: no ARN holds the text `${`, so it matches none.
        Resources(if negated {
            Selection::AllExcept(list.iter().map(|text| Pattern::new(&widen(text))).collect())
        } else {
            Selection::Only(list.iter().map(|text| Pattern::new(text)).collect())
        })
    }

    /// Whether every resource of a pattern is among them.
    #[must_use]
    pub fn covers(&self, arns: &Pattern) -> bool {
        self.0.covers(arns)
    }

    /// Whether every resource is among them: `*`, or a pattern that matches every text as `*` does.
    ///
    /// `arn:*` does not: actions that know no resource type are granted by `*` alone.
    #[must_use]
    pub fn covers_everything(&self) -> bool {
        self.covers(&Pattern::new("*"))
    }

    pub(crate) fn includes(&self, other: &Resources) -> bool {
        self.0.includes(&other.0)
    }

    pub(crate) fn selection(&self) -> &Selection<Pattern> {
        &self.0
    }

    /// Whether the statement says `NotResource`, and so picks nearly everything.
    #[must_use]
    pub fn is_negated(&self) -> bool {
        matches!(self.0, Selection::AllExcept(_))
    }
}

/// The pattern with a `*` for each variable.
fn widen(text: &str) -> String {
    let mut widened = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, variable)) = rest.split_once("${") {
        widened.push_str(before);
        widened.push('*');
        rest = variable.split_once('}').map_or("", |(_, after)| after);
    }
    widened.push_str(rest);
    widened
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covering() {
        // list, negated, covers the objects of b, covers everything
        for (list, negated, objects, everything) in [
            (&["*"][..], false, true, true),
            (&["**"], false, true, true),
            (&["arn:aws:s3:::x", "*"], false, true, true),
            (&["arn:*"], false, true, false),
            (&["*:*"], false, true, false),
            (&["arn:aws:s3:::b*"], false, true, false),
            (&["arn:aws:s3:::b/*"], false, true, false),
            (&["arn:aws:s3:::B/*"], false, false, false),
            (&["arn:aws:s3:::b/${aws:username}/*"], false, false, false),
            (&[], false, false, false),
            (&[], true, true, true),
            (&["arn:aws:s3:::x/*"], true, true, false),
            (&["arn:aws:s3:::b/public/*"], true, false, false),
            (&["arn:aws:s3:::${aws:username}/*"], true, false, false),
            (&["arn:aws:s3:::x${aws:username"], true, true, false),
        ] {
            let resources = Resources::new(list, negated);
            let all_objects = Pattern::new("arn:aws:s3:::b/?*");
            assert_eq!(resources.covers(&all_objects), objects, "{list:?}, negated {negated}: objects");
            assert_eq!(resources.covers_everything(), everything, "{list:?}, negated {negated}: all");
            assert_eq!(resources.is_negated(), negated);
        }
    }
}
