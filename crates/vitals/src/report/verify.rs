//! `--verify`: whether a report in JSON still follows from the files that it names.

use std::fs::File;
use std::io::{BufReader, Write};
use std::path::Path;

use anyhow::{Context as _, Result, anyhow, bail};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use crate::report::input::Input;
use crate::report::model::AsOf;
use crate::report::{Files, Options, make};
use crate::{Ending, select};

/// Most differences that are told.
const DIFFERENCES: usize = 5;

/// What of a report says how to make it again.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Recorded {
    version: String,
    as_of: Timestamp,
    as_of_is: AsOf,
    at: Option<Timestamp>,
    inputs: Vec<Input>,
    estate: RecordedEstate,
    frameworks: Vec<RecordedFramework>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RecordedEstate {
    only_accounts: Vec<String>,
    only_regions: Vec<String>,
}

#[derive(Deserialize)]
struct RecordedFramework {
    id: String,
}

/// Compares digests, and then makes the report again.
pub(super) fn verify(path: &Path, mut files: Files, out: &mut dyn Write) -> Result<Ending> {
    let place = path.display();
    let file = File::open(path).with_context(|| format!("{place} can't be read"))?;
    let theirs: Value = serde_json::from_reader(BufReader::new(file)).map_err(|_| no_report(path))?;
    if theirs.get("report").and_then(Value::as_str) != Some("vitals") {
        return Err(no_report(path));
    }
    let recorded = Recorded::deserialize(&theirs).map_err(|error| anyhow!("{place} is damaged: {error}"))?;

    let mismatches = mismatches(&recorded.inputs, &files);
    if !mismatches.is_empty() {
        for mismatch in mismatches {
            writeln!(out, "{mismatch}")?;
        }
        return Ok(Ending::NonCompliant);
    }
    writeln!(out, "All files are those that the report was made from, by their SHA-256: {}.", recorded.inputs.len())?;
    if recorded.version != env!("CARGO_PKG_VERSION") {
        bail!(
            "the report was made by vitals {}, and this is {}: only that version can make it again",
            recorded.version,
            env!("CARGO_PKG_VERSION")
        );
    }
    // Of two states of one time the later one in the input counts, so the order matters.
    files.items.sort_by_key(|(_, input)| recorded.inputs.iter().position(|other| other.is(input)));
    let ids: Vec<_> = recorded.frameworks.into_iter().map(|framework| framework.id).collect();
    let options = Options {
        frameworks: select::frameworks(&ids)?,
        accounts: &recorded.estate.only_accounts,
        regions: &recorded.estate.only_regions,
        at: recorded.at.map(Timestamp::as_millisecond),
        as_of: Some((recorded.as_of, recorded.as_of_is)),
        sign_off: false,
    };
    let mut ours = serde_json::to_value(make(files, &options)?)?;
    // Files may have moved, and people fill in the sign-off.
    ours["inputs"] = theirs["inputs"].clone();
    if let Some(sign_off) = theirs.get("signOff") {
        ours["signOff"] = sign_off.clone();
    }
    let mut differences = Vec::new();
    differ("", &theirs, &ours, &mut differences);
    if differences.is_empty() {
        writeln!(out, "Judged again, they make the same report.")?;
        return Ok(Ending::Clean);
    }
    for place in differences {
        writeln!(out, "The report differs from what the files show, at {place}.")?;
    }
    Ok(Ending::NonCompliant)
}

fn no_report(path: &Path) -> anyhow::Error {
    anyhow!("{} is no report that `vitals report --format json` wrote", path.display())
}

/// A sentence for each file that is missing, changed or too much.
fn mismatches(recorded: &[Input], files: &Files) -> Vec<String> {
    let given: Vec<_> = files.inputs().collect();
    let mut sentences = Vec::new();
    for input in recorded.iter().filter(|input| !given.iter().any(|other| other.is(input))) {
        let name = &input.name;
        let changed = given.iter().find(|other| other.kind == input.kind && other.name == *name);
        sentences.push(match changed {
            Some(now) => format!(
                "{name} has changed: the report was made from a file with SHA-256 {}, and this one has {}.",
                input.sha256, now.sha256
            ),
            None => format!("{name} is missing: no file with SHA-256 {} was given as {}.", input.sha256, input.kind),
        });
    }
    for input in given.iter().filter(|input| !recorded.iter().any(|other| other.is(input))) {
        // A changed file has been told.
        if !recorded.iter().any(|other| other.kind == input.kind && other.name == input.name) {
            sentences.push(format!("{} is too much: the report was not made from it.", input.name));
        }
    }
    sentences
}

/// Finds the first places, as JSON pointers, where two values differ.
fn differ(place: &str, theirs: &Value, ours: &Value, found: &mut Vec<String>) {
    if found.len() == DIFFERENCES || theirs == ours {
        return;
    }
    match (theirs, ours) {
        (Value::Object(a), Value::Object(b)) => {
            for key in a.keys().chain(b.keys().filter(|key| !a.contains_key(*key))) {
                let value = |object: &serde_json::Map<_, _>| object.get(key).cloned().unwrap_or_default();
                differ(&format!("{place}/{key}"), &value(a), &value(b), found);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (number, (a, b)) in a.iter().zip(b).enumerate() {
                differ(&format!("{place}/{number}"), a, b, found);
            }
        }
        _ => found.push(place.to_owned()),
    }
}
