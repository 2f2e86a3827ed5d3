//! `vitals run`: the real binaries over an estate, as AWS Config would invoke them.

use std::io::Write;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use config_item::ConfigurationItem;
use config_rule::{Compliance, Entry};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use local_config::{Rule, Server, State};
use serde_json::Value;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::cli::{FunctionArgs, RunArgs};
use crate::estate::{self, Found};
use crate::event::{Sender, event_shape};
use crate::record::{Record, Totals};
use crate::sink::{Sink as _, Table, Worded, table_wording};
use crate::{Ending, functions, parameters, select, stand_in};

/// The account and region that the rules are rehearsed in, wherever the items are.
const ACCOUNT: &str = "111122223333";
const REGION: &str = "us-east-1";

/// An item of the estate.
struct Resource {
    resource_type: String,
    resource_id: String,
    name: Option<String>,
    /// In the event's shape.
    item: Value,
}

/// The events of one rule.
struct Rehearsal {
    entry: &'static Entry,
    events: Vec<String>,
}

pub(crate) fn run(args: &RunArgs, out: &mut impl Write) -> Result<Ending> {
    let entries = select::rules_named(&args.rules)?;
    let now = parameters::now(args.now.as_deref())?;
    let found = estate::read(&args.paths)?;
    stand_in::block_on(async {
        let server = Server::start(stand_in::ANY_PORT).await?;
        stand_in::set_delivery_channels(&server.state(), args.delivery_channels.as_deref())?;
        let (estate, mut failures) = take_in(&server.state(), &found);
        let rehearsals =
            entries.iter().map(|entry| rehearsal(&server.state(), entry, &estate, now)).collect::<Result<Vec<_>>>()?;
        failures.extend(invoke_all(&args.functions, &server, rehearsals).await?);
        let noncompliant = write_held(&server.state(), &entries, &estate, failures.is_empty(), out)?;
        for failure in &failures {
            eprintln!("error: {failure}");
        }
        Ok(match (failures.is_empty(), noncompliant) {
            (false, _) => Ending::Incomplete,
            (true, true) => Ending::NonCompliant,
            (true, false) => Ending::Clean,
        })
    })
}

/// Tells the stand-in what there is. An item that can't be read doesn't stop the rest; what is wrong with it is returned.
fn take_in(state: &State, found: &[Found]) -> (Vec<Resource>, Vec<String>) {
    let mut resources = Vec::new();
    let mut problems = Vec::new();
    for Found { text, place } in found {
        match resource(state, text) {
            Ok(resource) => resources.push(resource),
            Err(error) => problems.push(format!("{place}: {error:#}")),
        }
    }
    (resources, problems)
}

fn resource(state: &State, text: &str) -> Result<Resource> {
    let item = ConfigurationItem::from_json(text)?;
    let value: Value = serde_json::from_str(text)?;
    state.put_item(&value)?;
    Ok(Resource {
        resource_type: item.resource_type().to_owned(),
        resource_id: item.resource_id().to_owned(),
        name: item.resource_name().filter(|name| *name != item.resource_id()).map(str::to_owned),
        item: event_shape(&value, &item),
    })
}

/// What AWS Config sends to a rule: a change for each item in its scope, and its schedule.
fn rehearsal(state: &State, entry: &'static Entry, estate: &[Resource], now: Timestamp) -> Result<Rehearsal> {
    let id = entry.metadata.id;
    let mut rule = Rule::new(id);
    ACCOUNT.clone_into(&mut rule.account);
    REGION.clone_into(&mut rule.region);
    rule.resource_types = entry.resource_types.iter().map(ToString::to_string).collect();
    state.register_rule(rule)?;
    let token = state.issue_token(id)?;
    let sender = Sender { rule: id, account: ACCOUNT, region: REGION, token: &token, now };
    let mut events = Vec::new();
    if entry.metadata.trigger.on_change() {
        let in_scope = estate.iter().filter(|resource| entry.resource_types.contains(&resource.resource_type.as_str()));
        events.extend(in_scope.map(|resource| sender.change(&resource.item).to_string()));
    }
    if entry.metadata.trigger.frequency().is_some() {
        events.push(sender.scheduled().to_string());
    }
    Ok(Rehearsal { entry, events })
}

/// Invokes every function with its events, one after the other as one execution environment would, and several
/// functions at a time. Returns what failed even after Lambda's retries.
async fn invoke_all(args: &FunctionArgs, server: &Server, rehearsals: Vec<Rehearsal>) -> Result<Vec<String>> {
    let total = rehearsals.iter().map(|rehearsal| rehearsal.events.len()).sum::<usize>();
    let progress = ProgressBar::new(total as u64).with_style(
        ProgressStyle::with_template("{bar:30} {pos}/{len} invocations, {msg}")
            .context("the progress bar's template")?,
    );
    let at_once = Arc::new(Semaphore::new(std::thread::available_parallelism().map_or(2, usize::from)));
    let mut tasks = JoinSet::new();
    for Rehearsal { entry, events } in rehearsals {
        if events.is_empty() {
            continue;
        }
        let function = functions::start(args, entry, ACCOUNT, REGION, &server.url())?;
        let (progress, at_once) = (progress.clone(), at_once.clone());
        tasks.spawn(async move {
            let _turn = at_once.acquire_owned().await.expect("the semaphore is never closed");
            let mut failures = Vec::new();
            progress.set_message(entry.metadata.id);
            for event in events {
                let attempts = function.invoke_as_lambda(event).await?;
                if let Some(last) = attempts.last().filter(|last| !last.outcome.is_success()) {
                    failures.push(format!("{}: the invocation did not succeed: {}", entry.metadata.id, last.outcome));
                }
                progress.inc(1);
            }
            Ok::<_, anyhow::Error>(failures)
        });
    }
    let mut failures = Vec::new();
    while let Some(done) = tasks.join_next().await {
        failures.extend(done.context("a task ended early")??);
    }
    progress.finish_and_clear();
    failures.sort();
    Ok(failures)
}

/// Writes what the stand-in holds, with the resources' names. Returns whether anything is noncompliant.
fn write_held(
    state: &State,
    entries: &[&'static Entry],
    estate: &[Resource],
    complete: bool,
    out: &mut dyn Write,
) -> Result<bool> {
    let wording = table_wording(&[Compliance::NonCompliant]);
    let mut worded = Worded::default();
    let mut totals = Totals::of(entries);
    for entry in entries {
        for evaluation in state.evaluations(entry.metadata.id) {
            let known = estate.iter().find(|resource| {
                resource.resource_type == evaluation.resource_type && resource.resource_id == evaluation.resource_id
            });
            let record = Record {
                entry,
                source: "the stand-in",
                resource_type: &evaluation.resource_type,
                resource_id: &evaluation.resource_id,
                resource_name: known.and_then(|resource| resource.name.as_deref()),
                arn: None,
                account_id: None,
                region: None,
                compliance: match evaluation.compliance {
                    local_config::Compliance::Compliant => Compliance::Compliant,
                    local_config::Compliance::NonCompliant => Compliance::NonCompliant,
                    local_config::Compliance::NotApplicable => Compliance::NotApplicable,
                },
                annotation: evaluation.annotation.as_deref(),
                exception: None,
            };
            totals.count(entry.metadata.id, record.compliance, false);
            if record.compliance == Compliance::NonCompliant {
                wording(&[record], &mut worded);
            }
        }
    }
    let mut table = Table::new(entries, out).totals_first();
    table.take(worded)?;
    table.finish(&totals, complete)?;
    Ok(totals.all.non_compliant > 0)
}
