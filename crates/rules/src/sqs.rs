//! Rules about Amazon SQS.

mod sqs_queue_encrypted;

use config_rule::Entry;

pub use sqs_queue_encrypted::SqsQueueEncrypted;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[Entry::item::<SqsQueueEncrypted>()];
