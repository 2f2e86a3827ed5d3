//! What the evaluations of a month would cost. The numbers are computed by hand beside the module.

use std::fs;

use serde_json::{Value, json};

use crate::{RULES, Said, vitals};

fn cost(args: &[&str]) -> Said {
    vitals(&[&["check", "estate.json", "--rules", RULES, "--cost"], args].concat())
}

fn report(args: &[&str]) -> Value {
    let said = cost(&[&["--format", "json"], args].concat());
    assert_eq!(said.code, Some(0), "{}", said.err);
    serde_json::from_str(&said.out).expect("JSON")
}

/// Runs over a file of items that is made here.
fn cost_of(items: &Value, args: &[&str]) -> Said {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("items.json");
    fs::write(&path, items.to_string()).expect("written");
    let path = path.to_str().expect("UTF-8");
    let said = vitals(&[&["check", path, "--cost", "--rules", "encrypted-volumes"], args].concat());
    Said { err: said.err.replace(path, "items.json"), ..said }
}

fn volume(id: &str, time: &str) -> Value {
    json!({
        "awsAccountId": "111122223333",
        "awsRegion": "us-east-1",
        "resourceType": "AWS::EC2::Volume",
        "resourceId": id,
        "configurationItemStatus": "OK",
        "configurationItemCaptureTime": time,
    })
}

#[test]
fn table() {
    insta::assert_snapshot!(cost(&[]).out);
}

#[test]
fn table_of_packs() {
    insta::assert_snapshot!(cost(&["--framework", "hipaa", "--framework", "pci-dss-4.0"]).out);
}

#[test]
fn json_object() {
    let said = cost(&["--format", "json", "--region", "us-west-2"]);
    insta::assert_snapshot!(said.out.replace(env!("CARGO_PKG_VERSION"), "<version>"));
}

#[test]
fn a_rule_counts_in_each_pack() {
    let one = report(&["--framework", "hipaa"]);
    let two = report(&["--framework", "hipaa", "--framework", "pci-dss-4.0"]);
    let evaluations = |report: &Value, pack: usize| report["packs"][pack]["evaluations"].as_u64().expect("a number");
    assert_eq!(evaluations(&two, 0), evaluations(&one, 0));
    assert!(evaluations(&two, 1) > 0);
    assert_eq!(two["evaluations"].as_u64(), Some(evaluations(&two, 0) + evaluations(&two, 1)));
}

#[test]
fn a_month_is_ten_times_its_tenth() {
    // 73 of 730 hours; 60,001 changes are 600,010 evaluations: 100 + 400,000 * 0.0008 + 100,010 * 0.0005.
    let mut items = vec![volume("vol-1", "2026-11-01T00:00:00Z"); 60_000];
    items.push(volume("vol-1", "2026-11-04T01:00:00Z"));
    let said = cost_of(&Value::Array(items), &["--format", "json"]);
    let report: Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(report["evaluations"], 600_010);
    assert_eq!(report["price"], 470.005);
    assert_eq!(report["packs"][0]["rules"][0]["onChange"], 600_010);
    assert_eq!(report["unconfirmed"][0], "Above 500000 evaluations, one costs 0.0005 USD.");
}

#[test]
fn little_history_is_said() {
    let items = json!([volume("vol-1", "2026-11-01T00:00:00Z"), volume("vol-1", "2026-11-07T21:00:00Z")]);
    let said = cost_of(&items, &[]);
    assert!(said.out.contains("Warning: 6.9 days say little of a month"), "{}", said.out);
    assert!(!said.out.contains("one item a resource"), "{}", said.out);
    let items = json!([volume("vol-1", "2026-11-01T00:00:00Z"), volume("vol-2", "2026-11-08T00:00:00Z")]);
    let said = cost_of(&items, &[]);
    assert!(!said.out.contains("little of a month"), "{}", said.out);
    assert!(said.out.contains("Warning: there is one item a resource"), "{}", said.out);
}

#[test]
fn what_can_not_be_estimated_is_said() {
    insta::assert_snapshot!(
        cost(&["--format", "csv"]).error(),
        @"--cost writes table or json; choose one of them as the --format"
    );
    insta::assert_snapshot!(
        cost(&["--region", "us-east-2"]).error(),
        @"--region us-east-2: no item is there; there are us-east-1, us-west-2"
    );
    insta::assert_snapshot!(cost_of(&json!([]), &[]).error(), @"there is no item to count");
    insta::assert_snapshot!(
        cost_of(&json!([volume("vol-1", "2026-11-01T00:00:00Z")]), &[]).error(),
        @"all items are of one moment (2026-11-01T00:00:00Z), so nothing can be said of a month; add history files"
    );
    let mut timeless = volume("vol-3", "");
    timeless.as_object_mut().expect("an object").remove("configurationItemCaptureTime");
    let items = json!([volume("vol-1", "2026-11-01T00:00:00Z"), volume("vol-2", "2026-11-02T00:00:00Z"), timeless]);
    let said = cost_of(&items, &[]);
    insta::assert_snapshot!(said.error(), @"items.json, the item at byte 393: AWS::EC2::Volume vol-3: there is no capture time");
    assert!(said.out.contains("Not everything could be counted"), "{}", said.out);
    for option in
        ["--compare=estate.json", "--only=compliant", "--verbose", "--fail-on=none", "--parameters=x", "--now=x"]
    {
        let said = cost(&[option]);
        assert_eq!(said.code, Some(2));
        assert!(said.err.contains("cannot be used with"), "{option}: {}", said.err);
    }
}
