//! Rules about Amazon Kinesis Data Streams.

mod kinesis_stream_encrypted;

use config_rule::Entry;

pub use kinesis_stream_encrypted::KinesisStreamEncrypted;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[Entry::item::<KinesisStreamEncrypted>()];
