//! Accepted noncompliance: in every format of `check`, and the commands about the file itself.

use std::fs;

use serde_json::Value;

use crate::{Said, check, vitals};

const FILE: &str = "exceptions.toml";
const NOW: [&str; 2] = ["--now", "2026-11-21T00:00:00Z"];

fn excepted(args: &[&str]) -> Said {
    check(&[&["--exceptions", FILE], args].concat())
}

/// Runs `vitals exceptions` with a file of this text, named `FILE` in what it says.
fn exceptions(command: &str, text: &str, args: &[&str]) -> Said {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("some.toml");
    fs::write(&path, text).expect("written");
    let path = path.to_str().expect("UTF-8");
    let mut said = vitals(&[&["exceptions", command, path], &NOW[..], args].concat());
    said.err = said.err.replace(path, "FILE");
    said.out = said.out.replace(path, "FILE");
    said
}

/// The one exception that the tests of mistakes are about.
fn one(more: &str) -> String {
    format!("[[exception]]\nrule = \"restricted-ssh\"\nowner = \"o\"\nticket = \"T-1\"\nreason = \"r\"\n{more}\n")
}

#[test]
fn the_table_names_exceptions_and_counts_them() {
    let said = excepted(&[]);
    insta::assert_snapshot!(said.out);
    insta::assert_snapshot!(said.err, @"note: exceptions.toml:20: SEC-125 from encrypted-volumes had nothing to accept: nothing that it matches is noncompliant");
    assert_eq!(said.code, Some(1), "other things are noncompliant");
    let compliant = excepted(&["--only", "compliant"]).out;
    assert!(compliant.contains("claims-db (db-01, 111122223333 us-east-1): exception SEC-124 until"), "{compliant}");
}

#[test]
fn what_is_accepted_does_not_fail_the_run() {
    let rules = ["check", "estate.json", "--rules", "restricted-ssh", "--account", "111122223333"];
    let plain = vitals(&[&rules[..], &NOW].concat());
    assert_eq!(plain.code, Some(1), "{}{}", plain.out, plain.err);
    let said = vitals(&[&rules[..], &NOW, &["--exceptions", FILE]].concat());
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
    let over = vitals(&[&rules[..], &["--now", "2027-01-01T00:00:00Z", "--exceptions", FILE]].concat());
    assert_eq!(over.code, Some(1), "{}{}", over.out, over.err);
    insta::assert_snapshot!(over.err, @"warning: exceptions.toml:1: SEC-123 from restricted-ssh expired on 2026-12-31 and accepts nothing");
}

#[test]
fn every_machine_format_holds_the_exception() {
    insta::assert_snapshot!("csv", excepted(&["--format", "csv"]).out.replace("\r\n", "␍\n"));
    insta::assert_snapshot!("junit", excepted(&["--format", "junit"]).out);
    let ndjson = excepted(&["--format", "ndjson"]).out;
    let lines: Vec<_> = ndjson.lines().filter(|line| line.contains("SEC-")).collect();
    insta::assert_snapshot!("ndjson", lines.join("\n"));
    let json: Value = serde_json::from_str(&excepted(&["--format", "json"]).out).expect("JSON");
    assert_eq!(json["totals"]["excepted"], 2);
    assert_eq!(json["totals"]["rules"]["restricted-ssh"]["excepted"], 1);
}

/// Suppressed is what SARIF calls a result that somebody accepted.
#[test]
fn sarif_suppresses_what_is_accepted() {
    let log: Value = serde_json::from_str(&excepted(&["--format", "sarif"]).out).expect("JSON");
    crate::formats::assert_valid_sarif(&log);
    let results = log["runs"][0]["results"].as_array().expect("a list");
    let suppressed: Vec<_> =
        results.iter().filter(|result| result["suppressions"][0].is_object()).map(|r| &r["suppressions"]).collect();
    assert_eq!(results.len(), 4);
    insta::assert_snapshot!(serde_json::to_string_pretty(&suppressed).expect("JSON"));
}

#[test]
fn what_is_newly_noncompliant_and_accepted_does_not_fail_a_comparison() {
    let folder = tempfile::tempdir().expect("a folder");
    let old = folder.path().join("old.json");
    fs::write(&old, "{\"configurationItems\":[]}").expect("written");
    let compare = ["--compare", old.to_str().expect("UTF-8"), "--fail-on", "new"];
    let volumes = ["--resource-type", "AWS::EC2::SecurityGroup", "--account", "111122223333"];
    assert_eq!(check(&[&compare[..], &volumes].concat()).code, Some(1));
    let said = excepted(&[&compare[..], &volumes].concat());
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
    assert!(said.out.contains("exception SEC-123 until 2026-12-31"), "{}", said.out);
}

#[test]
fn mistakes_are_shown_with_file_and_line() {
    let said = exceptions("check", &one("resource = \"sg-1\"\nexpires = \"soon\"\neffect = \"off\""), &[]);
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""));
    insta::assert_snapshot!(said.err, @r"
    error: FILE:7: `expires` is no day; write it as 2026-12-31
    error: FILE:8: `effect` is `off`; write annotate or compliant
    ");
    let said = check(&["--exceptions", "no-such-file.toml"]);
    insta::assert_snapshot!(said.error(), @"no-such-file.toml can't be read: No such file or directory (os error 2)");
}

#[test]
fn what_is_over_is_a_mistake_of_the_file() {
    for command in ["check", "compile"] {
        let said = exceptions(command, &one("resource = \"sg-1\"\nexpires = 2026-11-20"), &[]);
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{command}");
        insta::allow_duplicates! { insta::assert_snapshot!(said.err, @"error: FILE:1: T-1 from restricted-ssh expired on 2026-11-20; remove it or renew it"); }
    }
}

#[test]
fn the_end_of_an_exception_is_told_thirty_days_before() {
    let said = exceptions("check", &one("resource = \"sg-1\"\nexpires = 2026-12-21"), &[]);
    assert_eq!(said.code, Some(0));
    insta::assert_snapshot!(said.out + &said.err, @r"
    FILE: in order; exceptions: 1, rules: 1
    warning: FILE:1: T-1 from restricted-ssh expires on 2026-12-21
    ");
    let said = exceptions("check", &one("resource = \"sg-1\"\nexpires = 2026-12-22"), &[]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
}

#[test]
fn a_pattern_that_matches_nothing_is_a_mistake() {
    let said = exceptions("check", &one("resource = \"sg-1\"\nexpires = 2027-12-31"), &["estate.json"]);
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""));
    insta::assert_snapshot!(said.err, @"error: FILE:1: T-1 from restricted-ssh matches no resource that the rule judges; correct it");
    let volume = one("resource = \"vol-01\"\nexpires = 2027-12-31");
    assert_eq!(exceptions("check", &volume, &["estate.json"]).code, Some(2), "the rule does not judge volumes");
    let said = vitals(&[&["exceptions", "check", FILE, "estate.json"], &NOW[..]].concat());
    assert_eq!(said.code, Some(0), "{}", said.err);
    insta::assert_snapshot!(said.out, @"exceptions.toml: in order; exceptions: 3, rules: 3");
}

#[test]
fn compile_makes_a_parameter_a_rule() {
    let said = vitals(&[&["exceptions", "compile", FILE], &NOW[..]].concat());
    assert_eq!(said.code, Some(0), "{}", said.err);
    insta::assert_snapshot!(said.out);
    insta::assert_snapshot!("compile_notes", said.err);
}

#[test]
fn what_does_not_fit_is_refused_by_name() {
    let many = |count: usize| -> String {
        (0..count).map(|n| one(&format!("resource = \"sg-{n:0100}\"\nexpires = 2027-12-31"))).collect()
    };
    assert_eq!(exceptions("compile", &many(20), &[]).code, Some(0));
    let said = exceptions("compile", &many(30), &[]);
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""));
    insta::assert_snapshot!(said.err, @"error: FILE: the exceptions from restricted-ssh take 5461 bytes, but a parameter holds 4096; name several resources by one pattern, or shorten the reasons");
    insta::assert_snapshot!(exceptions("compile", "", &[]).error(), @"FILE holds no exception: deploy the root stack with ExceptedRules empty, and delete the other stack");
}
