//! Judging one item by every rule of its type.

use std::any::TypeId;
use std::collections::{BTreeMap, HashMap};

use anyhow::{Context as _, Result};
use config_item::ConfigurationItem;
use config_rule::{ConfiguredItemRule, Context, Entry, Kind, ParameterMap, Verdict, not_recorded};
use exceptions::{Exceptions, Ruling, Subject};
use jiff::Timestamp;

/// Item rules bound to their parameters, by the type that they judge.
pub(crate) struct Judge {
    rules: Vec<Configured>,
    /// Of each type, the rules by the view that they read, so that it is read once.
    by_type: HashMap<&'static str, Vec<(TypeId, Vec<usize>)>>,
    exceptions: Exceptions,
    now: Timestamp,
}

struct Configured {
    entry: &'static Entry,
    rule: Box<dyn ConfiguredItemRule>,
}

/// What there is to say of one item.
#[derive(Default)]
pub(crate) struct Judged<'j> {
    /// The verdicts after the exceptions, in the registry's order, each with its rule's place in [`Judge::rules`].
    pub(crate) verdicts: Vec<(usize, Ruling<'j>)>,
    /// What could not be judged, and why.
    pub(crate) problems: Vec<String>,
    /// Whether views read all of the item's configuration.
    pub(crate) read: bool,
}

impl Judge {
    /// Binds the item rules among `entries` to their parameters, and to what is excepted from them.
    pub(crate) fn new(
        entries: &[&'static Entry],
        parameters: &BTreeMap<String, ParameterMap>,
        exceptions: Exceptions,
        now: Timestamp,
    ) -> Result<Self> {
        let mut rules = Vec::new();
        let mut by_type: HashMap<_, Vec<(TypeId, Vec<usize>)>> = HashMap::new();
        for entry in entries {
            let Kind::Item { configure, .. } = &entry.kind else { continue };
            let given = parameters.get(entry.metadata.id).cloned().unwrap_or_default();
            let rule = configure(&given).with_context(|| entry.metadata.id)?;
            let view = rule.view();
            for resource_type in entry.resource_types {
                let views = by_type.entry(*resource_type).or_default();
                match views.iter_mut().find(|(id, _)| *id == view) {
                    Some((_, members)) => members.push(rules.len()),
                    None => views.push((view, vec![rules.len()])),
                }
            }
            rules.push(Configured { entry, rule });
        }
        Ok(Self { rules, by_type, exceptions, now })
    }

    /// The rules that judge, in the registry's order.
    pub(crate) fn rules(&self) -> impl Iterator<Item = &'static Entry> {
        self.rules.iter().map(|rule| rule.entry)
    }

    /// The rule at this place among them.
    pub(crate) fn rule(&self, place: usize) -> &'static Entry {
        self.rules[place].entry
    }

    /// Judges one item by the rules of its type.
    pub(crate) fn item(&self, item: &ConfigurationItem<'_>) -> Judged<'_> {
        let Some(views) = self.by_type.get(item.resource_type()) else { return Judged::default() };
        let cx = Context {
            now: self.now,
            account: item.account_id().unwrap_or_default().to_owned(),
            region: item.region().unwrap_or_default().to_owned(),
        };
        let gone = not_recorded(item);
        let mut results = Vec::new();
        let mut judged = Judged { read: gone.is_none(), ..Judged::default() };
        for (_, members) in views {
            match &gone {
                Some(verdict) => results.extend(members.iter().map(|index| (*index, Ok(verdict.clone())))),
                None => judged.read &= self.by_view(item, members, &cx, &mut results),
            }
        }
        results.sort_unstable_by_key(|(index, _)| *index);
        for (index, result) in results {
            let entry = self.rule(index);
            match result {
                Ok(verdict) => {
                    let ruling = self.exceptions.apply(entry.metadata.id, Subject::of(item), &verdict, self.now);
                    judged.verdicts.push((index, ruling));
                }
                Err(why) => judged.problems.push(format!(
                    "{} {}: {}: {why}",
                    item.resource_type(),
                    item.resource_id(),
                    entry.metadata.id
                )),
            }
        }
        judged
    }

    /// Judges an item by rules that read the same view of it. Says whether it could be read.
    fn by_view(
        &self,
        item: &ConfigurationItem<'_>,
        members: &[usize],
        cx: &Context,
        results: &mut Vec<(usize, Result<Verdict, String>)>,
    ) -> bool {
        let view = self.rules[members[0]].rule.read(item);
        results.extend(members.iter().map(|index| {
            let result = match &view {
                Ok(view) => {
                    self.rules[*index].rule.evaluate(item, view.as_ref(), cx).map_err(|error| error.to_string())
                }
                Err(error) => Err(error.to_string()),
            };
            (*index, result)
        }));
        view.is_ok()
    }
}

/// Reads an item that a splitter found.
pub(crate) fn read(text: &[u8]) -> Result<ConfigurationItem<'_>, String> {
    ConfigurationItem::from_shallow_json(utf8(text)?).map_err(|error| error.to_string())
}

/// As [`read`], for whoever has its configuration read by views, or else has it checked ([`check`]).
pub(crate) fn read_unchecked(text: &[u8]) -> Result<ConfigurationItem<'_>, String> {
    ConfigurationItem::from_unchecked_json(utf8(text)?).map_err(|error| error.to_string())
}

/// Says what is wrong with the configuration of an item that [`read_unchecked`] read from this text.
pub(crate) fn check(item: &ConfigurationItem<'_>, text: &[u8]) -> Result<(), String> {
    if item.is_well_formed() {
        return Ok(());
    }
    config_item::well_formed(utf8(text)?).map_err(|error| error.to_string())
}

fn utf8(text: &[u8]) -> Result<&str, String> {
    std::str::from_utf8(text).map_err(|error| format!("not UTF-8 text, from its byte {}", error.valid_up_to()))
}
