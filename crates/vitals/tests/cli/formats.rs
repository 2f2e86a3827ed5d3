//! Each format as it is, and the machines' formats read back: all say the same.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::{check, command, vitals};

/// Rule, type, id, account, region, compliance, annotation.
type Verdict = [Option<String>; 7];

const WORDS: [&str; 7] = ["rule", "resourceType", "resourceId", "accountId", "region", "compliance", "annotation"];

fn verdict(value: &Value) -> Verdict {
    WORDS.map(|word| value[word].as_str().map(str::to_owned))
}

fn ndjson() -> BTreeSet<Verdict> {
    let said = check(&["--format", "ndjson"]);
    assert_eq!(said.code, Some(1));
    let verdicts: Vec<Value> =
        said.out.lines().map(|line| serde_json::from_str(line).expect("a JSON object a line")).collect();
    for verdict in &verdicts {
        let words: BTreeSet<_> = verdict.as_object().expect("an object").keys().map(String::as_str).collect();
        assert_eq!(words, BTreeSet::from(WORDS));
    }
    let set: BTreeSet<_> = verdicts.iter().map(verdict).collect();
    assert_eq!(set.len(), verdicts.len());
    set
}

fn noncompliant() -> BTreeSet<Verdict> {
    ndjson().into_iter().filter(|verdict| verdict[5].as_deref() == Some("NON_COMPLIANT")).collect()
}

#[test]
fn table() {
    insta::assert_snapshot!(check(&[]).out);
}

#[test]
fn table_of_all_verdicts() {
    insta::assert_snapshot!(check(&["--verbose"]).out);
}

#[test]
fn table_of_what_complies() {
    insta::assert_snapshot!(check(&["--only", "compliant"]).out);
}

#[test]
fn ndjson_lines() {
    insta::assert_snapshot!(check(&["--format", "ndjson"]).out);
}

#[test]
fn json_object() {
    let said = check(&["--format", "json"]);
    insta::assert_snapshot!(said.out.replace(env!("CARGO_PKG_VERSION"), "<version>"));
    let object: Value = serde_json::from_str(&said.out).expect("JSON");
    let verdicts = object["verdicts"].as_array().expect("a list").iter().map(verdict).collect();
    assert_eq!(ndjson(), verdicts);
    assert_eq!(object["complete"], true);
}

#[test]
fn csv_rows() {
    let said = check(&["--format", "csv"]);
    insta::assert_snapshot!(said.out.replace("\r\n", "␍\n"));
    let mut rows = csv::Reader::from_reader(said.out.as_bytes());
    let header = rows.headers().expect("a header").clone();
    let verdicts = rows.records().map(|row| {
        let row = row.expect("as many fields as the header has");
        WORDS.map(|word| {
            let column = header.iter().position(|name| name == word).expect("every word is a column");
            Some(row[column].strip_prefix('\'').unwrap_or(&row[column]).to_owned()).filter(|field| !field.is_empty())
        })
    });
    assert_eq!(ndjson(), verdicts.collect());
}

#[test]
fn junit_suites() {
    let said = check(&["--format", "junit"]);
    insta::assert_snapshot!(said.out);
    let document = roxmltree::Document::parse(&said.out).expect("XML");
    let mut verdicts = BTreeSet::new();
    for suite in document.root_element().children().filter(roxmltree::Node::is_element) {
        let cases: Vec<_> = suite.children().filter(roxmltree::Node::is_element).collect();
        assert_eq!(suite.attribute("tests"), Some(cases.len().to_string().as_str()));
        for case in cases {
            let (account, region) = case.attribute("classname").expect("a place").split_once('/').expect("two parts");
            let (resource_type, id) = case.attribute("name").expect("a name").split_once(' ').expect("two parts");
            let (compliance, annotation) = match case.first_element_child() {
                None => ("COMPLIANT", None),
                Some(failure) if failure.has_tag_name("failure") => ("NON_COMPLIANT", failure.attribute("message")),
                Some(skipped) => ("NOT_APPLICABLE", skipped.attribute("message")),
            };
            let known = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
            verdicts.insert([
                suite.attribute("name").map(str::to_owned),
                known(resource_type),
                known(id),
                known(account),
                known(region),
                known(compliance),
                annotation.map(str::to_owned),
            ]);
        }
    }
    assert_eq!(ndjson(), verdicts);
}

#[test]
fn sarif_results() {
    let said = check(&["--format", "sarif"]);
    let log: Value = serde_json::from_str(&said.out).expect("JSON");
    assert_valid_sarif(&log);
    let run = &log["runs"][0];
    insta::assert_snapshot!(serde_json::to_string_pretty(&run["results"]).expect("JSON"));
    let results = run["results"].as_array().expect("a list");
    assert_eq!(noncompliant(), results.iter().map(|result| verdict(&result["properties"])).collect());
    let rules = run["tool"]["driver"]["rules"].as_array().expect("a list");
    let ids: Vec<_> = rules.iter().filter_map(|rule| rule["id"].as_str()).collect();
    assert_eq!(ids, crate::RULES.split(',').collect::<Vec<_>>());
    for result in results {
        let place = usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("a place");
        assert_eq!(result["ruleId"], rules[place]["id"]);
        assert_eq!(result["level"], rules[place]["defaultConfiguration"]["level"]);
    }
    assert!(rules[1]["properties"]["controls"]["hipaa"].is_array(), "{}", rules[1]);
}

/// The schema says where it is from.
pub(crate) fn assert_valid_sarif(log: &Value) {
    let schema: Value = serde_json::from_str(include_str!("sarif-schema-2.1.0.json")).expect("JSON");
    let validator = jsonschema::draft7::new(&schema).expect("a schema");
    assert!(!validator.is_valid(&json!({ "version": "2.1.0" })), "runs are required");
    let errors: Vec<_> =
        validator.iter_errors(log).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn a_log_without_results_is_valid_sarif_too() {
    let said = check(&["--format", "sarif", "--region", "us-west-2", "--resource-type", "AWS::EC2::Volume"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert_valid_sarif(&serde_json::from_str(&said.out).expect("JSON"));
}

#[test]
fn fingerprints_stay_from_run_to_run() {
    let fingerprints = |args: &[&str]| -> Vec<Value> {
        let log: Value = serde_json::from_str(&check(&[&["--format", "sarif"], args].concat()).out).expect("JSON");
        let results = log["runs"][0]["results"].as_array().expect("a list");
        results.iter().map(|result| result["partialFingerprints"].clone()).collect()
    };
    let all = fingerprints(&[]);
    let one = fingerprints(&["--severity", "critical"]);
    assert_eq!(one.len(), 1);
    assert!(all.contains(&one[0]));
}

#[test]
fn only_decides_what_is_shown_but_not_how_it_ends() {
    for format in ["ndjson", "csv", "json", "junit"] {
        let said = check(&["--format", format, "--only", "not-applicable"]);
        assert_eq!(said.code, Some(1), "{format}");
        assert!(said.out.contains("sg-04") && !said.out.contains("sg-01"), "{format}: {}", said.out);
    }
    let said = check(&["--format", "sarif", "--only", "compliant,noncompliant"]);
    insta::assert_snapshot!(said.error(), @"SARIF holds noncompliant verdicts only; leave --only out or choose another --format");
}

#[test]
fn what_can_not_be_judged_is_said_in_every_format() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("estate.json");
    fs::write(&path, r#"[{"resourceType": "AWS::EC2::Volume", "resourceId": "vol-1", "configuration": 7}]"#)
        .expect("written");
    let path = path.to_str().expect("UTF-8");
    for (format, sign) in [
        ("table", "Not everything could be judged"),
        ("json", r#""complete":false"#),
        ("junit", r#"errors="1""#),
        ("sarif", r#""executionSuccessful":false"#),
        ("csv", ""),
        ("ndjson", ""),
    ] {
        let said = vitals(&["check", path, "--rules", "encrypted-volumes", "--format", format]);
        assert_eq!(said.code, Some(2), "{format}");
        assert!(said.out.contains(sign), "{format}: {}", said.out);
        assert!(said.err.contains("the item at byte 1"), "{}", said.err);
        if format == "junit" {
            roxmltree::Document::parse(&said.out).expect("XML");
        }
    }
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("verdicts.json");
    let path = path.to_str().expect("UTF-8");
    fs::write(path, "earlier").expect("written");

    let said = vitals(&["check", "estate.json", "no-such-file.json", "--format", "json", "--output", path]);
    insta::assert_snapshot!(said.error(), @"no-such-file.json can't be read: No such file or directory (os error 2)");
    assert_eq!(fs::read_to_string(path).expect("a file"), "earlier");

    let said = check(&["--format", "json", "--output", path]);
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
    assert_eq!(fs::read_to_string(path).expect("a file"), check(&["--format", "json"]).out);
    assert_eq!(check(&["--format", "json", "--output", "-"]).out, check(&["--format", "json"]).out);
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "a temporary file is left behind");
}

#[test]
fn what_can_not_be_written_is_said() {
    let said = check(&["--output", "no-such-folder/verdicts.txt"]);
    assert!(said.error().starts_with("--output no-such-folder/verdicts.txt can't be written: "), "{}", said.err);
    let said = check(&["--output", "."]);
    insta::assert_snapshot!(said.error(), @"--output . is no ordinary file; redirect the standard output to it instead");
}

#[test]
fn a_closed_pipe_is_no_error() {
    for format in ["table", "json", "ndjson", "csv", "junit", "sarif"] {
        let mut child = command(&["check", "estate.json", "--format", format])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("vitals runs");
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().expect("a pipe").read_to_string(&mut err).expect("UTF-8");
        assert!(child.wait().expect("vitals ends").success(), "{format}: {err}");
        assert!(!err.contains("error") && !err.contains("panicked"), "{format}: {err}");
    }
}

/// The estate without the volume that has no account, which Security Hub would not take.
const IN_A_PLACE: [&str; 2] = ["--account", "111122223333,444455556666"];

#[test]
fn asff_calls() {
    let said = check(&[&["--format", "asff"], &IN_A_PLACE[..]].concat());
    let mut places = BTreeSet::new();
    let mut failed = BTreeSet::new();
    for call in said.out.lines() {
        let call: Value = serde_json::from_str(call).expect("a JSON object a line");
        for finding in call["Findings"].as_array().expect("findings") {
            // A call goes to one account and region.
            places.insert((finding["AwsAccountId"].to_string(), finding["ProductArn"].to_string()));
            // What is gone leaves Security Hub's list.
            let gone = finding["Compliance"]["Status"] == "NOT_AVAILABLE";
            assert_eq!(finding["RecordState"], if gone { "ARCHIVED" } else { "ACTIVE" });
            if finding["Compliance"]["Status"] == "FAILED" {
                failed.insert(finding["Id"].as_str().expect("an id").to_owned());
            }
        }
    }
    assert_eq!(places.len(), said.out.lines().count());
    let expected = noncompliant().into_iter().filter(|verdict| verdict[3].is_some()).map(|verdict| {
        let [rule, resource_type, id, account, region] =
            [0, 1, 2, 3, 4].map(|word| verdict[word].clone().expect("known"));
        format!("vitals/{rule}/{account}/{region}/{resource_type}/{id}")
    });
    assert_eq!(failed, expected.collect());
}

#[test]
fn asff_needs_a_place() {
    let said = check(&["--format", "asff"]);
    assert!(said.error().starts_with("AWS::EC2::Volume @vol, \"03\" has no account or no region"), "{}", said.err);
}

#[test]
fn ocsf_events() {
    let said = check(&["--format", "ocsf"]);
    let schema: Value = serde_json::from_str(include_str!("ocsf-compliance-finding-1.5.0.json")).expect("JSON");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let mut failed = BTreeSet::new();
    for event in said.out.lines() {
        let event: Value = serde_json::from_str(event).expect("a JSON object a line");
        let mistakes: Vec<_> =
            schema.iter_errors(&event).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(mistakes.is_empty(), "{mistakes:?}\n{event}");
        if event["compliance"]["status_id"] == 3 {
            failed
                .insert((event["compliance"]["control"].to_string(), event["compliance"]["status_detail"].to_string()));
        }
    }
    let expected =
        noncompliant().into_iter().map(|verdict| (json!(verdict[0]).to_string(), json!(verdict[6]).to_string()));
    assert_eq!(failed, expected.collect());
    assert_eq!(said.out.lines().count(), ndjson().len());
}
