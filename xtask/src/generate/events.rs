//! One sample invocation a rule, for `sam local invoke` and `vitals invoke`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use config_rule::{Entry, Kind};
use serde_json::Value;
use vitals::event::Sender;

use super::Files;

pub(super) fn make(root: &Path, files: &mut Files) -> Result<()> {
    for entry in rules::all() {
        let event = event(root, entry).with_context(|| entry.metadata.id)?;
        let text = serde_json::to_string_pretty(&event)? + "\n";
        files.insert(PathBuf::from(format!("events/{}.json", entry.metadata.id)), text.into_bytes());
    }
    Ok(())
}

/// An item that breaks the rule, from its cases, as AWS Config would send it to the stand-in's rule of the same name.
fn event(root: &Path, entry: &Entry) -> Result<Value> {
    let id = entry.metadata.id;
    let token = format!("vitals-local:{id}");
    let mut sender = Sender {
        rule: id,
        account: "111122223333",
        region: "us-east-1",
        token: &token,
        now: "2026-11-21T00:00:00Z".parse()?,
    };
    if matches!(entry.kind, Kind::Facts { .. }) {
        return Ok(sender.scheduled());
    }
    let path = root.join("crates/rules/cases").join(format!("{id}.json"));
    let cases: Value = serde_json::from_str(&std::fs::read_to_string(&path)?)?;
    let (case, item) = noncompliant(&cases).context("its cases have no noncompliant item")?;
    if let Some(now) = case["now"].as_str() {
        sender.now = now.parse()?;
    }
    let mut event = sender.change(&item);
    if let Some(parameters) = case.get("parameters") {
        event["ruleParameters"] = Value::String(parameters.to_string());
    }
    Ok(event)
}

/// The first noncompliant case, one without parameters if there is any, and its item.
fn noncompliant(cases: &Value) -> Option<(&Value, Value)> {
    let broken = || cases["cases"].as_array().into_iter().flatten().filter(|case| case["expect"] == "NON_COMPLIANT");
    let case = broken().find(|case| case.get("parameters").is_none()).or_else(|| broken().next())?;
    let items = cases["items"].as_object()?;
    let mut item = match case["item"].as_str() {
        Some(name) => items.get(name)?.clone(),
        None => items.values().next()?.clone(),
    };
    if let Some(patch) = case.get("patch") {
        json_patch::merge(&mut item, patch);
    }
    Some((case, item))
}
