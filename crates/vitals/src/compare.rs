//! `--compare`: what changed since an earlier run.
//!
//! Of either run only the noncompliant verdicts and the resources' names are kept.

mod old;
mod write;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::Write;
use std::rc::Rc;

use anyhow::{Result, bail};
use config_rule::{Compliance, Entry};

use crate::cli::CheckFormat;
use crate::record::{Record, Totals};
use crate::sink::Sink;

pub(crate) use old::{Old, read};
use write::{Change, Kind};

/// A resource's type, id, account and region in one string: an estate has many.
type Resource = Rc<str>;

/// Parts a [`Resource`]; no part holds it.
const BETWEEN: char = '\0';

/// What the earlier run said.
#[derive(Default)]
pub(crate) struct Before {
    resources: HashSet<Resource>,
    /// Rule → resource → what was said of it.
    noncompliant: BTreeMap<String, HashMap<Resource, Was>>,
    /// The rules that judged, where the earlier run says so.
    rules: Option<BTreeSet<String>>,
    /// The rules that judged, by the resource types that they said something of.
    types: BTreeMap<String, BTreeSet<String>>,
}

/// A verdict that was noncompliant.
struct Was {
    annotation: Option<Box<str>>,
    now: Option<Compliance>,
}

/// One verdict, of this run or the earlier one, as far as it is compared.
pub(crate) struct Told<R> {
    rule: R,
    resource: String,
    compliance: Compliance,
    /// Why it is noncompliant.
    annotation: Option<Box<str>>,
}

impl Told<&'static str> {
    pub(crate) fn of(record: &Record<'_>) -> Self {
        let noncompliant = record.compliance == Compliance::NonCompliant;
        Self {
            rule: record.entry.metadata.id,
            resource: resource(record.resource_type, record.resource_id, record.account_id, record.region),
            compliance: record.compliance,
            annotation: record.annotation.filter(|_| noncompliant).map(Box::from),
        }
    }
}

fn resource(resource_type: &str, id: &str, account: Option<&str>, region: Option<&str>) -> String {
    let between = BETWEEN;
    let (account, region) = (account.unwrap_or_default(), region.unwrap_or_default());
    format!("{resource_type}{between}{id}{between}{account}{between}{region}{between}")
}

impl Before {
    /// An earlier run by these rules.
    pub(crate) fn by(rules: &[&'static Entry]) -> Self {
        Self { rules: Some(rules.iter().map(|entry| entry.metadata.id.to_owned()).collect()), ..Self::default() }
    }

    /// Takes one verdict. Of several on the same resource, the last counts.
    pub(crate) fn tell(&mut self, told: Told<impl AsRef<str>>) {
        let rule = told.rule.as_ref();
        let resource = kept(&mut self.resources, &told.resource);
        let types = entry_of(&mut self.types, rule);
        let resource_type = resource_type(&told.resource);
        if !types.contains(resource_type) {
            types.insert(resource_type.to_owned());
        }
        let noncompliant = entry_of(&mut self.noncompliant, rule);
        if told.compliance == Compliance::NonCompliant {
            noncompliant.insert(resource, Was { annotation: told.annotation, now: None });
        } else {
            noncompliant.remove(&resource);
        }
    }

    /// Whether the earlier run judged resources of this type by this rule, or would have if there had been any.
    fn judged(&self, rule: &str, resource_type: &str) -> bool {
        let said = |types: &BTreeSet<String>| types.contains(resource_type);
        match &self.rules {
            Some(rules) => rules.contains(rule),
            // Where it said nothing of the type at all, there may have been no such resource: better a change too many.
            None => self.types.get(rule).is_some_and(said) || !self.types.values().any(said),
        }
    }
}

/// What this run says.
#[derive(Default)]
struct Now {
    resources: HashSet<Resource>,
    /// Rule → resource → reason, of what was not noncompliant before.
    noncompliant: BTreeMap<&'static str, HashMap<Resource, Option<Box<str>>>>,
}

/// Compares this run's verdicts to the earlier ones.
pub(crate) struct Comparison<'a> {
    before: Before,
    now: Now,
    rules: &'a [&'static Entry],
    format: CheckFormat,
    out: &'a mut dyn Write,
    /// How much is newly noncompliant, once all is compared.
    pub(crate) newly: usize,
}

impl<'a> Comparison<'a> {
    pub(crate) fn new(
        before: Before,
        rules: &'a [&'static Entry],
        format: CheckFormat,
        out: &'a mut dyn Write,
    ) -> Self {
        Self { before, now: Now::default(), rules, format, out, newly: 0 }
    }
}

impl Sink<Vec<Told<&'static str>>> for Comparison<'_> {
    fn take(&mut self, made: Vec<Told<&'static str>>) -> Result<()> {
        for told in made {
            self.tell(told);
        }
        Ok(())
    }

    fn finish(&mut self, _totals: &Totals, complete: bool) -> Result<()> {
        let changes = changes(&self.before, &self.now, self.rules);
        self.newly = changes.iter().filter(|change| change.kind == Kind::New && !change.is_excepted()).count();
        write::write(&changes, self.format, complete, self.out)
    }
}

impl Comparison<'_> {
    fn tell(&mut self, told: Told<&'static str>) {
        let resource = match self.before.resources.get(told.resource.as_str()) {
            Some(known) => Rc::clone(known),
            None => kept(&mut self.now.resources, &told.resource),
        };
        self.now.resources.insert(Rc::clone(&resource));
        let was = self.before.noncompliant.get_mut(told.rule).and_then(|resources| resources.get_mut(&resource));
        if let Some(was) = was {
            was.now = Some(told.compliance);
            return;
        }
        let noncompliant = self.now.noncompliant.entry(told.rule).or_default();
        if told.compliance == Compliance::NonCompliant {
            noncompliant.insert(resource, told.annotation);
        } else {
            noncompliant.remove(&resource);
        }
    }
}

/// All that changed and what stayed noncompliant, in the order that it is written in.
fn changes<'a>(before: &'a Before, now: &'a Now, rules: &[&'static Entry]) -> Vec<Change<'a>> {
    let mut changes = Vec::new();
    for (rule, resources) in &now.noncompliant {
        for (resource, annotation) in resources {
            let judged = before.judged(rule, resource_type(resource));
            let kind = if judged { Kind::New } else { Kind::NotJudgedBefore };
            changes.push(Change::of_verdict(kind, rule, resource, annotation.as_deref()));
        }
    }
    for (rule, resources) in &before.noncompliant {
        for (resource, was) in resources {
            let kind = match was.now {
                Some(Compliance::NonCompliant) => Kind::Unchanged,
                Some(_) => Kind::Resolved,
                None if now.resources.contains(resource) => Kind::NotJudgedNow,
                // The resource is gone, which is said below.
                None => continue,
            };
            changes.push(Change::of_verdict(kind, rule, resource, was.annotation.as_deref()));
        }
    }
    let knew = before.rules.as_ref().map(|ids| types_of(ids.iter().filter_map(|id| rules::find(id))));
    let knows = types_of(rules.iter().copied());
    let appeared = now.resources.difference(&before.resources);
    let appeared =
        appeared.filter(|resource| knew.as_ref().is_none_or(|types| types.contains(resource_type(resource))));
    changes.extend(appeared.map(|resource| Change::of_resource(Kind::Appeared, resource)));
    let gone = before.resources.difference(&now.resources);
    let gone = gone.filter(|resource| knows.contains(resource_type(resource)));
    changes.extend(gone.map(|resource| Change::of_resource(Kind::Gone, resource)));
    changes.sort();
    changes
}

/// Fails for a format that changes can't be written in.
pub(crate) fn check_format(format: CheckFormat) -> Result<()> {
    match format {
        CheckFormat::Table | CheckFormat::Json | CheckFormat::Ndjson => Ok(()),
        _ => bail!("--compare writes table, json or ndjson; choose one of them as the --format"),
    }
}

/// The types of the resources that these rules would tell of: of others, nobody knows whether they were there.
fn types_of(rules: impl Iterator<Item = &'static Entry>) -> HashSet<&'static str> {
    rules.flat_map(|entry| entry.resource_types.iter().copied()).collect()
}

/// The set's own copy of a resource.
fn kept(resources: &mut HashSet<Resource>, key: &str) -> Resource {
    if let Some(known) = resources.get(key) {
        return Rc::clone(known);
    }
    let resource = Resource::from(key);
    resources.insert(Rc::clone(&resource));
    resource
}

/// What a map holds for a rule; a new key is made only where there is none.
fn entry_of<'m, T: Default>(map: &'m mut BTreeMap<String, T>, rule: &str) -> &'m mut T {
    if !map.contains_key(rule) {
        map.insert(rule.to_owned(), T::default());
    }
    map.get_mut(rule).expect("the rule was just put in")
}

fn resource_type(resource: &str) -> &str {
    resource.split(BETWEEN).next().unwrap_or_default()
}
