use config_item::{Item, views::rds};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::words::all_of;

rule! {
    /// Subscriptions to RDS's events cover the critical ones and reach their topic.
    ///
    /// RDS announces failovers, failures, deletions and changes as events, and sends them to whoever subscribed. A
    /// subscription to the events of instances or clusters is compliant if it is enabled and active, covers all
    /// categories of `requiredCategories`, and goes to a topic, one of `allowedTopicArns` where that is given. A
    /// subscription without categories covers all of them; one without a source type and categories covers everything.
    ///
    /// Each subscription is judged by itself: whether an account has any, and whether it is for all databases or some,
    /// is not judged. Not applicable to subscriptions to something else than instances and clusters: snapshots,
    /// parameter groups, ….
    pub struct RdsEventSubscriptionCritical {
        id: "rds-event-subscription-critical",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::None,
        remediation: "Amend the subscription: `aws rds modify-event-subscription --subscription-name <name> --enabled --sns-topic-arn <topic> --source-type db-instance --event-categories maintenance \"configuration change\" failure deletion failover`. With the status `no-permission`, let RDS publish to the topic in the topic's policy.",
    }
    params {
        /// Categories of events that must be covered.
        required: Vec<String> = REQUIRED.map(str::to_owned), "requiredCategories";
        /// Topics that events may go to. Without it, any topic will do.
        topics: Vec<String>, "allowedTopicArns";
    }
}

impl Rule for RdsEventSubscriptionCritical {
    type View = rds::EventSubscription;
    type Params = Params;

    fn evaluate(
        subscription: &Item<'_, rds::EventSubscription>,
        params: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        let categories = subscription.event_categories()?;
        match subscription.source_type()? {
            Some("db-instance" | "db-cluster") => {}
            Some(other) => {
                return Ok(Verdict::not_applicable(format!(
                    "the subscription is to events of {other}, not of instances or clusters"
                )));
            }
            None if categories.is_some_and(<[_]>::is_empty) => {}
            None => {
                return Ok(Verdict::non_compliant("the item does not say what the subscription's events are about"));
            }
        }
        let faults = [
            not_sending(subscription)?,
            uncovered(categories, &params.required),
            wrong_topic(subscription.sns_topic_arn()?, params.topics.as_deref()),
        ];
        let faults: Vec<_> = faults.into_iter().flatten().collect();
        Ok(all_of(&faults))
    }
}

const REQUIRED: [&str; 5] = ["maintenance", "configuration change", "failure", "deletion", "failover"];

fn not_sending(subscription: &rds::EventSubscription) -> Result<Option<String>, CannotJudge> {
    let fault = match subscription.enabled()? {
        Some(true) => match subscription.status()? {
            Some("active") => return Ok(None),
            Some(status) => format!("the subscription's status is {status}, not active"),
            None => "the item does not say whether the subscription is active".to_owned(),
        },
        Some(false) => "the subscription is disabled".to_owned(),
        None => "the item does not say whether the subscription is enabled".to_owned(),
    };
    Ok(Some(fault))
}

fn uncovered(categories: Option<&[String]>, required: &[String]) -> Option<String> {
    let Some(categories) = categories else {
        return Some("the item does not list the categories of events".to_owned());
    };
    if categories.is_empty() {
        return None;
    }
    let covered = |wanted: &String| categories.iter().any(|category| category.eq_ignore_ascii_case(wanted));
    let missing: Vec<_> = required.iter().filter(|wanted| !covered(wanted)).map(String::as_str).collect();
    (!missing.is_empty()).then(|| format!("the subscription does not cover {}", missing.join(", ")))
}

fn wrong_topic(topic: Option<&str>, allowed: Option<&[String]>) -> Option<String> {
    let Some(topic) = topic.filter(|topic| !topic.is_empty()) else {
        return Some("the item does not say which topic events go to".to_owned());
    };
    let accepted = allowed.is_none_or(|allowed| allowed.iter().any(|allowed| allowed == topic));
    (!accepted).then(|| format!("events go to {topic}, not to one of allowedTopicArns"))
}
