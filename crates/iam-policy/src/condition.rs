//! `Condition`.

use serde_json::Value;

use crate::error::Fault;
use crate::operator::{Listed, Operator};
use crate::request::Request;
use crate::truth::Truth;

/// The condition block of a statement: tests that must all hold. Without tests it always holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Condition {
    tests: Vec<Test>,
}

/// One operator on one key; one of the values must match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Test {
    pub(crate) operator: Operator,
    /// In lower case: names of keys ignore letter case.
    pub(crate) key: String,
    pub(crate) values: Vec<String>,
}

impl Condition {
    /// Reads operator → key → value or values.
    pub(crate) fn read(block: Option<&Value>) -> Result<Condition, Fault> {
        block
            .map_or(Some(Condition::default()), tests)
            .ok_or(Fault::Malformed { element: "Condition", expected: "an object of operators, keys and values" })
    }

    /// Whether the block holds for a request.
    ///
    /// Each test is judged by itself: two tests of one unknown key that exclude each other leave it at
    /// [`Truth::Depends`].
    #[must_use]
    pub fn holds(&self, request: &Request) -> Truth {
        self.tests
            .iter()
            .map(|test| test.operator.holds(request.fact(&test.key), &test.values))
            .fold(Truth::Always, Truth::and)
    }

    /// Whether it holds for every request because it tests nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tests.is_empty()
    }

    /// Whether a key is tested at all.
    #[must_use]
    pub fn tests_key(&self, key: &str) -> bool {
        self.tests.iter().any(|test| test.key.eq_ignore_ascii_case(key))
    }

    /// The values of which the key must have one: fixed texts, without wildcards and variables. Nothing where the block
    /// also holds for requests that have another value, or that lack the key.
    #[must_use]
    pub fn fixed_values(&self, key: &str) -> Option<&[String]> {
        let mut tests = self.tests.iter().filter(|test| test.key.eq_ignore_ascii_case(key));
        let test = tests.find(|test| {
            test.operator.listed() == Some(Listed::Text)
                && self.admits_only_values_of(test)
                && test.values.iter().all(|value| is_fixed(value))
        })?;
        Some(&test.values)
    }

    pub(crate) fn tests(&self) -> &[Test] {
        &self.tests
    }

    /// Whether the block holds only for requests in which the test's key has one of the test's values.
    ///
    /// Not if the test passes requests without the key (`IfExists`, `ForAllValues`), unless another test asks for it.
    pub(crate) fn admits_only_values_of(&self, test: &Test) -> bool {
        let present = || {
            self.tests.iter().any(|other| {
                other.key == test.key
                    && other.operator.is_null()
                    && other.values.iter().all(|value| value.eq_ignore_ascii_case("false"))
            })
        };
        !test.operator.is_negated()
            && test.operator.listed().is_some()
            && !test.values.is_empty()
            && (!test.operator.holds_without_key() || present())
    }
}

/// Whether a value stands for itself alone. AWS takes wildcards for wildcards here whatever the operator.
pub(crate) fn is_fixed(value: &str) -> bool {
    !value.contains(['*', '?']) && !value.contains("${")
}

fn tests(block: &Value) -> Option<Condition> {
    let mut tests = Vec::new();
    for (operator, keys) in block.as_object()? {
        let operator = Operator::read(operator);
        for (key, values) in keys.as_object()? {
            tests.push(Test { operator, key: key.to_ascii_lowercase(), values: scalars(values)? });
        }
    }
    Some(Condition { tests })
}

/// One value or a list of them; the quotation marks of booleans and numbers are optional in the language.
fn scalars(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Array(list) => list.iter().map(scalar).collect(),
        single => Some(vec![scalar(single)?]),
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Truth::{Always, Depends, Never};
    use serde_json::json;

    fn holds(block: &Value, request: &Request) -> Truth {
        Condition::read(Some(block)).expect("well formed").holds(request)
    }

    /// What is known of a request to S3 over plain HTTP.
    fn check(table: &[(Value, Truth)]) {
        let request = Request::new().with("aws:SecureTransport", "false").without("s3:TlsVersion");
        for (block, expected) in table {
            assert_eq!(holds(block, &request), *expected, "{block}");
        }
    }

    #[test]
    fn booleans_and_null() {
        check(&[
            (json!({}), Always),
            (json!({"Bool": {}}), Always),
            (json!({"Bool": {"aws:SecureTransport": "false"}}), Always),
            (json!({"Bool": {"aws:SecureTransport": false}}), Always),
            (json!({"Bool": {"AWS:securetransport": ["FALSE"]}}), Always),
            (json!({"bool": {"aws:SecureTransport": "false"}}), Always),
            (json!({"Bool": {"aws:SecureTransport": "true"}}), Never),
            (json!({"Bool": {"aws:SecureTransport": ["true", "false"]}}), Always),
            (json!({"Bool": {"aws:SecureTransport": "no"}}), Depends),
            (json!({"Bool": {"aws:SecureTransport": []}}), Never),
            (json!({"BoolIfExists": {"aws:SecureTransport": []}}), Never),
            (json!({"StringNotEquals": {"aws:SecureTransport": []}}), Depends),
            (json!({"ForAllValues:Null": {"aws:SourceVpce": "true"}}), Always),
            (json!({"ForAnyValue:Null": {"aws:SourceVpce": "true"}}), Never),
            (json!({"BoolIfExists": {"aws:SecureTransport": "false"}}), Always),
            (json!({"BoolIfExists": {"aws:SecureTransport": "true"}}), Never),
            (json!({"ForAnyValue:Bool": {"aws:SecureTransport": "false"}}), Always),
            (json!({"ForAllValues:Bool": {"aws:SecureTransport": "true"}}), Never),
            (json!({"Null": {"aws:SecureTransport": "false"}}), Always),
            (json!({"Null": {"aws:SecureTransport": true}}), Never),
            (json!({"Null": {"aws:SecureTransport": ["true", "false"]}}), Always),
        ]);
    }

    #[test]
    fn strings() {
        check(&[
            (json!({"StringEquals": {"aws:SecureTransport": "false"}}), Always),
            (json!({"StringEquals": {"aws:SecureTransport": "False"}}), Never),
            (json!({"StringEqualsIgnoreCase": {"aws:SecureTransport": "False"}}), Always),
            (json!({"StringNotEquals": {"aws:SecureTransport": "true"}}), Always),
            (json!({"StringNotEquals": {"aws:SecureTransport": ["true", "false"]}}), Never),
            (json!({"StringNotEqualsIgnoreCase": {"aws:SecureTransport": "FALSE"}}), Never),
            (json!({"StringLike": {"aws:SecureTransport": "f*"}}), Always),
            (json!({"StringNotLike": {"aws:SecureTransport": "t*"}}), Always),
            (json!({"StringEquals": {"aws:SecureTransport": "${aws:PrincipalTag/tls}"}}), Depends),
            (json!({"StringNotEquals": {"aws:SecureTransport": ["false", "${aws:PrincipalTag/tls}"]}}), Never),
        ]);
    }

    #[test]
    fn all_tests_must_hold() {
        check(&[
            (
                json!({"Bool": {"aws:SecureTransport": "false"}, "StringNotEquals": {"aws:SourceVpce": "vpce-1"}}),
                Depends,
            ),
            (json!({"Bool": {"aws:SecureTransport": "true", "aws:ViaAWSService": "false"}}), Never),
            (json!({"Bool": {"aws:SecureTransport": "false"}, "NumericLessThan": {"s3:TlsVersion": 1.2}}), Never),
        ]);
    }

    #[test]
    fn absent_key() {
        check(&[
            (json!({"NumericLessThanIfExists": {"s3:TlsVersion": []}}), Always),
            (json!({"ForAllValues:NumericEquals": {"s3:TlsVersion": []}}), Always),
            (json!({"ForAnyValue:NumericEquals": {"s3:TlsVersion": []}}), Never),
            (json!({"NumericLessThan": {"s3:TlsVersion": 1.2}}), Never),
            (json!({"NumericLessThanIfExists": {"s3:TlsVersion": "1.2"}}), Always),
            (json!({"NumericNotEquals": {"s3:TlsVersion": 1.3}}), Always),
            (json!({"ForAnyValue:NumericNotEquals": {"s3:TlsVersion": 1.3}}), Never),
            (json!({"ForAllValues:NumericEquals": {"s3:TlsVersion": 1.3}}), Always),
            (json!({"Null": {"s3:TlsVersion": "true"}}), Always),
            (json!({"Null": {"s3:TlsVersion": "false"}}), Never),
            (json!({"NotIpAddress": {"s3:TlsVersion": "10.0.0.0/8"}}), Always),
            (json!({"ArnLike": {"s3:TlsVersion": "*"}}), Never),
            (json!({"DateLessThan": {"s3:TlsVersion": "2026-01-01T00:00:00Z"}}), Never),
            (json!({"DateNotEquals": {"s3:TlsVersion": "2026-01-01T00:00:00Z"}}), Always),
            (json!({"BinaryEquals": {"s3:TlsVersion": "eA=="}}), Never),
        ]);
    }

    #[test]
    fn unknown_key_or_operator() {
        check(&[
            (json!({"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}), Depends),
            (json!({"Null": {"aws:SourceVpce": "true"}}), Depends),
            (json!({"NumericLessThanIfExists": {"s3:max-keys": 10}}), Depends),
            (json!({"NullIfExists": {"aws:SecureTransport": "false"}}), Depends),
            (json!({"BoolEquals": {"aws:SecureTransport": "true"}}), Depends),
            (json!({"DateGreaterThan": {"aws:SecureTransport": "x"}}), Depends),
        ]);
    }

    #[test]
    fn numbers() {
        let request = Request::new().with("s3:TlsVersion", "1.2");
        for (operator, value, expected) in [
            ("NumericEquals", json!("1.20"), Always),
            ("NumericNotEquals", json!(1.2), Never),
            ("NumericLessThan", json!(1.2), Never),
            ("NumericLessThan", json!([1.1, 1.3]), Always),
            ("NumericLessThanEquals", json!(1.2), Always),
            ("NumericGreaterThan", json!(1), Always),
            ("NumericGreaterThanEquals", json!(1.3), Never),
            ("NumericLessThan", json!("many"), Depends),
        ] {
            let block = json!({operator: {"s3:TlsVersion": value}});
            assert_eq!(holds(&block, &request), expected, "{block}");
        }
    }

    #[test]
    fn tested_keys() {
        let block = json!({"Bool": {"aws:securetransport": "false"}});
        let condition = Condition::read(Some(&block)).expect("well formed");
        assert!(condition.tests_key("aws:SecureTransport"));
        assert!(!condition.tests_key("aws:SourceIp"));
    }

    #[test]
    fn fixed_values() {
        for (block, expected) in [
            (json!({"StringEquals": {"sts:ExternalId": "x"}}), Some(&["x"][..])),
            (json!({"StringLike": {"STS:externalid": ["x", "y"]}}), Some(&["x", "y"])),
            (json!({"ForAnyValue:StringEquals": {"sts:ExternalId": "x"}}), Some(&["x"])),
            (json!({"StringEquals": {"sts:ExternalId": "x"}, "Bool": {"k": "true"}}), Some(&["x"])),
            (
                json!({"StringEqualsIfExists": {"sts:ExternalId": "x"}, "Null": {"sts:ExternalId": "false"}}),
                Some(&["x"]),
            ),
            (json!({"StringLike": {"sts:ExternalId": "*"}, "StringEquals": {"sts:ExternalId": "x"}}), Some(&["x"])),
            (json!({}), None),
            (json!({"StringEquals": {"sts:ExternalId": []}}), None),
            (json!({"StringEquals": {"aws:PrincipalOrgID": "x"}}), None),
            (json!({"StringEqualsIfExists": {"sts:ExternalId": "x"}}), None),
            (json!({"StringEqualsIfExists": {"sts:ExternalId": "x"}, "Null": {"sts:ExternalId": "true"}}), None),
            (
                json!({"StringEqualsIfExists": {"sts:ExternalId": "x"}, "StringNotEquals": {"sts:ExternalId": "false"}}),
                None,
            ),
            (
                json!({"StringEqualsIfExists": {"sts:ExternalId": "x"}, "ForAllValues:Null": {"sts:ExternalId": "false"}}),
                None,
            ),
            (json!({"ForAllValues:StringEquals": {"sts:ExternalId": "x"}}), None),
            (json!({"StringNotEquals": {"sts:ExternalId": "x"}}), None),
            (json!({"StringLike": {"sts:ExternalId": "x*"}}), None),
            (json!({"StringLike": {"sts:ExternalId": ["x", "*"]}}), None),
            (json!({"StringEquals": {"sts:ExternalId": "${aws:username}"}}), None),
            (json!({"Null": {"sts:ExternalId": "false"}}), None),
            (json!({"Bool": {"sts:ExternalId": "true"}}), None),
        ] {
            let condition = Condition::read(Some(&block)).expect("well formed");
            let expected: Option<Vec<String>> = expected.map(|values| values.iter().map(|&v| v.to_owned()).collect());
            assert_eq!(condition.fixed_values("sts:ExternalId"), expected.as_deref(), "{block}");
        }
    }

    #[test]
    fn malformed() {
        for block in [
            json!(null),
            json!("x"),
            json!({"Bool": "x"}),
            json!({"Bool": {"k": null}}),
            json!({"Bool": {"k": {}}}),
            json!({"Bool": {"k": [["x"]]}}),
        ] {
            assert!(Condition::read(Some(&block)).is_err(), "{block}");
        }
    }
}
