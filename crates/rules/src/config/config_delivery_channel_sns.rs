use config_rule::{
    CannotJudge, Context, FactsRule, Finding, Frequency, Home, Managed, Severity, Trigger, Verdict, rule,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

rule! {
    /// AWS Config delivers to S3 and notifies SNS, without failures.
    ///
    /// Without a working delivery channel the configuration history in S3 has gaps, and nobody hears of a change. The
    /// account is compliant if it has a channel with a bucket and a topic, if the stream, the history and the snapshots
    /// were last delivered successfully, and if history and snapshots were delivered within `maxAgeHours`.
    ///
    /// Never not applicable: the account itself is judged.
    pub struct ConfigDeliveryChannelSns {
        id: "config-delivery-channel-sns",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::Periodic(Frequency::TwentyFourHours),
        home: Home::Regional,
        managed: Managed::None,
        remediation: "Give the channel a bucket, a topic and a snapshot schedule (`aws configservice put-delivery-channel`), and look for the error that it reports (`aws configservice describe-delivery-channel-status`): most often the bucket's, the topic's or the key's policy doesn't let config.amazonaws.com in.",
    }
    params {
        /// ARNs of the topics that may receive notifications; any, where not given.
        allowed_topics: Vec<String>, "allowedTopicArns";
        /// Age in hours of the oldest last success accepted.
        max_age_hours: u32 = 24_u32, "maxAgeHours";
    }
}

/// The delivery channels of an account and region, of which AWS Config allows one.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeliveryChannels {
    /// The channels.
    pub channels: Vec<DeliveryChannel>,
}

/// One delivery channel and how its deliveries went.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct DeliveryChannel {
    /// The channel's name.
    pub name: String,
    /// The bucket for history and snapshots.
    pub bucket: Option<String>,
    /// The ARN of the topic that is notified.
    pub topic: Option<String>,
    /// The notifications to the topic.
    pub stream: Delivery,
    /// The history files in the bucket.
    pub history: Delivery,
    /// The snapshots in the bucket.
    pub snapshot: Delivery,
}

/// How the last delivery of one kind went.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Delivery {
    /// `Success`, `Failure` or `Not_Applicable`; absent where nothing was ever delivered.
    pub status: Option<String>,
    /// The error's code after a failure.
    pub error: Option<String>,
    /// The last success; the stream doesn't say.
    pub succeeded: Option<Timestamp>,
}

impl FactsRule for ConfigDeliveryChannelSns {
    type Facts = DeliveryChannels;
    type Params = Params;

    const RESOURCE_TYPES: &'static [&'static str] = &["AWS::::Account"];
    const ACTIONS: &'static [&'static str] =
        &["config:DescribeDeliveryChannels", "config:DescribeDeliveryChannelStatus"];

    const GATHERER: &'static str = "facts_config::delivery_channels";

    fn judge(facts: &DeliveryChannels, params: &Params, cx: &Context) -> Result<Vec<Finding>, CannotJudge> {
        let problems: Vec<_> = match facts.channels.as_slice() {
            [] => vec!["there is no delivery channel".to_owned()],
            channels => channels.iter().flat_map(|channel| problems(channel, params, cx.now)).collect(),
        };
        let verdict = if problems.is_empty() { Verdict::Compliant } else { Verdict::NonCompliant(problems.join("; ")) };
        Ok(vec![Finding { resource_type: "AWS::::Account".to_owned(), resource_id: cx.account.clone(), verdict }])
    }
}

fn problems(channel: &DeliveryChannel, params: &Params, now: Timestamp) -> Vec<String> {
    let mut problems = Vec::new();
    if channel.bucket.is_none() {
        problems.push("the delivery channel has no bucket".to_owned());
    }
    match &channel.topic {
        None => problems.push("the delivery channel notifies no SNS topic".to_owned()),
        Some(topic) => {
            if params.allowed_topics.as_ref().is_some_and(|allowed| !allowed.contains(topic)) {
                problems.push(format!("the delivery channel notifies {topic}, which is not among the allowed topics"));
            }
        }
    }
    let max_age = SignedDuration::from_hours(i64::from(params.max_age_hours));
    problems.extend(failure("stream", &channel.stream));
    for (kind, delivery) in [("history", &channel.history), ("snapshot", &channel.snapshot)] {
        problems.extend(failure(kind, delivery).or_else(|| late(kind, delivery, now, max_age)));
    }
    problems
}

fn failure(kind: &str, delivery: &Delivery) -> Option<String> {
    match delivery.status.as_deref() {
        Some(status) if status.eq_ignore_ascii_case("success") => None,
        Some(status) => {
            let error = delivery.error.as_deref().map(|error| format!(": {error}")).unwrap_or_default();
            Some(format!("{kind} delivery is {status}{error}"))
        }
        None => Some(format!("{kind} was never delivered")),
    }
}

fn late(kind: &str, delivery: &Delivery, now: Timestamp, max_age: SignedDuration) -> Option<String> {
    match delivery.succeeded {
        None => Some(format!("{kind} delivery does not say when it last succeeded")),
        Some(time) if now.duration_since(time) > max_age => Some(format!(
            "{kind} was last delivered {}, over {} hours ago",
            time.strftime("%Y-%m-%d %H:%M UTC"),
            max_age.as_hours()
        )),
        Some(_) => None,
    }
}
