//! Rules about Amazon S3.

pub mod s3_bucket_ssl_requests_only;

use config_rule::Entry;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[Entry::item::<s3_bucket_ssl_requests_only::S3BucketSslRequestsOnly>()];
