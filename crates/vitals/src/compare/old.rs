//! Reading what an earlier run wrote: ndjson or json.

use std::collections::{BTreeMap, HashSet};
use std::io::{BufRead, BufReader, Cursor, Read};

use anyhow::{Context as _, Result, anyhow, bail};
use config_rule::{Compliance, Entry};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::compare::{Before, Told, resource};
use crate::record::Counts;
use crate::scope::Scope;
use crate::sink::{BEGINNING, EVERY};
use crate::stream::Source;

/// How much of a file shows what it is: a line of ndjson is shorter.
const HEAD: u64 = 8 * 1024;

/// What was handed in as the earlier run.
pub(crate) enum Old {
    /// Its verdicts.
    Verdicts(Before),
    /// None: the file must hold items, which are judged as this run's are.
    Items,
}

/// One verdict, as `ndjson` and `json` hold it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Verdict {
    rule: String,
    resource_type: String,
    resource_id: String,
    account_id: Option<String>,
    region: Option<String>,
    compliance: Written,
    annotation: Option<String>,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Written {
    Compliant,
    NonCompliant,
    NotApplicable,
}

/// Reads the verdicts that this run could hold too: those of the rules that judge, on resources in scope, and those of
/// rules that are no more.
struct Reading<'a> {
    before: Before,
    rules: HashSet<&'static str>,
    scope: &'a Scope<'a>,
    /// Whether every verdict was noncompliant.
    all_noncompliant: bool,
    /// Whether the earlier run says that it could judge everything.
    complete: bool,
}

impl Reading<'_> {
    fn take(&mut self, verdict: Verdict) {
        self.all_noncompliant &= verdict.compliance == Written::NonCompliant;
        let (account, region) = (verdict.account_id.as_deref(), verdict.region.as_deref());
        let judges = self.rules.contains(verdict.rule.as_str()) || rules::find(&verdict.rule).is_none();
        if !judges || !self.scope.covers(&verdict.resource_type, account, region) {
            return;
        }
        self.before.tell(Told {
            resource: resource(&verdict.resource_type, &verdict.resource_id, account, region),
            rule: verdict.rule,
            compliance: match verdict.compliance {
                Written::Compliant => Compliance::Compliant,
                Written::NonCompliant => Compliance::NonCompliant,
                Written::NotApplicable => Compliance::NotApplicable,
            },
            annotation: verdict.annotation.map(String::into_boxed_str),
        });
    }
}

/// Reads the verdicts of an earlier run, if that is what the sources hold: one file, whole.
pub(crate) fn read(sources: &[Source], rules: &[&'static Entry], scope: &Scope<'_>) -> Result<Old> {
    let [source] = sources else { return Ok(Old::Items) };
    let name = source.name();
    let mut text = source.open()?;
    let mut head = Vec::new();
    // What can't be unpacked is no output of ours; who reads it as items says what is wrong with it.
    if text.by_ref().take(HEAD).read_to_end(&mut head).is_err() {
        return Ok(Old::Items);
    }
    let begins = |what: &str| {
        let mut bytes = head.iter().filter(|byte| !byte.is_ascii_whitespace());
        what.bytes().all(|byte| bytes.next() == Some(&byte))
    };
    let first = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let is_object = begins(BEGINNING);
    let is_lines = serde_json::from_slice::<Verdict>(first).is_ok();
    let rules = rules.iter().map(|entry| entry.metadata.id).collect();
    let mut reading = Reading { before: Before::default(), rules, scope, all_noncompliant: true, complete: true };
    let text = BufReader::new(Cursor::new(head).chain(text));
    if is_object {
        read_object(text, &mut reading).with_context(|| format!("{name} can't be compared with"))?;
        if !reading.complete {
            eprintln!("note: the run that wrote {name} could not judge everything");
        }
    } else if is_lines {
        read_lines(text, &mut reading).with_context(|| name.to_owned())?;
        if reading.all_noncompliant {
            eprintln!(
                "note: {name} holds noncompliant verdicts only; if it was written with --only, what it judged can't be told"
            );
        }
    } else {
        return Ok(Old::Items);
    }
    Ok(Old::Verdicts(reading.before))
}

fn read_lines(text: impl BufRead, reading: &mut Reading<'_>) -> Result<()> {
    for (index, line) in text.lines().enumerate() {
        let line = line.context("it can't be read")?;
        if line.trim().is_empty() {
            continue;
        }
        let verdict = serde_json::from_str(&line).map_err(|error| {
            let error = error.to_string().replace(" at line 1 column ", " at column ");
            anyhow!("line {} is no verdict: {error}", index + 1)
        })?;
        reading.take(verdict);
    }
    Ok(())
}

fn read_object(text: impl Read, reading: &mut Reading<'_>) -> Result<()> {
    let mut json = serde_json::Deserializer::from_reader(text);
    let shown = Object(reading).deserialize(&mut json).and_then(|shown| json.end().map(|()| shown))?;
    if shown.is_some_and(|shown| shown.len() < EVERY.len()) {
        bail!("it was written with --only, and all verdicts are needed");
    }
    if reading.before.rules.is_none() {
        bail!("it holds no verdicts");
    }
    Ok(())
}

/// The object that `json` writes, of which no more than one verdict is held at a time. What is left of it is which
/// verdicts were shown.
struct Object<'r, 'a>(&'r mut Reading<'a>);

#[derive(Deserialize)]
struct Totals {
    rules: BTreeMap<String, Counts>,
}

impl<'de> DeserializeSeed<'de> for Object<'_, '_> {
    type Value = Option<Vec<String>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object<'_, '_> {
    type Value = Option<Vec<String>>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the output of an earlier run")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut shown = None;
        while let Some(name) = members.next_key::<String>()? {
            match name.as_str() {
                "shown" => shown = Some(members.next_value()?),
                "verdicts" => members.next_value_seed(Verdicts(self.0))?,
                "totals" => self.0.before.rules = Some(members.next_value::<Totals>()?.rules.into_keys().collect()),
                "complete" => self.0.complete = members.next_value()?,
                _ => drop(members.next_value::<IgnoredAny>()?),
            }
        }
        Ok(shown)
    }
}

struct Verdicts<'r, 'a>(&'r mut Reading<'a>);

impl<'de> DeserializeSeed<'de> for Verdicts<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Verdicts<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a list of verdicts")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        while let Some(verdict) = elements.next_element()? {
            self.0.take(verdict);
        }
        Ok(())
    }
}
