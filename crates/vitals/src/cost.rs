//! `--cost`: what AWS Config would charge for the evaluations that rules cause in a month.

mod estimate;
mod history;
mod prices;
mod write;

use std::io::Write;

use anyhow::{Result, bail};

use crate::check::Unreadable;
use crate::cli::{CheckArgs, CheckFormat};
use crate::cost::estimate::Pack;
use crate::cost::history::{Captured, History};
use crate::cost::write::Report;
use crate::scope::{Scope, Seen};
use crate::stream::{self, Batch, Source};
use crate::{Ending, check, judge, select};

pub(crate) fn run(args: &CheckArgs, out: &mut dyn Write) -> Result<Ending> {
    if !matches!(args.format, CheckFormat::Table | CheckFormat::Json) {
        bail!("--cost writes table or json; choose one of them as the --format");
    }
    let packs = packs(args)?;
    let scope = Scope::of(&args.filters);
    let mut history = History::default();
    let mut seen = Seen::default();
    let mut counted_all = true;
    let work = |_: &Source, batch: &Batch| {
        batch.items().map(|(text, offset)| (captured(text, &scope), offset)).collect::<Vec<_>>()
    };
    let sources = stream::find(&args.paths)?;
    stream::listen_for_interrupt()?;
    let read_all = check::each_batch(
        &sources,
        check::limits(args),
        work,
        |source, items| {
            for (item, offset) in items {
                match item {
                    Ok(item) => {
                        seen.note(item.place.account.as_deref(), item.place.region.as_deref());
                        history.take(item);
                    }
                    Err(problem) => {
                        counted_all = false;
                        check::tell_problem(source, offset, &problem);
                    }
                }
            }
            Ok(())
        },
        Unreadable::Tell,
    )?;
    let complete = read_all && counted_all;
    scope.check(&seen)?;
    let span = history.span()?;
    let prices = prices::prices();
    let estimate = estimate::estimate(&packs, &history, span, prices);
    let report = Report { estimate: &estimate, history: &history, span, prices, complete };
    match args.format {
        CheckFormat::Json => report.write_json(out)?,
        _ => report.write_table(out)?,
    }
    if !complete && stream::interrupted() {
        return Ok(Ending::Interrupted);
    }
    Ok(if complete || args.keep_going { Ending::Clean } else { Ending::Incomplete })
}

fn captured(text: &[u8], scope: &Scope<'_>) -> Result<Captured, String> {
    let item = judge::read(text)?;
    Captured::of(&item, scope.covers(item.resource_type(), item.account_id(), item.region()))
}

/// The rules of each framework, or those that were chosen.
fn packs(args: &CheckArgs) -> Result<Vec<Pack>> {
    let frameworks = select::frameworks(&args.filters.framework)?;
    let chosen = select::rules_left(&args.filters, &frameworks)?;
    if frameworks.is_empty() {
        return Ok(vec![Pack { framework: None, rules: chosen }]);
    }
    let of = |framework: &&'static frameworks::Framework| Pack {
        framework: Some(&framework.id),
        rules: chosen.iter().copied().filter(|entry| select::names(framework, entry, args.filters.inferred)).collect(),
    };
    Ok(frameworks.iter().map(of).collect())
}
