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
mod verify;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use frameworks::Framework;
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
use crate::stream::{self, Keys, Source};
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
    let files = Files::read(args)?;
    if let Some(report) = &args.verify {
        let ending = verify::verify(report, files, out)?;
        out.flush()?;
        return Ok(ending);
    }
    let report = make(files, &Options::of(args)?)?;
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

/// What a report is made from.
struct Files {
    items: Vec<(Source, Input)>,
    parameters: Option<(PathBuf, Input)>,
    exceptions: Option<(PathBuf, Input)>,
}

impl Files {
    fn read(args: &ReportArgs) -> Result<Self> {
        let items = stream::find(&args.paths)?.into_iter().map(|source| {
            let input = Input::of(Kind::Items, &source)?;
            Ok((source, input))
        });
        let one = |kind, path: &Option<PathBuf>| {
            let Some(path) = path else { return Ok(None) };
            let source = stream::file(path);
            Ok::<_, anyhow::Error>(Some((path.clone(), Input::of(kind, &source)?)))
        };
        Ok(Self {
            items: items.collect::<Result<_>>()?,
            parameters: one(Kind::Parameters, &args.parameters)?,
            exceptions: one(Kind::Exceptions, &args.exceptions)?,
        })
    }

    fn inputs(&self) -> impl Iterator<Item = &Input> {
        let items = self.items.iter().map(|(_, input)| input);
        items.chain([&self.parameters, &self.exceptions].into_iter().flatten().map(|(_, input)| input))
    }
}

/// How a report is made.
struct Options<'a> {
    frameworks: Vec<&'static Framework>,
    accounts: &'a [String],
    regions: &'a [String],
    /// States captured later don't count, in milliseconds since 1970.
    at: Option<i64>,
    /// The time to judge as of, where it doesn't follow from the rest.
    as_of: Option<(Timestamp, AsOf)>,
    sign_off: bool,
}

impl<'a> Options<'a> {
    fn of(args: &'a ReportArgs) -> Result<Self> {
        let mut frameworks: Vec<&Framework> = Vec::new();
        for framework in select::frameworks(&args.framework)? {
            if !frameworks.iter().any(|other| other.id == framework.id) {
                frameworks.push(framework);
            }
        }
        let given = args.now.as_deref().map(|now| parameters::now(Some(now))).transpose()?;
        Ok(Self {
            frameworks,
            accounts: &args.account,
            regions: &args.region,
            at: check::until(args.at.as_deref())?,
            as_of: given.map(|now| (now, AsOf::Given)),
            sign_off: args.sign_off,
        })
    }
}

/// Makes the report.
fn make(files: Files, options: &Options<'_>) -> Result<Report> {
    let inputs = files.inputs().cloned().collect();
    let sources: Vec<_> = files.items.into_iter().map(|(source, _)| source).collect();
    let given = Given::read(files.parameters.as_ref().map(|(path, _)| path.as_path()))?;
    let exceptions = exceptions::read(files.exceptions.as_ref().map(|(path, _)| path.as_path()))?;
    let scope = Scope::places(options.accounts, options.regions);
    let keys = Keys::default();
    let survey = survey(&sources, &scope, options.at, &keys)?;
    scope.check(&survey.seen)?;
    let captured = |of: fn((i64, i64)) -> i64| survey.captured.map(of).and_then(model::time_of);
    let (captured_from, captured_to) = (captured(|(from, _)| from), captured(|(_, to)| to));
    let (as_of, as_of_is) = as_of(options, captured_to)?;
    if let Some((file, _)) = &files.exceptions {
        exceptions::warn(file, &exceptions, as_of);
    }
    let frameworks = &options.frameworks;
    let bench = Bench::new(frameworks, &given, &exceptions, as_of)?;
    let estate =
        gather::Estate { sources: &sources, scope: &scope, until: options.at, keys: &keys, newest: survey.newest };
    let mut gathered = gather(estate, &bench, frameworks)?;
    let order = model::order(&bench);
    let evidence = model::evidence(frameworks, &bench, &order, &gathered, captured_to.unwrap_or(as_of));
    let exceptions = model::accepted(&exceptions, &bench, &gathered, as_of);
    let rules = model::rules(frameworks, bench, &order, &mut gathered);
    Ok(Report {
        report: "vitals",
        version: env!("CARGO_PKG_VERSION"),
        as_of,
        as_of_is,
        at: options.at.and_then(model::time_of),
        complete: gathered.complete,
        problems: gathered.problems,
        inputs,
        estate: Estate {
            accounts: survey.in_scope.accounts.into_iter().collect(),
            regions: survey.in_scope.regions.into_iter().collect(),
            resources: gathered.resources,
            captured_from,
            captured_to,
            only_accounts: options.accounts.to_vec(),
            only_regions: options.regions.to_vec(),
        },
        exceptions,
        frameworks: evidence,
        rules,
        sign_off: options.sign_off.then(SignOff::default),
    })
}

/// The time to judge as of. Not the clock's, or no report could be made again.
fn as_of(options: &Options<'_>, newest: Option<Timestamp>) -> Result<(Timestamp, AsOf)> {
    if let Some(given) = options.as_of {
        return Ok(given);
    }
    let (time, is, words) = match options.at.and_then(model::time_of) {
        Some(at) => (at, AsOf::At, "time of --at"),
        None => (newest.ok_or_else(no_time)?, AsOf::NewestCapture, "newest capture time"),
    };
    eprintln!("note: judged as of {time}, the {words}; --now names another time");
    Ok((time, is))
}

fn no_time() -> anyhow::Error {
    anyhow!("no item says when it was captured; name the time to judge as of with --now 2026-11-21T00:00:00Z")
}
