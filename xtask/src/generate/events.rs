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

/// The first item of the rule's cases, as AWS Config would send it to the stand-in's rule of the same name.
fn event(root: &Path, entry: &Entry) -> Result<Value> {
    let id = entry.metadata.id;
    let token = format!("vitals-local:{id}");
    let sender = Sender {
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
    let item = cases["items"].as_object().and_then(|items| items.values().next()).context("its cases have no item")?;
    Ok(sender.change(item))
}
