//! Where a resource is, for formats that know no `global`.

use crate::record::Record;

/// A partition of AWS and a region in it.
pub(crate) struct Place<'a> {
    pub(crate) partition: &'static str,
    pub(crate) region: &'a str,
}

impl<'a> Place<'a> {
    /// The place of a verdict's resource. What AWS Config records as `global` is told in the region where AWS keeps the
    /// partition's IAM.
    pub(crate) fn of(record: &Record<'a>) -> Option<Self> {
        let region = record.region?;
        let named = record.arn.and_then(|arn| arn.strip_prefix("arn:")?.split(':').next());
        let partition = match (region, named) {
            ("global", Some("aws-cn")) => "aws-cn",
            ("global", Some("aws-us-gov")) => "aws-us-gov",
            (region, _) if region.starts_with("cn-") => "aws-cn",
            (region, _) if region.starts_with("us-gov-") => "aws-us-gov",
            _ => "aws",
        };
        let region = match (region, partition) {
            ("global", "aws-cn") => "cn-north-1",
            ("global", "aws-us-gov") => "us-gov-west-1",
            ("global", _) => "us-east-1",
            (region, _) => region,
        };
        Some(Self { partition, region })
    }
}
