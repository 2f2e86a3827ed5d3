//! What changed since an earlier run, whichever way that run is handed in.

use std::fs::{self, File};
use std::io::Write;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{RULES, Said, check, vitals};

const NOW: &str = "2026-11-21T00:00:00Z";

/// A folder with the estate as it was: other groups and volumes were noncompliant, and other resources were there.
struct Then {
    folder: TempDir,
}

impl Then {
    fn new() -> Self {
        let text = include_str!("estate.json");
        let mut estate: Value = serde_json::from_str(text).expect("JSON");
        let items = estate["configurationItems"].as_array_mut().expect("a list");
        let cidr = "/configuration/ipPermissions/0/ipv4Ranges/0/cidrIp";
        *items[0].pointer_mut(cidr).expect("sg-01") = json!("10.0.0.0/8");
        *items[1].pointer_mut(cidr).expect("sg-02") = json!("0.0.0.0/0");
        let mut retired = items[4].clone();
        retired["resourceId"] = json!("vol-09");
        items.push(retired);
        items.retain(|item| item["resourceId"] != "db-01");
        let then = Self { folder: tempfile::tempdir().expect("a folder") };
        then.write("estate.json", estate.to_string().as_bytes());
        then
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.path(name), bytes).expect("written");
    }

    /// The output of a run of then.
    fn output(&self, name: &str, args: &[&str]) {
        let estate = self.path("estate.json");
        let (estate, output) = (estate.to_str().expect("UTF-8"), self.path(name));
        let said =
            vitals(&[&["check", estate, "--now", NOW, "--output", output.to_str().expect("UTF-8")], args].concat());
        assert_ne!(said.code, Some(2), "{}", said.err);
    }

    fn compare(&self, name: &str, args: &[&str]) -> Said {
        check(&[&["--compare", self.path(name).to_str().expect("UTF-8")], args].concat())
    }

    /// The changes as `change rule id`.
    fn changes(&self, name: &str) -> Vec<String> {
        let said = self.compare(name, &["--format", "ndjson"]);
        assert_ne!(said.code, Some(2), "{}", said.err);
        said.out
            .lines()
            .map(|line| {
                let change: Value = serde_json::from_str(line).expect("a JSON object a line");
                let word = |name: &str| change[name].as_str().unwrap_or("-").to_owned();
                format!("{} {} {}", word("change"), word("rule"), word("resourceId"))
            })
            .collect()
    }
}

#[test]
fn the_changes_are_the_same_whatever_the_earlier_run_is_read_from() {
    let then = Then::new();
    then.output("old.ndjson", &["--rules", RULES, "--format", "ndjson"]);
    then.output("old.json", &["--rules", RULES, "--format", "json"]);
    let lines = fs::read(then.path("old.ndjson")).expect("a file");
    let mut zipped = GzEncoder::new(File::create(then.path("old.ndjson.gz")).expect("a file"), Compression::fast());
    zipped.write_all(&lines).and_then(|()| zipped.finish().map(drop)).expect("written");
    let object: Value = serde_json::from_slice(&fs::read(then.path("old.json")).expect("a file")).expect("JSON");
    let pretty = serde_json::to_string_pretty(&object).expect("JSON");
    // `serde_json` sorts the members; our own order is what an earlier run is known by.
    let pretty = format!("{{\n  \"tool\": \"vitals\",{}", pretty.replace(r#""tool": "vitals","#, "").split_off(1));
    then.write("pretty.json", pretty.as_bytes());

    for name in ["estate.json", "old.ndjson", "old.ndjson.gz", "old.json", "pretty.json"] {
        assert_eq!(
            then.changes(name),
            [
                "new rds-instance-public-access-check db-01",
                "new restricted-ssh sg-01",
                "resolved restricted-ssh sg-02",
                "appeared - db-01",
                "gone - vol-09",
            ],
            "{name}"
        );
    }
}

#[test]
fn changes_as_a_table_and_as_json() {
    let then = Then::new();
    insta::assert_snapshot!(then.compare("estate.json", &[]).out);
    let said = then.compare("estate.json", &["--format", "json"]);
    insta::assert_snapshot!(said.out.replace(env!("CARGO_PKG_VERSION"), "<version>"));
    let object: Value = serde_json::from_str(&said.out).expect("JSON");
    let lines = then.compare("estate.json", &["--format", "ndjson"]).out;
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(object["changes"], Value::Array(lines));
}

#[test]
fn nothing_changes_from_a_run_to_itself() {
    let said = check(&["--compare", "estate.json", "--format", "ndjson", "--fail-on", "new"]);
    assert_eq!((said.out.as_str(), said.code), ("", Some(0)), "{}", said.err);
}

#[test]
fn what_ends_with_one_is_chosen() {
    let then = Then::new();
    let code = |name: &str, args: &[&str]| then.compare(name, args).code;
    assert_eq!(code("estate.json", &[]), Some(1));
    assert_eq!(code("estate.json", &["--fail-on", "new"]), Some(1));
    assert_eq!(code("estate.json", &["--fail-on", "none"]), Some(0));
    // Only what was noncompliant before is left.
    let old = ["--fail-on", "new", "--region", "us-west-2"];
    assert_eq!(code("estate.json", &old), Some(0));
    assert_eq!(code("estate.json", &old[2..]), Some(1));
    assert_eq!(check(&["--fail-on", "none"]).code, Some(0));
    assert_eq!(check(&["--fail-on", "noncompliant"]).code, Some(1));
}

#[test]
fn a_rule_that_did_not_judge_before_makes_nothing_new() {
    let then = Then::new();
    then.output("old.ndjson", &["--rules", "restricted-ssh,rds-instance-public-access-check", "--format", "ndjson"]);
    then.output("old.json", &["--rules", "restricted-ssh,rds-instance-public-access-check", "--format", "json"]);
    // The object says that the other rule judged, though there was no instance.
    assert_eq!(
        then.changes("old.json"),
        [
            "new rds-instance-public-access-check db-01",
            "new restricted-ssh sg-01",
            "not-judged-before encrypted-volumes @vol, \"03\"",
            "not-judged-before encrypted-volumes vol-01",
            "resolved restricted-ssh sg-02",
            "appeared - db-01",
        ]
    );
    // Lines can't: of a type that they don't hold, all is new.
    let changes = then.changes("old.ndjson");
    assert!(changes.contains(&"new encrypted-volumes vol-01".to_owned()), "{changes:?}");

    // Where they do hold the type, the rule is known not to have judged.
    let line = r#"{"rule":"restricted-ssh","resourceType":"AWS::EC2::Volume","resourceId":"vol-01","accountId":"111122223333","region":"us-east-1","compliance":"COMPLIANT","annotation":null}"#;
    then.write("old.ndjson", line.as_bytes());
    let changes = then.changes("old.ndjson");
    assert!(changes.contains(&"not-judged-before encrypted-volumes vol-01".to_owned()), "{changes:?}");
    assert!(changes.contains(&"new restricted-ssh sg-01".to_owned()), "{changes:?}");
}

#[test]
fn a_rule_that_is_no_more_is_said_and_one_left_out_is_not() {
    let then = Then::new();
    let line = |rule: &str, compliance: &str| {
        format!(
            r#"{{"rule":"{rule}","resourceType":"AWS::EC2::SecurityGroup","resourceId":"sg-02","accountId":"111122223333","region":"us-east-1","compliance":"{compliance}","annotation":"as it was"}}"#
        )
    };
    let lines = [line("retired-rule", "NON_COMPLIANT"), line("s3-bucket-ssl-requests-only", "NON_COMPLIANT")];
    then.write("old.ndjson", [lines.as_slice(), &[line("restricted-ssh", "COMPLIANT")]].concat().join("\n").as_bytes());
    let changes = then.changes("old.ndjson");
    assert!(changes.contains(&"not-judged-now retired-rule sg-02".to_owned()), "{changes:?}");
    assert!(!changes.iter().any(|change| change.contains("s3-bucket-ssl-requests-only")), "{changes:?}");
}

#[test]
fn the_newest_state_of_a_resource_counts() {
    let then = Then::new();
    let estate: Value = serde_json::from_str(include_str!("estate.json")).expect("JSON");
    let open = estate["configurationItems"][0].clone();
    let mut closed = open.clone();
    *closed.pointer_mut("/configuration/ipPermissions/0/ipv4Ranges/0/cidrIp").expect("sg-01") = json!("10.0.0.0/8");
    then.write("closed.json", json!([open, closed]).to_string().as_bytes());
    then.write("opened.json", json!([closed, open]).to_string().as_bytes());
    let path = |name: &str| then.path(name).to_str().expect("UTF-8").to_owned();
    let compare = |new: &str, old: &str| {
        let args = ["check", &path(new), "--compare", &path(old), "--rules", "restricted-ssh", "--format", "ndjson"];
        let said = vitals(&args);
        said.out.lines().map(|line| line.split('"').nth(3).expect("the change").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(compare("opened.json", "closed.json"), ["new"]);
    assert_eq!(compare("closed.json", "opened.json"), ["resolved"]);
    assert_eq!(compare("closed.json", "closed.json"), Vec::<String>::new());
}

#[test]
fn what_could_not_be_judged_then_makes_the_comparison_incomplete() {
    let then = Then::new();
    let bad = json!([{ "resourceType": "AWS::EC2::Volume", "resourceId": "vol-01", "configuration": 7 }]);
    then.write("bad.json", bad.to_string().as_bytes());
    let said = then.compare("bad.json", &["--format", "json"]);
    assert_eq!(said.code, Some(2));
    assert!(said.out.contains(r#""complete":false"#), "{}", said.out);
    assert!(said.err.contains("bad.json, the item at byte 1"), "{}", said.err);
}

#[test]
fn notes_say_what_an_earlier_run_can_not_tell() {
    let then = Then::new();
    then.output("old.ndjson", &["--rules", RULES, "--format", "ndjson", "--only", "noncompliant"]);
    let said = then.compare("old.ndjson", &[]);
    assert!(said.err.contains("holds noncompliant verdicts only"), "{}", said.err);
    then.output("old.json", &["--rules", RULES, "--format", "json"]);
    let text = fs::read_to_string(then.path("old.json")).expect("a file");
    then.write("old.json", text.replace(r#""complete":true"#, r#""complete":false"#).as_bytes());
    let said = then.compare("old.json", &[]);
    assert!(said.err.contains("could not judge everything"), "{}", said.err);
}

#[test]
fn what_can_not_be_compared_is_said() {
    let then = Then::new();
    let folder = format!("{}/", then.folder.path().display());
    let said = |name: &str| then.compare(name, &[]).error().replace(&folder, "");
    then.output("only.json", &["--rules", RULES, "--format", "json", "--only", "noncompliant"]);
    insta::assert_snapshot!(
        said("only.json"),
        @"only.json can't be compared with: it was written with --only, and all verdicts are needed"
    );
    then.write("changes.json", then.compare("estate.json", &["--format", "json"]).out.as_bytes());
    insta::assert_snapshot!(said("changes.json"), @"changes.json can't be compared with: it holds no verdicts");
    then.output("old.json", &["--rules", RULES, "--format", "json"]);
    let text = fs::read_to_string(then.path("old.json")).expect("a file");
    then.write("cut.json", &text.as_bytes()[..text.len() / 2]);
    assert!(said("cut.json").starts_with("cut.json can't be compared with: EOF while parsing"), "{}", said("cut.json"));
    then.output("old.ndjson", &["--rules", RULES, "--format", "ndjson"]);
    let lines = fs::read_to_string(then.path("old.ndjson")).expect("a file");
    then.write("bad.ndjson", lines.replace("NOT_APPLICABLE", "UNKNOWN").as_bytes());
    insta::assert_snapshot!(
        said("bad.ndjson"),
        @"bad.ndjson: line 4 is no verdict: unknown variant `UNKNOWN`, expected one of `COMPLIANT`, `NON_COMPLIANT`, `NOT_APPLICABLE` at column 157"
    );
    insta::assert_snapshot!(said("no-such-file"), @"no-such-file can't be read: No such file or directory (os error 2)");
    then.write("other.json", b"{}");
    insta::assert_snapshot!(
        said("other.json"),
        @"other.json: it is JSON, but no data of AWS Config: expected a snapshot, a history file, an item, or a list or lines of items, at byte 1"
    );
    insta::assert_snapshot!(check(&["--compare", "-"]).error(), @"standard input: it is empty, at byte 0");
    insta::assert_snapshot!(
        then.compare("estate.json", &["--format", "sarif"]).error(),
        @"--compare writes table, json or ndjson; choose one of them as the --format"
    );
    for option in ["--only=compliant", "--verbose"] {
        let said = then.compare("estate.json", &[option]);
        assert_eq!(said.code, Some(2));
        assert!(said.err.contains("cannot be used with"), "{}", said.err);
    }
    let said = check(&["--fail-on", "new"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("--compare <OLD>"), "{}", said.err);
}
