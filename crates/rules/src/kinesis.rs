//! Rules about Amazon Kinesis Data Streams.

use config_rule::Entry;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[];
