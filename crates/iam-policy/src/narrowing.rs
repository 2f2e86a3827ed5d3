//! Which conditions narrow *who* makes a request to principals that are fixed.
//!
//! The keys, and what counts as fixed, are those of "The meaning of public" in the S3 user guide, which AWS Config's
//! rules about SNS topics and Lambda functions repeat: values without wildcards and variables. Added are newer keys of
//! the same kind. What tells how a request is made (`aws:SecureTransport`, `aws:Referer`, `kms:ViaService`) or what is
//! the same in every account (`aws:username`, `aws:VpcSourceIp`) narrows nobody.

use std::net::IpAddr;

use crate::condition::{Condition, Test, is_fixed};
use crate::operator::Listed;

/// Keys of which a fixed value stands for principals that somebody chose; in lower case.
const IDENTIFYING: [&str; 14] = [
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceorgid",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:userid",
    "aws:vpceaccount",
    "aws:vpceorgid",
    "kms:calleraccount",
    "s3:dataaccesspointaccount",
];

/// Keys whose values are paths that start with the id of an organization, and usually end with `*`.
const ORGANIZATION_PATHS: [&str; 3] = ["aws:principalorgpaths", "aws:sourceorgpaths", "aws:vpceorgpaths"];

/// Whether a condition, of an `Allow`, holds for requests of fixed principals only.
pub(crate) fn admits_only_fixed(condition: &Condition) -> bool {
    condition.tests().iter().any(|test| condition.admits_only_values_of(test) && names_fixed(test))
}

/// Whether a condition, of a `Deny`, holds for all requests but those of fixed principals.
///
/// Each test has to: a request is spared that fails any of them.
pub(crate) fn spares_only_fixed(condition: &Condition) -> bool {
    condition.tests().iter().all(|test| {
        test.operator.is_negated() && test.operator.holds_without_key() && !test.values.is_empty() && names_fixed(test)
    })
}

fn names_fixed(test: &Test) -> bool {
    let key = test.key.as_str();
    let fixed: fn(&str) -> bool = match test.operator.listed() {
        Some(Listed::Address) if key == "aws:sourceip" => is_narrow_range,
        Some(Listed::Text) if IDENTIFYING.contains(&key) => is_fixed,
        Some(Listed::Text) if ORGANIZATION_PATHS.contains(&key) => |path| is_fixed(part(path, '/', 0)),
        // The S3 user guide excepts this key: the name of the access point may have wildcards.
        Some(Listed::Text) if key == "s3:dataaccesspointarn" => {
            |arn| (0..5).all(|i| is_fixed(part(arn, ':', i))) && !part(arn, ':', 4).is_empty()
        }
        _ => return false,
    };
    test.values.iter().all(|value| fixed(value))
}

fn part(text: &str, separator: char, i: usize) -> &str {
    text.split(separator).nth(i).unwrap_or(text)
}

/// Whether a range of addresses is none of those that S3 takes for the internet: wider than /8, in IPv6 than /32.
fn is_narrow_range(text: &str) -> bool {
    let (address, length) = match text.split_once('/') {
        Some((address, length)) => (address, length.parse().ok()),
        None => (text, Some(u8::MAX)),
    };
    match (address.parse(), length) {
        (Ok(IpAddr::V4(_)), Some(length)) => length >= 8,
        (Ok(IpAddr::V6(_)), Some(length)) => length >= 32,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn condition(block: &Value) -> Condition {
        Condition::read(Some(block)).expect("well formed")
    }

    #[test]
    fn admitting() {
        for (block, expected) in [
            (json!({"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}), true),
            (json!({"StringEquals": {"AWS:SourceOwner": "111122223333"}}), true),
            (json!({"StringEquals": {"aws:SourceAccount": ["111122223333", "444455556666"]}}), true),
            (json!({"StringLike": {"aws:SourceVpce": "vpce-0a1b2c3d"}}), true),
            (json!({"ArnEquals": {"aws:SourceArn": "arn:aws:s3:::claims"}}), true),
            (json!({"StringEqualsIgnoreCase": {"aws:PrincipalAccount": "111122223333"}}), true),
            (json!({"ForAnyValue:StringEquals": {"aws:SourceVpc": "vpc-0a1b2c3d"}}), true),
            (json!({"StringEquals": {"aws:userid": "AIDAIOSFODNN7EXAMPLE"}}), true),
            (json!({"StringEquals": {"kms:CallerAccount": "111122223333", "kms:ViaService": "s3.*"}}), true),
            (json!({"StringLike": {"s3:DataAccessPointArn": "arn:aws:s3:us-east-1:111122223333:accesspoint/*"}}), true),
            (json!({"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/*"}}), true),
            (json!({"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "10.0.0.0/8", "198.51.100.7"]}}), true),
            (json!({"IpAddress": {"aws:SourceIp": "2001:db8::/32"}}), true),
            (
                json!({
                    "StringEqualsIfExists": {"aws:SourceAccount": "111122223333"},
                    "Null": {"aws:SourceAccount": "false"},
                }),
                true,
            ),
            (json!({"Bool": {"aws:SecureTransport": "true"}, "StringEquals": {"aws:SourceVpc": "vpc-0a1b2c3d"}}), true),
            (json!({}), false),
            (json!({"Bool": {"aws:SecureTransport": "true"}}), false),
            (json!({"StringLike": {"aws:Referer": "https://www.meridian.example/page"}}), false),
            (json!({"StringEquals": {"aws:UserAgent": "secret"}}), false),
            (json!({"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}), false),
            (json!({"StringEquals": {"aws:username": "alice"}}), false),
            (json!({"StringEquals": {"aws:PrincipalTag/team": "claims"}}), false),
            (json!({"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/24"}}), false),
            (json!({"Bool": {"aws:PrincipalIsAWSService": "true"}}), false),
            (json!({"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}), false),
            (json!({"ForAllValues:StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}), false),
            (json!({"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}), false),
            (json!({"StringLike": {"aws:PrincipalOrgID": "o-*"}}), false),
            (json!({"StringEquals": {"aws:SourceAccount": "*"}}), false),
            (json!({"StringEquals": {"aws:SourceAccount": "${aws:ResourceAccount}"}}), false),
            (json!({"StringEquals": {"aws:SourceAccount": []}}), false),
            (json!({"StringLike": {"aws:SourceVpc": ["vpc-0a1b2c3d", "vpc-*"]}}), false),
            (json!({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/x"}}), false),
            (json!({"ArnLike": {"aws:SourceArn": "arn:aws:s3:*:*:claims"}}), false),
            (json!({"StringLike": {"aws:userid": "AROAIOSFODNN7EXAMPLE:*"}}), false),
            (json!({"StringLike": {"s3:DataAccessPointArn": "arn:aws:s3:us-east-1:*:accesspoint/x"}}), false),
            (json!({"StringLike": {"s3:DataAccessPointArn": "*"}}), false),
            (json!({"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-*/r-ab12/*"}}), false),
            (json!({"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "*"}}), false),
            (json!({"Null": {"aws:SourceVpce": "false"}}), false),
            (json!({"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}), false),
            (json!({"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "0.0.0.0/1"]}}), false),
            (json!({"IpAddress": {"aws:SourceIp": "12.0.0.0/7"}}), false),
            (json!({"IpAddress": {"aws:SourceIp": "::/0"}}), false),
            (json!({"IpAddress": {"aws:SourceIp": "2001::/31"}}), false),
            (json!({"IpAddress": {"aws:SourceIp": "the office"}}), false),
            (json!({"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}), false),
            (json!({"StringEquals": {"aws:SourceIp": "203.0.113.7"}}), false),
        ] {
            assert_eq!(admits_only_fixed(&condition(&block)), expected, "{block}");
        }
    }

    #[test]
    fn sparing() {
        for (block, expected) in [
            (json!({}), true),
            (json!({"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}), true),
            (json!({"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}), true),
            (json!({"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}), true),
            (json!({"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/x"}}), true),
            (
                json!({"StringNotEquals": {"aws:SourceVpce": "vpce-0a1b2c3d", "aws:PrincipalAccount": "111122223333"}}),
                true,
            ),
            (json!({"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}), false),
            (json!({"StringNotEquals": {"aws:PrincipalOrgID": []}}), false),
            (json!({"StringNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/x"}}), false),
            (json!({"ForAnyValue:StringNotEquals": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*"}}), false),
            (json!({"Bool": {"aws:SecureTransport": "false"}}), false),
            (
                json!({
                    "StringNotEquals": {"aws:SourceVpce": "vpce-0a1b2c3d"},
                    "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
                }),
                false,
            ),
        ] {
            assert_eq!(spares_only_fixed(&condition(&block)), expected, "{block}");
        }
    }
}
