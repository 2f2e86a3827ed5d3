//! How often resources changed: the configuration items by account, region and type.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Result, bail};
use config_item::{ConfigurationItem, Status};
use jiff::{SignedDuration, Timestamp};

/// An account and a region: what AWS Config bills on its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) account: Option<String>,
    pub(super) region: Option<String>,
}

/// The items of one type in one place.
#[derive(Default)]
struct Counted {
    items: u64,
    /// Resource → when it was last recorded, and whether it was there then.
    resources: HashMap<String, (Timestamp, bool)>,
}

/// What counts of a configuration item.
pub(super) struct Captured {
    pub(super) place: Place,
    resource_type: String,
    resource_id: String,
    time: Timestamp,
    /// Whether the resource was there.
    here: bool,
    in_scope: bool,
}

impl Captured {
    /// Reads it, or says why the item can't be counted.
    pub(super) fn of(item: &ConfigurationItem<'_>, in_scope: bool) -> Result<Self, String> {
        let named = |problem: String| format!("{} {}: {problem}", item.resource_type(), item.resource_id());
        let time = item.capture_time().map_err(|error| named(error.to_string()))?;
        Ok(Self {
            place: Place { account: item.account_id().map(str::to_owned), region: item.region().map(str::to_owned) },
            resource_type: item.resource_type().to_owned(),
            resource_id: item.resource_id().to_owned(),
            time: time.ok_or_else(|| named("there is no capture time".to_owned()))?,
            here: item.status().is_none_or(Status::is_recorded),
            in_scope,
        })
    }
}

/// The configuration items of some time.
#[derive(Default)]
pub(super) struct History {
    places: BTreeMap<Place, BTreeMap<String, Counted>>,
    span: Option<(Timestamp, Timestamp)>,
}

impl History {
    /// Notes when an item was captured, and counts it if it is in scope: what isn't tells of the time all the same.
    pub(super) fn take(&mut self, item: Captured) {
        let time = item.time;
        let (from, to) = self.span.unwrap_or((time, time));
        self.span = Some((from.min(time), to.max(time)));
        if !item.in_scope {
            return;
        }
        let counted = self.places.entry(item.place).or_default().entry(item.resource_type).or_default();
        counted.items += 1;
        let last = counted.resources.entry(item.resource_id).or_insert((time, item.here));
        if last.0 <= time {
            *last = (time, item.here);
        }
    }

    /// The first and the last time that an item was captured.
    pub(super) fn span(&self) -> Result<(Timestamp, Timestamp)> {
        match self.span {
            None => bail!("there is no item to count"),
            Some((from, to)) if from == to => {
                bail!("all items are of one moment ({from}), so nothing can be said of a month; add history files")
            }
            Some(span) => Ok(span),
        }
    }

    pub(super) fn places(&self) -> impl Iterator<Item = &Place> {
        self.places.keys()
    }

    pub(super) fn items(&self) -> u64 {
        self.places.values().flat_map(BTreeMap::values).map(|counted| counted.items).sum()
    }

    /// How many resources there were at any time.
    pub(super) fn resources(&self) -> u64 {
        self.places.values().flat_map(BTreeMap::values).map(|counted| counted.resources.len() as u64).sum()
    }

    /// The items of these types in a place.
    pub(super) fn items_of(&self, place: &Place, types: &[&str]) -> u64 {
        self.counted(place, types).map(|counted| counted.items).sum()
    }

    /// The resources of these types that were in a place at the end.
    pub(super) fn resources_of(&self, place: &Place, types: &[&str]) -> u64 {
        let here = |counted: &Counted| counted.resources.values().filter(|(_, here)| *here).count() as u64;
        self.counted(place, types).map(here).sum()
    }

    fn counted(&self, place: &Place, types: &[&str]) -> impl Iterator<Item = &Counted> {
        types.iter().filter_map(|name| self.places.get(place)?.get(*name))
    }
}

/// The length of a span, in days with one decimal.
pub(super) fn days((from, to): (Timestamp, Timestamp)) -> f64 {
    (SignedDuration::as_secs_f64(&to.duration_since(from)) / 8640.0).round() / 10.0
}
