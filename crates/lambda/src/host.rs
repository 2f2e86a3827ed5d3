//! The way of an event: decode, fetch, applicable, evaluate, deliver.

use std::collections::HashSet;
use std::pin::Pin;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_config::SdkConfig;
use aws_sdk_config::Client;
use bytes::Bytes;
use config_item::ConfigurationItem;
use config_rule::{ConfiguredItemRule, Context, Entry, Kind, Verdict, not_recorded};
use exceptions::{Ruling, Subject};
use jiff::Timestamp;
use lambda_runtime::{Diagnostic, LambdaEvent};

use crate::aws::{self, AwsError};
use crate::deliver::{self, Evaluated};
use crate::error::{EventError, InvocationError};
use crate::event::{Invocation, Notification, decode};
use crate::exceptions::Source;
use crate::inventory;
use crate::log::TARGET;
use crate::runtime::{self, RuntimeError};

/// Asks an API for a facts rule's facts, as JSON.
pub(crate) type Gather = Box<dyn Fn(&SdkConfig) -> Pin<Box<dyn Future<Output = Result<String, AwsError>>>>>;

/// Kept back from an invocation's time, so that the failure can still be reported.
const MARGIN: Duration = Duration::from_millis(500);

/// Serves invocations until Lambda ends the process.
pub(crate) async fn serve(address: &str, entry: Entry, gather: Option<Gather>) -> Result<(), RuntimeError> {
    let config = aws::load();
    let client = Client::new(&config);
    let region = config.region().map(ToString::to_string).unwrap_or_default();
    let exceptions = Source::of(entry.metadata.id, &config);
    let host = Host { entry, gather, config, client, exceptions, region };
    runtime::serve(address, async |event| invoke(&host, event).await).await
}

struct Host {
    entry: Entry,
    gather: Option<Gather>,
    config: SdkConfig,
    client: Client,
    exceptions: Source,
    region: String,
}

/// What an invocation did, for the log.
#[derive(Debug)]
enum Outcome {
    /// What was put.
    Put(Vec<Evaluated>),
    /// The rule was deleted in the meantime: nobody waits for the verdicts.
    RuleGone,
}

async fn invoke(host: &Host, event: LambdaEvent<Bytes>) -> Result<(), Diagnostic> {
    let started = std::time::Instant::now();
    let result = tokio::time::timeout(time_left(event.context.deadline), answer(host, &event.payload))
        .await
        .unwrap_or_else(|_| Err(InvocationError::OutOfTime(aws::under_way())));
    let result = match result {
        Err(InvocationError::Aws(error)) if error.is_no_such_rule() => Ok(Outcome::RuleGone),
        other => other,
    };
    record(host.entry.metadata.id, &event.context.request_id, started.elapsed(), &result);
    result.map(|_| ()).map_err(Diagnostic::from)
}

/// The one log line of an invocation.
fn record(rule: &str, request_id: &str, duration: Duration, result: &Result<Outcome, InvocationError>) {
    let duration_ms = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    match result {
        Ok(Outcome::Put(evaluated)) => match evaluated.as_slice() {
            [one] => tracing::info!(
                target: TARGET,
                rule,
                request_id,
                duration_ms,
                resource_type = one.resource_type,
                resource_id = one.resource_id,
                verdict = one.compliance.as_str(),
                exception = one.ticket,
                "evaluated"
            ),
            all => {
                tracing::info!(target: TARGET, rule, request_id, duration_ms, evaluations = all.len(), "evaluated");
            }
        },
        Ok(Outcome::RuleGone) => {
            tracing::warn!(target: TARGET, rule, request_id, duration_ms, "the rule no longer exists, nothing was put");
        }
        Err(error) => {
            tracing::error!(target: TARGET, rule, request_id, duration_ms, error = error.message(), "failed");
        }
    }
}

/// How long an invocation may still take.
pub(crate) fn time_left(deadline_ms: u64) -> Duration {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Duration::from_millis(deadline_ms).saturating_sub(now).saturating_sub(MARGIN)
}

async fn answer(host: &Host, payload: &[u8]) -> Result<Outcome, InvocationError> {
    let invocation = decode(payload)?;
    match &host.entry.kind {
        Kind::Item { configure, .. } => {
            let rule = configure(&invocation.parameters)?;
            match &invocation.notification {
                Notification::Change(item) => change(host, rule.as_ref(), &invocation, item, false).await,
                Notification::Oversized(item) => change(host, rule.as_ref(), &invocation, item, true).await,
                Notification::Scheduled => scheduled(host, rule.as_ref(), &invocation).await,
            }
        }
        Kind::Facts { configure, .. } => {
            let rule = configure(&invocation.parameters)?;
            match &invocation.notification {
                // A change can only be of a resource that the rule doesn't report on.
                Notification::Change(item) | Notification::Oversized(item) => {
                    deliver_one(host, &invocation, captured(item)?, item, &other_type(host)).await
                }
                Notification::Scheduled => {
                    let notified = scheduled_time(&invocation)?;
                    let gather = host.gather.as_ref().expect("a facts rule is started with its gatherer");
                    let facts = gather(&host.config).await?;
                    let cx = context(host, &invocation, None);
                    let findings = rule.judge(&facts, &cx).map_err(|source| InvocationError::CannotJudge {
                        resource_type: host.entry.resource_types.join(", "),
                        resource_id: cx.account.clone(),
                        source,
                    })?;
                    let mut put = Vec::new();
                    for finding in &findings {
                        let subject = Subject::known_by_id(&finding.resource_id, &cx.account);
                        let resource = (finding.resource_type.as_str(), finding.resource_id.as_str());
                        put.push(host.exceptions.evaluated(resource, subject, &finding.verdict, cx.now).await?);
                    }
                    deliver::put(&host.client, &invocation.token, notified, &put).await?;
                    take_back(host, &invocation, notified, &mut put, &HashSet::new()).await?;
                    Ok(Outcome::Put(put))
                }
            }
        }
    }
}

/// Judges the one resource that changed.
async fn change(
    host: &Host,
    rule: &dyn ConfiguredItemRule,
    invocation: &Invocation,
    item: &ConfigurationItem<'static>,
    oversized: bool,
) -> Result<Outcome, InvocationError> {
    let verdict = if !host.entry.resource_types.contains(&item.resource_type()) {
        other_type(host)
    } else if invocation.left_scope {
        Verdict::not_applicable("the resource is no longer in the rule's scope")
    } else if let Some(verdict) = not_recorded(item) {
        verdict
    } else if oversized {
        let fetched = fetch(host, item).await?;
        let verdict = judge(rule, &fetched, &context(host, invocation, Some(&fetched)))?;
        return deliver_one(host, invocation, captured(item)?, &fetched, &verdict).await;
    } else {
        judge(rule, item, &context(host, invocation, Some(item)))?
    };
    deliver_one(host, invocation, captured(item)?, item, &verdict).await
}

fn other_type(host: &Host) -> Verdict {
    Verdict::not_applicable(format!("the rule judges {}", host.entry.resource_types.join(", ")))
}

async fn fetch(
    host: &Host,
    summary: &ConfigurationItem<'static>,
) -> Result<ConfigurationItem<'static>, InvocationError> {
    let (resource_type, resource_id) = (summary.resource_type(), summary.resource_id());
    let capture_time = captured(summary)?;
    inventory::item_as_of(&host.client, resource_type, resource_id, capture_time).await?.ok_or_else(|| {
        InvocationError::NoOversizedItem {
            resource_type: resource_type.to_owned(),
            resource_id: resource_id.to_owned(),
            capture_time,
        }
    })
}

fn judge(
    rule: &dyn ConfiguredItemRule,
    item: &ConfigurationItem<'static>,
    cx: &Context,
) -> Result<Verdict, InvocationError> {
    rule.judge(item, cx).map_err(|source| InvocationError::CannotJudge {
        resource_type: item.resource_type().to_owned(),
        resource_id: item.resource_id().to_owned(),
        source,
    })
}

async fn deliver_one(
    host: &Host,
    invocation: &Invocation,
    ordered: Timestamp,
    item: &ConfigurationItem<'static>,
    verdict: &Verdict,
) -> Result<Outcome, InvocationError> {
    let evaluated = evaluated(host, invocation, item, verdict).await?;
    deliver::put(&host.client, &invocation.token, ordered, std::slice::from_ref(&evaluated)).await?;
    Ok(Outcome::Put(vec![evaluated]))
}

async fn evaluated(
    host: &Host,
    invocation: &Invocation,
    item: &ConfigurationItem<'static>,
    verdict: &Verdict,
) -> Result<Evaluated, InvocationError> {
    let resource = (item.resource_type(), item.resource_id());
    host.exceptions.evaluated(resource, Subject::of(item), verdict, now(invocation)).await
}

fn captured(item: &ConfigurationItem<'_>) -> Result<Timestamp, EventError> {
    item.capture_time()?.ok_or(EventError::Missing("configurationItemCaptureTime"))
}

/// Judges every resource of the rule's types that AWS Config knows, batch by batch. One that can't be judged doesn't
/// stop the rest, but fails the invocation in the end.
async fn scheduled(
    host: &Host,
    rule: &dyn ConfiguredItemRule,
    invocation: &Invocation,
) -> Result<Outcome, InvocationError> {
    let notified = scheduled_time(invocation)?;
    let mut put = Vec::new();
    let mut unjudged = HashSet::new();
    let mut first = None;
    for resource_type in host.entry.resource_types {
        let ids = inventory::ids(&host.client, resource_type).await?;
        for ids in ids.chunks(inventory::BATCH) {
            let mut batch = Vec::new();
            for item in inventory::items(&host.client, resource_type, ids).await? {
                match judge(rule, &item, &context(host, invocation, Some(&item))) {
                    Ok(verdict) => batch.push(evaluated(host, invocation, &item, &verdict).await?),
                    Err(error) => {
                        unjudged.insert((item.resource_type().to_owned(), item.resource_id().to_owned()));
                        first.get_or_insert(error);
                    }
                }
            }
            deliver::put(&host.client, &invocation.token, notified, &batch).await?;
            put.extend(batch);
        }
    }
    let total = put.len() + unjudged.len();
    take_back(host, invocation, notified, &mut put, &unjudged).await?;
    match first {
        Some(first) => Err(InvocationError::SomeCannotJudge { failed: unjudged.len(), total, first: Box::new(first) }),
        None => Ok(Outcome::Put(put)),
    }
}

fn scheduled_time(invocation: &Invocation) -> Result<Timestamp, EventError> {
    invocation.notified.ok_or(EventError::Missing("notificationCreationTime"))
}

/// Puts `NOT_APPLICABLE` for whatever the rule judged before and didn't find in this complete run, and adds it to
/// `put`: AWS Config keeps a verdict until the rule takes it back for just that type and id.
async fn take_back(
    host: &Host,
    invocation: &Invocation,
    notified: Timestamp,
    put: &mut Vec<Evaluated>,
    unjudged: &HashSet<(String, String)>,
) -> Result<(), InvocationError> {
    let rule_name = invocation.rule_name.as_deref().ok_or(EventError::Missing("configRuleName"))?;
    let before = inventory::judged_before(&host.client, rule_name).await?;
    let now: HashSet<_> = put.iter().map(|one| (one.resource_type.as_str(), one.resource_id.as_str())).collect();
    let gone = Verdict::not_applicable("the resource no longer exists");
    let stale: Vec<_> = before
        .iter()
        .filter(|key| !now.contains(&(key.0.as_str(), key.1.as_str())) && !unjudged.contains(*key))
        .map(|(resource_type, resource_id)| Evaluated::of((resource_type, resource_id), Ruling::plain(&gone)))
        .collect();
    deliver::put(&host.client, &invocation.token, notified, &stale).await?;
    put.extend(stale);
    Ok(())
}

/// The time of the judgement.
fn now(invocation: &Invocation) -> Timestamp {
    invocation.notified.unwrap_or_else(Timestamp::now)
}

fn context(host: &Host, invocation: &Invocation, item: Option<&ConfigurationItem<'_>>) -> Context {
    let account = invocation.account.as_deref().or_else(|| item?.account_id()).unwrap_or_default();
    Context { now: now(invocation), account: account.to_owned(), region: host.region.clone() }
}
