//! Rules about Amazon SNS.

mod sns_encrypted_kms;
mod sns_topic_message_delivery_notification_enabled;
mod sns_topic_no_public_access;

use config_rule::Entry;

pub use sns_encrypted_kms::SnsEncryptedKms;
pub use sns_topic_message_delivery_notification_enabled::SnsTopicMessageDeliveryNotificationEnabled;
pub use sns_topic_no_public_access::SnsTopicNoPublicAccess;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[
    Entry::item::<SnsEncryptedKms>(),
    Entry::item::<SnsTopicMessageDeliveryNotificationEnabled>(),
    Entry::item::<SnsTopicNoPublicAccess>(),
];
