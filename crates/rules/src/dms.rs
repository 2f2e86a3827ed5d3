//! Rules about AWS Database Migration Service.

mod dms_replication_not_public;

use config_rule::Entry;

pub use dms_replication_not_public::DmsReplicationNotPublic;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[Entry::item::<DmsReplicationNotPublic>()];
