//! The function that has rules evaluated anew when their exceptions begin, change or end. No resource changes then, so
//! that nothing else would invoke them.
//!
//! What was in force when a rule's evaluation was last started is kept beside the exceptions, in a parameter of its own.
//! Where it differs from what is in force now, the evaluation is started: also after a run that failed or never was, and
//! for a rule whose exceptions are all gone.

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use aws_sdk_config::Client;
use bytes::Bytes;
use config_item::parse_timestamp;
use exceptions::{CompactError, Exception, Exceptions};
use jiff::{SignedDuration, Timestamp};
use lambda_runtime::{Diagnostic, LambdaEvent};
use serde::Deserialize;

use crate::aws::{self, AwsError, call, page};
use crate::exceptions::{FRESH, PARAMETERS};
use crate::host::time_left;
use crate::log::TARGET;
use crate::parameters::{Parameter, Parameters};
use crate::runtime::{self, RuntimeError};
use crate::{exit, start};

/// What the names of the parameters begin with that say what was in force.
const IN_FORCE: &str = "/vitals/exceptions-in-force/";

/// Most rules that one call of `StartConfigRulesEvaluation` takes; a second call within a minute is refused. The rest is
/// left to the next run.
const AT_ONCE: usize = 25;

/// Runs the function until Lambda ends the process: what its `main` returns.
#[must_use]
pub fn reevaluate() -> ExitCode {
    exit(start("deploy it".to_owned(), serve))
}

async fn serve(address: &str) -> Result<(), RuntimeError> {
    let config = aws::load();
    let clients = Clients { config: Client::new(&config), parameters: Parameters::new(&config) };
    runtime::serve(address, async |event| invoke(&clients, event).await).await
}

struct Clients {
    config: Client,
    parameters: Parameters,
}

/// What EventBridge's schedule sends.
#[derive(Deserialize)]
struct Scheduled {
    time: String,
}

#[derive(Debug, thiserror::Error)]
enum ReevaluateError {
    #[error("the event can't be read: it is none of EventBridge's schedule, which has a `time`")]
    Event,
    #[error(transparent)]
    Aws(#[from] AwsError),
    #[error("the parameter {parameter} can't be read: {why}; deploy what `vitals exceptions compile` writes")]
    Form { parameter: String, why: CompactError },
    #[error(
        "{rule} is deployed {count} times here, more than AWS Config starts at once; start its evaluations yourself"
    )]
    TooMany { rule: String, count: usize },
    #[error("the function's time was over{}", .0.map(|operation| format!(" during {operation}")).unwrap_or_default())]
    OutOfTime(Option<&'static str>),
}

impl From<ReevaluateError> for Diagnostic {
    fn from(error: ReevaluateError) -> Self {
        let error_type = match error {
            ReevaluateError::Event => "InvalidEvent",
            ReevaluateError::Aws(_) => "Aws",
            ReevaluateError::Form { .. } => "NoExceptions",
            ReevaluateError::TooMany { .. } => "TooManyRules",
            ReevaluateError::OutOfTime(_) => "OutOfTime",
        };
        Self { error_type: error_type.to_owned(), error_message: error.to_string() }
    }
}

async fn invoke(clients: &Clients, event: LambdaEvent<Bytes>) -> Result<(), Diagnostic> {
    let result = tokio::time::timeout(time_left(event.context.deadline), run(clients, &event.payload))
        .await
        .unwrap_or_else(|_| Err(ReevaluateError::OutOfTime(aws::under_way())));
    let request_id = &event.context.request_id;
    match &result {
        Ok(Done { started, left }) => {
            let rules = started.iter().map(String::as_str).collect::<Vec<_>>().join(",");
            tracing::info!(target: TARGET, request_id, started = rules, left, "looked at the exceptions");
        }
        Err(error) => tracing::error!(target: TARGET, request_id, error = error.to_string(), "failed"),
    }
    result.map(drop).map_err(Diagnostic::from)
}

/// What a run did.
struct Done {
    /// The rules, by their deployed names, whose evaluation was started.
    started: Vec<String>,
    /// How many rules are left to the next run.
    left: usize,
}

async fn run(clients: &Clients, payload: &[u8]) -> Result<Done, ReevaluateError> {
    let event: Scheduled = serde_json::from_slice(payload).map_err(|_| ReevaluateError::Event)?;
    let now = parse_timestamp(&event.time).ok_or(ReevaluateError::Event)?;
    let exceptions = by_rule(&clients.parameters, PARAMETERS).await?;
    let before = by_rule(&clients.parameters, IN_FORCE).await?;
    let (mut changed, unreadable) = changed(&exceptions, &before, now);
    let deployed = if changed.is_empty() { BTreeMap::new() } else { deployed(&clients.config).await? };
    let (taken, started) = take(&changed, &deployed)?;
    if !started.is_empty() {
        let request = clients.config.start_config_rules_evaluation().set_config_rule_names(Some(started.clone()));
        call("StartConfigRulesEvaluation", request.send()).await?;
    }
    for rule in &taken {
        let Some(change) = changed.remove(rule) else { continue };
        change.tell_ended(rule);
        clients.parameters.put(&format!("{IN_FORCE}{rule}"), &change.now.compact(rule)).await?;
    }
    unreadable.map_or(Ok(Done { started, left: changed.len() }), Err)
}

/// The parameters whose names begin like this, by the rest of their names: a rule's id.
async fn by_rule(parameters: &Parameters, beginning: &str) -> Result<BTreeMap<String, Parameter>, AwsError> {
    let found = parameters.beneath(beginning.trim_end_matches('/')).await?;
    let rule = |parameter: &Parameter| parameter.name.strip_prefix(beginning).map(str::to_owned);
    Ok(found.into_iter().filter_map(|parameter| Some((rule(&parameter)?, parameter))).collect())
}

/// What was in force for a rule when its evaluation was last started, and what is now.
struct Change {
    /// Nothing, where it can't be read: this function wrote it, but somebody else may have changed it.
    before: Exceptions,
    now: Exceptions,
}

impl Change {
    /// Tells of each exception that has ended without a successor of the same ticket. The verdict that it acted on may stay
    /// noncompliant with no more than another annotation, of which AWS Config need not tell anybody.
    fn tell_ended(&self, rule: &str) {
        let succeeded = |ended: &Exception| self.now.iter().any(|exception| exception.ticket == ended.ticket);
        for ended in self.before.iter().filter(|ended| !succeeded(ended)) {
            let (ticket, owner, expires) = (&ended.ticket, &ended.owner, ended.expires.to_string());
            tracing::warn!(target: TARGET, rule, ticket, owner, expires, "an exception ended");
        }
    }
}

/// The rules for which something else is in force than when their evaluation was last started. A parameter
/// that can't be read doesn't stop the others; the first one is told of.
///
/// A parameter that was changed just now waits: warm functions may still go by what it said before.
fn changed(
    exceptions: &BTreeMap<String, Parameter>,
    before: &BTreeMap<String, Parameter>,
    now: Timestamp,
) -> (BTreeMap<String, Change>, Option<ReevaluateError>) {
    let fresh = SignedDuration::try_from(FRESH).unwrap_or(SignedDuration::MAX);
    let mut changed = BTreeMap::new();
    let mut unreadable = None;
    for rule in exceptions.keys().chain(before.keys()).collect::<BTreeSet<_>>() {
        let in_force = match exceptions.get(rule) {
            Some(parameter) if now.duration_since(parameter.modified()) < fresh => continue,
            Some(parameter) => match Exceptions::from_compact(rule, &parameter.value) {
                Ok(exceptions) => exceptions.in_force(now),
                Err(why) => {
                    unreadable.get_or_insert(ReevaluateError::Form { parameter: format!("{PARAMETERS}{rule}"), why });
                    continue;
                }
            },
            None => Exceptions::default(),
        };
        let before =
            before.get(rule).map_or(Ok(Exceptions::default()), |was| Exceptions::from_compact(rule, &was.value));
        if before.as_ref().ok() != Some(&in_force) {
            changed.insert(rule.clone(), Change { before: before.unwrap_or_default(), now: in_force });
        }
    }
    (changed, unreadable)
}

/// The deployed names of our rules, by id. Packs and organisations lengthen a rule's name, so that its function tells
/// which rule it is.
async fn deployed(client: &Client) -> Result<BTreeMap<String, Vec<String>>, AwsError> {
    let mut deployed: BTreeMap<_, Vec<_>> = BTreeMap::new();
    let mut pages = client.describe_config_rules().into_paginator().send();
    while let Some(page) = page("DescribeConfigRules", pages.next()).await? {
        for rule in page.config_rules() {
            let function = rule.source().and_then(|source| source.source_identifier());
            let id = function.and_then(|arn| arn.split(':').nth(6)).and_then(|name| name.strip_prefix("vitals-"));
            if let (Some(id), Some(name)) = (id, rule.config_rule_name()) {
                deployed.entry(id.to_owned()).or_default().push(name.to_owned());
            }
        }
    }
    Ok(deployed)
}

/// As many of the changed rules as can be started at once, and their deployed names. A rule that is not deployed is taken
/// too: there is nothing to start, and AWS Config evaluates it anew when it is.
fn take(
    changed: &BTreeMap<String, Change>,
    deployed: &BTreeMap<String, Vec<String>>,
) -> Result<(Vec<String>, Vec<String>), ReevaluateError> {
    let (mut taken, mut started) = (Vec::new(), Vec::new());
    for rule in changed.keys() {
        let names = deployed.get(rule).map(Vec::as_slice).unwrap_or_default();
        if names.len() > AT_ONCE {
            return Err(ReevaluateError::TooMany { rule: rule.clone(), count: names.len() });
        }
        if started.len() + names.len() <= AT_ONCE {
            started.extend_from_slice(names);
            taken.push(rule.clone());
        }
    }
    Ok((taken, started))
}
