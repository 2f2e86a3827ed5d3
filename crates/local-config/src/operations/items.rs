//! `GetResourceConfigHistory`, `BatchGetResourceConfig` and `ListDiscoveredResources`: what AWS Config recorded.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    faults::FaultKind,
    item::Item,
    state::Known,
    time,
    wire::{ApiError, Constraints, Cursor, decode, limit, validation},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct History {
    resource_type: Option<String>,
    resource_id: Option<String>,
    #[serde(default, deserialize_with = "time::from_request")]
    later_time: Option<Timestamp>,
    #[serde(default, deserialize_with = "time::from_request")]
    earlier_time: Option<Timestamp>,
    chronological_order: Option<String>,
    limit: Option<i64>,
    next_token: Option<String>,
}

/// Returns the items of one resource, the newest first unless asked otherwise.
///
/// Both ends of the time range are included: the documentation doesn't say, but its own samples pass an item's exact
/// capture time as `laterTime` and expect that item. Without `laterTime` nothing is too new, not even an item that a
/// test dated into the future.
pub(super) fn history(known: &Known, body: &Value, fault: Option<&FaultKind>) -> Result<Value, ApiError> {
    let request: History = decode(body)?;
    let mut constraints = Constraints::default();
    resource_key(&mut constraints, "", request.resource_type.as_ref(), request.resource_id.as_ref());
    let order = request.chronological_order.as_deref();
    constraints.one_of("chronologicalOrder", order, &["Reverse", "Forward"]);
    constraints.check()?;
    let limit = limit(request.limit, 10)?;
    if let (Some(earlier), Some(later)) = (request.earlier_time, request.later_time)
        && earlier >= later
    {
        return Err(ApiError::new(
            "InvalidTimeRangeException",
            "The earlier time is not chronologically before the later time",
        ));
    }
    let cursor = Cursor::of("GetResourceConfigHistory", body)?;

    let resource_type = request.resource_type.unwrap_or_default();
    let resource_id = request.resource_id.unwrap_or_default();
    let recorded = known.history(&resource_type, &resource_id);
    if recorded.is_empty() {
        return Err(ApiError::new(
            "ResourceNotDiscoveredException",
            format!("Resource {resource_id} of resourceType:{resource_type} is unknown or has not been discovered"),
        ));
    }
    if fault == Some(&FaultKind::EmptyFirstPage) && request.next_token.is_none() {
        return Ok(json!({"configurationItems": [], "nextToken": cursor.token(0)}));
    }
    let mut items: Vec<&Item> = recorded
        .iter()
        .filter(|item| request.later_time.is_none_or(|later| item.captured <= later))
        .filter(|item| request.earlier_time.is_none_or(|earlier| item.captured >= earlier))
        .collect();
    if order != Some("Forward") {
        items.reverse();
    }
    let (page, next) = cursor.page(items, limit);
    let mut answer = json!({"configurationItems": page.iter().map(|item| &item.api).collect::<Vec<_>>()});
    if let Some(next) = next {
        answer["nextToken"] = next.into();
    }
    Ok(answer)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Batch {
    resource_keys: Option<Vec<Key>>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Key {
    resource_type: Option<String>,
    resource_id: Option<String>,
}

/// The members of `ConfigurationItem` that `BaseConfigurationItem` lacks.
const NOT_IN_BASE: [&str; 4] = ["configurationItemMD5Hash", "tags", "relatedEvents", "relationships"];

/// Returns the latest item of each resource. A resource that is unknown or deleted is left out without a word.
pub(super) fn batch(known: &Known, body: &Value, fault: Option<&FaultKind>) -> Result<Value, ApiError> {
    let request: Batch = decode(body)?;
    let mut constraints = Constraints::default();
    constraints.required("resourceKeys", request.resource_keys.as_ref());
    constraints.count("resourceKeys", request.resource_keys.as_ref(), 1..=100);
    for (index, key) in request.resource_keys.iter().flatten().enumerate() {
        let prefix = format!("resourceKeys.{}.member.", index + 1);
        resource_key(&mut constraints, &prefix, key.resource_type.as_ref(), key.resource_id.as_ref());
    }
    constraints.check()?;

    let mut keys = request.resource_keys.unwrap_or_default();
    let postponed = match fault {
        Some(FaultKind::UnprocessedKeys { first }) => (*first).min(keys.len()),
        _ => 0,
    };
    let unprocessed: Vec<Key> = keys.drain(..postponed).collect();
    let items: Vec<Value> = keys
        .iter()
        .filter_map(|key| known.history(key.resource_type.as_deref()?, key.resource_id.as_deref()?).last())
        .filter(|item| !item.deleted())
        .map(base)
        .collect();
    Ok(json!({"baseConfigurationItems": items, "unprocessedResourceKeys": unprocessed}))
}

/// The model: "The API does not return any tags for the requested resources. This information is filtered out of the
/// supplementaryConfiguration section".
fn base(item: &Item) -> Value {
    let mut base = item.api.clone();
    base.retain(|member, _| !NOT_IN_BASE.contains(&member.as_str()));
    if let Some(Value::Object(supplementary)) = base.get_mut("supplementaryConfiguration") {
        supplementary.retain(|name, _| !name.eq_ignore_ascii_case("tags") && !name.contains("Tagging"));
    }
    base.into()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct List {
    resource_type: Option<String>,
    resource_ids: Option<Vec<String>>,
    resource_name: Option<String>,
    limit: Option<i64>,
    include_deleted_resources: Option<bool>,
}

/// Lists the resources of a type by id, the deleted ones only if asked for.
pub(super) fn list(known: &Known, body: &Value) -> Result<Value, ApiError> {
    let request: List = decode(body)?;
    let mut constraints = Constraints::default();
    constraints.required("resourceType", request.resource_type.as_ref());
    constraints.resource_type("resourceType", request.resource_type.as_deref());
    for (index, id) in request.resource_ids.iter().flatten().enumerate() {
        constraints.length(&format!("resourceIds.{}.member", index + 1), Some(id), 1..=768);
    }
    constraints.check()?;
    // The model names no bounds for the list; the member's description does.
    match request.resource_ids.as_ref().map(Vec::len) {
        Some(0) => return Err(validation("The specified list of resource ID's must have at least one item")),
        Some(21..) => {
            return Err(validation(
                "The specified list had more than 20 resource ID's. It must have '20' or less items",
            ));
        }
        _ => {}
    }
    if request.resource_ids.is_some() && request.resource_name.is_some() {
        return Err(validation("Both Resource ID and Resource Name cannot be specified in the request"));
    }
    let limit = limit(request.limit, 100)?;
    let cursor = Cursor::of("ListDiscoveredResources", body)?;

    let resource_type = request.resource_type.unwrap_or_default();
    let wanted = |item: &&Item| {
        let name = item.api.get("resourceName").and_then(Value::as_str);
        request.resource_ids.as_ref().is_none_or(|ids| ids.contains(&item.resource_id))
            && (request.resource_name.is_none() || request.resource_name.as_deref() == name)
            && (request.include_deleted_resources == Some(true) || !item.deleted())
    };
    let resources = known.latest_of_type(&resource_type).filter(wanted).collect();
    let (page, next) = cursor.page(resources, limit);
    let mut answer = json!({"resourceIdentifiers": page.into_iter().map(identifier).collect::<Vec<_>>()});
    if let Some(next) = next {
        answer["nextToken"] = next.into();
    }
    Ok(answer)
}

fn identifier(item: &Item) -> Value {
    let mut identifier = json!({"resourceType": item.resource_type, "resourceId": item.resource_id});
    if let Some(name) = item.api.get("resourceName") {
        identifier["resourceName"] = name.clone();
    }
    if item.deleted() {
        identifier["resourceDeletionTime"] = time::epoch(item.captured).into();
    }
    identifier
}

fn resource_key(constraints: &mut Constraints, prefix: &str, resource_type: Option<&String>, id: Option<&String>) {
    let at = |member: &str| format!("{prefix}{member}");
    constraints.required(&at("resourceType"), resource_type);
    constraints.resource_type(&at("resourceType"), resource_type.map(String::as_str));
    constraints.required(&at("resourceId"), id);
    constraints.length(&at("resourceId"), id.map(String::as_str), 1..=768);
}
