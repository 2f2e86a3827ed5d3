//! From the event to AWS Config and back: fetching, listing, putting, taking back, and what may fail on the way.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use local_config::{Answer, Compliance, Failing, Fault, FaultKind, Function, Invocation, Operation};
use serde_json::{Value, json};
use tokio::net::TcpSocket;

use crate::support::{
    ACM, CAPTURED, NOTIFIED, SNS, SSL, Stage, assert_fails, assert_succeeded, bucket, certificate, change, failure,
    open_bucket, oversized, principal, scheduled, start, time,
};

const IAM: &str = "iam-no-inline-policy-check";
const CERTIFICATE: &str = "AWS::ACM::Certificate";
const VALID: &str = "2030-01-01T00:00:00.000Z";

/// The schedule after the one at [`NOTIFIED`].
const NEXT_DAY: &str = "2024-03-02T13:26:17.741Z";

/// Enough for one try of anything, and not for the SDK's retries to end.
const SHORT: Duration = Duration::from_secs(3);

fn seconds(timestamp: Timestamp) -> f64 {
    timestamp.as_duration().as_secs_f64()
}

/// How calls of an operation were answered.
fn answers(stage: &Stage, operation: Operation) -> Vec<Answer> {
    let calls = stage.state().calls();
    calls.into_iter().filter(|call| call.operation == operation.name()).map(|call| call.answer).collect()
}

// Oversized.

#[test]
fn an_oversized_item_is_fetched_as_of_its_capture_time() {
    let stage = Stage::with(SSL);
    // The event says nothing of when it was sent, as in AWS's sample. What was recorded before and after says the opposite.
    let mut before = open_bucket("b");
    before["configurationItemCaptureTime"] = "2024-02-01T00:00:00.000Z".into();
    let mut after = open_bucket("b");
    after["configurationItemCaptureTime"] = "2024-03-01T11:00:00.000Z".into();
    stage.put_items(&[before, bucket("b"), after]);
    assert_succeeded(&stage.once(SSL, &oversized(SSL, &bucket("b"))));

    assert_eq!(stage.verdicts(SSL), ["COMPLIANT b"]);
    let asked = json!({
        "resourceType": "AWS::S3::Bucket",
        "resourceId": "b",
        "laterTime": seconds(time(CAPTURED)),
        "limit": 1,
    });
    assert_eq!(stage.state().calls_of(Operation::GetResourceConfigHistory), [asked]);
    assert_eq!(stage.state().evaluations(SSL)[0].ordering_timestamp, time(CAPTURED));
}

#[test]
fn an_empty_page_with_a_token_is_not_the_end_of_the_history() {
    let stage = Stage::with(SSL);
    stage.put_items(&[open_bucket("b")]);
    stage.state().inject(Fault::once(FaultKind::EmptyFirstPage));
    assert_succeeded(&stage.once(SSL, &oversized(SSL, &open_bucket("b"))));
    assert_eq!(stage.verdicts(SSL), ["NON_COMPLIANT b"]);
    assert_eq!(stage.state().calls_of(Operation::GetResourceConfigHistory).len(), 2);
    assert_eq!(stage.state().pending_faults(), 0);
}

#[test]
fn an_oversized_item_that_is_not_to_be_had_fails_the_invocation() {
    let mut older = bucket("older");
    older["configurationItemCaptureTime"] = "2024-02-01T00:00:00.000Z".into();
    let stage = Stage::with(SSL);
    stage.put_items(&[older]);
    let function = stage.function(SSL);
    for (id, naming) in [
        ("never-recorded", "GetResourceConfigHistory failed: ResourceNotDiscoveredException"),
        ("older", "AWS Config has no item for AWS::S3::Bucket older as of 2024-03-01T10:02:26.719Z"),
    ] {
        assert_fails(&stage.invoke(&function, &oversized(SSL, &bucket(id))), "AwsConfig", naming);
    }
    assert!(stage.puts().is_empty());
}

#[test]
fn an_oversized_item_that_is_not_to_be_judged_is_not_fetched() {
    let mut deleted = bucket("deleted");
    deleted["configurationItemStatus"] = "ResourceDeleted".into();
    let mut left = oversized(SSL, &bucket("left"));
    left["eventLeftScope"] = true.into();
    let stage = Stage::with(SSL);
    let function = stage.function(SSL);
    for event in [oversized(SSL, &deleted), left, oversized(SSL, &certificate("other-type", VALID))] {
        assert_succeeded(&stage.invoke(&function, &event));
    }
    assert_eq!(stage.verdicts(SSL), ["NOT_APPLICABLE other-type", "NOT_APPLICABLE deleted", "NOT_APPLICABLE left"]);
    assert_eq!(stage.state().calls_of(Operation::GetResourceConfigHistory), [Value::Null; 0]);
}

// On a schedule.

fn certificates(count: usize) -> Vec<Value> {
    (0..count)
        .map(|number| {
            // One in ten runs out.
            let not_after = if number % 10 == 0 { "2024-03-05T00:00:00.000Z" } else { VALID };
            certificate(&format!("c{number:03}"), not_after)
        })
        .collect()
}

fn deleted(item: &Value) -> Value {
    let mut item = item.clone();
    item["configurationItemStatus"] = "ResourceDeleted".into();
    item["configuration"] = Value::Null;
    item["configurationItemCaptureTime"] = NEXT_DAY.into();
    item
}

fn tally(stage: &Stage, rule: &str) -> BTreeMap<Compliance, usize> {
    let mut tally = BTreeMap::new();
    for evaluation in stage.state().evaluations(rule) {
        *tally.entry(evaluation.compliance).or_default() += 1;
    }
    tally
}

/// 250 certificates, of which 150 are gone the next day: three pages of everything, both times.
#[test]
fn a_schedule_judges_every_page_and_takes_back_what_is_gone() {
    let stage = Stage::with(ACM);
    let function = stage.function(ACM);
    let all = certificates(250);
    stage.put_items(&all);
    assert_succeeded(&stage.invoke(&function, &scheduled(ACM, NOTIFIED)));
    assert_eq!(tally(&stage, ACM), [(Compliance::Compliant, 225), (Compliance::NonCompliant, 25)].into());
    assert_eq!(stage.verdict(ACM, CERTIFICATE, "c240"), Some(Compliance::NonCompliant));

    let gone: Vec<_> = all[..150].iter().map(deleted).collect();
    stage.put_items(&gone);
    assert_succeeded(&stage.invoke(&function, &scheduled(ACM, NEXT_DAY)));
    let expected =
        [(Compliance::Compliant, 90), (Compliance::NonCompliant, 10), (Compliance::NotApplicable, 150)].into();
    assert_eq!(tally(&stage, ACM), expected);
    assert_eq!(stage.verdict(ACM, CERTIFICATE, "c149"), Some(Compliance::NotApplicable));
    assert_eq!(stage.verdict(ACM, CERTIFICATE, "c150"), Some(Compliance::NonCompliant));

    let sizes: Vec<_> = stage.puts().iter().map(|put| put["Evaluations"].as_array().map_or(0, Vec::len)).collect();
    assert!(sizes.iter().all(|size| (1..=100).contains(size)), "{sizes:?}");
    assert_eq!(sizes.iter().sum::<usize>(), 250 + 250);
    for put in stage.puts() {
        assert_eq!(put["ResultToken"], format!("vitals-local:{ACM}"));
    }
    for evaluation in stage.state().evaluations(ACM) {
        assert_eq!(evaluation.ordering_timestamp, time(NEXT_DAY), "{}", evaluation.resource_id);
    }
}

/// A user and a group may have the same id; only the user is gone.
#[test]
fn a_verdict_is_taken_back_by_type_and_id() {
    let stage = Stage::with(IAM);
    let function = stage.function(IAM);
    let user = principal("user", "same-id", &["inline"]);
    stage.put_items(&[user.clone(), principal("group", "same-id", &[])]);
    assert_succeeded(&stage.invoke(&function, &scheduled(IAM, NOTIFIED)));
    assert_eq!(stage.verdict(IAM, "AWS::IAM::User", "same-id"), Some(Compliance::NonCompliant));

    stage.put_items(&[deleted(&user)]);
    assert_succeeded(&stage.invoke(&function, &scheduled(IAM, NEXT_DAY)));
    assert_eq!(stage.verdict(IAM, "AWS::IAM::User", "same-id"), Some(Compliance::NotApplicable));
    assert_eq!(stage.verdict(IAM, "AWS::IAM::Group", "same-id"), Some(Compliance::Compliant));
}

/// A change is about one resource, and says nothing about the others.
#[test]
fn a_change_takes_nothing_back() {
    let stage = Stage::with(ACM);
    let function = stage.function(ACM);
    assert_succeeded(&stage.invoke(&function, &change(ACM, &certificate("not-in-the-inventory", VALID))));
    assert_succeeded(&stage.invoke(&function, &change(ACM, &certificate("changed", VALID))));
    assert_eq!(stage.verdicts(ACM), ["COMPLIANT changed", "COMPLIANT not-in-the-inventory"]);
    let operations: Vec<_> = stage.state().calls().into_iter().map(|call| call.operation).collect();
    assert_eq!(operations, ["PutEvaluations"; 2]);
}

#[test]
fn unprocessed_keys_are_asked_for_again() {
    let stage = Stage::with(ACM);
    stage.put_items(&certificates(5));
    stage.state().inject(Fault::times(FaultKind::UnprocessedKeys { first: 2 }, 2));
    assert_succeeded(&stage.once(ACM, &scheduled(ACM, NOTIFIED)));
    assert_eq!(tally(&stage, ACM).values().sum::<usize>(), 5);
    let asked: Vec<_> = stage
        .state()
        .calls_of(Operation::BatchGetResourceConfig)
        .iter()
        .map(|call| call["resourceKeys"].as_array().map_or(0, Vec::len))
        .collect();
    assert_eq!(asked, [5, 2, 2]);
    assert_eq!(stage.state().pending_faults(), 0);
}

/// A broken item fails the invocation, but not before everybody else got their verdict.
#[test]
fn an_unreadable_item_does_not_stop_the_rest() {
    let stage = Stage::with(ACM);
    let function = stage.function(ACM);
    let items = certificates(3);
    stage.put_items(&items);
    assert_succeeded(&stage.invoke(&function, &scheduled(ACM, NOTIFIED)));
    assert_eq!(stage.verdict(ACM, CERTIFICATE, "c001"), Some(Compliance::Compliant));

    let mut unreadable = items[1].clone();
    unreadable["configuration"]["notAfter"] = "some day".into();
    unreadable["configurationItemCaptureTime"] = NEXT_DAY.into();
    stage.put_items(&[unreadable, certificate("c003", VALID)]);
    let invocation = stage.invoke(&function, &scheduled(ACM, NEXT_DAY));
    assert_fails(&invocation, "CannotJudge", "1 of 4 resources can't be judged, first AWS::ACM::Certificate c001");

    let (was, is) = (time(NOTIFIED), time(NEXT_DAY));
    let evaluations = stage.state().evaluations(ACM);
    let held: Vec<_> =
        evaluations.iter().map(|e| (e.resource_id.as_str(), e.compliance, e.ordering_timestamp)).collect();
    let expected = [
        ("c000", Compliance::NonCompliant, is),
        ("c001", Compliance::Compliant, was),
        ("c002", Compliance::Compliant, is),
        ("c003", Compliance::Compliant, is),
    ];
    assert_eq!(held, expected);
}

/// Whoever did not see the whole list must not take anything back.
#[test]
fn nothing_is_taken_back_if_the_list_is_not_complete() {
    for operation in [Operation::ListDiscoveredResources, Operation::BatchGetResourceConfig] {
        let stage = Stage::with(ACM);
        let function = start(stage.spec(ACM).timeout(SHORT));
        stage.put_items(&certificates(3));
        assert_succeeded(&stage.invoke(&function, &scheduled(ACM, NOTIFIED)));
        let before = stage.state().evaluations(ACM);

        stage.put_items(&[deleted(&certificates(1)[0])]);
        stage.state().inject(Fault::forever(FaultKind::Throttle).on(operation));
        failure(&stage.invoke(&function, &scheduled(ACM, NEXT_DAY)));
        assert_eq!(stage.state().evaluations(ACM), before, "{operation:?}");
    }
}

// Faults.

/// Invokes [`SSL`] for a noncompliant bucket, once.
fn put_one(stage: &Stage, function: &Function) -> Invocation {
    stage.invoke(function, &change(SSL, &open_bucket("b")))
}

#[test]
fn what_fails_on_the_way_is_tried_again_with_the_same_request() {
    for (fault, tries) in [
        (Fault::times(FaultKind::Throttle, 2), 3),
        (Fault::once(FaultKind::InternalError), 2),
        (Fault::once(FaultKind::CutBefore), 2),
        (Fault::once(FaultKind::CutAfter), 2),
        (Fault::once(FaultKind::FailedEvaluations(Failing::First(1))), 2),
    ] {
        let stage = Stage::with(SSL);
        stage.state().inject(fault.clone());
        assert_succeeded(&put_one(&stage, &stage.function(SSL)));
        assert_eq!(stage.verdicts(SSL), ["NON_COMPLIANT b"], "{fault:?}");
        let puts = stage.puts();
        assert_eq!(puts, vec![puts[0].clone(); tries], "{fault:?}");
        assert_eq!(stage.state().pending_faults(), 0, "{fault:?}");
    }
}

#[test]
fn only_the_evaluations_that_failed_are_put_again() {
    let stage = Stage::with(ACM);
    stage.put_items(&certificates(3));
    stage.state().inject(Fault::once(FaultKind::FailedEvaluations(Failing::Resource("c001".to_owned()))));
    assert_succeeded(&stage.once(ACM, &scheduled(ACM, NOTIFIED)));
    let ids = |put: &Value| -> Vec<String> {
        let evaluations = put["Evaluations"].as_array().expect("evaluations were put");
        evaluations.iter().map(|one| one["ComplianceResourceId"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(stage.puts().iter().map(ids).collect::<Vec<_>>(), [vec!["c000", "c001", "c002"], vec!["c001"]]);
    assert_eq!(tally(&stage, ACM).values().sum::<usize>(), 3);
}

#[test]
fn evaluations_that_aws_config_keeps_refusing_fail_the_invocation() {
    let stage = Stage::with(SSL);
    stage.state().inject(Fault::forever(FaultKind::FailedEvaluations(Failing::First(1))));
    let invocation = put_one(&stage, &stage.function(SSL));
    assert_fails(&invocation, "EvaluationsRefused", "1 of 1 evaluations, first that of AWS::S3::Bucket b");
    assert!(stage.puts().len() > 1);
}

/// Lambda would otherwise cut the function off, and nobody would learn why.
#[test]
fn throttling_without_end_is_reported_within_the_timeout() {
    let stage = Stage::with(SSL);
    stage.state().inject(Fault::forever(FaultKind::Throttle));
    let invocation = put_one(&stage, &start(stage.spec(SSL).timeout(SHORT)));
    assert_fails(&invocation, "OutOfTime", "PutEvaluations");
    assert!(invocation.duration < SHORT, "{:?}", invocation.duration);
    assert!(stage.puts().len() > 1);
}

#[test]
fn an_endpoint_that_nobody_answers_at_is_named_in_the_failure() {
    // Ours, so that no other test can listen there.
    let silent = TcpSocket::new_v4().expect("there are sockets");
    silent.bind("127.0.0.1:0".parse().expect("it is an address")).expect("a port is free");
    let nobody = silent.local_addr().expect("it has an address");
    let stage = Stage::with(SSL);
    let spec = stage.spec(SSL).env("AWS_ENDPOINT_URL_CONFIG_SERVICE", format!("http://{nobody}")).timeout(SHORT);
    let invocation = put_one(&stage, &start(spec));
    let (_, message) = failure(&invocation);
    assert!(message.contains("PutEvaluations"), "{message}");
}

/// Nobody waits for the verdict of a rule that was deleted; trying again would not help.
#[test]
fn a_rule_that_no_longer_exists_ends_well_and_is_logged() {
    for (rule, event) in
        [(SSL, change(SSL, &bucket("b"))), (ACM, scheduled(ACM, NOTIFIED)), (SNS, scheduled(SNS, NOTIFIED))]
    {
        let stage = Stage::with(rule);
        stage.state().remove_rule(rule).expect("it was registered");
        let invocation = stage.once(rule, &event);
        assert_succeeded(&invocation);
        let warning = invocation.log.iter().find(|line| line.contains("the rule no longer exists"));
        assert!(warning.is_some_and(|line| line.contains("\"level\":\"WARN\"")), "{rule}: {:?}", invocation.log);
        assert!(stage.puts().len() <= 1, "{rule}: tried again");
    }
}

/// 256 characters, in whichever unit they are counted.
#[test]
fn a_long_reason_is_cut_to_what_aws_config_takes() {
    let stage = Stage::with(IAM);
    let names: Vec<_> = (0..60).map(|number| format!("\u{1f512}{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    assert_succeeded(&stage.once(IAM, &change(IAM, &principal("user", "u", &names))));
    let annotation = stage.state().evaluations(IAM)[0].annotation.clone().expect("there is a reason");
    let length = annotation.encode_utf16().count();
    assert!((200..=256).contains(&length), "{length}: {annotation}");
}

#[test]
fn a_reason_of_256_characters_is_kept_and_a_verdict_without_one_has_no_annotation() {
    let stage = Stage::with(IAM);
    let function = stage.function(IAM);
    let annotation = |inline: &[&str]| {
        assert_succeeded(&stage.invoke(&function, &change(IAM, &principal("user", "u", inline))));
        stage.puts().pop().expect("it was put")["Evaluations"][0].get("Annotation").cloned()
    };
    assert_eq!(annotation(&[]), None);

    let length = |annotation: Option<Value>| annotation.as_ref().and_then(Value::as_str).unwrap_or_default().len();
    let around = length(annotation(&["x"])) - 1;
    let whole = "x".repeat(256 - around);
    let kept = annotation(&[&whole]).expect("there is a reason").to_string();
    assert!(kept.contains(&whole), "{kept}");
    let cut = annotation(&[&format!("{whole}x")]).expect("there is a reason").to_string();
    assert!(!cut.contains(&whole), "{cut}");
    assert!(cut.chars().count() <= 258, "{cut}");
}

/// Lambda delivers an event twice now and then, and after every failure.
#[test]
fn a_second_delivery_sends_the_very_same_request() {
    let stage = Stage::with(SSL);
    let event = change(SSL, &open_bucket("b"));
    let warm = stage.function(SSL);
    for function in [&warm, &warm, &stage.function(SSL)] {
        assert_succeeded(&stage.invoke(function, &event));
    }
    stage.state().inject(Fault::once(FaultKind::BadToken));
    let attempts = stage.invoke_with_retries(&warm, &event);
    let succeeded: Vec<_> = attempts.iter().map(|attempt| attempt.outcome.is_success()).collect();
    assert_eq!(succeeded, [false, true]);

    let puts = stage.puts();
    assert_eq!(puts, vec![puts[0].clone(); 5]);
    let last = answers(&stage, Operation::PutEvaluations).split_off(3);
    assert_eq!(last, [Answer::Error("InvalidResultTokenException".to_owned()), Answer::Ok]);
}
