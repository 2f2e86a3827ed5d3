//! `vitals report`: evidence for frameworks, from the items of files.
//!
//! The same input, options and version give the same bytes: nothing in a report depends on the clock, the machine or the
//! number of its cores.

mod applied;
mod chronicle;
mod csv;
mod gather;
mod html;
mod input;
mod model;
mod page;
mod survey;

use std::io::Write;
use std::path::Path;

use anyhow::{Result, anyhow};
use jiff::Timestamp;

use crate::cli::{ReportArgs, ReportFormat};
use crate::output::Output;
use crate::parameters::{self, Given};
use crate::report::applied::Bench;
use crate::report::gather::gather;
use crate::report::input::{Input, Kind};
use crate::report::model::{AsOf, Estate, Report, SignOff};
use crate::report::survey::survey;
use crate::scope::Scope;
use crate::sink::write_json_pretty;
use crate::stream::{self, Keys};
use crate::{Ending, check, exceptions, select};

pub(crate) fn run(args: &ReportArgs, out: &mut dyn Write) -> Result<Ending> {
    if args.output == Path::new("-") {
        return write(args, out);
    }
    let mut file = Output::create(&args.output)?;
    let ending = write(args, &mut file)?;
    file.keep()?;
    Ok(ending)
}

fn write(args: &ReportArgs, out: &mut dyn Write) -> Result<Ending> {
    let report = make(args)?;
    match args.format {
        ReportFormat::Json => write_json_pretty(out, &report)?,
        ReportFormat::Csv => csv::write(&report, out)?,
        ReportFormat::Markdown => page::markdown(&report, out)?,
        ReportFormat::Html => page::html(&report, out)?,
    }
    out.flush()?;
    let open = report.rules.iter().flat_map(|rule| &rule.findings).any(|finding| finding.exception.is_none());
    Ok(match (report.complete, open) {
        (false, _) => Ending::Incomplete,
        (true, true) => Ending::NonCompliant,
        (true, false) => Ending::Clean,
    })
}

/// Makes the report.
fn make(args: &ReportArgs) -> Result<Report> {
    let mut ids = args.framework.clone();
    ids.dedup();
    let frameworks = select::frameworks(&ids)?;
    let given = Given::read(args.parameters.as_deref())?;
    let at = check::until(args.at.as_deref())?;
    let sources = stream::find(&args.paths)?;
    let mut inputs = sources.iter().map(|source| Input::of(Kind::Items, source)).collect::<Result<Vec<_>>>()?;
    for source in stream::find(args.parameters.as_slice())? {
        inputs.push(Input::of(Kind::Parameters, &source)?);
    }
    for source in stream::find(args.exceptions.as_slice())? {
        inputs.push(Input::of(Kind::Exceptions, &source)?);
    }
    let exceptions = exceptions::read(args.exceptions.as_deref())?;
    let scope = Scope::places(&args.account, &args.region);
    let keys = Keys::default();
    let survey = survey(&sources, &scope, at, &keys)?;
    scope.check(&survey.seen)?;
    let captured = |of: fn((i64, i64)) -> i64| survey.captured.map(of).and_then(model::time_of);
    let (captured_from, captured_to) = (captured(|(from, _)| from), captured(|(_, to)| to));
    let (as_of, as_of_is) = as_of(args, at, captured_to)?;
    if let Some(file) = &args.exceptions {
        exceptions::warn(file, &exceptions, as_of);
    }
    let bench = Bench::new(&frameworks, &given, &exceptions, as_of)?;
    let estate = gather::Estate { sources: &sources, scope: &scope, until: at, keys: &keys, newest: survey.newest };
    let mut gathered = gather(estate, &bench, &frameworks)?;
    let order = model::order(&bench);
    let evidence = model::evidence(&frameworks, &bench, &order, &gathered, captured_to.unwrap_or(as_of));
    let exceptions = model::accepted(&exceptions, &bench, &gathered, as_of);
    let rules = model::rules(&frameworks, bench, &order, &mut gathered);
    Ok(Report {
        report: "vitals",
        version: env!("CARGO_PKG_VERSION"),
        as_of,
        as_of_is,
        at: at.and_then(model::time_of),
        complete: gathered.complete,
        problems: gathered.problems,
        inputs,
        estate: Estate {
            accounts: survey.in_scope.accounts.into_iter().collect(),
            regions: survey.in_scope.regions.into_iter().collect(),
            resources: gathered.resources,
            captured_from,
            captured_to,
            only_accounts: args.account.clone(),
            only_regions: args.region.clone(),
        },
        exceptions,
        frameworks: evidence,
        rules,
        sign_off: args.sign_off.then(SignOff::default),
    })
}

/// The time to judge as of. Not the clock's, or no report could be made again.
fn as_of(args: &ReportArgs, at: Option<i64>, newest: Option<Timestamp>) -> Result<(Timestamp, AsOf)> {
    if args.now.is_some() {
        return Ok((parameters::now(args.now.as_deref())?, AsOf::Given));
    }
    let (time, whence) = match at.and_then(model::time_of) {
        Some(at) => (at, AsOf::At),
        None => (newest.ok_or_else(no_time)?, AsOf::NewestCapture),
    };
    eprintln!(
        "note: judged as of {time}, the {}; --now names another time",
        match whence {
            AsOf::At => "time of --at",
            _ => "newest capture time",
        }
    );
    Ok((time, whence))
}

fn no_time() -> anyhow::Error {
    anyhow!("no item says when it was captured; name the time to judge as of with --now 2026-11-21T00:00:00Z")
}
