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
    key: String,
}

/// A verdict that was noncompliant.
struct Was {
    annotation: Option<Box<str>>,
    now: Option<Compliance>,
}

/// One verdict, of this run or the earlier one.
struct Told<'a> {
    rule: &'a str,
    resource_type: &'a str,
    resource_id: &'a str,
    account_id: Option<&'a str>,
    region: Option<&'a str>,
    compliance: Compliance,
    annotation: Option<&'a str>,
}

impl<'a> From<&Record<'a>> for Told<'a> {
    fn from(record: &Record<'a>) -> Self {
        Self {
            rule: record.entry.metadata.id,
            resource_type: record.resource_type,
            resource_id: record.resource_id,
            account_id: record.account_id,
            region: record.region,
            compliance: record.compliance,
            annotation: record.annotation,
        }
    }
}

impl Told<'_> {
    /// Writes the resource into `key`.
    fn resource(&self, key: &mut String) {
        key.clear();
        let parts = [self.resource_type, self.resource_id, self.account_id.unwrap_or(""), self.region.unwrap_or("")];
        for part in parts {
            key.push_str(part);
            key.push(BETWEEN);
        }
    }
}

impl Before {
    /// An earlier run by these rules.
    pub(crate) fn by(rules: &[&'static Entry]) -> Self {
        Self { rules: Some(rules.iter().map(|entry| entry.metadata.id.to_owned()).collect()), ..Self::default() }
    }

    /// Takes one verdict. Of several on the same resource, the last counts.
    pub(crate) fn record(&mut self, record: &Record<'_>) {
        self.tell(&Told::from(record));
    }

    fn tell(&mut self, told: &Told<'_>) {
        told.resource(&mut self.key);
        let resource = kept(&mut self.resources, &self.key);
        let types = entry_of(&mut self.types, told.rule);
        if !types.contains(told.resource_type) {
            types.insert(told.resource_type.to_owned());
        }
        let noncompliant = entry_of(&mut self.noncompliant, told.rule);
        if told.compliance == Compliance::NonCompliant {
            noncompliant.insert(resource, Was { annotation: told.annotation.map(Box::from), now: None });
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

impl Sink for Comparison<'_> {
    fn record(&mut self, record: &Record<'_>) -> Result<()> {
        let told = Told::from(record);
        told.resource(&mut self.before.key);
        let key = self.before.key.as_str();
        let resource = match self.before.resources.get(key) {
            Some(known) => Rc::clone(known),
            None => kept(&mut self.now.resources, key),
        };
        self.now.resources.insert(Rc::clone(&resource));
        let was = self.before.noncompliant.get_mut(told.rule).and_then(|resources| resources.get_mut(&resource));
        if let Some(was) = was {
            was.now = Some(told.compliance);
            return Ok(());
        }
        let noncompliant = self.now.noncompliant.entry(record.entry.metadata.id).or_default();
        if told.compliance == Compliance::NonCompliant {
            noncompliant.insert(resource, told.annotation.map(Box::from));
        } else {
            noncompliant.remove(&resource);
        }
        Ok(())
    }

    fn finish(&mut self, _totals: &Totals, complete: bool) -> Result<()> {
        let changes = changes(&self.before, &self.now, self.rules);
        self.newly = changes.iter().filter(|change| change.kind == Kind::New && !change.is_excepted()).count();
        write::write(&changes, self.format, complete, self.out)
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
