//! What rules about distributions share.

use config_item::views::cloudfront::{DistributionConfig, Origin};
use config_rule::CannotJudge;

/// The reason where an item lacks what all rules about distributions look into.
pub(super) const NO_CONFIG: &str = "the item does not hold the distribution's configuration";

/// The reason where an item lacks the origins.
pub(super) const NO_ORIGINS: &str = "the item does not list the distribution's origins";

/// The distribution's origins, where the item lists them.
pub(super) fn origins(config: &DistributionConfig) -> Result<Option<&[Origin]>, CannotJudge> {
    Ok(match config.origins()? {
        Some(origins) => origins.items()?,
        None => None,
    })
}

/// The origin in words, by the name that it has in the distribution.
pub(super) fn named(origin: &Origin) -> Result<String, CannotJudge> {
    Ok(match origin.id()? {
        Some(id) => format!("the origin {id}"),
        None => "an origin without an id".to_owned(),
    })
}

/// Whether the origin is a bucket that CloudFront asks through S3's API. A bucket's website is no such origin: it is an
/// HTTP server without TLS, and can't be closed to everyone but CloudFront.
pub(super) fn is_bucket(origin: &Origin) -> Result<bool, CannotJudge> {
    Ok(origin.s3()?.is_some() || origin.domain_name()?.and_then(bucket_of).is_some())
}

/// The bucket that a domain name of S3's API stands for.
pub(super) fn bucket_of(domain: &str) -> Option<&str> {
    let host = domain.strip_suffix(".cn").unwrap_or(domain).strip_suffix(".amazonaws.com")?;
    let (bucket, endpoint) = host.rsplit_once(".s3")?;
    // What follows: nothing, `.us-east-1`, `-us-west-2`, `.dualstack.us-east-1`.
    let is_api = (endpoint.is_empty() || endpoint.starts_with(['.', '-'])) && !endpoint.starts_with("-website");
    is_api.then_some(bucket)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domain_names_of_buckets() {
        for (domain, bucket) in [
            ("meridian-eob.s3.amazonaws.com", Some("meridian-eob")),
            ("meridian-eob.s3.us-east-1.amazonaws.com", Some("meridian-eob")),
            ("meridian-eob.s3-us-west-2.amazonaws.com", Some("meridian-eob")),
            ("meridian-eob.s3.dualstack.us-east-1.amazonaws.com", Some("meridian-eob")),
            ("meridian-eob.s3.cn-north-1.amazonaws.com.cn", Some("meridian-eob")),
            ("docs.meridian.example.s3.amazonaws.com", Some("docs.meridian.example")),
            ("meridian.s3.archive.s3.amazonaws.com", Some("meridian.s3.archive")),
            ("meridian-eob.s3-website-us-east-1.amazonaws.com", None),
            ("meridian-eob.s3-website.eu-central-1.amazonaws.com", None),
            ("portal-160681750.us-east-1.elb.amazonaws.com", None),
            ("meridian-eob.s3.amazonaws.com.meridian.example", None),
            ("s3.amazonaws.com", None),
            ("", None),
        ] {
            assert_eq!(bucket_of(domain), bucket, "{domain}");
        }
    }
}
