//! What AWS Config itself knows of the account's resources.

use std::time::Duration;

use aws_sdk_config::Client;
use aws_sdk_config::primitives::DateTime;
use aws_sdk_config::types::{
    BaseConfigurationItem, ComplianceType, ConfigurationItem as ApiItem, ConfigurationItemStatus, ResourceKey,
    ResourceType,
};
use config_item::ConfigurationItem;
use jiff::{Timestamp, Unit};
use serde_json::{Value, json};

use crate::aws::{AwsError, call, page};

/// The largest page of the listing calls.
const PAGE: i32 = 100;

/// Most keys that `BatchGetResourceConfig` takes.
pub(crate) const BATCH: usize = 100;

/// The item that an oversized notification summed up: the state as of `captured`.
///
/// A page may be empty and still name a next one, since a call looks at seven days at most. `None` where AWS Config has
/// no state of just that time.
pub(crate) async fn item_as_of(
    client: &Client,
    resource_type: &str,
    resource_id: &str,
    captured: Timestamp,
) -> Result<Option<ConfigurationItem<'static>>, AwsError> {
    const OPERATION: &str = "GetResourceConfigHistory";
    let mut pages = client
        .get_resource_config_history()
        .resource_type(ResourceType::from(resource_type))
        .resource_id(resource_id)
        .later_time(date_time(captured))
        .limit(1)
        .into_paginator()
        .send();
    while let Some(page) = page(OPERATION, pages.next()).await? {
        if let Some(item) = page.configuration_items().first() {
            let item = from_history(item)?;
            // Whether `laterTime` includes the time itself is not documented; an older state must not pass for this one.
            let same = item.capture_time().is_ok_and(|time| time.is_some_and(|time| same_millisecond(time, captured)));
            return Ok(same.then_some(item));
        }
    }
    Ok(None)
}

fn same_millisecond(a: Timestamp, b: Timestamp) -> bool {
    a.as_millisecond() == b.as_millisecond()
}

/// The ids of all resources of a type that AWS Config has discovered.
pub(crate) async fn ids(client: &Client, resource_type: &str) -> Result<Vec<String>, AwsError> {
    let mut ids = Vec::new();
    let mut pages = client
        .list_discovered_resources()
        .resource_type(ResourceType::from(resource_type))
        .limit(PAGE)
        .into_paginator()
        .send();
    while let Some(page) = page("ListDiscoveredResources", pages.next()).await? {
        ids.extend(page.resource_identifiers().iter().filter_map(|found| found.resource_id().map(str::to_owned)));
    }
    Ok(ids)
}

/// The current items of up to [`BATCH`] resources, without tags and relationships, which this call leaves out. A
/// resource that is gone or not recorded is not among them.
pub(crate) async fn items(
    client: &Client,
    resource_type: &str,
    ids: &[String],
) -> Result<Vec<ConfigurationItem<'static>>, AwsError> {
    const OPERATION: &str = "BatchGetResourceConfig";
    const PATIENCE: u32 = 8;
    let mut items = Vec::new();
    let mut keys = ids
        .iter()
        .map(|id| ResourceKey::builder().resource_type(resource_type.into()).resource_id(id).build())
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| AwsError::unexpected(OPERATION, &error.to_string()))?;
    let mut attempt = 0;
    while !keys.is_empty() {
        if attempt == PATIENCE {
            return Err(AwsError::unexpected(OPERATION, &format!("{} keys stay unprocessed", keys.len())));
        }
        if attempt > 0 {
            tokio::time::sleep(pause(attempt)).await;
        }
        attempt += 1;
        let answer = call(OPERATION, client.batch_get_resource_config().set_resource_keys(Some(keys)).send()).await?;
        for item in answer.base_configuration_items() {
            items.push(from_batch(item)?);
        }
        keys = answer.unprocessed_resource_keys().to_vec();
    }
    Ok(items)
}

/// A pause that doubles with each attempt: 100 ms, 200 ms, … up to 5 s.
pub(crate) fn pause(attempt: u32) -> Duration {
    Duration::from_millis(50 << attempt.min(7)).min(Duration::from_secs(5))
}

/// The resources that AWS Config holds a verdict of this rule for, as (type, id).
pub(crate) async fn judged_before(client: &Client, rule_name: &str) -> Result<Vec<(String, String)>, AwsError> {
    let mut judged = Vec::new();
    let mut pages = client
        .get_compliance_details_by_config_rule()
        .config_rule_name(rule_name)
        .compliance_types(ComplianceType::Compliant)
        .compliance_types(ComplianceType::NonCompliant)
        .limit(PAGE)
        .into_paginator()
        .send();
    while let Some(page) = page("GetComplianceDetailsByConfigRule", pages.next()).await? {
        for result in page.evaluation_results() {
            let qualifier = result.evaluation_result_identifier().and_then(|id| id.evaluation_result_qualifier());
            if let Some((Some(kind), Some(id))) = qualifier.map(|q| (q.resource_type(), q.resource_id())) {
                judged.push((kind.to_owned(), id.to_owned()));
            }
        }
    }
    Ok(judged)
}

pub(crate) fn date_time(time: Timestamp) -> DateTime {
    DateTime::from_secs_and_nanos(
        time.as_second() - i64::from(time.subsec_nanosecond() < 0),
        time.subsec_nanosecond().rem_euclid(1_000_000_000).unsigned_abs(),
    )
}

fn from_history(item: &ApiItem) -> Result<ConfigurationItem<'static>, AwsError> {
    let relationships: Vec<_> = item
        .relationships()
        .iter()
        .map(|related| {
            json!({
                "resourceType": related.resource_type().map(ResourceType::as_str),
                "resourceId": related.resource_id(),
                "resourceName": related.resource_name(),
                "relationshipName": related.relationship_name(),
            })
        })
        .collect();
    read(
        "GetResourceConfigHistory",
        &json!({
            "accountId": item.account_id(),
            "arn": item.arn(),
            "awsRegion": item.aws_region(),
            "configurationItemCaptureTime": item.configuration_item_capture_time().map(text),
            "configurationItemStatus": item.configuration_item_status().map(ConfigurationItemStatus::as_str),
            "resourceType": item.resource_type().map(ResourceType::as_str),
            "resourceId": item.resource_id(),
            "resourceName": item.resource_name(),
            "tags": item.tags(),
            "relationships": relationships,
            "configuration": item.configuration(),
            "supplementaryConfiguration": item.supplementary_configuration(),
        }),
    )
}

fn from_batch(item: &BaseConfigurationItem) -> Result<ConfigurationItem<'static>, AwsError> {
    read(
        "BatchGetResourceConfig",
        &json!({
            "accountId": item.account_id(),
            "arn": item.arn(),
            "awsRegion": item.aws_region(),
            "configurationItemCaptureTime": item.configuration_item_capture_time().map(text),
            "configurationItemStatus": item.configuration_item_status().map(ConfigurationItemStatus::as_str),
            "resourceType": item.resource_type().map(ResourceType::as_str),
            "resourceId": item.resource_id(),
            "resourceName": item.resource_name(),
            "configuration": item.configuration(),
            "supplementaryConfiguration": item.supplementary_configuration(),
        }),
    )
}

/// AWS Config keeps milliseconds, but a time comes as a double and the SDK cuts it off: .846 arrives as .845999956.
fn text(time: &DateTime) -> Option<String> {
    let time = Timestamp::new(time.secs(), i32::try_from(time.subsec_nanos()).ok()?).ok()?;
    Some(time.round(Unit::Millisecond).ok()?.to_string())
}

/// Reads an answer's item like any other: there is one reader for all shapes.
fn read(operation: &'static str, item: &Value) -> Result<ConfigurationItem<'static>, AwsError> {
    ConfigurationItem::from_json(&item.to_string())
        .map(ConfigurationItem::into_owned)
        .map_err(|error| AwsError::unexpected(operation, &error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the SDK reads of a time is, once rounded, what AWS Config recorded, for every millisecond of a second.
    #[test]
    fn a_time_survives_its_way_through_a_double() {
        let start: Timestamp = "2024-03-01T13:28:02Z".parse().expect("a time");
        for millisecond in 0..1000 {
            let recorded = start + jiff::SignedDuration::from_millis(millisecond);
            let read = DateTime::from_secs_f64(recorded.as_duration().as_secs_f64());
            let read: Timestamp = text(&read).expect("a time").parse().expect("a time");
            assert_eq!(read, recorded);
        }
    }
}
