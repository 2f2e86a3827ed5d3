//! What a function says must not be what an item says: items hold health data and secrets.

use std::time::Duration;

use config_rule::Kind;
use local_config::{Failing, Fault, FaultKind, Function, Invocation};
use serde_json::{Value, json};

use crate::support::{
    ACM, NOTIFIED, SSL, Stage, bucket, certificate, change, oversized, project, read_json, remove, scheduled, start,
    with_invoking,
};

/// In everything that must stay in the account.
const SECRET: &str = "hunter2-correct-horse";

/// A function that logs as much as it can.
fn talkative(stage: &Stage, rule: &str) -> Function {
    start(
        stage
            .spec(rule)
            .env("RUST_LOG", "trace")
            .env("AWS_LAMBDA_LOG_LEVEL", "TRACE")
            .env("DATABASE_PASSWORD", SECRET)
            .timeout(Duration::from_secs(5)),
    )
}

/// The lines of an invocation, and what it reported to Lambda, that hold the secret.
fn leaks(invocation: &Invocation) -> Vec<String> {
    assert!(!invocation.log.is_empty(), "nothing was logged: {}", invocation.outcome);
    let said = invocation.log.iter().cloned().chain([invocation.outcome.to_string()]);
    said.filter(|line| line.contains(SECRET)).collect()
}

/// A bucket that holds the secret wherever an item can hold anything.
fn secretive_bucket() -> Value {
    let mut item = bucket("b");
    item["configuration"]["environment"] = json!({"variables": {"PASSWORD": SECRET}});
    item["configuration"][SECRET] = json!(SECRET);
    item["supplementaryConfiguration"]["BucketPolicy"]["policyText"] =
        json!({"Statement": [{"Sid": SECRET, "Effect": "Allow", "Principal": "*", "Action": SECRET, "Resource": "*"}]})
            .to_string()
            .into();
    item["tags"] = json!({"password": SECRET, SECRET: "x"});
    item["relationships"] =
        json!([{"resourceType": "AWS::KMS::Key", "resourceName": SECRET, "name": "Is encrypted by"}]);
    item
}

fn token(mut event: Value) -> Value {
    event["resultToken"] = format!("vitals-local:{SSL}:{SECRET}").into();
    event
}

#[test]
fn no_log_holds_the_token_or_the_item() {
    let item = secretive_bucket();
    let sound = token(change(SSL, &item));
    let policy = |text: Value| {
        let mut item = item.clone();
        item["supplementaryConfiguration"]["BucketPolicy"]["policyText"] = text;
        token(change(SSL, &item))
    };
    let mut unknown_token = sound.clone();
    unknown_token["resultToken"] = SECRET.into();
    let mut parameters = sound.clone();
    parameters["ruleParameters"] = format!("{{\"a\":\"{SECRET}").into();
    let mut leaking = Vec::new();
    for (case, event, fault) in [
        ("judged", sound.clone(), None),
        ("fetched", token(oversized(SSL, &item)), None),
        ("listed", token(scheduled(SSL, NOTIFIED)), None),
        ("throttled", sound.clone(), Some(FaultKind::Throttle)),
        ("cut", sound.clone(), Some(FaultKind::CutAfter)),
        ("refused", sound.clone(), Some(FaultKind::FailedEvaluations(Failing::First(1)))),
        ("unknown token", unknown_token, None),
        ("unreadable parameters", parameters, None),
        ("policy that is no JSON", policy(format!("{{\"a\": {SECRET}").into()), None),
        ("policy without statements", policy(json!({"Id": SECRET}).to_string().into()), None),
        ("policy with an odd statement", policy(json!({"Statement": SECRET}).to_string().into()), None),
        (
            "policy with an odd effect",
            policy(json!({"Statement": [{"Effect": SECRET, "Action": "*"}]}).to_string().into()),
            None,
        ),
        ("item that is none", with_invoking(sound.clone(), |inner| inner["configurationItem"] = SECRET.into()), None),
        ("list for an item", with_invoking(sound.clone(), |inner| inner["configurationItem"] = json!([SECRET])), None),
        (
            "odd status",
            with_invoking(sound.clone(), |inner| inner["configurationItem"]["configurationItemStatus"] = SECRET.into()),
            None,
        ),
        (
            "no type",
            with_invoking(sound.clone(), |inner| remove(&mut inner["configurationItem"], "resourceType")),
            None,
        ),
    ] {
        let stage = Stage::with(SSL);
        stage.put_items([&item]);
        if let Some(kind) = fault {
            stage.state().inject(Fault::once(kind));
        }
        let leaks = leaks(&stage.invoke(&talkative(&stage, SSL), &event));
        leaking.extend(leaks.into_iter().map(|line| format!("{case}: {line}")));
    }
    assert!(leaking.is_empty(), "{}", leaking.join("\n"));
}

/// Each field that a rule reads, holding something else than it should, or the right kind of thing with odd content.
#[test]
fn no_log_quotes_a_field_that_a_rule_reads() {
    let mut quoted = Vec::new();
    for entry in rules::all() {
        let Kind::Item { fields, .. } = &entry.kind else { continue };
        let id = entry.metadata.id;
        let event = read_json(project().join("events").join(id).with_extension("json"));
        let stage = Stage::with(id);
        let function = talkative(&stage, id);
        for (_, path) in fields() {
            for odd in [json!(SECRET), json!([SECRET, {SECRET: SECRET}])] {
                let event = with_invoking(event.clone(), |inner| set(&mut inner["configurationItem"], &path, &odd));
                let leaks = leaks(&stage.invoke(&function, &event));
                quoted.extend(leaks.into_iter().map(|line| format!("{id}, {path} = {odd}: {line}")));
            }
        }
    }
    assert!(quoted.is_empty(), "{}", quoted.join("\n"));
}

/// Puts a value at a path, in each member of the lists on the way.
fn set(value: &mut Value, path: &str, odd: &Value) {
    match (value, path.split_once('.')) {
        (Value::Array(members), _) => members.iter_mut().for_each(|member| set(member, path, odd)),
        (Value::Object(members), None) => drop(members.insert(path.to_owned(), odd.clone())),
        (Value::Object(members), Some((first, rest))) => {
            set(members.entry(first).or_insert_with(|| json!({})), rest, odd);
        }
        _ => {}
    }
}

/// One line an invocation, with what an operator looks for.
#[test]
fn an_invocation_is_one_line_of_json() {
    let stage = Stage::with(ACM);
    let function = stage.function(ACM);
    let judged = stage.invoke(&function, &change(ACM, &certificate("c", "2024-03-05T00:00:00.000Z")));
    let mut broken = certificate("c", "some day");
    broken["configuration"]["status"] = "ISSUED".into();
    let failed = stage.invoke(&function, &change(ACM, &broken));
    let mut lines = Vec::new();
    for invocation in [&judged, &failed] {
        let [line] = invocation.log.as_slice() else { panic!("not one line: {:?}", invocation.log) };
        let mut line: Value = serde_json::from_str(line).expect("the line is JSON");
        assert_eq!(line["request_id"], invocation.request_id);
        for varying in ["timestamp", "request_id", "duration_ms"] {
            remove(&mut line, varying);
        }
        lines.push(serde_json::to_string_pretty(&line).expect("it was just read"));
    }
    insta::assert_snapshot!(lines.join("\n"));
}
