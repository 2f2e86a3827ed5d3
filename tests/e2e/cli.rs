//! The command line, as somebody at a terminal uses it.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{
    ACM, CAPTURED, Ended, NOTIFIED, SSL, binaries, bucket, certificate, change, open_bucket, oversized, principal,
    project, read_json, run, scheduled, vitals,
};

const IAM: &str = "iam-no-inline-policy-check";
const RULES: [&str; 3] = [ACM, IAM, SSL];

/// What `check` may be given in these tests: rules and a time that don't change as the registry grows.
fn check_arguments(paths: &[&str]) -> Vec<String> {
    let rules = RULES.join(",");
    let fixed = ["check", "--now", NOTIFIED, "--rules", &rules];
    fixed.iter().chain(paths).map(ToString::to_string).collect()
}

/// Runs `vitals` in a folder.
fn told(folder: &TempDir, arguments: &[&str]) -> Ended {
    run(&mut vitals(folder.path(), arguments), b"")
}

fn put(folder: &TempDir, name: &str, content: impl AsRef<[u8]>) {
    fs::write(folder.path().join(name), content).expect("the folder can be written to");
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("there is room for a folder")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory can be written to");
    encoder.finish().expect("memory can be written to")
}

/// An estate in which each rule of [`RULES`] has something to say.
fn estate() -> Vec<Value> {
    let mut deleted = bucket("deleted-bucket");
    deleted["configurationItemStatus"] = "ResourceDeleted".into();
    deleted["configuration"] = Value::Null;
    let mut named = principal("user", "AIDAEXAMPLE", &["everything"]);
    named["resourceName"] = "clerk".into();
    vec![
        certificate("arn:aws:acm:us-east-1:123456789012:certificate/soon", "2024-03-05T00:00:00.000Z"),
        certificate("arn:aws:acm:us-east-1:123456789012:certificate/later", "2025-01-01T00:00:00.000Z"),
        named,
        bucket("closed-bucket"),
        open_bucket("open-bucket"),
        deleted,
        json!({
            "resourceType": "AWS::New::Thing",
            "resourceId": "of-no-rule",
            "configurationItemStatus": "OK",
            "configurationItemCaptureTime": CAPTURED,
        }),
    ]
}

/// The same item as the API answers it.
fn api_shape(item: &Value) -> Value {
    let mut item = item.clone();
    let members = item.as_object_mut().expect("an item is an object");
    for (event, api) in [
        ("configurationItemVersion", "version"),
        ("awsAccountId", "accountId"),
        ("ARN", "arn"),
        ("configurationStateMd5Hash", "configurationItemMD5Hash"),
    ] {
        if let Some(value) = members.remove(event) {
            members.insert(api.to_owned(), value);
        }
    }
    if let Some(configuration) = members.get_mut("configuration") {
        *configuration = configuration.to_string().into();
    }
    if let Some(Value::Object(supplementary)) = members.get_mut("supplementaryConfiguration") {
        supplementary.values_mut().for_each(|value| *value = value.to_string().into());
    }
    item
}

/// The verdicts of `check --format ndjson`, sorted.
fn verdicts(ended: &Ended) -> Vec<String> {
    let mut lines: Vec<_> = ended.stdout.lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

// check

#[test]
fn check_gives_the_same_verdicts_whatever_the_file_is() {
    let items = estate();
    let snapshot = json!({"fileVersion": "1.0", "configSnapshotId": "s", "configurationItems": items}).to_string();
    let ndjson = items.iter().map(Value::to_string).collect::<Vec<_>>().join("\n");
    let api: Vec<_> = items.iter().map(api_shape).collect();
    let (first, second) = ndjson.split_at(ndjson.len() / 2);

    let folder = folder();
    put(&folder, "snapshot.json", &snapshot);
    put(&folder, "history.json", json!({"fileVersion": "1.0", "configurationItems": items}).to_string());
    put(&folder, "api.json", json!({"configurationItems": api, "nextToken": "more"}).to_string());
    put(&folder, "batch.json", json!({"baseConfigurationItems": api, "unprocessedResourceKeys": []}).to_string());
    put(&folder, "list.json", json!(items).to_string());
    put(&folder, "pretty.json", serde_json::to_string_pretty(&items).expect("it is JSON"));
    put(&folder, "bom.json", format!("\u{feff}{snapshot}"));
    put(&folder, "lines.ndjson", &ndjson);
    put(&folder, "snapshot.json.gz", gzip(snapshot.as_bytes()));
    put(&folder, "members.gz", [gzip(first.as_bytes()), gzip(second.as_bytes())].concat());
    put(&folder, "gzip-without-its-name", gzip(snapshot.as_bytes()));
    fs::create_dir_all(folder.path().join("single/inner")).expect("the folder can be written to");
    put(&folder, "single/ConfigWritabilityCheckFile", "no item");
    let place = |number| if number % 2 == 0 { "single" } else { "single/inner" };
    let single: Vec<_> = (0..items.len()).map(|number| format!("{}/{number}.json", place(number))).collect();
    for (path, item) in single.iter().zip(&items) {
        put(&folder, path, item.to_string());
    }
    let single: Vec<&str> = single.iter().map(String::as_str).collect();

    let check = |paths: &[&str], stdin: &[u8]| {
        let mut command = vitals(folder.path(), check_arguments(paths));
        let ended = run(command.args(["--format", "ndjson"]), stdin);
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(1), ""), "{paths:?}");
        verdicts(&ended)
    };
    let expected = check(&["snapshot.json"], b"");
    assert_eq!(expected.len(), 6, "{expected:?}");
    for file in [
        "history.json",
        "api.json",
        "batch.json",
        "list.json",
        "pretty.json",
        "bom.json",
        "lines.ndjson",
        "snapshot.json.gz",
        "members.gz",
        "gzip-without-its-name",
    ] {
        assert_eq!(check(&[file], b""), expected, "{file}");
    }
    assert_eq!(check(&single, b""), expected, "single items");
    assert_eq!(check(&["single"], b""), expected, "a folder");
    assert_eq!(check(&["-"], snapshot.as_bytes()), expected, "standard input");
    assert_eq!(check(&["-"], &gzip(snapshot.as_bytes())), expected, "standard input, packed");
}

/// Scripts rely on these names.
#[test]
fn a_verdict_for_programs_has_exactly_these_members() {
    let folder = folder();
    put(&folder, "list.json", json!(estate()).to_string());
    let ended = run(vitals(folder.path(), check_arguments(&["list.json"])).args(["--format", "ndjson"]), b"");
    for line in ended.stdout.lines() {
        let verdict: serde_json::Map<String, Value> = serde_json::from_str(line).expect("the line is an object");
        let members: BTreeSet<_> = verdict.keys().map(String::as_str).collect();
        let expected = ["accountId", "annotation", "compliance", "region", "resourceId", "resourceType", "rule"].into();
        assert_eq!(members, expected, "{line}");
    }
    insta::assert_snapshot!(ended.stdout);
}

#[test]
fn a_table_for_people_shows_totals_and_reasons() {
    let folder = folder();
    put(&folder, "list.json", json!(estate()).to_string());
    let ended = run(&mut vitals(folder.path(), check_arguments(&["list.json"])), b"");
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(1), ""));
    insta::assert_snapshot!(ended.stdout);
}

#[test]
fn the_exit_code_says_what_was_found() {
    let folder = folder();
    put(&folder, "clean.json", bucket("clean").to_string());
    put(&folder, "open.json", open_bucket("open").to_string());
    put(&folder, "broken.json", json!([{"resourceType": "AWS::S3::Bucket"}, open_bucket("other")]).to_string());
    put(&folder, "of-no-rule.json", json!({"resourceType": "AWS::New::Thing", "resourceId": "x"}).to_string());
    for (paths, code) in [
        (["clean.json", "clean.json"], 0),
        (["of-no-rule.json", "clean.json"], 0),
        (["clean.json", "open.json"], 1),
        (["open.json", "clean.json"], 1),
        (["open.json", "broken.json"], 2),
        (["broken.json", "clean.json"], 2),
    ] {
        for format in ["table", "ndjson"] {
            let mut command = vitals(folder.path(), check_arguments(&paths));
            assert_eq!(run(command.args(["--format", format]), b"").code, Some(code), "{paths:?} as {format}");
        }
    }
}

#[test]
fn a_malformed_item_does_not_stop_the_rest() {
    let folder = folder();
    let mut unreadable = certificate("unreadable", "some day");
    unreadable["configuration"]["inUseBy"] = json!(7);
    let mut odd_status = bucket("odd-status");
    odd_status["configurationItemStatus"] = "Fine".into();
    let items = json!([
        {"resourceType": "AWS::S3::Bucket"},
        "no item at all",
        unreadable,
        odd_status,
        open_bucket("after-them"),
    ]);
    put(&folder, "list.json", items.to_string());
    let ended = run(vitals(folder.path(), check_arguments(&["list.json"])).args(["--format", "ndjson"]), b"");
    assert_eq!(ended.code, Some(2));
    let [verdict] = ended.stdout.lines().collect::<Vec<_>>()[..] else { panic!("not one verdict: {}", ended.stdout) };
    assert!(verdict.contains("after-them") && verdict.contains("NON_COMPLIANT"), "{verdict}");
    insta::assert_snapshot!(ended.stderr);
}

#[test]
fn parameters_time_and_rules_are_obeyed() {
    let folder = folder();
    put(&folder, "list.json", json!(estate()).to_string());
    put(&folder, "parameters.json", json!({ACM: {"daysToExpiration": "3"}}).to_string());
    let compliance = |arguments: &[&str]| {
        let mut command = vitals(folder.path(), ["check", "list.json", "--format", "ndjson", "--rules", ACM]);
        let ended = run(command.args(arguments), b"");
        assert_ne!(ended.code, Some(2), "{}", ended.stderr);
        let found = ended.stdout.lines().map(|line| {
            let verdict: Value = serde_json::from_str(line).expect("the line is JSON");
            assert_eq!(verdict["rule"], ACM);
            verdict["compliance"].as_str().expect("it is a string").to_owned()
        });
        found.collect::<Vec<_>>()
    };
    assert_eq!(compliance(&["--now", NOTIFIED]), ["NON_COMPLIANT", "COMPLIANT"]);
    assert_eq!(compliance(&["--now", NOTIFIED, "--parameters", "parameters.json"]), ["COMPLIANT", "COMPLIANT"]);
    assert_eq!(compliance(&["--now", "2024-12-31T00:00:00Z"]), ["NON_COMPLIANT", "NON_COMPLIANT"]);
    assert_eq!(compliance(&["--now", "2023-12-31T00:00:00Z"]), ["COMPLIANT", "COMPLIANT"]);
}

/// A history file holds a resource as often as it changed; what is judged is how it stands, or stood.
#[test]
fn of_several_states_the_newest_is_judged() {
    let folder = folder();
    let state = |item: Value, captured: &str| {
        let mut item = item;
        item["configurationItemCaptureTime"] = captured.into();
        item
    };
    let newest = state(bucket("b"), "2024-03-03T00:00:00.000Z");
    let older = [state(open_bucket("b"), "2024-03-02T00:00:00.000Z"), state(bucket("b"), "2024-03-01T00:00:00.000Z")];
    put(&folder, "newest.json", newest.to_string());
    put(&folder, "older.json", json!({"fileVersion": "1.0", "configurationItems": older}).to_string());
    for (paths, at, verdicts) in [
        (["newest.json", "older.json"], "2024-03-04T00:00:00Z", vec!["COMPLIANT"]),
        (["older.json", "newest.json"], "2024-03-03T00:00:00Z", vec!["COMPLIANT"]),
        (["newest.json", "older.json"], "2024-03-02T12:00:00Z", vec!["NON_COMPLIANT"]),
        (["newest.json", "older.json"], "2024-03-01T12:00:00Z", vec!["COMPLIANT"]),
        (["newest.json", "older.json"], "2024-02-01T00:00:00Z", vec![]),
    ] {
        let mut command = vitals(folder.path(), check_arguments(&paths));
        let ended = run(command.args(["--format", "ndjson", "--at", at]), b"");
        let found: Vec<Value> =
            ended.stdout.lines().map(|line| serde_json::from_str(line).expect("the line is JSON")).collect();
        assert_eq!(found.iter().map(|verdict| &verdict["compliance"]).collect::<Vec<_>>(), verdicts, "{at}");
    }
    let ended = run(&mut vitals(folder.path(), check_arguments(&["newest.json", "older.json"])), b"");
    assert_eq!(ended.code, Some(0), "without --at: {}", ended.stdout);
}

/// One unreadable file, or one that is cut off, is reported and counted; the others are judged.
#[test]
fn a_bad_file_does_not_stop_the_rest() {
    let folder = folder();
    let list = json!([open_bucket("first"), open_bucket("second")]).to_string();
    put(&folder, "cut-off.json", &list[..list.len() - 20]);
    put(&folder, "text.json", "hello");
    put(&folder, "good.json", bucket("good").to_string());
    for (keep_going, code) in [(false, 2), (true, 1)] {
        let mut command = vitals(folder.path(), check_arguments(&["text.json", "cut-off.json", "good.json"]));
        let ended = run(command.args(["--format", "ndjson"]).args(keep_going.then_some("--keep-going")), b"");
        assert_eq!(ended.code, Some(code), "{}", ended.stderr);
        let judged: Vec<_> = ["first", "second", "good"].map(|id| ended.stdout.contains(id)).into();
        assert_eq!(judged, [true, false, true], "{}", ended.stdout);
        let reported =
            ["text.json", "cut-off.json"].iter().all(|file| ended.stderr.contains(&format!("error: {file}")));
        assert!(reported && ended.stderr.lines().count() == 2, "{}", ended.stderr);
    }
}

// What goes wrong.

/// Each of these is one line on standard error that names the culprit, and exit code 2.
#[test]
fn bad_input_is_one_line_and_exit_code_2() {
    let folder = folder();
    let event = change(SSL, &bucket("b")).to_string();
    put(&folder, "empty", "");
    put(&folder, "spaces", " \n");
    put(&folder, "text", "hello");
    put(&folder, "half.json", r#"{"configurationItems": [{"#);
    put(&folder, "other.json", r#"{"Records": []}"#);
    put(&folder, "number.json", "7");
    put(&folder, "item.json", bucket("b").to_string());
    put(&folder, "event.json", &event);
    let mut large = bucket("large");
    large["configuration"]["padding"] = "x".repeat(1 << 20).into();
    put(&folder, "large.json", large.to_string());
    let packed = gzip(json!(estate()).to_string().as_bytes());
    put(&folder, "truncated.gz", &packed[..packed.len() / 2]);
    put(&folder, "latin1.json", b"{\"resourceType\": \"caf\xe9\"}");
    fs::create_dir(folder.path().join("directory")).expect("the folder can be written to");
    put(&folder, "misspelled.json", json!({ACM: {"daysToExpire": "3"}}).to_string());
    put(&folder, "unreadable.json", json!({ACM: {"daysToExpiration": "soon"}}).to_string());
    put(&folder, "superfluous.json", json!({SSL: {"days": "3"}}).to_string());
    put(&folder, "stranger.json", json!({"s3-bucket-ssl": {}}).to_string());
    put(&folder, "list.json", json!({ACM: ["3"]}).to_string());

    for (name, script) in [("dies", Some("#!/bin/sh\nexit 3\n")), ("text", Some("hello\n")), ("none", None)] {
        let functions = folder.path().join("functions").join(name);
        fs::create_dir_all(&functions).expect("the folder can be written to");
        if let Some(script) = script {
            let path = functions.join(SSL);
            fs::write(&path, script).expect("the folder can be written to");
            let mode = if name == "dies" { 0o755 } else { 0o644 };
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("the file is ours");
        }
    }
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = taken.local_addr().expect("it has an address").to_string();

    let cases: &[&[&str]] = &[
        &["check", "nowhere.json"],
        &["check", "directory"],
        &["check", "empty"],
        &["check", "spaces"],
        &["check", "text"],
        &["check", "half.json"],
        &["check", "other.json"],
        &["check", "number.json"],
        &["check", "event.json"],
        &["check", "truncated.gz"],
        &["check", "latin1.json"],
        &["check", "-"],
        &["check", "item.json", "--rules", "s3-bucket-ssl-request-only"],
        &["check", "item.json", "--rules", "mfa"],
        &["check", "item.json", "--rules", ""],
        &["check", "item.json", "--parameters", "nowhere.json"],
        &["check", "item.json", "--parameters", "text"],
        &["check", "item.json", "--parameters", "list.json"],
        &["check", "item.json", "--parameters", "stranger.json"],
        &["check", "item.json", "--parameters", "misspelled.json"],
        &["check", "item.json", "--parameters", "superfluous.json"],
        &["check", "item.json", "--parameters", "unreadable.json"],
        &["check", "item.json", "--now", "yesterday"],
        &["check", "item.json", "--at", "yesterday"],
        &["check", "large.json", "--max-item-size", "1000"],
        &["check", "item.json", "--max-unpacked-size", "100"],
        &["invoke", SSL, "--event", "nowhere.json"],
        &["invoke", SSL, "--event", "directory"],
        &["invoke", SSL, "--event", "text"],
        &["invoke", SSL, "--event", "latin1.json"],
        &["invoke", SSL, "--event", "item.json"],
        &["invoke", "s3-bucket-ssl", "--event", "event.json"],
        &["invoke", SSL, "--event", "event.json", "--functions", "functions/none"],
        &["invoke", SSL, "--event", "event.json", "--functions", "functions/text"],
        &["invoke", SSL, "--event", "event.json", "--functions", "functions/dies"],
        &["invoke", SSL, "--event", "event.json", "--items", "other.json"],
        &["invoke", SSL, "--event", "event.json", "--delivery-channels", "other.json"],
        &["run", "item.json", "--rules", SSL, "--functions", "functions/none"],
        &["run", "item.json", "--rules", SSL, "--functions", "functions/dies"],
        &["run", "item.json", "--rules", "mfa"],
        &["run", "item.json", "--now", "yesterday"],
        &["run", "other.json"],
        &["local", "--listen", &address],
        &["local", "--listen", "127.0.0.1:0", "--items", "other.json"],
        &["rules", "--framework", "hippa"],
        &["rules", "--framework", "soc2"],
        &["explain", "s3-bucket-ssl-requests-onyl"],
    ];
    let mut snapshot = String::new();
    for arguments in cases {
        let ended = told(&folder, arguments);
        let lines: Vec<_> = ended.stderr.lines().filter(|line| !line.starts_with("note: ")).collect();
        let [line] = lines[..] else { panic!("{arguments:?}: {}", ended.stderr) };
        assert!(line.starts_with("error: "), "{arguments:?}: {line}");
        assert_eq!(ended.code, Some(2), "{arguments:?}");
        let told = format!("{}\n{line}\n\n", arguments.join(" "));
        let told = told.replace(folder.path().to_str().expect("it is text"), "<here>").replace(&address, "<address>");
        snapshot.push_str(&told);
    }
    insta::assert_snapshot!(snapshot);
}

// The other commands.

#[test]
fn invoke_prints_what_aws_config_would_hold() {
    let folder = folder();
    let event = project().join("events").join(SSL).with_extension("json");
    let event = event.to_str().expect("it is text");
    let item: Value = {
        let invoking = read_json(event)["invokingEvent"].as_str().map(str::to_owned).expect("it is a string");
        serde_json::from_str::<Value>(&invoking).expect("it holds JSON")["configurationItem"].clone()
    };
    let ended = told(&folder, &["invoke", SSL, "--event", event, "--format", "json"]);
    let held: Value = serde_json::from_str(&ended.stdout).expect("it is JSON");
    let [evaluation] = held.as_array().expect("it is a list").as_slice() else { panic!("not one evaluation: {held}") };
    let compliant = evaluation["compliance"] == "COMPLIANT";
    assert_eq!(ended.code, Some(i32::from(!compliant)), "{}", ended.stderr);
    for (member, expected) in [
        ("rule", &json!(SSL)),
        ("resourceType", &item["resourceType"]),
        ("resourceId", &item["resourceId"]),
        ("accountId", &item["awsAccountId"]),
        ("region", &item["awsRegion"]),
        ("orderingTimestamp", &item["configurationItemCaptureTime"]),
    ] {
        assert_eq!(&evaluation[member], expected, "{member}");
    }

    put(&folder, "event.json", change(SSL, &open_bucket("open-bucket")).to_string());
    let by_path = told(&folder, &["invoke", SSL, "--event", "event.json"]);
    assert_eq!(by_path.code, Some(1), "{}", by_path.stderr);
    let piped = change(SSL, &open_bucket("open-bucket")).to_string();
    let by_pipe = run(&mut vitals(folder.path(), ["invoke", SSL, "--event", "-"]), piped.as_bytes());
    assert_eq!((by_pipe.code, &by_pipe.stdout), (by_path.code, &by_path.stdout));
    insta::assert_snapshot!(by_path.stdout);
}

/// An oversized event's item, and a schedule's inventory, come from `--items`.
#[test]
fn invoke_takes_an_inventory() {
    let folder = folder();
    put(&folder, "items.json", json!(estate()).to_string());
    put(&folder, "scheduled.json", scheduled(ACM, NOTIFIED).to_string());
    put(&folder, "oversized.json", oversized(SSL, &open_bucket("open-bucket")).to_string());
    for (rule, event, held) in [(ACM, "scheduled.json", 2), (SSL, "oversized.json", 1)] {
        let ended = told(&folder, &["invoke", rule, "--event", event, "--items", "items.json", "--format", "json"]);
        assert_eq!(ended.code, Some(1), "{rule}: {}", ended.stderr);
        let evaluations: Value = serde_json::from_str(&ended.stdout).expect("it is JSON");
        assert_eq!(evaluations.as_array().map(Vec::len), Some(held), "{rule}: {evaluations}");
    }
}

/// A function's failure is told with its log, and nothing is passed off as a verdict.
#[test]
fn invoke_tells_why_a_function_failed() {
    let folder = folder();
    let mut event = change(SSL, &bucket("b"));
    event["ruleParameters"] = r#"{"days": "3"}"#.into();
    put(&folder, "event.json", event.to_string());
    let ended = told(&folder, &["invoke", SSL, "--event", "event.json"]);
    assert_eq!(ended.code, Some(2));
    let errors: Vec<_> = ended.stderr.lines().filter(|line| line.starts_with("error: ")).collect();
    insta::assert_snapshot!(format!("{}{}", ended.stdout, errors.join("\n")));
}

#[test]
fn rules_lists_the_whole_registry() {
    let folder = folder();
    let ended = told(&folder, &["rules", "--format", "json"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    let listed: Vec<serde_json::Map<String, Value>> = serde_json::from_str(&ended.stdout).expect("it is a list");
    let ids: Vec<_> = listed.iter().map(|rule| rule["id"].as_str().unwrap_or_default()).collect();
    let registry: Vec<_> = rules::all().map(|entry| entry.metadata.id).collect();
    assert_eq!(ids, registry);
    for rule in &listed {
        let members: BTreeSet<_> = rule.keys().map(String::as_str).collect();
        let expected = [
            "actions",
            "controls",
            "explanation",
            "fields",
            "frequency",
            "home",
            "id",
            "inferredControls",
            "judges",
            "managedRule",
            "parameters",
            "remediation",
            "resourceTypes",
            "service",
            "severity",
            "since",
            "title",
            "trigger",
        ];
        assert_eq!(members, expected.into(), "{}", rule["id"]);
    }

    let table = told(&folder, &["rules"]).stdout;
    let first: Vec<_> = table.lines().skip(1).filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(first, registry);
}

#[test]
fn rules_of_a_framework_are_those_with_a_control_of_it() {
    let folder = folder();
    let listed = |arguments: &[&str]| -> Vec<Value> {
        serde_json::from_str(&told(&folder, arguments).stdout).expect("it is a list")
    };
    let all = listed(&["rules", "--format", "json"]);
    let mut some_left_out = false;
    for framework in ["hipaa", "cis-v1.4", "nist-csf", "nist-800-53-r5", "pci-dss-3.2.1", "pci-dss-4.0"] {
        let named = |rule: &&Value| {
            ["controls", "inferredControls"].iter().any(|controls| rule[controls].get(framework).is_some())
        };
        let expected: Vec<_> = all.iter().filter(named).cloned().collect();
        assert_eq!(listed(&["rules", "--framework", framework, "--format", "json"]), expected, "{framework}");
        some_left_out |= expected.len() < all.len();
    }
    assert!(some_left_out, "no framework leaves a rule out, so this shows nothing");
}

/// `vitals rules | head -1`, with more to say than a pipe holds.
#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    let folder = folder();
    let many: Vec<_> = (0..5000).map(|number| open_bucket(&format!("b{number}"))).collect();
    put(&folder, "many.json", json!(many).to_string());
    for arguments in [
        vec!["check", "many.json", "--rules", SSL, "--format", "ndjson"],
        vec!["check", "many.json", "--rules", SSL],
        vec!["rules", "--format", "json"],
        vec!["explain", SSL],
    ] {
        let mut child = vitals(folder.path(), &arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("vitals can be started");
        let mut reader = BufReader::with_capacity(16, child.stdout.take().expect("it is a pipe"));
        reader.fill_buf().expect("the pipe can be read");
        drop(reader);
        let output = child.wait_with_output().expect("vitals can be waited for");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(stderr, "", "{arguments:?}");
        assert!(output.status.code().is_some_and(|code| code < 2), "{arguments:?}: {}", output.status);
    }
}

#[test]
fn explain_says_the_rules_own_words() {
    let folder = folder();
    for entry in rules::all() {
        let id = entry.metadata.id;
        let ended = told(&folder, &["explain", id]);
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{id}");
        for said in [id, entry.metadata.title()] {
            assert!(ended.stdout.contains(said), "{id} is not explained with {said}: {}", ended.stdout);
        }
    }
}

/// The stand-in, kept up: a program reaches it where it says, and a signal ends it.
#[test]
fn local_says_where_it_listens_and_stays_there() {
    let mut child = vitals(Path::new("/"), ["local", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("vitals can be started");
    let mut reader = BufReader::new(child.stdout.take().expect("it is a pipe"));
    let mut line = String::new();
    reader.read_line(&mut line).expect("the pipe can be read");
    let url = line.trim().rsplit(' ').next().unwrap_or_default().to_owned();
    let answer = ureq::get(format!("{url}/_vitals/rules")).call().map(|mut answer| answer.body_mut().read_to_string());
    let interrupted = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("`kill` is there");
    if !interrupted.success() {
        child.kill().ok();
    }
    let status = child.wait().expect("vitals can be waited for");
    reader.read_to_string(&mut line).expect("the pipe can be read");

    let rules: Value =
        serde_json::from_str(&answer.expect("it answers").expect("it answers text")).expect("it is JSON");
    assert_eq!(rules.as_array().map(Vec::len), Some(rules::all().count()), "{line}");
    assert_eq!(status.code(), Some(0), "{line}");
}

/// Without `--functions` and its variable, the functions are looked for beside `vitals`.
#[test]
fn functions_are_found_beside_the_command_line() {
    let folder = folder();
    put(&folder, "event.json", change(SSL, &bucket("b")).to_string());
    let mut command = vitals(folder.path(), ["invoke", SSL, "--event", "event.json"]);
    let ended = run(command.env_remove("VITALS_FUNCTIONS"), b"");
    assert_eq!(ended.code, Some(0), "beside {}: {}", binaries().display(), ended.stderr);
}
