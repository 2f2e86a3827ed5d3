//! An element and its `Not` twin.

use crate::pattern::Pattern;

/// What an element picks: the entries of its list, or all but them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Selection<T> {
    Only(Vec<T>),
    AllExcept(Vec<T>),
}

impl Selection<Pattern> {
    /// Whether every text of the pattern is picked. An empty `Only` picks nothing, an empty `AllExcept` everything.
    pub(crate) fn covers(&self, pattern: &Pattern) -> bool {
        match self {
            Selection::Only(list) => list.iter().any(|entry| entry.covers(pattern)),
            Selection::AllExcept(list) => !list.iter().any(|entry| entry.overlaps(pattern)),
        }
    }

    /// Whether some text of the pattern is picked, so far as one entry shows it.
    pub(crate) fn overlaps(&self, pattern: &Pattern) -> bool {
        match self {
            Selection::Only(list) => list.iter().any(|entry| entry.overlaps(pattern)),
            Selection::AllExcept(list) => !list.iter().any(|entry| entry.covers(pattern)),
        }
    }

    /// Whether everything is picked that the other selection picks, so far as single entries show it.
    pub(crate) fn includes(&self, other: &Selection<Pattern>) -> bool {
        match other {
            Selection::Only(list) => list.iter().all(|entry| self.covers(entry)),
            Selection::AllExcept(_) => self.covers(&Pattern::new("*")),
        }
    }

    /// Whether this text is picked.
    pub(crate) fn matches(&self, text: &str) -> bool {
        match self {
            Selection::Only(list) => list.iter().any(|entry| entry.matches(text)),
            Selection::AllExcept(list) => !list.iter().any(|entry| entry.matches(text)),
        }
    }
}
