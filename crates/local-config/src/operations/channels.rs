//! `DescribeDeliveryChannels` and `DescribeDeliveryChannelStatus`.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    state::Known,
    wire::{ApiError, Constraints, decode},
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Request {
    delivery_channel_names: Option<Vec<String>>,
}

/// Describes the channels that are asked for, or all.
pub(super) fn describe(known: &Known, body: &Value) -> Result<Value, ApiError> {
    let channels = named(body, &known.channels.delivery_channels, |channel| &channel.name)?;
    Ok(json!({"DeliveryChannels": channels}))
}

/// Tells how the deliveries of the channels that are asked for went, or of all.
pub(super) fn status(known: &Known, body: &Value) -> Result<Value, ApiError> {
    let status = named(body, &known.channels.delivery_channels_status, |status| &status.name)?;
    Ok(json!({"DeliveryChannelsStatus": status}))
}

fn named<'a, T: Serialize>(body: &Value, all: &'a [T], name_of: fn(&T) -> &str) -> Result<Vec<&'a T>, ApiError> {
    let request: Request = decode(body)?;
    let names = request.delivery_channel_names.unwrap_or_default();
    let mut constraints = Constraints::default();
    for (index, name) in names.iter().enumerate() {
        constraints.length(&format!("deliveryChannelNames.{}.member", index + 1), Some(name), 1..=256);
    }
    constraints.check()?;
    if names.is_empty() {
        return Ok(all.iter().collect());
    }
    let find = |name: &String| {
        let missing = || {
            let message = format!("Cannot find delivery channel with specified name '{name}'.");
            ApiError::new("NoSuchDeliveryChannelException", message)
        };
        all.iter().find(|one| name_of(one) == name).ok_or_else(missing)
    };
    names.iter().map(find).collect()
}
