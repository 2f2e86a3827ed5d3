//! Rules about Amazon DynamoDB.

mod dynamodb_pitr_enabled;
mod dynamodb_table_encrypted_kms;

use config_rule::Entry;

pub use dynamodb_pitr_enabled::DynamodbPitrEnabled;
pub use dynamodb_table_encrypted_kms::DynamodbTableEncryptedKms;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[Entry::item::<DynamodbPitrEnabled>(), Entry::item::<DynamodbTableEncryptedKms>()];
