//! `vitals check`: judge the items of files.

use std::io::Write;

use anyhow::{Result, bail};
use config_rule::{Compliance, Entry, Kind, Verdict};
use serde::Serialize;

use crate::cli::{CheckArgs, CheckFormat};
use crate::judge::{self, Head, Judge};
use crate::stream::{self, Keys, Limits, Newest, Source, Splitter, Step, for_each_batch};
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

pub(crate) fn run(args: &CheckArgs, out: &mut impl Write) -> Result<Ending> {
    let entries = select::rules_named(&args.rules)?;
    let parameters = parameters::read(args.parameters.as_deref())?;
    let judge = Judge::new(&entries, &parameters, parameters::now(args.now.as_deref())?)?;
    let limits = Limits { item: args.max_item_size, unpacked: args.max_unpacked_size };
    let sources = stream::find(&args.paths)?;
    let mut wanted = match newest(&sources, args, limits)? {
        Some(newest) => Wanted::These(newest.numbers().peekable()),
        None => Wanted::All,
    };
    let mut lines = Vec::new();
    let mut noncompliant = false;
    let mut problems = 0_u64;
    let mut number = 0;
    for_each_batch(
        &sources,
        limits,
        |_, batch| batch.items().map(|(text, offset)| (judge.text(text), offset)).collect::<Vec<_>>(),
        |step| {
            let (source, judged) = match step {
                Step::Batch(source, judged) => (source, judged),
                Step::Failed(source, error) => {
                    problems += 1;
                    eprintln!("error: {}: {error}", source.name());
                    return Ok(());
                }
                Step::Unreadable(error) => {
                    problems += 1;
                    eprintln!("error: {error:#}");
                    return Ok(());
                }
            };
            for (judged, offset) in judged {
                number += 1;
                if !wanted.has(number - 1) {
                    continue;
                }
                for problem in judged.problems {
                    problems += 1;
                    eprintln!("error: {}, the item at byte {offset}: {problem}", source.name());
                }
                let Some(item) = judged.item else { continue };
                for (entry, verdict) in judged.verdicts {
                    noncompliant |= verdict.compliance() == Compliance::NonCompliant;
                    match args.format {
                        CheckFormat::Ndjson => write_record(out, &item, entry, &verdict)?,
                        CheckFormat::Table => lines.push(line(&item, entry, &verdict)),
                    }
                }
            }
            Ok(())
        },
    )?;
    if args.format == CheckFormat::Table {
        summary::write(out, &entries, &lines)?;
    }
    say_unjudged(&entries);
    Ok(match (problems > 0 && !args.keep_going, noncompliant) {
        (true, _) => Ending::Incomplete,
        (false, true) => Ending::NonCompliant,
        (false, false) => Ending::Clean,
    })
}

/// The items that are judged, by their number in the input.
enum Wanted<I: Iterator<Item = u64>> {
    All,
    These(std::iter::Peekable<I>),
}

impl<I: Iterator<Item = u64>> Wanted<I> {
    fn has(&mut self, number: u64) -> bool {
        match self {
            Self::All => true,
            Self::These(numbers) => numbers.next_if_eq(&number).is_some(),
        }
    }
}

/// Which state of each resource is its newest, where several may come in. In one snapshot none does, and it needs to be
/// read only once.
fn newest(sources: &[Source], args: &CheckArgs, limits: Limits) -> Result<Option<Newest>> {
    let until = match &args.at {
        None => None,
        Some(text) => match config_item::parse_timestamp(text) {
            Some(time) => Some(time.as_millisecond()),
            None => bail!("--at is `{text}`, which is no time; write it as 2026-11-21T00:00:00Z"),
        },
    };
    if let ([source], None) = (sources, until) {
        let mut splitter = Splitter::new(source.open()?, limits);
        // What is wrong with it will be said when it is judged.
        let _ = splitter.next_batch();
        if splitter.is_snapshot() {
            return Ok(None);
        }
    }
    let mut newest = Newest::new(until);
    let keys = Keys::default();
    for_each_batch(
        sources,
        limits,
        |_, batch| batch.items().map(|(text, _)| judge::read(text).ok().map(|item| keys.of(&item))).collect::<Vec<_>>(),
        |step| {
            if let Step::Batch(_, keys) = step {
                for key in keys {
                    newest.add(key);
                }
            }
            Ok(())
        },
    )?;
    Ok(Some(newest))
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

fn write_record(out: &mut impl Write, item: &Head, entry: &Entry, verdict: &Verdict) -> Result<()> {
    let record = Record {
        rule: entry.metadata.id,
        resource_type: &item.resource_type,
        resource_id: &item.resource_id,
        account_id: item.account_id.as_deref(),
        region: item.region.as_deref(),
        compliance: verdict.compliance().as_str(),
        annotation: verdict.annotation(),
    };
    serde_json::to_writer(&mut *out, &record).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

fn line(item: &Head, entry: &'static Entry, verdict: &Verdict) -> Line {
    let place: Vec<_> = [item.account_id.as_deref(), item.region.as_deref()].into_iter().flatten().collect();
    let resource = match item.resource_name.as_deref().filter(|name| *name != item.resource_id) {
        Some(name) => format!("{name} ({}, {})", item.resource_id, place.join(" ")),
        None => format!("{} ({})", item.resource_id, place.join(" ")),
    };
    Line { rule: entry.metadata.id, resource, compliance: verdict.compliance(), annotation: verdict.annotation() }
}
