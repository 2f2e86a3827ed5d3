//! `vitals exceptions check`.

use std::collections::BTreeSet;
use std::io::Write;

use anyhow::Result;
use config_item::ConfigurationItem;
use config_rule::{Entry, Kind, not_recorded};
use exceptions::{Exception, Exceptions, Subject};

use super::{errors, named, read_current, warn};
use crate::check::{Unreadable, each_batch, tell_problem};
use crate::cli::ExceptionsCheckArgs;
use crate::stream::{self, Limits};
use crate::{Ending, judge, parameters};

pub(super) fn run(args: &ExceptionsCheckArgs, out: &mut dyn Write) -> Result<Ending> {
    let now = parameters::now(args.now.as_deref())?;
    let file = &args.file;
    let exceptions = read_current(file, now)?;
    let mut complete = true;
    if !args.paths.is_empty() {
        let (matched, all) = matched(&exceptions, args)?;
        complete = all;
        let idle = exceptions.iter().filter(|exception| !matched.contains(&exception.line));
        let idle = idle.filter(|exception| judges_items(exception));
        let idle: Vec<_> = idle
            .map(|exception| format!("{} matches no resource that the rule judges; correct it", named(file, exception)))
            .collect();
        if !idle.is_empty() {
            return Err(errors(idle));
        }
        for exception in exceptions.iter().filter(|exception| !judges_items(exception)) {
            eprintln!(
                "note: {} was not looked for, because the rule judges what is in no file of items",
                named(file, exception)
            );
        }
    }
    warn(file, &exceptions, now);
    let (count, rules) = (exceptions.iter().count(), exceptions.rules().count());
    writeln!(out, "{}: in order; exceptions: {count}, rules: {rules}", file.display())?;
    Ok(if complete { Ending::Clean } else { Ending::Incomplete })
}

fn judges_items(exception: &Exception) -> bool {
    rules::find(&exception.rule).is_some_and(|entry| matches!(entry.kind, Kind::Item { .. }))
}

/// The exceptions that match a resource of their rule, by their lines; and whether all items could be read.
fn matched(exceptions: &Exceptions, args: &ExceptionsCheckArgs) -> Result<(BTreeSet<usize>, bool)> {
    let sources = stream::find(&args.paths)?;
    let rules: Vec<_> = exceptions.rules().filter_map(rules::find).collect();
    let mut matched = BTreeSet::new();
    let mut readable = true;
    let read_all = each_batch(
        &sources,
        Limits::default(),
        |_, batch| {
            let lines = |text| Ok(lines(&judge::read(text)?, exceptions, &rules));
            batch.items().map(|(text, offset)| (lines(text), offset)).collect::<Vec<(Result<_, String>, _)>>()
        },
        |source, found| {
            for (lines, offset) in found {
                match lines {
                    Ok(lines) => matched.extend(lines),
                    Err(problem) => {
                        readable = false;
                        tell_problem(source, offset, &problem);
                    }
                }
            }
            Ok(())
        },
        Unreadable::Tell,
    )?;
    Ok((matched, read_all && readable))
}

/// The lines of the exceptions that match an item.
fn lines(item: &ConfigurationItem<'_>, exceptions: &Exceptions, rules: &[&Entry]) -> Vec<usize> {
    if not_recorded(item).is_some() {
        return Vec::new();
    }
    let judging = rules.iter().filter(|entry| entry.resource_types.contains(&item.resource_type()));
    judging
        .flat_map(|entry| exceptions.of(entry.metadata.id))
        .filter(|exception| exception.matches(Subject::of(item)))
        .map(|exception| exception.line)
        .collect()
}
