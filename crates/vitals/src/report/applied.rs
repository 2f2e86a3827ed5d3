//! Rules with the parameters that frameworks give them.

use std::collections::{BTreeMap, HashMap};

use anyhow::Result;
use config_item::ConfigurationItem;
use config_rule::{Compliance, Entry, Kind, ParameterMap, Verdict};
use exceptions::{Exception, Exceptions, Ruling, Subject};
use frameworks::Framework;
use jiff::Timestamp;

use crate::judge::Judge;
use crate::parameters::{self, Given};
use crate::select;

/// A rule with the parameters that it has in some of the frameworks.
pub(super) struct Applied {
    pub(super) entry: &'static Entry,
    /// The values that hold, the rule's defaults among them.
    pub(super) parameters: BTreeMap<String, String>,
    /// Where in the list of frameworks those stand.
    pub(super) frameworks: Vec<usize>,
}

/// Judges items by the rules of several frameworks, each with the framework's parameters.
pub(super) struct Bench<'e> {
    pub(super) applied: Vec<Applied>,
    /// They know no exceptions: a report tells what was found from what was accepted. One judge knows a rule by one set of parameters. Rule → its place in the list above.
    judges: Vec<(Judge, HashMap<&'static str, usize>)>,
    exceptions: &'e Exceptions,
    now: Timestamp,
}

/// The rules of one judge.
#[derive(Default)]
struct Set {
    entries: Vec<&'static Entry>,
    parameters: BTreeMap<String, ParameterMap>,
    places: HashMap<&'static str, usize>,
}

/// What tells an item from others.
pub(super) struct Head {
    pub(super) resource_type: String,
    pub(super) resource_id: String,
    pub(super) resource_name: Option<String>,
    pub(super) arn: Option<String>,
    pub(super) account_id: Option<String>,
    pub(super) region: Option<String>,
}

impl Head {
    fn of(item: &ConfigurationItem<'_>) -> Self {
        Self {
            resource_type: item.resource_type().to_owned(),
            resource_id: item.resource_id().to_owned(),
            resource_name: item.resource_name().map(str::to_owned),
            arn: item.arn().map(str::to_owned),
            account_id: item.account_id().map(str::to_owned),
            region: item.region().map(str::to_owned),
        }
    }
}

/// A rule's verdict.
pub(super) struct Told<'e> {
    /// The place of the rule in [`Bench::applied`].
    pub(super) applied: usize,
    /// Before any exception.
    pub(super) compliance: Compliance,
    pub(super) reason: Option<String>,
    /// What accepts it.
    pub(super) exception: Option<&'e Exception>,
}

/// What there is to say of one item.
#[derive(Default)]
pub(super) struct Judged<'e> {
    /// The item, where it has verdicts.
    pub(super) item: Option<Head>,
    pub(super) verdicts: Vec<Told<'e>>,
    pub(super) problems: Vec<String>,
}

impl<'e> Bench<'e> {
    /// Binds the rules that the frameworks name, by published mappings or inferred ones.
    pub(super) fn new(
        frameworks: &[&'static Framework],
        given: &Given,
        exceptions: &'e Exceptions,
        now: Timestamp,
    ) -> Result<Self> {
        let mut applied: Vec<Applied> = Vec::new();
        let mut sets: Vec<Set> = Vec::new();
        for entry in rules::all().filter(|entry| matches!(entry.kind, Kind::Item { .. })) {
            let id = entry.metadata.id;
            let mut sets_with_it = 0;
            for (place, framework) in frameworks.iter().enumerate() {
                if !select::names(framework, entry, true) {
                    continue;
                }
                let (values, map) = parameters::within(entry, framework, given)?;
                let same = applied.iter_mut().find(|other| other.entry.metadata.id == id && other.parameters == values);
                if let Some(same) = same {
                    same.frameworks.push(place);
                    continue;
                }
                if sets_with_it == sets.len() {
                    sets.push(Set::default());
                }
                let set = &mut sets[sets_with_it];
                sets_with_it += 1;
                set.entries.push(entry);
                set.parameters.insert(id.to_owned(), map);
                set.places.insert(id, applied.len());
                applied.push(Applied { entry, parameters: values, frameworks: vec![place] });
            }
        }
        let judges = sets
            .into_iter()
            .map(|set| Ok((Judge::new(&set.entries, &set.parameters, Exceptions::default(), now)?, set.places)))
            .collect::<Result<_>>()?;
        Ok(Self { applied, judges, exceptions, now })
    }

    pub(super) fn item(&self, item: &ConfigurationItem<'_>) -> Judged<'e> {
        let mut all = Judged::default();
        for (judge, places) in &self.judges {
            let judged = judge.item(item);
            for (place, ruling) in judged.verdicts {
                let id = judge.rule(place).metadata.id;
                let Ruling { compliance, annotation: reason, .. } = ruling;
                let exception = match compliance {
                    Compliance::NonCompliant => {
                        let verdict = Verdict::non_compliant(reason.as_deref().unwrap_or_default());
                        self.exceptions.apply(id, Subject::of(item), &verdict, self.now).exception
                    }
                    Compliance::Compliant | Compliance::NotApplicable => None,
                };
                all.verdicts.push(Told { applied: places[id], compliance, reason, exception });
            }
            all.problems.extend(judged.problems);
        }
        if !all.verdicts.is_empty() {
            all.item = Some(Head::of(item));
        }
        all
    }
}
