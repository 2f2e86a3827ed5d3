//! Which of several states of a resource is its newest.

use std::hash::{BuildHasher, RandomState};

use config_item::ConfigurationItem;
use jiff::Timestamp;

/// One state of a resource. 32 bytes, so that with half as much again for growth a resource takes 48.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    /// A hash of type, id, account and region: 128 bits, so that two resources are never taken for one.
    resource: (u64, u64),
    /// Milliseconds since 1970.
    captured: i64,
    /// The number of the item in the input.
    number: u64,
}

/// Finds the newest state of each resource, by capture time; of two of the same time, the later one in the input.
#[derive(Debug)]
pub(crate) struct Newest {
    states: Vec<State>,
    next: u64,
    /// States captured later don't count.
    until: Option<i64>,
}

impl Newest {
    /// With `until`, in milliseconds since 1970, the newest state up to then.
    pub(crate) fn new(until: Option<i64>) -> Self {
        Self { states: Vec::new(), next: 0, until }
    }

    /// Takes the next item of the input; `None` for one that can't be read, whose turn it is to be reported.
    pub(crate) fn add(&mut self, key: Option<Key>) {
        let number = self.next;
        self.next += 1;
        let key = key.unwrap_or(Key { resource: (number, u64::MAX), captured: i64::MAX });
        if self.until.is_some_and(|until| key.captured > until && key.captured != i64::MAX) {
            return;
        }
        if self.states.len() == self.states.capacity() {
            self.keep_newest();
            self.states.reserve_exact(self.states.len() / 2 + 1024);
        }
        self.states.push(State { resource: key.resource, captured: key.captured, number });
    }

    /// The numbers of the newest states, in the input's order.
    pub(crate) fn numbers(mut self) -> impl Iterator<Item = u64> {
        self.keep_newest();
        let mut numbers: Vec<_> = self.states.iter().map(|state| state.number).collect();
        drop(self.states);
        numbers.sort_unstable();
        numbers.into_iter()
    }

    fn keep_newest(&mut self) {
        self.states.sort_unstable_by(|a, b| b.cmp(a));
        self.states.dedup_by_key(|state| state.resource);
    }
}

/// Makes keys of items, on any thread.
#[derive(Debug, Default)]
pub(crate) struct Keys(RandomState, RandomState);

/// What [`Newest`] needs to know of an item.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    resource: (u64, u64),
    captured: i64,
}

impl Key {
    /// A hash of type, id, account and region.
    pub(crate) fn resource(self) -> (u64, u64) {
        self.resource
    }

    /// Milliseconds since 1970; `None` where the item doesn't say.
    pub(crate) fn captured(self) -> Option<i64> {
        Some(self.captured).filter(|captured| *captured != i64::MIN)
    }

    /// Whether the state counts where those captured after `until` don't.
    pub(crate) fn counts(self, until: Option<i64>) -> bool {
        until.is_none_or(|until| self.captured <= until)
    }
}

impl Keys {
    /// An item's key. A state whose time can't be read is older than any other.
    pub(crate) fn of(&self, item: &ConfigurationItem<'_>) -> Key {
        let resource = (item.resource_type(), item.resource_id(), item.account_id(), item.region());
        let captured = item.capture_time().ok().flatten().map_or(i64::MIN, Timestamp::as_millisecond);
        Key { resource: (self.0.hash_one(resource), self.1.hash_one(resource)), captured }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(keys: &Keys, id: &str, time: &str) -> Key {
        let text = format!(r#"{{"resourceType":"T","resourceId":"{id}","configurationItemCaptureTime":"{time}"}}"#);
        keys.of(&ConfigurationItem::from_json(&text).expect("an item"))
    }

    fn newest(until: Option<&str>) -> Vec<u64> {
        let keys = Keys::default();
        let until = until.map(|time| time.parse::<Timestamp>().expect("a time").as_millisecond());
        let mut newest = Newest::new(until);
        for (id, time) in [
            ("a", "2026-01-02T00:00:00Z"),
            ("b", "2026-01-01T00:00:00Z"),
            ("a", "2026-01-03T00:00:00Z"),
            ("a", "2026-01-01T00:00:00Z"),
            ("b", "2026-01-01T00:00:00Z"),
            ("c", "no time"),
        ] {
            newest.add(Some(key(&keys, id, time)));
        }
        newest.add(None);
        newest.numbers().collect()
    }

    #[test]
    fn the_newest_state_counts_and_of_equals_the_later_one() {
        // The last is an item that can't be read: it must come up, so that it is reported.
        assert_eq!(newest(None), [2, 4, 5, 6]);
    }

    #[test]
    fn states_after_the_given_time_do_not_count() {
        assert_eq!(newest(Some("2026-01-02T12:00:00Z")), [0, 4, 5, 6]);
        assert_eq!(newest(Some("2025-01-01T00:00:00Z")), [5, 6]);
    }

    #[test]
    fn many_states_of_few_resources_take_little_room() {
        let keys = Keys::default();
        let mut newest = Newest::new(None);
        for round in 0..50_000 {
            newest.add(Some(key(&keys, &(round % 100).to_string(), "2026-01-01T00:00:00Z")));
        }
        assert!(newest.states.capacity() < 3_000, "{}", newest.states.capacity());
        assert_eq!(newest.numbers().collect::<Vec<_>>(), (49_900..50_000).collect::<Vec<_>>());
    }
}
