//! Every rule against its cases: the verdict is asserted by name, the wording by snapshot.
//!
//! A file `cases/<rule-id>.json` holds named items and cases. A case changes an item with a JSON merge patch
//! (RFC 7396), so that what makes the difference is all that is written, and is judged in the event's shape and in the
//! API's. For a facts rule, `facts` stands in place of `items`. An expected `ERROR` means that there is no verdict.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use config_item::{ConfigurationItem, parse_timestamp};
use config_rule::{CannotJudge, Compliance, Context, Entry, Finding, Kind, ParameterMap, Verdict};
use jiff::Timestamp;
use libtest_mimic::{Arguments, Failed, Trial};
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    #[serde(default)]
    items: BTreeMap<String, Value>,
    #[serde(default)]
    facts: BTreeMap<String, Value>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// Why the case is there, for the reader.
    #[serde(default, rename = "about")]
    _about: String,
    /// Which item or facts; may be left out where there is one.
    item: Option<String>,
    #[serde(default)]
    patch: Value,
    #[serde(default)]
    parameters: Value,
    now: Option<String>,
    expect: String,
}

impl CaseFile {
    fn read(id: &str) -> Result<Self, String> {
        let path = cases_dir().join(format!("{id}.json"));
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// The item or facts of a case, before its patch.
    fn base(&self, case: &Case) -> Result<&Value, String> {
        let bases = if self.items.is_empty() { &self.facts } else { &self.items };
        match (&case.item, bases.len()) {
            (Some(name), _) => bases.get(name).ok_or_else(|| format!("case {}: no item {name}", case.name)),
            (None, 1) => Ok(bases.values().next().expect("there is one")),
            (None, _) => Err(format!("case {}: say which item", case.name)),
        }
    }
}

fn cases_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("cases")
}

fn main() -> ExitCode {
    let mut trials: Vec<_> =
        rules::all().map(|entry| Trial::test(entry.metadata.id, move || run(entry).map_err(Failed::from))).collect();
    trials.push(Trial::test("every_case_file_has_a_rule", || every_case_file_has_a_rule().map_err(Failed::from)));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn every_case_file_has_a_rule() -> Result<(), String> {
    let ids: BTreeSet<_> = rules::all().map(|entry| format!("{}.json", entry.metadata.id)).collect();
    let files = std::fs::read_dir(cases_dir()).map_err(|error| error.to_string())?;
    for file in files {
        let name = file.map_err(|error| error.to_string())?.file_name().to_string_lossy().into_owned();
        if Path::new(&name).extension().is_some_and(|extension| extension == "json") && !ids.contains(&name) {
            return Err(format!("cases/{name} belongs to no rule"));
        }
    }
    Ok(())
}

fn run(entry: &Entry) -> Result<(), String> {
    let file = CaseFile::read(entry.metadata.id)?;
    let mut wrong = String::new();
    let mut table = String::new();
    for case in &file.cases {
        let base = file.base(case)?;
        let outcome = judge(entry, case, base)?;
        let got = outcome.as_ref().map_or("ERROR", |verdict| verdict.compliance().as_str());
        let said = match &outcome {
            Ok(verdict) => verdict.annotation().unwrap_or_default(),
            Err(error) => error.clone(),
        };
        if got != case.expect {
            let _ = writeln!(wrong, "  {}: expected {}, got {got} ({said})", case.name, case.expect);
        }
        let _ = writeln!(table, "{:<44} {got:<15} {said}", case.name);
    }
    if !wrong.is_empty() {
        return Err(format!("wrong verdicts:\n{wrong}"));
    }
    enough(entry, &file)?;
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(cases_dir().join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(entry.metadata.id, table));
    Ok(())
}

/// The verdict, or why there is none.
fn judge(entry: &Entry, case: &Case, base: &Value) -> Result<Result<Verdict, String>, String> {
    let mut subject = base.clone();
    if !case.patch.is_null() {
        json_patch::merge(&mut subject, &case.patch);
    }
    let cx = Context {
        now: match &case.now {
            Some(text) => parse_timestamp(text).ok_or_else(|| format!("case {}: `now` is no time", case.name))?,
            None => Timestamp::UNIX_EPOCH,
        },
        account: "111122223333".to_owned(),
        region: "us-east-1".to_owned(),
    };
    let parameters = match ParameterMap::from_value(&case.parameters) {
        Ok(parameters) => parameters,
        Err(error) => return Ok(Err(error.to_string())),
    };
    match &entry.kind {
        Kind::Item { configure, .. } => {
            let rule = match configure(&parameters) {
                Ok(rule) => rule,
                Err(error) => return Ok(Err(error.to_string())),
            };
            let judge = |shape: &Value| {
                let text = shape.to_string();
                let item = ConfigurationItem::from_json(&text).map_err(|error| error.to_string())?;
                rule.judge(&item, &cx).map_err(|error| error.to_string())
            };
            let in_event = judge(&subject);
            let in_api = judge(&api_shape(&subject));
            if in_event != in_api {
                return Err(format!("case {}: {in_event:?} in the event's shape, {in_api:?} in the API's", case.name));
            }
            Ok(in_event)
        }
        Kind::Facts { configure, .. } => {
            let rule = match configure(&parameters) {
                Ok(rule) => rule,
                Err(error) => return Ok(Err(error.to_string())),
            };
            Ok(rule.judge(&subject.to_string(), &cx).map_err(|error: CannotJudge| error.to_string()).and_then(single))
        }
    }
}

fn single(findings: Vec<Finding>) -> Result<Verdict, String> {
    match <[Finding; 1]>::try_from(findings) {
        Ok([finding]) => Ok(finding.verdict),
        Err(findings) => Err(format!("{} findings where cases expect one", findings.len())),
    }
}

/// The item as `GetResourceConfigHistory` answers it: other names, and everything encoded once more.
fn api_shape(item: &Value) -> Value {
    let mut members = Map::new();
    for (name, value) in item.as_object().expect("an item is an object") {
        let (name, value) = match (name.as_str(), value) {
            ("configurationItemVersion", value) => ("version", value.clone()),
            ("awsAccountId", value) => ("accountId", value.clone()),
            ("ARN", value) => ("arn", value.clone()),
            ("configurationStateMd5Hash", value) => ("configurationItemMD5Hash", value.clone()),
            ("configurationStateId" | "configuration", value) => (name.as_str(), Value::String(value.to_string())),
            ("supplementaryConfiguration", Value::Object(map)) => {
                let encoded = map.iter().map(|(key, value)| (key.clone(), Value::String(value.to_string())));
                (name.as_str(), Value::Object(encoded.collect()))
            }
            (name, value) => (name, value.clone()),
        };
        members.insert(name.to_owned(), value);
    }
    Value::Object(members)
}

/// Fails for a rule whose cases leave something out that every rule must show.
fn enough(entry: &Entry, file: &CaseFile) -> Result<(), String> {
    let has = |wanted: Compliance| file.cases.iter().any(|case| case.expect == wanted.as_str());
    let any = |test: fn(&Case) -> bool| file.cases.iter().any(test);
    let never_not_applicable = entry.metadata.docs.contains("Never not applicable");
    let requirements = [
        (file.cases.len() >= 5, "at least five cases"),
        (has(Compliance::Compliant), "a compliant case"),
        (has(Compliance::NonCompliant), "a noncompliant case"),
        (has(Compliance::NotApplicable) || never_not_applicable, "a case that is not applicable"),
        (any(|case| case.name.starts_with("missing-")), "a case `missing-…` that lacks a field"),
        (
            entry.metadata.parameters.is_empty() || any(|case| case.parameters.is_object() && case.expect != "ERROR"),
            "a case with a parameter",
        ),
        (differ_in_one(file), "a compliant and a noncompliant case that differ in one field"),
    ];
    match requirements.into_iter().find(|(met, _)| !met) {
        Some((_, wanted)) => Err(format!("cases/{}.json needs {wanted}", entry.metadata.id)),
        None => Ok(()),
    }
}

fn differ_in_one(file: &CaseFile) -> bool {
    let with = |wanted: Compliance| file.cases.iter().filter(move |case| case.expect == wanted.as_str());
    with(Compliance::Compliant).any(|a| {
        with(Compliance::NonCompliant).any(|b| {
            a.item == b.item && a.parameters == b.parameters && a.now == b.now && differing(&a.patch, &b.patch) == 1
        })
    })
}

/// How many fields differ between two patches; a list counts as one field, as does the removal of one.
fn differing(a: &Value, b: &Value) -> usize {
    let empty = Map::new();
    let (a, b) = match (a, b) {
        _ if a == b => return 0,
        (Value::Object(a), Value::Object(b)) => (a, b),
        (Value::Object(a), Value::Null) => (a, &empty),
        (Value::Null, Value::Object(b)) => (&empty, b),
        _ => return 1,
    };
    let names: BTreeSet<_> = a.keys().chain(b.keys()).collect();
    names
        .into_iter()
        .map(|name| match (a.get(name), b.get(name)) {
            (Some(a), Some(b)) => differing(a, b),
            (Some(only), None) | (None, Some(only)) => differing(only, &Value::Null).max(1),
            (None, None) => 0,
        })
        .sum()
}
