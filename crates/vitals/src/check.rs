//! `vitals check`: judge the items of files.

use std::any::TypeId;
use std::collections::{BTreeMap, HashMap};
use std::io::Write;

use anyhow::{Context as _, Result, anyhow};
use config_item::ConfigurationItem;
use config_rule::{Compliance, ConfiguredItemRule, Context, Entry, Kind, ParameterMap, Verdict, not_recorded};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::cli::{CheckArgs, CheckFormat};
use crate::estate::Estate;
use crate::summary::Line;
use crate::{Ending, parameters, select, summary};

/// One verdict, as `ndjson` writes it. Scripts rely on these names.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record<'a> {
    rule: &'a str,
    resource_type: &'a str,
    resource_id: &'a str,
    account_id: Option<&'a str>,
    region: Option<&'a str>,
    compliance: &'a str,
    annotation: Option<String>,
}

/// A rule bound to its parameters.
struct Configured {
    entry: &'static Entry,
    rule: Box<dyn ConfiguredItemRule>,
}

/// Item rules by the type that they judge; of each type by the view that they read, so that it is read once.
type ByType = HashMap<&'static str, Vec<(TypeId, Vec<usize>)>>;

struct Checker {
    rules: Vec<Configured>,
    by_type: ByType,
    now: Timestamp,
}

pub(crate) fn run(args: &CheckArgs, out: &mut impl Write) -> Result<Ending> {
    let entries = select::rules_named(&args.rules)?;
    let parameters = parameters::read(args.parameters.as_deref())?;
    let checker = Checker::new(&entries, &parameters, parameters::now(args.now.as_deref())?)?;
    let mut lines = Vec::new();
    let mut ending = Ending::Clean;
    for path in &args.paths {
        let estate = Estate::read(path)?;
        for (index, raw) in estate.items()?.into_iter().enumerate() {
            let problems = checker.judge(raw, |item, entry, verdict| {
                if verdict.compliance() == Compliance::NonCompliant && ending == Ending::Clean {
                    ending = Ending::NonCompliant;
                }
                match args.format {
                    CheckFormat::Ndjson => write_record(out, item, entry, verdict),
                    CheckFormat::Table => {
                        lines.push(line(item, entry, verdict));
                        Ok(())
                    }
                }
            })?;
            for problem in problems {
                ending = Ending::Incomplete;
                eprintln!("error: {}, item {}: {problem}", estate.name(), index + 1);
            }
        }
    }
    if args.format == CheckFormat::Table {
        summary::write(out, &entries, &lines)?;
    }
    say_unjudged(&entries);
    Ok(ending)
}

/// Rules over facts have nothing to judge in a file of items: that is said, not passed over.
fn say_unjudged(entries: &[&'static Entry]) {
    let facts: Vec<_> = entries
        .iter()
        .filter(|entry| matches!(entry.kind, Kind::Facts { .. }))
        .map(|entry| entry.metadata.id)
        .collect();
    if !facts.is_empty() {
        eprintln!(
            "note: not judged, because they ask AWS for facts that are in no file of items: {}",
            facts.join(", ")
        );
    }
}

impl Checker {
    fn new(entries: &[&'static Entry], parameters: &BTreeMap<String, ParameterMap>, now: Timestamp) -> Result<Self> {
        let mut rules = Vec::new();
        let mut by_type = ByType::new();
        for entry in entries {
            let Kind::Item { configure, .. } = &entry.kind else { continue };
            let given = parameters.get(entry.metadata.id).cloned().unwrap_or_default();
            let rule = configure(&given).with_context(|| entry.metadata.id)?;
            let view = rule.view();
            for resource_type in entry.resource_types {
                let views = by_type.entry(resource_type).or_default();
                match views.iter_mut().find(|(id, _)| *id == view) {
                    Some((_, members)) => members.push(rules.len()),
                    None => views.push((view, vec![rules.len()])),
                }
            }
            rules.push(Configured { entry, rule });
        }
        Ok(Self { rules, by_type, now })
    }

    /// Judges one item by every rule of its type, in the registry's order. Returns what can't be judged, and why.
    fn judge(
        &self,
        raw: &RawValue,
        mut tell: impl FnMut(&ConfigurationItem<'_>, &'static Entry, &Verdict) -> Result<()>,
    ) -> Result<Vec<anyhow::Error>> {
        let item = match ConfigurationItem::from_json(raw.get()) {
            Ok(item) => item,
            Err(error) => return Ok(vec![error.into()]),
        };
        let Some(views) = self.by_type.get(item.resource_type()) else { return Ok(Vec::new()) };
        let cx = Context {
            now: self.now,
            account: item.account_id().unwrap_or_default().to_owned(),
            region: item.region().unwrap_or_default().to_owned(),
        };
        let mut results = Vec::new();
        for (_, members) in views {
            let gone = not_recorded(&item);
            let view = match &gone {
                None => Some(self.rules[members[0]].rule.read(&item)),
                Some(_) => None,
            };
            for index in members {
                let result = match (&gone, &view) {
                    (Some(verdict), _) => Ok(verdict.clone()),
                    (None, Some(Ok(view))) => {
                        self.rules[*index].rule.evaluate(&item, view.as_ref(), &cx).map_err(|error| error.to_string())
                    }
                    (None, Some(Err(error))) => Err(error.to_string()),
                    (None, None) => unreachable!("a recorded item's view was read"),
                };
                results.push((*index, result));
            }
        }
        results.sort_by_key(|(index, _)| *index);
        let mut problems = Vec::new();
        for (index, result) in results {
            let entry = self.rules[index].entry;
            match result {
                Ok(verdict) => tell(&item, entry, &verdict)?,
                Err(error) => problems.push(anyhow!(
                    "{} {}: {}: {error}",
                    item.resource_type(),
                    item.resource_id(),
                    entry.metadata.id
                )),
            }
        }
        Ok(problems)
    }
}

fn write_record(out: &mut impl Write, item: &ConfigurationItem<'_>, entry: &Entry, verdict: &Verdict) -> Result<()> {
    let record = Record {
        rule: entry.metadata.id,
        resource_type: item.resource_type(),
        resource_id: item.resource_id(),
        account_id: item.account_id(),
        region: item.region(),
        compliance: verdict.compliance().as_str(),
        annotation: verdict.annotation(),
    };
    serde_json::to_writer(&mut *out, &record).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

fn line(item: &ConfigurationItem<'_>, entry: &'static Entry, verdict: &Verdict) -> Line {
    let name = item.resource_name().filter(|name| *name != item.resource_id());
    let place: Vec<_> = [item.account_id(), item.region()].into_iter().flatten().collect();
    let resource = match name {
        Some(name) => format!("{name} ({}, {})", item.resource_id(), place.join(" ")),
        None => format!("{} ({})", item.resource_id(), place.join(" ")),
    };
    Line { rule: entry.metadata.id, resource, compliance: verdict.compliance(), annotation: verdict.annotation() }
}
