//! Rules about AWS Config itself.

pub mod config_delivery_channel_sns;

use config_rule::Entry;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[Entry::facts::<config_delivery_channel_sns::ConfigDeliveryChannelSns>()];
