//! What AWS Config sends: bytes → [`Invocation`].

use aws_lambda_events::event::config::ConfigEvent;
use config_item::{ConfigurationItem, parse_timestamp};
use config_rule::ParameterMap;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::error::{EventError, InvocationError};

/// One invocation of a rule, decoded.
#[derive(Debug)]
pub(crate) struct Invocation {
    /// Goes back with every evaluation, unchanged.
    pub(crate) token: String,
    /// The deployed name, which packs and organisations give a suffix.
    pub(crate) rule_name: Option<String>,
    /// The account that the rule is deployed in.
    pub(crate) account: Option<String>,
    /// The rule's parameters, not yet typed.
    pub(crate) parameters: ParameterMap,
    /// The resource is no longer in the rule's scope.
    pub(crate) left_scope: bool,
    /// When AWS Config sent the notification; the documented oversized event lacks it.
    pub(crate) notified: Option<Timestamp>,
    /// What happened.
    pub(crate) notification: Notification,
}

/// Why AWS Config invoked the rule.
#[derive(Debug)]
pub(crate) enum Notification {
    /// A resource changed, or is judged again: here is its item.
    Change(ConfigurationItem<'static>),
    /// A resource changed, and its item is too large for the event: here is all but its configuration.
    Oversized(ConfigurationItem<'static>),
    /// The schedule, or the delivery of a snapshot, which AWS describes as another trigger of periodic rules.
    Scheduled,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct InvokingEvent<'a> {
    message_type: Option<String>,
    #[serde(borrow)]
    configuration_item: Option<&'a RawValue>,
    #[serde(borrow)]
    configuration_item_summary: Option<&'a RawValue>,
    notification_creation_time: Option<String>,
}

/// Decodes the payload of an invocation.
pub(crate) fn decode(payload: &[u8]) -> Result<Invocation, InvocationError> {
    let (event, evaluation_mode) = outer(payload)?;
    if let Some(mode) = evaluation_mode.filter(|mode| mode != "DETECTIVE") {
        return Err(EventError::EvaluationMode(mode).into());
    }
    let inner = event.invoking_event.ok_or(EventError::Missing("invokingEvent"))?;
    let inner: InvokingEvent<'_> = serde_json::from_str(&inner).map_err(EventError::Inner)?;
    let notified = match &inner.notification_creation_time {
        Some(text) => Some(parse_timestamp(text).ok_or(EventError::Time("notificationCreationTime"))?),
        None => None,
    };
    let notification = match inner.message_type.as_deref().ok_or(EventError::Missing("messageType"))? {
        "ConfigurationItemChangeNotification" => {
            Notification::Change(item(inner.configuration_item, "configurationItem")?)
        }
        "OversizedConfigurationItemChangeNotification" => {
            Notification::Oversized(item(inner.configuration_item_summary, "configurationItemSummary")?)
        }
        "ScheduledNotification" | "ConfigurationSnapshotDeliveryCompleted" => Notification::Scheduled,
        other => return Err(EventError::MessageType(other.to_owned()).into()),
    };
    Ok(Invocation {
        token: event.result_token.filter(|token| !token.is_empty()).ok_or(EventError::Missing("resultToken"))?,
        rule_name: event.config_rule_name,
        account: event.account_id,
        parameters: ParameterMap::from_json(event.rule_parameters.as_deref())?,
        left_scope: event.event_left_scope,
        notified,
        notification,
    })
}

/// Reads the outer event with the type that `aws_lambda_events` has for it.
///
/// That type refuses an event without `eventLeftScope` and doesn't know `evaluationMode`; AWS Config sends both kinds.
fn outer(payload: &[u8]) -> Result<(ConfigEvent, Option<String>), EventError> {
    let mut members: Map<String, Value> =
        serde_json::from_slice(payload).map_err(|_| EventError::Outer("it is no JSON object"))?;
    match members.get("eventLeftScope") {
        Some(Value::Bool(_)) => {}
        None | Some(Value::Null) => {
            members.insert("eventLeftScope".to_owned(), Value::Bool(false));
        }
        Some(_) => return Err(EventError::Outer("`eventLeftScope` is neither true nor false")),
    }
    let mode = match members.remove("evaluationMode") {
        None | Some(Value::Null) => None,
        Some(Value::String(mode)) => Some(mode),
        Some(_) => return Err(EventError::Outer("`evaluationMode` is no string")),
    };
    // The error of serde would quote the member's value, which may be the token or an item.
    let event = serde_json::from_value(Value::Object(members))
        .map_err(|_| EventError::Outer("one of its members is no string"))?;
    Ok((event, mode))
}

fn item(raw: Option<&RawValue>, name: &'static str) -> Result<ConfigurationItem<'static>, EventError> {
    let item = ConfigurationItem::from_json(raw.ok_or(EventError::Missing(name))?.get())?;
    if item.status().is_none() {
        return Err(EventError::Missing("configurationItemStatus"));
    }
    if item.capture_time()?.is_none() {
        return Err(EventError::Missing("configurationItemCaptureTime"));
    }
    Ok(item.into_owned())
}
