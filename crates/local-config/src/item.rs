//! Configuration items: any of their wire shapes in, the API's shape kept.
//!
//! The same item looks different in an event, in a snapshot and in an answer of the API: other names, and what is a
//! JSON document in one is a string that holds JSON in the other. The stand-in is given any of them and answers with
//! the API's.

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::time;

/// Why an item was refused.
#[derive(Debug, thiserror::Error)]
#[error("{subject}: {problem}")]
pub struct ItemError {
    subject: String,
    problem: String,
}

/// One configuration item in the API's shape (`ConfigurationItem` of the service model; times in seconds since 1970).
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) resource_type: String,
    pub(crate) resource_id: String,
    pub(crate) captured: Timestamp,
    pub(crate) status: String,
    pub(crate) api: Map<String, Value>,
}

/// Member of the API, and the name that events and snapshots use.
const STRINGS: [(&str, &str); 10] = [
    ("version", "configurationItemVersion"),
    ("accountId", "awsAccountId"),
    ("configurationStateId", "configurationStateId"),
    ("configurationItemMD5Hash", "configurationStateMd5Hash"),
    ("arn", "ARN"),
    ("resourceName", "resourceName"),
    ("awsRegion", "awsRegion"),
    ("availabilityZone", "availabilityZone"),
    ("configurationItemStatus", "configurationItemStatus"),
    ("recordingFrequency", "recordingFrequency"),
];

const STATUSES: [&str; 5] =
    ["OK", "ResourceDiscovered", "ResourceNotRecorded", "ResourceDeleted", "ResourceDeletedNotRecorded"];

impl Item {
    /// Reads an item in the shape of an event, a snapshot or the API.
    ///
    /// # Errors
    ///
    /// An item without type, id, status or capture time, or with a member of another form than in any of the shapes.
    pub(crate) fn read(value: &Value) -> Result<Self, ItemError> {
        let subject = format!("{} {}", text(value, "resourceType"), text(value, "resourceId"));
        read(value).map_err(|problem| ItemError { subject, problem })
    }

    /// Whether the resource is gone. Such an item still has a history.
    pub(crate) fn deleted(&self) -> bool {
        self.status.starts_with("ResourceDeleted")
    }

    /// Two items with this in common are the same item, delivered twice.
    pub(crate) fn version(&self) -> (Timestamp, Option<&Value>) {
        (self.captured, self.api.get("configurationStateId"))
    }
}

fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value[member].as_str().unwrap_or("?")
}

fn read(value: &Value) -> Result<Item, String> {
    let Some(source) = value.as_object() else {
        return Err("a configuration item is a JSON object".to_owned());
    };
    let required = |member: &str| match source.get(member).and_then(Value::as_str) {
        Some(text) if !text.is_empty() => Ok(text.to_owned()),
        _ => Err(format!("`{member}` is missing or no string")),
    };
    let resource_type = required("resourceType")?;
    let resource_id = required("resourceId")?;
    let status = required("configurationItemStatus")?;
    if !STATUSES.contains(&status.as_str()) {
        return Err(format!("`configurationItemStatus` is `{status}`; there are {STATUSES:?}"));
    }
    let captured = time_of(source, "configurationItemCaptureTime")?
        .ok_or_else(|| "`configurationItemCaptureTime` is missing".to_owned())?;

    let mut api = Map::new();
    api.insert("resourceType".to_owned(), resource_type.clone().into());
    api.insert("resourceId".to_owned(), resource_id.clone().into());
    for (member, alias) in STRINGS {
        match source.get(member).or_else(|| source.get(alias)) {
            None | Some(Value::Null) => {}
            Some(Value::String(text)) => drop(api.insert(member.to_owned(), text.clone().into())),
            // `configurationStateId` is a number in events and a string in the API.
            Some(Value::Number(number)) => drop(api.insert(member.to_owned(), number.to_string().into())),
            Some(other) => return Err(format!("`{member}` is {other}, expected a string")),
        }
    }
    for member in ["configurationItemCaptureTime", "resourceCreationTime", "configurationItemDeliveryTime"] {
        if let Some(time) = time_of(source, member)? {
            api.insert(member.to_owned(), time::epoch(time).into());
        }
    }
    if let Some(tags) = tags(source.get("tags"))? {
        api.insert("tags".to_owned(), tags.into());
    }
    if let Some(events @ Value::Array(_)) = source.get("relatedEvents") {
        api.insert("relatedEvents".to_owned(), events.clone());
    }
    if let Some(Value::Array(relationships)) = source.get("relationships") {
        api.insert("relationships".to_owned(), relationships.iter().map(relationship).collect());
    }
    let encoded = is_encoded(source);
    if let Some(configuration) = source.get("configuration") {
        // A deleted resource's `null` becomes the string "null": recorded answers have that or no member at all, and
        // the string is what callers get wrong.
        let configuration = configuration.as_str().map_or_else(|| configuration.to_string(), str::to_owned);
        api.insert("configuration".to_owned(), configuration.into());
    }
    if let Some(Value::Object(supplementary)) = source.get("supplementaryConfiguration") {
        let values = supplementary.iter().map(|(name, value)| {
            let value = match value {
                Value::String(text) if encoded => text.clone(),
                value => value.to_string(),
            };
            (name.clone(), Value::String(value))
        });
        api.insert("supplementaryConfiguration".to_owned(), values.collect());
    }
    Ok(Item { resource_type, resource_id, captured, status, api })
}

/// Whether the item came in the API's shape, where every supplementary value already holds JSON. An event's value can
/// be a string too (a bucket's access control list is), so the string alone doesn't tell: `configuration` does, and for
/// a deleted resource, which has none, the names do.
fn is_encoded(source: &Map<String, Value>) -> bool {
    match source.get("configuration") {
        Some(Value::String(_)) => true,
        None | Some(Value::Null) => ["version", "accountId", "arn"].iter().any(|name| source.contains_key(*name)),
        Some(_) => false,
    }
}

fn time_of(source: &Map<String, Value>, member: &str) -> Result<Option<Timestamp>, String> {
    match source.get(member) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => time::read(value)
            .map(Some)
            .ok_or_else(|| format!("`{member}` is {value}, expected an ISO 8601 time or seconds since 1970")),
    }
}

/// Tags are a map everywhere but in query results, which list `{"key", "value"}`.
fn tags(value: Option<&Value>) -> Result<Option<Map<String, Value>>, String> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(tags)) => Ok(Some(tags.clone())),
        Some(Value::Array(list)) => {
            let pair = |tag: &Value| Some((tag["key"].as_str()?.to_owned(), tag["value"].clone()));
            let tags = list.iter().map(|tag| pair(tag).ok_or_else(|| format!("the tag {tag} has no `key`")));
            tags.collect::<Result<_, _>>().map(Some)
        }
        Some(other) => Err(format!("`tags` is {other}, expected a map")),
    }
}

fn relationship(source: &Value) -> Value {
    let mut relationship = Map::new();
    for (member, alias) in [
        ("resourceType", "resourceType"),
        ("resourceId", "resourceId"),
        ("resourceName", "resourceName"),
        ("relationshipName", "name"),
    ] {
        if let Some(Value::String(text)) = source.get(member).or_else(|| source.get(alias)) {
            relationship.insert(member.to_owned(), text.clone().into());
        }
    }
    relationship.into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use serde_json::json;

    use super::*;

    fn event() -> Value {
        json!({
            "configurationItemVersion": "1.3", "awsAccountId": "123456789012", "ARN": "arn:aws:s3:::b",
            "configurationItemCaptureTime": "2024-03-01T10:02:26.719Z", "configurationStateId": 1_709_287_346_719_u64,
            "configurationItemStatus": "OK", "configurationStateMd5Hash": "", "resourceType": "AWS::S3::Bucket",
            "resourceId": "b", "resourceName": null, "awsRegion": "eu-west-1", "tags": {"team": "data"},
            "relationships": [{"resourceType": "AWS::KMS::Key", "resourceId": "k", "name": "Is encrypted by"}],
            "configuration": {"name": "b"},
            "supplementaryConfiguration": {
                "AccessControlList": "{\"grantList\":[]}", "IsRequesterPaysEnabled": false, "BucketPolicy": {"policyText": "{}"}
            },
            "notInTheModel": 1,
        })
    }

    #[test]
    fn an_event_becomes_the_api_shape() {
        let item = Item::read(&event()).unwrap();
        assert_eq!(
            Value::Object(item.api),
            json!({
                "version": "1.3", "accountId": "123456789012", "arn": "arn:aws:s3:::b",
                "configurationItemCaptureTime": 1_709_287_346.719, "configurationStateId": "1709287346719",
                "configurationItemStatus": "OK", "configurationItemMD5Hash": "", "resourceType": "AWS::S3::Bucket",
                "resourceId": "b", "awsRegion": "eu-west-1", "tags": {"team": "data"},
                "relationships": [
                    {"resourceType": "AWS::KMS::Key", "resourceId": "k", "relationshipName": "Is encrypted by"}
                ],
                "configuration": "{\"name\":\"b\"}",
                "supplementaryConfiguration": {
                    "AccessControlList": "\"{\\\"grantList\\\":[]}\"", "IsRequesterPaysEnabled": "false",
                    "BucketPolicy": "{\"policyText\":\"{}\"}"
                },
            })
        );
    }

    #[test]
    fn the_api_shape_stays_as_it_is() {
        let first = Item::read(&event()).unwrap().api;
        let again = Item::read(&Value::Object(first.clone())).unwrap().api;
        assert_eq!(first, again);
    }

    #[test]
    fn a_deleted_item_has_the_string_null() {
        let mut value = event();
        value["configuration"] = Value::Null;
        value["configurationItemStatus"] = "ResourceDeleted".into();
        let item = Item::read(&value).unwrap();
        assert!(item.deleted());
        assert_eq!(item.api["configuration"], "null");
    }

    #[test]
    fn a_refusal_names_resource_and_member() {
        let mut value = event();
        value["configurationItemCaptureTime"] = "yesterday".into();
        assert_eq!(
            Item::read(&value).unwrap_err().to_string(),
            "AWS::S3::Bucket b: `configurationItemCaptureTime` is \"yesterday\", expected an ISO 8601 time or seconds \
             since 1970"
        );
    }
}
