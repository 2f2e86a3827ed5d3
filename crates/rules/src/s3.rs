//! Rules about Amazon S3.

mod s3_bucket_ssl_requests_only;

use config_rule::Entry;

pub use s3_bucket_ssl_requests_only::S3BucketSslRequestsOnly;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[Entry::item::<S3BucketSslRequestsOnly>()];
