use config_item::{
    Item,
    views::s3::{self, LifecycleRule},
};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::lifecycle::{enabled_rules, expiration_days};
use super::names::is_selected;
use crate::words::count;

rule! {
    /// Buckets have a lifecycle rule.
    ///
    /// What nobody moves or deletes is kept, paid for and exposed for ever. At least one rule of the bucket's lifecycle
    /// must be enabled. Where parameters are given, one rule must meet them all: the numbers of days, the storage class
    /// and the prefix exactly, the days and the class of a move in one and the same move.
    ///
    /// Not applicable to buckets that `bucketNames` does not name.
    pub struct S3LifecyclePolicyCheck {
        id: "s3-lifecycle-policy-check",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("S3_LIFECYCLE_POLICY_CHECK"),
        remediation: "Add a rule: `aws s3api put-bucket-lifecycle-configuration --bucket <bucket> --lifecycle-configuration '{\"Rules\": [{\"ID\": \"archive\", \"Status\": \"Enabled\", \"Filter\": {\"Prefix\": \"\"}, \"Transitions\": [{\"Days\": 365, \"StorageClass\": \"GLACIER\"}]}]}'`. The command replaces the rules that are there.",
    }
    params {
        /// Days after which objects must move to another storage class.
        transition_days: u32, "targetTransitionDays";
        /// Days after which objects must expire.
        expiration_days: u32, "targetExpirationDays";
        /// The storage class that objects must move to: `GLACIER`.
        storage_class: String, "targetTransitionStorageClass";
        /// The prefix of the objects that the rule must be about.
        prefix: String, "targetPrefix";
        /// The buckets to judge; without it all are.
        buckets: Vec<String>, "bucketNames";
    }
}

impl Rule for S3LifecyclePolicyCheck {
    type View = s3::Bucket;
    type Params = Params;

    fn evaluate(bucket: &Item<'_, s3::Bucket>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if !is_selected(bucket, params.buckets.as_deref())? {
            return Ok(Verdict::not_applicable("the bucket is not in bucketNames"));
        }
        let rules = enabled_rules(bucket)?;
        if rules.is_empty() {
            return Ok(Verdict::non_compliant("no lifecycle rule is enabled"));
        }
        for rule in rules {
            if meets(rule, params)? {
                return Ok(Verdict::Compliant);
            }
        }
        Ok(Verdict::non_compliant(format!("no enabled lifecycle rule has {}", wanted(params))))
    }
}

fn meets(rule: &LifecycleRule, params: &Params) -> Result<bool, CannotJudge> {
    Ok(meets_expiration(rule, params)? && meets_transition(rule, params)? && meets_prefix(rule, params)?)
}

fn meets_expiration(rule: &LifecycleRule, params: &Params) -> Result<bool, CannotJudge> {
    let Some(days) = params.expiration_days else { return Ok(true) };
    Ok(expiration_days(rule)? == Some(i64::from(days)))
}

fn meets_transition(rule: &LifecycleRule, params: &Params) -> Result<bool, CannotJudge> {
    if params.transition_days.is_none() && params.storage_class.is_none() {
        return Ok(true);
    }
    for transition in rule.transitions()?.unwrap_or_default() {
        let in_time = match params.transition_days {
            Some(days) => transition.days()? == Some(i64::from(days)),
            None => true,
        };
        let to_class = match &params.storage_class {
            Some(class) => transition.storage_class()?.is_some_and(|actual| actual.eq_ignore_ascii_case(class)),
            None => true,
        };
        if in_time && to_class {
            return Ok(true);
        }
    }
    Ok(false)
}

fn meets_prefix(rule: &LifecycleRule, params: &Params) -> Result<bool, CannotJudge> {
    let Some(required) = params.prefix.as_deref() else { return Ok(true) };
    if rule.prefix()? == Some(required) {
        return Ok(true);
    }
    let predicate = match rule.filter()? {
        Some(filter) => filter.predicate()?,
        None => None,
    };
    let Some(predicate) = predicate else { return Ok(false) };
    if predicate.prefix()? == Some(required) {
        return Ok(true);
    }
    for operand in predicate.operands()?.unwrap_or_default() {
        if operand.prefix()? == Some(required) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What the parameters ask of one rule, in words.
fn wanted(params: &Params) -> String {
    let after = |days: Option<u32>| days.map(|days| format!(" after {}", count(i64::from(days), "day")));
    let to = params.storage_class.as_ref().map(|class| format!(" to {class}"));
    let transition = match (to, after(params.transition_days)) {
        (None, None) => None,
        (to, after) => Some(format!("a transition{}{}", to.unwrap_or_default(), after.unwrap_or_default())),
    };
    let wanted = [
        transition,
        after(params.expiration_days).map(|after| format!("expiration{after}")),
        params.prefix.as_ref().map(|prefix| format!("the prefix {prefix:?}")),
    ];
    wanted.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
