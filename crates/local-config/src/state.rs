//! What the stand-in knows and what it was told.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    channels::DeliveryChannels,
    faults::{Fault, FaultKind, Queue},
    ids,
    item::{Item, ItemError},
    operations::Operation,
    parameter::Parameter,
    rule::{Rule, RuleError},
    time,
};

/// Tokens that carry their rule's name, so that an event in a file works without announcing its token.
const TOKEN_PREFIX: &str = "vitals-local:";

/// A handle to the state; clones share it.
///
/// Every call is kept until [`State::take_calls`] or [`State::reset`]: this is a tool for tests and for a developer's machine.
#[derive(Clone, Debug, Default)]
pub struct State(Arc<Mutex<Known>>);

#[derive(Debug, Default)]
pub(crate) struct Known {
    pub(crate) rules: BTreeMap<String, Rule>,
    removed: BTreeSet<String>,
    tokens: BTreeMap<String, String>,
    evaluations: BTreeMap<String, BTreeMap<(String, String), StoredEvaluation>>,
    items: BTreeMap<(String, String), Vec<Item>>,
    pub(crate) channels: DeliveryChannels,
    pub(crate) parameters: BTreeMap<String, Parameter>,
    /// When the evaluation of rules was last started.
    pub(crate) evaluation_started: Option<Timestamp>,
    faults: Queue,
    calls: Vec<RecordedCall>,
    next_call: u64,
}

/// The latest evaluation of a resource by a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StoredEvaluation {
    /// The rule's deployed name.
    pub rule: String,
    /// The resource's type.
    pub resource_type: String,
    /// The resource's id.
    pub resource_id: String,
    /// The verdict. `NOT_APPLICABLE` is kept here, where a test can see it; the API doesn't return it, because the
    /// service cleans such results up.
    pub compliance: Compliance,
    /// The reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotation: Option<String>,
    /// When the judged state was recorded, or the rule triggered.
    #[serde(serialize_with = "time::serialize_iso")]
    pub ordering_timestamp: Timestamp,
    /// When the evaluation arrived here.
    #[serde(serialize_with = "time::serialize_iso")]
    pub recorded_time: Timestamp,
}

/// A verdict that `PutEvaluations` accepts. `INSUFFICIENT_DATA` is not among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Compliance {
    /// The rule is kept.
    Compliant,
    /// The rule is broken.
    NonCompliant,
    /// The rule has nothing to say about the resource, or the resource is gone.
    NotApplicable,
}

/// A call that reached the API.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordedCall {
    /// Counts from 0 and goes on after a reset.
    pub sequence: u64,
    /// The operation's name, or whatever the caller asked for.
    pub operation: String,
    /// The request as it came; null if it was no JSON.
    pub body: Value,
    /// How it was answered.
    pub answer: Answer,
}

/// How a call was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Not yet: a slow call, or one whose caller went away.
    Pending,
    /// HTTP status 200.
    Ok,
    /// The error with this code.
    Error(String),
    /// The connection was closed on purpose.
    Cut,
}

/// Why a result token is refused.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum TokenError {
    Unknown,
    RuleGone(String),
}

impl State {
    /// Empty: no rules, no items, no delivery channel.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Registers a rule, or replaces the one of the same name; its evaluations stay.
    ///
    /// # Errors
    ///
    /// [`RuleError::Name`] for a name that AWS Config would not accept.
    pub fn register_rule(&self, rule: Rule) -> Result<(), RuleError> {
        rule.check()?;
        let mut known = self.lock();
        known.removed.remove(&rule.name);
        known.rules.insert(rule.name.clone(), rule);
        Ok(())
    }

    /// Deletes a rule and its evaluations. Its tokens stay known, so that a function that still runs gets
    /// `NoSuchConfigRuleException`.
    ///
    /// # Errors
    ///
    /// [`RuleError::Unknown`] if the rule is not registered.
    pub fn remove_rule(&self, name: &str) -> Result<(), RuleError> {
        let mut known = self.lock();
        if known.rules.remove(name).is_none() {
            return Err(RuleError::Unknown(name.to_owned()));
        }
        known.evaluations.remove(name);
        known.removed.insert(name.to_owned());
        Ok(())
    }

    /// All rules, by name.
    #[must_use]
    pub fn rules(&self) -> Vec<Rule> {
        self.lock().rules.values().cloned().collect()
    }

    /// A new result token for a rule, of the form `vitals-local:<rule>:<nonce>`. Every token of that form, and
    /// `vitals-local:<rule>`, is accepted while the rule is registered, whoever made it.
    ///
    /// # Errors
    ///
    /// [`RuleError::Unknown`] if the rule is not registered.
    pub fn issue_token(&self, rule: &str) -> Result<String, RuleError> {
        if !self.lock().rules.contains_key(rule) {
            return Err(RuleError::Unknown(rule.to_owned()));
        }
        Ok(format!("{TOKEN_PREFIX}{rule}:{}", ids::uuid()))
    }

    /// Accepts a token of any form for a rule, for instance the one of a recorded event.
    ///
    /// # Errors
    ///
    /// [`RuleError::Unknown`] if the rule is not registered.
    pub fn accept_token(&self, token: impl Into<String>, rule: &str) -> Result<(), RuleError> {
        let mut known = self.lock();
        if !known.rules.contains_key(rule) {
            return Err(RuleError::Unknown(rule.to_owned()));
        }
        known.tokens.insert(token.into(), rule.to_owned());
        Ok(())
    }

    /// Adds a configuration item in the shape of an event, a snapshot or the API. The same item again (same resource,
    /// capture time and state id) replaces the first.
    ///
    /// # Errors
    ///
    /// [`ItemError`] names the resource and the member that is missing or malformed.
    pub fn put_item(&self, item: &Value) -> Result<(), ItemError> {
        let item = Item::read(item)?;
        let key = (item.resource_type.clone(), item.resource_id.clone());
        let mut known = self.lock();
        let history = known.items.entry(key).or_default();
        history.retain(|other| other.version() != item.version());
        let later = history.partition_point(|other| other.captured <= item.captured);
        history.insert(later, item);
        Ok(())
    }

    /// Replaces the delivery channels.
    pub fn set_delivery_channels(&self, channels: DeliveryChannels) {
        self.lock().channels = channels;
    }

    /// Makes a parameter of AWS Systems Manager, or replaces it, as of this time. Nothing is checked: a value may be longer
    /// than the service takes.
    pub fn put_parameter(&self, name: impl Into<String>, value: impl Into<String>, modified: Timestamp) {
        self.lock().parameters.insert(name.into(), Parameter::new(value.into(), modified));
    }

    /// The value of a parameter of AWS Systems Manager, if there is one.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<String> {
        self.lock().parameters.get(name).map(|parameter| parameter.value.clone())
    }

    /// What a rule reported, by resource type and id. Empty for a rule that never reported.
    #[must_use]
    pub fn evaluations(&self, rule: &str) -> Vec<StoredEvaluation> {
        self.lock().evaluations_of(rule).cloned().collect()
    }

    /// What all rules reported, by rule, resource type and id.
    #[must_use]
    pub fn all_evaluations(&self) -> Vec<StoredEvaluation> {
        let known = self.lock();
        known.evaluations.values().flat_map(BTreeMap::values).cloned().collect()
    }

    /// Queues a fault. One that no call can meet stays in the queue: [`State::pending_faults`] shows it.
    pub fn inject(&self, fault: Fault) {
        self.lock().faults.push(fault);
    }

    /// How many strikes of injected faults have not met a call yet. A fault that strikes forever counts as one until it
    /// has struck. A test that injects faults ends by asserting that this is 0.
    #[must_use]
    pub fn pending_faults(&self) -> usize {
        self.lock().faults.pending()
    }

    /// The calls received so far, in the order of their arrival.
    #[must_use]
    pub fn calls(&self) -> Vec<RecordedCall> {
        self.lock().calls.clone()
    }

    /// The bodies of the calls of one operation, in the order of their arrival.
    #[must_use]
    pub fn calls_of(&self, operation: Operation) -> Vec<Value> {
        let known = self.lock();
        let calls = known.calls.iter().filter(|call| call.operation == operation.name());
        calls.map(|call| call.body.clone()).collect()
    }

    /// The calls received so far, which are forgotten: what runs for long would otherwise keep every one of them.
    #[must_use]
    pub fn take_calls(&self) -> Vec<RecordedCall> {
        std::mem::take(&mut self.lock().calls)
    }

    /// Forgets everything.
    pub fn reset(&self) {
        let mut known = self.lock();
        let next_call = known.next_call;
        *known = Known { next_call, ..Known::default() };
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Known> {
        // Nothing panics while it holds the lock half way through a change, so a poisoned state is still whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn record(&self, operation: &str, body: &Value) -> u64 {
        let mut known = self.lock();
        let sequence = known.next_call;
        known.next_call += 1;
        known.calls.push(RecordedCall {
            sequence,
            operation: operation.to_owned(),
            body: body.clone(),
            answer: Answer::Pending,
        });
        sequence
    }

    pub(crate) fn answered(&self, sequence: u64, answer: Answer) {
        let mut known = self.lock();
        if let Some(call) = known.calls.iter_mut().rfind(|call| call.sequence == sequence) {
            call.answer = answer;
        }
    }

    pub(crate) fn take_fault(&self, operation: Operation) -> Option<FaultKind> {
        self.lock().faults.take(operation)
    }
}

impl Known {
    /// The rule that a token stands for.
    pub(crate) fn rule_of(&self, token: &str) -> Result<String, TokenError> {
        if let Some(rule) = self.tokens.get(token) {
            return self.existing(rule);
        }
        let named = token.strip_prefix(TOKEN_PREFIX).ok_or(TokenError::Unknown)?;
        // A name may hold a colon itself, so the whole rest is tried before its last part is taken for a nonce.
        match (self.existing(named), named.rsplit_once(':')) {
            (Err(TokenError::Unknown), Some((rule, _nonce))) => self.existing(rule),
            (found, _) => found,
        }
    }

    fn existing(&self, rule: &str) -> Result<String, TokenError> {
        if self.rules.contains_key(rule) {
            Ok(rule.to_owned())
        } else if self.removed.contains(rule) {
            Err(TokenError::RuleGone(rule.to_owned()))
        } else {
            Err(TokenError::Unknown)
        }
    }

    /// Keeps an evaluation, unless a later one of the same resource is kept already. What the service does with an
    /// evaluation whose ordering timestamp is older than the stored one is not documented; dropping it is the reading
    /// that the member's name suggests, and the one under which a late retry does no harm.
    pub(crate) fn store(&mut self, evaluation: StoredEvaluation) {
        let of_rule = self.evaluations.entry(evaluation.rule.clone()).or_default();
        let key = (evaluation.resource_type.clone(), evaluation.resource_id.clone());
        let stale = of_rule.get(&key).is_some_and(|stored| stored.ordering_timestamp > evaluation.ordering_timestamp);
        if !stale {
            of_rule.insert(key, evaluation);
        }
    }

    pub(crate) fn evaluations_of(&self, rule: &str) -> impl Iterator<Item = &StoredEvaluation> {
        self.evaluations.get(rule).into_iter().flat_map(BTreeMap::values)
    }

    /// Everything recorded of a resource, oldest first; empty if it was never discovered.
    pub(crate) fn history(&self, resource_type: &str, resource_id: &str) -> &[Item] {
        self.items.get(&(resource_type.to_owned(), resource_id.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// The latest item of every resource of a type, by id.
    pub(crate) fn latest_of_type(&self, resource_type: &str) -> impl Iterator<Item = &Item> {
        self.items
            .range((resource_type.to_owned(), String::new())..)
            .take_while(move |((of_type, _), _)| of_type == resource_type)
            .filter_map(|(_, history)| history.last())
    }
}

impl Compliance {
    /// The name in the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Compliant => "COMPLIANT",
            Self::NonCompliant => "NON_COMPLIANT",
            Self::NotApplicable => "NOT_APPLICABLE",
        }
    }
}
