//! The events that AWS Config sends to rules, in the recorded shapes.

use config_item::ConfigurationItem;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// Most bytes of a notification that AWS Config delivers whole: the limit of Amazon SNS.
const LARGEST_NOTIFICATION: usize = 256 * 1024;

/// Who sends an event.
#[derive(Clone, Debug)]
pub struct Sender<'a> {
    /// The rule's deployed name.
    pub rule: &'a str,
    /// The account that the rule is deployed in.
    pub account: &'a str,
    /// The region that the rule is deployed in.
    pub region: &'a str,
    /// The token that the stand-in takes from this rule.
    pub token: &'a str,
    /// When the notification is sent.
    pub now: Timestamp,
}

impl Sender<'_> {
    /// The event after a change of an item, given in the event's shape: with the item, or with its summary where the
    /// notification would be larger than AWS Config delivers.
    #[must_use]
    pub fn change(&self, item: &Value) -> Value {
        let notification = json!({
            "configurationItemDiff": null,
            "configurationItem": item,
            "notificationCreationTime": self.time(),
            "messageType": "ConfigurationItemChangeNotification",
            "recordVersion": "1.3",
        })
        .to_string();
        if notification.len() <= LARGEST_NOTIFICATION {
            return self.wrap(&notification);
        }
        let notification = json!({
            "configurationItemSummary": summary(item),
            "messageType": "OversizedConfigurationItemChangeNotification",
        });
        self.wrap(&notification.to_string())
    }

    /// The event of the rule's schedule.
    #[must_use]
    pub fn scheduled(&self) -> Value {
        let notification = json!({
            "awsAccountId": self.account,
            "notificationCreationTime": self.time(),
            "messageType": "ScheduledNotification",
            "recordVersion": "1.0",
        });
        self.wrap(&notification.to_string())
    }

    fn time(&self) -> String {
        self.now.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
    }

    fn wrap(&self, invoking_event: &str) -> Value {
        let Self { rule, account, region, token, .. } = self;
        json!({
            "version": "1.0",
            "invokingEvent": invoking_event,
            "ruleParameters": "{}",
            "resultToken": token,
            "eventLeftScope": false,
            "executionRoleArn":
                format!("arn:aws:iam::{account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"),
            "configRuleArn": format!("arn:aws:config:{region}:{account}:config-rule/config-rule-vitals"),
            "configRuleName": rule,
            "configRuleId": "config-rule-vitals",
            "accountId": account,
            "evaluationMode": "DETECTIVE",
        })
    }
}

/// All of an item but what describes the resource, as in an oversized notification.
fn summary(item: &Value) -> Value {
    let mut summary = Map::new();
    summary.insert("changeType".to_owned(), json!("UPDATE"));
    for name in [
        "configurationItemVersion",
        "configurationItemCaptureTime",
        "configurationStateId",
        "awsAccountId",
        "configurationItemStatus",
        "resourceType",
        "resourceId",
        "resourceName",
        "ARN",
        "awsRegion",
        "availabilityZone",
        "configurationStateMd5Hash",
        "resourceCreationTime",
    ] {
        summary.insert(name.to_owned(), item.get(name).cloned().unwrap_or_default());
    }
    // Every sample that AWS shows of an oversized notification has 0 here.
    summary.insert("configurationStateId".to_owned(), json!(0));
    Value::Object(summary)
}

/// The item in the event's shape, with the names that the API gives differently put back.
#[must_use]
pub fn event_shape(item: &Value, read: &ConfigurationItem<'_>) -> Value {
    let mut item = item.clone();
    if let Value::Object(members) = &mut item {
        for (api, event) in [
            ("version", "configurationItemVersion"),
            ("accountId", "awsAccountId"),
            ("arn", "ARN"),
            ("configurationItemMD5Hash", "configurationStateMd5Hash"),
        ] {
            if let Some(value) = members.remove(api) {
                members.entry(event).or_insert(value);
            }
        }
        let parsed = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
        members.insert("configuration".to_owned(), parsed(read.configuration()));
        members.insert("supplementaryConfiguration".to_owned(), parsed(read.supplementary()));
    }
    item
}
