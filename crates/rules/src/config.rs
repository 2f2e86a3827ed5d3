//! Rules about AWS Config itself.

mod config_delivery_channel_sns;

use config_rule::Entry;

pub use config_delivery_channel_sns::{ConfigDeliveryChannelSns, Delivery, DeliveryChannel, DeliveryChannels};

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[Entry::facts::<ConfigDeliveryChannelSns>()];
