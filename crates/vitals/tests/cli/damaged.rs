//! Items that are not JSON.

use std::io::Write as _;

use crate::vitals;

/// Whether a rule reads it or not: where an item isn't JSON, nothing is said of its resource, and it is told once.
#[test]
fn what_no_rule_reads_of_an_item_must_still_be_json() {
    let item = |id: &str, rest: &str| format!(r#"{{"resourceId": "{id}", "awsRegion": "us-east-1", {rest}}}"#);
    let good = item("good", r#""resourceType": "AWS::EC2::Volume", "configuration": {"encrypted": true}"#);
    let bad = [
        item("read", r#""resourceType": "AWS::EC2::Volume", "configuration": {"encrypted": tru}"#),
        item("passed-over", r#""resourceType": "AWS::EC2::Volume", "configuration": {"encrypted": true, "a": [1,]}"#),
        item("brackets", r#""resourceType": "AWS::EC2::Volume", "configuration": {"encrypted": true, "a": [1}}"#),
        item("other-part", r#""resourceType": "AWS::EC2::Volume", "configuration": null, "tags": {"a" "b"}"#),
        item("supplementary", r#""resourceType": "AWS::EC2::Volume", "supplementaryConfiguration": {"a": 01}"#),
        item("no-rule", r#""resourceType": "AWS::New::Type", "configuration": {"a": 1 "b": 2}"#),
        item(
            "gone",
            r#""resourceType": "AWS::EC2::Volume", "configurationItemStatus": "ResourceDeleted", "configuration": {"a": }"#,
        ),
        item("elsewhere", r#""resourceType": "AWS::EC2::Volume", "configuration": {"a": nul}"#)
            .replace("us-east-1", "eu-west-1"),
    ];
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    write!(file, "[{},{good}]", bad.join(",")).expect("it can be written to");
    let path = file.path().to_str().expect("its path is text");
    let said = vitals(&["check", path, "--rules", "encrypted-volumes", "--region", "us-east-1", "--format", "ndjson"]);
    assert_eq!(said.code, Some(2), "{}", said.err);
    assert!(said.out.contains(r#""resourceId":"good""#) && said.out.lines().count() == 1, "{}", said.out);
    assert_eq!(said.err.lines().count(), bad.len(), "{}", said.err);
    for line in said.err.lines() {
        assert!(line.contains("not a configuration item: no JSON object, or not a well-formed one"), "{line}");
    }
}
