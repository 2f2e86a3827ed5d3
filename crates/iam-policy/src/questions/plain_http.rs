//! Does the policy of a bucket deny plain HTTP?

use std::fmt;

use crate::document::Policy;
use crate::pattern::Pattern;
use crate::principal::Principals;
use crate::request::Request;
use crate::statement::{Effect, Label, Statement};
use crate::truth::Truth;

/// What is missing until a bucket's policy denies every request over plain HTTP. Its text is made for a rule's reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap<'p> {
    /// No statement denies plain HTTP, not even in part.
    NoDeny,
    /// The bucket is covered, its objects are not.
    OnlyBucket,
    /// The objects are covered, the bucket is not.
    OnlyObjects,
    /// A statement denies plain HTTP, but not every request.
    Narrowed {
        /// The first such statement.
        statement: Label<'p>,
        /// What narrows it.
        by: Narrowing,
    },
}

/// What keeps a statement from applying to every request over plain HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Narrowing {
    /// It is not about everyone.
    Principals,
    /// It is not about every action of S3.
    Actions,
    /// It is about neither the bucket nor all of its objects.
    Resources,
    /// It asks for more than plain HTTP.
    Condition,
}

const SECURE_TRANSPORT: &str = "aws:SecureTransport";

/// What is missing until the policy of a bucket denies every request over plain HTTP; nothing if it does.
///
/// Asked is an explicit deny, for everyone and every action of S3, on the bucket and on all of its objects; several
/// statements may share the work by resource. An `Allow` that asks for HTTPS is no such deny, for another policy may
/// allow the same without asking (<https://repost.aws/knowledge-center/s3-bucket-policy-for-config-rule>).
///
/// The bucket is given by its ARN, not its name: which partition it is in must be known, or a `NotResource` that
/// excludes it in this one would seem to cover it in another.
#[must_use]
pub fn plain_http_gap<'p>(policy: &'p Policy, bucket_arn: &str) -> Option<Gap<'p>> {
    // Without TLS there is no version of it.
    let request = Request::new().with(SECURE_TRANSPORT, "false").without("s3:TlsVersion");
    let denies: Vec<(&Statement, Option<Narrowing>)> = policy
        .statements
        .iter()
        .filter(|statement| statement.effect == Effect::Deny)
        .filter_map(|statement| match statement.condition.holds(&request) {
            Truth::Never => None,
            Truth::Always => Some((statement, narrowed(statement))),
            Truth::Depends => Some((statement, narrowed(statement).or(Some(Narrowing::Condition)))),
        })
        .collect();
    let covered = |arns: &str| {
        let arns = Pattern::new(arns);
        denies.iter().any(|(statement, narrowing)| {
            narrowing.is_none() && statement.resources.as_ref().is_some_and(|resources| resources.covers(&arns))
        })
    };
    match (covered(bucket_arn), covered(&format!("{bucket_arn}/?*"))) {
        (true, true) => return None,
        (true, false) => return Some(Gap::OnlyBucket),
        (false, true) => return Some(Gap::OnlyObjects),
        (false, false) => {}
    }
    // A deny that doesn't ask for the transport is about something else, and no attempt to deny plain HTTP.
    let attempt = denies.iter().find(|(statement, _)| statement.condition.tests_key(SECURE_TRANSPORT));
    Some(attempt.map_or(Gap::NoDeny, |(statement, narrowing)| Gap::Narrowed {
        statement: statement.label(),
        by: narrowing.unwrap_or(Narrowing::Resources),
    }))
}

/// What narrows a statement besides its resources and its condition.
fn narrowed(statement: &Statement) -> Option<Narrowing> {
    let anyone = statement.principals.as_ref().is_some_and(Principals::is_anyone);
    if !anyone {
        Some(Narrowing::Principals)
    } else if !statement.actions.covers_service("s3") {
        Some(Narrowing::Actions)
    } else {
        None
    }
}

impl fmt::Display for Gap<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (statement, by) = match self {
            Gap::NoDeny => return f.write_str("no statement denies requests over plain HTTP"),
            Gap::OnlyBucket => {
                return f.write_str("plain HTTP is denied for the bucket but not for its objects");
            }
            Gap::OnlyObjects => {
                return f.write_str("plain HTTP is denied for the objects but not for the bucket");
            }
            Gap::Narrowed { statement, by } => (statement, by),
        };
        write!(f, "{statement} denies plain HTTP ")?;
        f.write_str(match by {
            Narrowing::Principals => "for some principals only",
            Narrowing::Actions => "for some actions only",
            Narrowing::Resources => "for neither the bucket nor all of its objects",
            Narrowing::Condition => "under a further condition only",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const BUCKET: &str = "arn:aws:s3:::b";
    const OBJECTS: &str = "arn:aws:s3:::b/*";

    /// AWS's own example with some elements replaced; `null` takes one out.
    fn deny(changes: &Value) -> Value {
        let mut statement = json!({
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": [BUCKET, OBJECTS],
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        });
        let object = statement.as_object_mut().expect("an object");
        for (element, value) in changes.as_object().expect("an object") {
            match value {
                Value::Null => object.remove(element),
                value => object.insert(element.clone(), value.clone()),
            };
        }
        statement
    }

    fn gap(statements: &Value) -> Option<String> {
        let policy = Policy::from_value(&json!({"Statement": statements})).expect("well formed");
        plain_http_gap(&policy, BUCKET).map(|gap| gap.to_string())
    }

    #[test]
    fn denied() {
        for changes in [
            json!({}),
            json!({"Principal": {"AWS": "*"}}),
            json!({"Principal": {"AWS": ["111122223333", "*"]}}),
            json!({"Action": "*"}),
            json!({"Action": ["s3:GetObject", "S3:*"]}),
            json!({"Action": null, "NotAction": "iam:*"}),
            json!({"Resource": "*"}),
            json!({"Resource": "arn:aws:s3:::b*"}),
            json!({"Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/?*"]}),
            json!({"Resource": ["arn:*:s3:::b", "arn:*:s3:::b/*"]}),
            json!({"Resource": null, "NotResource": "arn:aws:s3:::other/*"}),
            json!({"Condition": null}),
            json!({"Condition": {"BoolIfExists": {"aws:SecureTransport": false}}}),
            json!({"Condition": {"StringNotEquals": {"aws:SecureTransport": "true"}}}),
            json!({"Condition": {"Null": {"aws:SecureTransport": "false"}}}),
            json!({"Condition": {"NumericLessThanIfExists": {"s3:TlsVersion": 1.2}}}),
        ] {
            assert_eq!(gap(&deny(&changes)), None, "{changes}");
        }
    }

    #[test]
    fn in_every_partition() {
        for partition in ["aws", "aws-cn", "aws-us-gov"] {
            let arn = format!("arn:{partition}:s3:::b");
            let statement = deny(&json!({"Resource": [arn, format!("{arn}/*")]}));
            let policy = Policy::from_value(&json!({"Statement": statement}));
            assert_eq!(plain_http_gap(&policy.expect("well formed"), &arn), None);
        }
    }

    #[test]
    fn several_statements_share_the_work() {
        let allow = json!({"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"});
        let bucket = deny(&json!({"Resource": BUCKET}));
        let objects = deny(&json!({"Resource": OBJECTS}));
        assert_eq!(gap(&json!([objects, allow, bucket])), None);
    }

    #[test]
    fn not_denied() {
        const NO_DENY: &str = "no statement denies requests over plain HTTP";
        const BUCKET_ONLY: &str = "plain HTTP is denied for the bucket but not for its objects";
        const OBJECTS_ONLY: &str = "plain HTTP is denied for the objects but not for the bucket";
        const PRINCIPALS: &str = "statement 1 denies plain HTTP for some principals only";
        const ACTIONS: &str = "statement 1 denies plain HTTP for some actions only";
        const RESOURCES: &str = "statement 1 denies plain HTTP for neither the bucket nor all of its objects";
        const CONDITION: &str = "statement 1 denies plain HTTP under a further condition only";
        for (changes, expected) in [
            (json!({"Resource": BUCKET}), BUCKET_ONLY),
            (json!({"Resource": OBJECTS}), OBJECTS_ONLY),
            (json!({"Resource": [BUCKET, "arn:aws:s3:::b/phi/*"]}), BUCKET_ONLY),
            (json!({"Resource": [BUCKET, "arn:aws-cn:s3:::b/*"]}), BUCKET_ONLY),
            (json!({"Resource": null, "NotResource": "arn:aws:s3:::b/public/*"}), BUCKET_ONLY),
            (json!({"Resource": "arn:aws:s3:::b/phi/*"}), RESOURCES),
            (json!({"Resource": "arn:aws:s3:::other"}), RESOURCES),
            (json!({"Resource": null}), RESOURCES),
            (json!({"Principal": {"AWS": "111122223333"}}), PRINCIPALS),
            (json!({"Principal": null, "NotPrincipal": {"AWS": "111122223333"}}), PRINCIPALS),
            (json!({"Principal": null}), PRINCIPALS),
            (json!({"Action": "s3:GetObject"}), ACTIONS),
            (json!({"Action": null, "NotAction": "s3:GetBucketLocation"}), ACTIONS),
            (
                json!({"Condition": {
                    "Bool": {"aws:SecureTransport": "false"},
                    "StringNotEquals": {"aws:SourceVpce": "vpce-1"},
                }}),
                CONDITION,
            ),
            (json!({"Condition": {"StringEquals": {"aws:SecureTransport": "${aws:PrincipalTag/tls}"}}}), CONDITION),
            (json!({"Effect": "Allow"}), NO_DENY),
            (json!({"Effect": "Allow", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}), NO_DENY),
            (json!({"Condition": {"Bool": {"aws:SecureTransport": "true"}}}), NO_DENY),
            (json!({"Condition": {"NumericLessThan": {"s3:TlsVersion": 1.2}}}), NO_DENY),
            (json!({"Action": "s3:DeleteBucket", "Condition": null}), NO_DENY),
            (json!({"Condition": {"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}), NO_DENY),
        ] {
            assert_eq!(gap(&deny(&changes)).as_deref(), Some(expected), "{changes}");
        }
        assert_eq!(gap(&json!([])).as_deref(), Some(NO_DENY));
    }

    #[test]
    fn the_narrowed_statement_is_named_briefly() {
        let statements = json!([
            deny(&json!({"Action": "s3:PutObject", "Condition": {"Null": {"s3:x-amz-acl": "true"}}})),
            deny(&json!({"Sid": "x".repeat(500), "Action": "s3:GetObject"})),
        ]);
        let gap = gap(&statements).expect("narrowed");
        assert!(gap.starts_with("statement \"xxx"), "{gap}");
        assert!(gap.chars().count() < 200, "{gap}");
    }
}
