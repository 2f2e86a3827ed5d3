//! `--exceptions` and `vitals exceptions`.

mod check;
mod compile;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use config_rule::Entry;
use exceptions::{Exception, Exceptions};
use jiff::Timestamp;

use crate::Ending;
use crate::cli::{ExceptionsArgs, ExceptionsCommand};

pub(crate) fn run(args: &ExceptionsArgs, out: &mut dyn Write) -> Result<Ending> {
    match &args.command {
        ExceptionsCommand::Check(args) => check::run(args, out),
        ExceptionsCommand::Compile(args) => compile::run(args, out),
    }
}

/// The exceptions of a file; none where there is no file.
pub(crate) fn read(file: Option<&Path>) -> Result<Exceptions> {
    let Some(file) = file else { return Ok(Exceptions::default()) };
    let place = file.display();
    let text = std::fs::read_to_string(file).with_context(|| format!("{place} can't be read"))?;
    let rules: Vec<_> = rules::all().collect();
    Exceptions::parse(&text, &rules)
        .map_err(|mistakes| errors(mistakes.iter().map(|mistake| format!("{place}:{mistake}"))))
}

/// The exceptions of a file, none of which may be over.
fn read_current(file: &Path, now: Timestamp) -> Result<Exceptions> {
    let exceptions = read(Some(file))?;
    let over = exceptions.iter().filter(|exception| exception.is_over(now));
    let over: Vec<_> = over
        .map(|exception| format!("{} expired on {}; remove it or renew it", named(file, exception), exception.expires))
        .collect();
    if over.is_empty() { Ok(exceptions) } else { Err(errors(over)) }
}

/// Warns of what ends soon, and of what is over and therefore accepts nothing any more.
pub(crate) fn warn(file: &Path, exceptions: &Exceptions, now: Timestamp) {
    for exception in exceptions.iter() {
        if exception.is_over(now) {
            eprintln!("warning: {} expired on {} and accepts nothing", named(file, exception), exception.expires);
        } else if exception.ends_soon(now) {
            eprintln!("warning: {} expires on {}", named(file, exception), exception.expires);
        }
    }
}

/// Says which of the exceptions from rules that judged acted on no verdict though they are in force.
pub(crate) fn say_unused(
    file: &Path,
    exceptions: &Exceptions,
    judged: &[&Entry],
    used: &BTreeSet<usize>,
    now: Timestamp,
) {
    for exception in exceptions.iter().filter(|exception| exception.is_in_force(now)) {
        if judged.iter().any(|entry| entry.metadata.id == exception.rule) && !used.contains(&exception.line) {
            eprintln!(
                "note: {} had nothing to accept: nothing that it matches is noncompliant",
                named(file, exception)
            );
        }
    }
}

/// An exception by its place, its ticket and its rule.
fn named(file: &Path, exception: &Exception) -> String {
    format!("{}:{}: {} from {}", file.display(), exception.line, exception.ticket, exception.rule)
}

/// One error of several sentences, each on a line of its own.
fn errors(sentences: impl IntoIterator<Item = String>) -> anyhow::Error {
    anyhow!(sentences.into_iter().collect::<Vec<_>>().join("\nerror: "))
}
