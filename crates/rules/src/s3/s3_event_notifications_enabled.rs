use config_item::{
    Item,
    views::s3::{self, NotificationTarget},
};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Buckets tell somebody of what happens in them.
    ///
    /// A queue, a topic or a function that hears of every object made or deleted notices what nobody would have looked
    /// for. Where parameters are given, all events of `eventTypes` must be told, and to `destinationArn`:
    /// `s3:ObjectCreated:*` includes `s3:ObjectCreated:Put`.
    ///
    /// Whether a bucket sends its events to EventBridge is not in the item: a bucket that does only that is
    /// noncompliant. Filters by name are not looked at. Never not applicable.
    pub struct S3EventNotificationsEnabled {
        id: "s3-event-notifications-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("S3_EVENT_NOTIFICATIONS_ENABLED"),
        remediation: "Name who is told, who must allow `s3.amazonaws.com` to send: `aws s3api put-bucket-notification-configuration --bucket <bucket> --notification-configuration '{\"QueueConfigurations\": [{\"QueueArn\": \"<queue>\", \"Events\": [\"s3:ObjectCreated:*\", \"s3:ObjectRemoved:*\"]}]}'`.",
    }
    params {
        /// The queue, topic or function that must be told.
        destination: String, "destinationArn";
        /// The events that must be told.
        events: Vec<String>, "eventTypes";
    }
}

impl Rule for S3EventNotificationsEnabled {
    type View = s3::Bucket;
    type Params = Params;

    fn evaluate(bucket: &Item<'_, s3::Bucket>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let configurations = match bucket.notification()? {
            Some(notification) => notification.configurations()?,
            None => None,
        };
        let mut targets: Vec<&NotificationTarget> = configurations.into_iter().flat_map(|map| map.values()).collect();
        if targets.is_empty() {
            return Ok(Verdict::non_compliant("the bucket sends no notifications of events"));
        }
        if let Some(destination) = &params.destination {
            let mut chosen = Vec::new();
            for target in targets {
                if arn(target)? == Some(destination.as_str()) {
                    chosen.push(target);
                }
            }
            if chosen.is_empty() {
                return Ok(Verdict::non_compliant(format!("no notification goes to {destination}")));
            }
            targets = chosen;
        }
        let mut told = Vec::new();
        if params.events.is_some() {
            for target in targets {
                told.extend(target.events()?.unwrap_or_default());
            }
        }
        let required = params.events.iter().flatten();
        let missing: Vec<_> =
            required.filter(|event| !told.iter().any(|told| includes(told, event))).map(String::as_str).collect();
        if missing.is_empty() {
            return Ok(Verdict::Compliant);
        }
        Ok(Verdict::non_compliant(format!("no notification is sent of {}", missing.join(", "))))
    }
}

fn arn(target: &NotificationTarget) -> Result<Option<&str>, CannotJudge> {
    Ok(match (target.queue_arn()?, target.topic_arn()?) {
        (Some(arn), _) | (None, Some(arn)) => Some(arn),
        (None, None) => target.function_arn()?,
    })
}

/// Whether whoever is told of the one event is told of the other: it is the same, or one of a kind.
fn includes(told: &str, event: &str) -> bool {
    told == event || told.strip_suffix('*').is_some_and(|kind| event.starts_with(kind))
}
