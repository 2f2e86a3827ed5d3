//! `vitals check`: judge the items of files.

use std::collections::BTreeSet;
use std::io::{IsTerminal as _, Write};
use std::path::Path;

use anyhow::{Result, anyhow, bail};
use config_rule::{Entry, Kind};

use crate::cli::{CheckArgs, CheckFormat, FailOn};
use crate::compare::{self, Before, Comparison, Old, Told};
use crate::judge::{self, Judge, Judged};
use crate::output::Output;
use crate::record::{Record, Tally};
use crate::scope::{Scope, Seen};
use crate::sink::{self, Head, Sink, Worded};
use crate::stream::{self, Batch, Keys, Limits, Newest, Source, Splitter, Step, for_each_batch, say};
use crate::{Ending, cost, exceptions, parameters, select};

pub(crate) fn run(args: &CheckArgs, out: &mut dyn Write) -> Result<Ending> {
    let write = if args.cost { cost::run } else { write_verdicts };
    if args.output == Path::new("-") {
        let at_the_end = matches!(args.format, CheckFormat::Table | CheckFormat::Junit);
        if !at_the_end && std::io::stdout().is_terminal() {
            stream::show_no_progress();
        }
        return write(args, out);
    }
    let mut file = Output::create(&args.output)?;
    let ending = write(args, &mut file)?;
    file.keep()?;
    Ok(ending)
}

fn write_verdicts(args: &CheckArgs, out: &mut dyn Write) -> Result<Ending> {
    let frameworks = select::frameworks(&args.filters.framework)?;
    let entries = select::rules_left(&args.filters, &frameworks)?;
    let parameters = parameters::read(args.parameters.as_deref(), &entries, &frameworks, args.filters.inferred)?;
    let now = parameters::now(args.now.as_deref())?;
    let exceptions = exceptions::read(args.exceptions.as_deref())?;
    let judge = Judge::new(&entries, &parameters, exceptions.clone(), now)?;
    let rules: Vec<_> = judge.rules().collect();
    let run = Run { judge: &judge, rules: &rules, scope: Scope::of(&args.filters), limits: limits(args) };
    let sources = stream::find(&args.paths)?;
    stream::listen_for_interrupt()?;
    let until = until(args.at.as_deref())?;
    let (ended, newly) = match &args.compare {
        None => {
            let shown = sink::shown(args)?;
            let head = Head { rules: &rules, now, shown: &shown };
            let wording = sink::wording(args.format, head);
            let word = |records: &[Record<'_>], worded: &mut Worded| {
                let shown = records.iter().filter(|record| shown.contains(&record.compliance));
                wording(&shown.copied().collect::<Vec<_>>(), worded);
            };
            let mut sink = sink::open(args.format, head, out)?;
            (run.write(&sources, until, word, sink.as_mut(), true)?, 0)
        }
        Some(old) => {
            compare::check_format(args.format)?;
            let (before, complete) = run.read_old(old)?;
            let mut comparison = Comparison::new(before, &rules, args.format, out);
            (run.write(&sources, until, told, &mut comparison, complete)?, comparison.newly)
        }
    };
    out.flush()?;
    say_unjudged(&entries);
    if let Some(file) = &args.exceptions {
        exceptions::warn(file, &exceptions, now);
        exceptions::say_unused(file, &exceptions, &rules, &ended.used, now);
    }
    let failed = match args.fail_on {
        FailOn::Noncompliant => ended.open > 0,
        FailOn::New => newly > 0,
        FailOn::None => false,
    };
    if !ended.complete && stream::interrupted() {
        return Ok(Ending::Interrupted);
    }
    Ok(match (ended.complete || args.keep_going, failed) {
        (false, _) => Ending::Incomplete,
        (true, true) => Ending::NonCompliant,
        (true, false) => Ending::Clean,
    })
}

/// What judges, and what of the input.
struct Run<'a> {
    judge: &'a Judge,
    rules: &'a [&'static Entry],
    scope: Scope<'a>,
    limits: Limits,
}

/// How a run ended.
struct Ended {
    /// How much is noncompliant without an exception.
    open: u64,
    /// The exceptions that acted on a verdict, by their lines.
    used: BTreeSet<usize>,
    /// Whether all could be judged.
    complete: bool,
}

/// What came of judging some items.
struct Judgement<T> {
    /// What was made of the verdicts.
    made: T,
    tally: Tally,
    /// The exceptions that acted on a verdict, by their lines.
    used: BTreeSet<usize>,
    /// Where the items are.
    seen: Seen,
    /// What could not be judged, and where in the file that is.
    problems: Vec<(u64, String)>,
}

impl<T: Default> Judgement<T> {
    fn by(rules: &[&'static Entry]) -> Self {
        Self {
            made: T::default(),
            tally: Tally::of(rules.len()),
            used: BTreeSet::new(),
            seen: Seen::default(),
            problems: Vec::new(),
        }
    }
}

impl Run<'_> {
    /// Judges, has workers make of the verdicts what the sink takes, and hands it over. What came before was complete or
    /// not.
    fn write<T: Default + Send>(
        &self,
        sources: &[Source],
        until: Option<i64>,
        make: impl Fn(&[Record<'_>], &mut T) + Sync,
        sink: &mut dyn Sink<T>,
        complete: bool,
    ) -> Result<Ended> {
        let mut all = Judgement::<()>::by(self.rules);
        let judged = self.judge_sources(sources, until, Unreadable::Tell, make, |judgement| {
            all.tally.add(&judgement.tally);
            all.used.extend(judgement.used);
            all.seen.add(judgement.seen);
            sink.take(judgement.made)
        })?;
        let complete = complete && judged;
        let in_scope = self.scope.check(&all.seen);
        let totals = all.tally.totals(self.rules);
        sink.finish(&totals, complete && in_scope.is_ok())?;
        in_scope?;
        Ok(Ended { open: totals.all.open, used: all.used, complete })
    }

    /// What an earlier run said, or what this one says of the items of then; and whether all could be judged. A file of
    /// then that can't be read would make everything new.
    fn read_old(&self, path: &Path) -> Result<(Before, bool)> {
        let sources = stream::find(&[path.to_owned()])?;
        match compare::read(&sources, self.rules, &self.scope)? {
            Old::Verdicts(before) => Ok((before, true)),
            Old::Items => {
                let mut before = Before::by(self.rules);
                let complete = self.judge_sources(&sources, None, Unreadable::Fail, told, |judgement| {
                    judgement.made.into_iter().for_each(|told| before.tell(told));
                    Ok(())
                })?;
                Ok((before, complete))
            }
        }
    }

    /// Judges the newest state of each resource, and hands over what came of it in the input's order. Says whether all
    /// could be judged; what couldn't has been told.
    fn judge_sources<T: Default + Send>(
        &self,
        sources: &[Source],
        until: Option<i64>,
        unreadable: Unreadable,
        make: impl Fn(&[Record<'_>], &mut T) + Sync,
        mut take: impl FnMut(Judgement<T>) -> Result<()>,
    ) -> Result<bool> {
        let wanted = match newest(sources, until, self.limits)? {
            Some(newest) => Wanted::These(newest.numbers().collect()),
            None => Wanted::All,
        };
        let mut judged_all = true;
        let read_all = each_batch(
            sources,
            self.limits,
            |source, batch| self.judge_batch(source, batch, &wanted, &make),
            |source, judgement| {
                for (offset, problem) in &judgement.problems {
                    judged_all = false;
                    tell_problem(source, *offset, problem);
                }
                take(judgement)
            },
            unreadable,
        )?;
        Ok(read_all && judged_all)
    }

    fn judge_batch<T: Default>(
        &self,
        source: &Source,
        batch: &Batch,
        wanted: &Wanted,
        make: &impl Fn(&[Record<'_>], &mut T),
    ) -> Judgement<T> {
        let mut judgement = Judgement::by(self.rules);
        for (number, (text, offset)) in (batch.first()..).zip(batch.items()) {
            let item = match judge::read_unchecked(text) {
                Ok(item) => item,
                Err(problem) => {
                    judgement.problems.push((offset, problem));
                    continue;
                }
            };
            let wanted =
                wanted.has(number) && self.scope.covers(item.resource_type(), item.account_id(), item.region());
            let judged = if wanted { self.judge.item(&item) } else { Judged::default() };
            if !judged.read
                && let Err(problem) = judge::check(&item, text)
            {
                judgement.problems.push((offset, problem));
                continue;
            }
            judgement.seen.note(item.account_id(), item.region());
            judgement.problems.extend(judged.problems.into_iter().map(|problem| (offset, problem)));
            for (place, ruling) in &judged.verdicts {
                judgement.tally.count(*place, ruling.compliance, ruling.exception.is_some());
                judgement.used.extend(ruling.exception.map(|exception| exception.line));
            }
            let verdicts = judged.verdicts.iter();
            let records: Vec<_> = verdicts
                .map(|(place, ruling)| Record::of(self.judge.rule(*place), &item, source.name(), ruling))
                .collect();
            make(&records, &mut judgement.made);
        }
        judgement
    }
}

/// What is compared of verdicts.
fn told(records: &[Record<'_>], into: &mut Vec<Told<&'static str>>) {
    into.extend(records.iter().map(Told::of));
}

/// Has every batch looked at, and takes what was made of it in the input's order. Says whether all could be read.
pub(crate) fn each_batch<T: Send>(
    sources: &[Source],
    limits: Limits,
    work: impl Fn(&Source, &Batch) -> T + Sync,
    mut take: impl FnMut(&Source, T) -> Result<()>,
    unreadable: Unreadable,
) -> Result<bool> {
    let mut read_all = true;
    for_each_batch(sources, limits, work, |step| {
        let problem = match step {
            Step::Batch(source, made) => return take(source, made),
            Step::Failed(source, error) => anyhow!("{}: {error}", source.name()),
            Step::Unreadable(error) => error,
        };
        read_all = false;
        match unreadable {
            Unreadable::Tell => say(format_args!("error: {problem:#}")),
            Unreadable::Fail => return Err(problem),
        }
        Ok(())
    })?;
    Ok(read_all)
}

/// What to do about a file that can't be read on.
#[derive(Clone, Copy)]
pub(crate) enum Unreadable {
    /// Say so, and go on with the next.
    Tell,
    /// End.
    Fail,
}

/// Says what is wrong with an item.
pub(crate) fn tell_problem(source: &Source, offset: u64, problem: &str) {
    say(format_args!("error: {}, the item at byte {offset}: {problem}", source.name()));
}

/// How large input may be.
pub(crate) fn limits(args: &CheckArgs) -> Limits {
    Limits { item: args.max_item_size, unpacked: args.max_unpacked_size }
}

/// The time that states of resources count up to, in milliseconds since 1970.
pub(crate) fn until(typed: Option<&str>) -> Result<Option<i64>> {
    let Some(text) = typed else { return Ok(None) };
    match config_item::parse_timestamp(text) {
        Some(time) => Ok(Some(time.as_millisecond())),
        None => bail!("--at is `{text}`, which is no time; write it as 2026-11-21T00:00:00Z"),
    }
}

/// The items that are judged, by their number in the input.
enum Wanted {
    All,
    /// These, in ascending order.
    These(Vec<u64>),
}

impl Wanted {
    fn has(&self, number: u64) -> bool {
        match self {
            Self::All => true,
            Self::These(numbers) => numbers.binary_search(&number).is_ok(),
        }
    }
}

/// Which state of each resource is its newest, where several may come in. In one snapshot none does, and it needs to be
/// read only once.
fn newest(sources: &[Source], until: Option<i64>, limits: Limits) -> Result<Option<Newest>> {
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
        |_, batch| {
            let key = |text| judge::read_unchecked(text).ok().map(|item| keys.of(&item));
            batch.items().map(|(text, _)| key(text)).collect::<Vec<_>>()
        },
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
