//! Rules about AWS Elastic Beanstalk.

use config_rule::Entry;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[];
