//! Every form in which AWS Config's events come, through real binaries.

use std::collections::BTreeSet;

use local_config::{Compliance, Operation};
use serde_json::{Value, json};

use crate::support::{
    ACCOUNT, ACM, CAPTURED, NOTIFIED, SNS, SSL, Stage, assert_fails, assert_succeeded, bucket, certificate, change,
    open_bucket, oversized, principal, read_json, remove, scheduled, shared, time, with_invoking, working_channel,
};

/// The answer to an event.
#[derive(Clone, Copy)]
enum Answer {
    /// These verdicts, each on a resource, are what AWS Config holds afterwards.
    Put(&'static [&'static str]),
    /// An error of this kind that names the culprit.
    Fails(&'static str, &'static str),
}

use Answer::{Fails, Put};

const OTHER_BUCKET: Answer = Put(&["NOT_APPLICABLE example-bucket"]);
const OTHER_INSTANCE: Answer = Put(&["NOT_APPLICABLE i-00000000"]);
const OPEN_BUCKET: Answer = Put(&["NON_COMPLIANT example-bucket"]);
const UNKNOWN_MESSAGE: Answer = Fails("InvalidEvent", "`SomethingNew`");

/// A recorded event, whether it comes with the sample parameter `maxDays`, and the answers of [`SSL`], [`ACM`] and
/// [`SNS`] without that parameter.
const RECORDED: [(&str, bool, [Answer; 3]); 11] = [
    ("change-deleted", true, [OTHER_BUCKET; 3]),
    ("change-discovered", true, [OPEN_BUCKET, OTHER_BUCKET, OTHER_BUCKET]),
    ("change-left-scope", true, [OTHER_BUCKET; 3]),
    ("change-no-parameters", false, [OPEN_BUCKET, OTHER_BUCKET, OTHER_BUCKET]),
    ("change-updated", true, [OPEN_BUCKET, OTHER_BUCKET, OTHER_BUCKET]),
    ("invalid-unknown-message", true, [UNKNOWN_MESSAGE; 3]),
    ("oversized", true, [OTHER_INSTANCE; 3]),
    ("oversized-full", true, [OTHER_INSTANCE; 3]),
    // Its parameters are an empty string.
    ("rdk-testmode", false, [OPEN_BUCKET, OTHER_BUCKET, OTHER_BUCKET]),
    // The certificate expires nine days after this event, and eight years after the next one.
    (
        "scheduled",
        true,
        [
            Put(&["COMPLIANT listed-bucket"]),
            Put(&["NON_COMPLIANT listed-certificate"]),
            Put(&["COMPLIANT 123456789012"]),
        ],
    ),
    (
        "snapshot-delivered",
        true,
        [Put(&["COMPLIANT listed-bucket"]), Put(&["COMPLIANT listed-certificate"]), Put(&["COMPLIANT 123456789012"])],
    ),
];

#[test]
fn recorded_events_get_their_answer() {
    let Some(folder) = shared("contract-events", "the answers to recorded events") else { return };
    let files: BTreeSet<_> = std::fs::read_dir(&folder)
        .expect("the folder can be listed")
        .map(|entry| entry.expect("the folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .filter(|path| read_json(path).get("invokingEvent").is_some())
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    let known: BTreeSet<_> = RECORDED.iter().map(|(file, ..)| (*file).to_owned()).collect();
    assert_eq!(files, known, "the events in {} and the table above differ", folder.display());

    for (file, max_days, answers) in RECORDED {
        let event = read_json(folder.join(file).with_extension("json"));
        let mut without_parameters = event.clone();
        without_parameters["ruleParameters"] = "{}".into();
        for (rule, expected) in [SSL, ACM, SNS].into_iter().zip(answers) {
            let refused = match expected {
                Put(_) if max_days => Fails("InvalidParameters", "`maxDays`"),
                _ => expected,
            };
            assert_answer(&format!("{file}, as recorded"), rule, &event, refused);
            assert_answer(&format!("{file} without parameters"), rule, &without_parameters, expected);
        }
    }
}

fn assert_answer(case: &str, rule: &str, event: &Value, expected: Answer) {
    let text = |member: &str| event[member].as_str().unwrap_or_else(|| panic!("{case}: no {member}"));
    let deployed = text("configRuleName");
    let stage = Stage::with(deployed);
    stage.state().accept_token(text("resultToken"), deployed).expect("the rule was just registered");
    stage.put_items(&[bucket("listed-bucket"), certificate("listed-certificate", "2024-03-10T00:00:00.000Z")]);
    stage.set_channels(working_channel());

    let invocation = stage.once(rule, event);
    let verdicts = stage.verdicts(deployed);
    match expected {
        Put(expected) => {
            assert!(invocation.outcome.is_success(), "{case}, {rule}: {}", invocation.outcome);
            assert_eq!(verdicts, expected, "{case}, {rule}");
        }
        Fails(error_type, naming) => {
            eprintln!("{case}, {rule}");
            assert_fails(&invocation, error_type, naming);
            assert!(stage.puts().is_empty(), "{case}, {rule}: failed, and put {verdicts:?}");
        }
    }
}

#[test]
fn parameters_may_be_missing_in_four_ways() {
    // Nine days are left, so the default of 14 makes the difference.
    let mut event = change(ACM, &certificate("c", "2024-03-10T13:26:17.741Z"));
    let stage = Stage::with(ACM);
    let function = stage.function(ACM);
    for none in [Some(Value::Null), Some(json!("")), Some(json!("{}")), None] {
        match &none {
            Some(value) => event["ruleParameters"] = value.clone(),
            None => remove(&mut event, "ruleParameters"),
        }
        assert_succeeded(&stage.invoke(&function, &event));
    }
    let puts = stage.puts();
    assert_eq!(stage.verdicts(ACM), ["NON_COMPLIANT c"]);
    assert_eq!(puts, vec![puts[0].clone(); 4]);
}

#[test]
fn parameters_come_as_strings_or_as_what_they_are() {
    let stage = Stage::with(ACM);
    let function = stage.function(ACM);
    let mut event = change(ACM, &certificate("c", "2024-03-10T13:26:17.741Z"));
    for (parameters, verdict) in [
        (json!({"daysToExpiration": "8"}), Compliance::Compliant),
        (json!({"daysToExpiration": "9"}), Compliance::NonCompliant),
        (json!({"daysToExpiration": 8}), Compliance::Compliant),
        (json!({"daysToExpiration": 9}), Compliance::NonCompliant),
    ] {
        event["ruleParameters"] = parameters.to_string().into();
        assert_succeeded(&stage.invoke(&function, &event));
        assert_eq!(stage.verdict(ACM, "AWS::ACM::Certificate", "c"), Some(verdict), "{parameters}");
    }
}

#[test]
fn unreadable_parameters_are_refused_without_an_evaluation() {
    let stage = Stage::with(ACM);
    let function = stage.function(ACM);
    let mut event = change(ACM, &certificate("c", "2030-01-01T00:00:00.000Z"));
    for (parameters, naming) in [
        (r#"{"daysToExpiration": "soon"}"#, "`daysToExpiration` is `soon`"),
        (r#"{"daysToExpiration": "-1"}"#, "`daysToExpiration` is `-1`"),
        (r#"{"daystoexpiration": "9"}"#, "`daystoexpiration`"),
        (r#"{"daysToExpiration": ["9"]}"#, "`daysToExpiration`"),
        ("[]", "parameters"),
        ("days=9", "parameters"),
    ] {
        event["ruleParameters"] = parameters.into();
        assert_fails(&stage.invoke(&function, &event), "InvalidParameters", naming);
    }
    assert!(stage.puts().is_empty());
}

/// Status and scope decide before the rule does, and each event is answered by exactly one evaluation.
#[test]
fn only_what_is_recorded_and_in_scope_is_judged() {
    let stage = Stage::with(SSL);
    let function = stage.function(SSL);
    for (status, judged) in [
        ("OK", true),
        ("ResourceDiscovered", true),
        ("ResourceNotRecorded", false),
        ("ResourceDeleted", false),
        ("ResourceDeletedNotRecorded", false),
    ] {
        for (left_scope, in_scope) in [
            (json!(false), true),
            (Value::Null, true),
            (Value::String("absent".to_owned()), true),
            (json!(true), false),
        ] {
            let id = format!("{status}-{left_scope}");
            let mut item = open_bucket(&id);
            item["configurationItemStatus"] = status.into();
            if !judged {
                item["configuration"] = Value::Null;
                item["supplementaryConfiguration"] = json!({});
            }
            let mut event = change(SSL, &item);
            if left_scope == "absent" {
                remove(&mut event, "eventLeftScope");
            } else {
                event["eventLeftScope"] = left_scope;
            }
            assert_succeeded(&stage.invoke(&function, &event));
            let expected = if judged && in_scope { "NON_COMPLIANT" } else { "NOT_APPLICABLE" };
            assert_eq!(put_of(&stage), (expected.to_owned(), id));
        }
    }
}

/// Compliance and id of the only evaluation of the last call.
fn put_of(stage: &Stage) -> (String, String) {
    let puts = stage.puts();
    let evaluations = puts.last().and_then(|put| put["Evaluations"].as_array()).expect("evaluations were put");
    let [evaluation] = evaluations.as_slice() else { panic!("there is not one evaluation: {evaluations:?}") };
    let text = |member: &str| evaluation[member].as_str().expect("it is a string").to_owned();
    (text("ComplianceType"), text("ComplianceResourceId"))
}

#[test]
fn resources_of_other_types_are_not_applicable() {
    for (rule, item) in [
        (SSL, certificate("id", "2030-01-01T00:00:00.000Z")),
        (ACM, open_bucket("id")),
        ("iam-no-inline-policy-check", open_bucket("id")),
        // To a facts rule every type is another one.
        (SNS, principal("user", "id", &[])),
    ] {
        let stage = Stage::with(rule);
        assert_succeeded(&stage.once(rule, &change(rule, &item)));
        assert_eq!(stage.verdicts(rule), ["NOT_APPLICABLE id"], "{rule}");
        assert_eq!(stage.puts().len(), 1, "{rule}");
    }
}

#[test]
fn broken_events_are_refused_by_name() {
    let sound = change(SSL, &bucket("b"));
    let without = |member: &str| {
        let mut event = sound.clone();
        remove(&mut event, member);
        event
    };
    let with = |member: &str, value: Value| {
        let mut event = sound.clone();
        event[member] = value;
        event
    };
    let invoking = |change: fn(&mut Value)| with_invoking(sound.clone(), change);
    let schedule = scheduled(SSL, NOTIFIED);
    let mut nameless = schedule.clone();
    remove(&mut nameless, "configRuleName");
    let cases = [
        (without("resultToken"), "`resultToken`"),
        (with("resultToken", json!("")), "`resultToken`"),
        (with("resultToken", Value::Null), "`resultToken`"),
        (without("invokingEvent"), "`invokingEvent`"),
        (with("invokingEvent", json!("change")), "`invokingEvent`"),
        (with("evaluationMode", json!("PROACTIVE")), "`PROACTIVE`"),
        (invoking(|inner| remove(inner, "messageType")), "`messageType`"),
        (
            invoking(|inner| inner["messageType"] = json!("ComplianceChangeNotification")),
            "`ComplianceChangeNotification`",
        ),
        (invoking(|inner| inner["notificationCreationTime"] = json!("now")), "`notificationCreationTime`"),
        (invoking(|inner| remove(inner, "configurationItem")), "`configurationItem`"),
        (invoking(|inner| inner["configurationItem"] = Value::Null), "`configurationItem`"),
        (invoking(|inner| remove(&mut inner["configurationItem"], "resourceType")), "`resourceType`"),
        (invoking(|inner| remove(&mut inner["configurationItem"], "resourceId")), "`resourceId`"),
        (
            invoking(|inner| remove(&mut inner["configurationItem"], "configurationItemStatus")),
            "`configurationItemStatus`",
        ),
        (
            invoking(|inner| inner["configurationItem"]["configurationItemStatus"] = json!("Fine")),
            "`configurationItemStatus`",
        ),
        (
            invoking(|inner| remove(&mut inner["configurationItem"], "configurationItemCaptureTime")),
            "`configurationItemCaptureTime`",
        ),
        (
            invoking(|inner| inner["configurationItem"]["configurationItemCaptureTime"] = json!("now")),
            "configurationItemCaptureTime",
        ),
        (
            with_invoking(oversized(SSL, &bucket("b")), |inner| remove(inner, "configurationItemSummary")),
            "`configurationItemSummary`",
        ),
        (with_invoking(schedule, |inner| remove(inner, "notificationCreationTime")), "`notificationCreationTime`"),
        (nameless, "`configRuleName`"),
        (json!(["an event"]), "event"),
    ];
    let stage = Stage::with(SSL);
    let function = stage.function(SSL);
    for (event, naming) in cases {
        eprintln!("{event}");
        assert_fails(&stage.invoke(&function, &event), "InvalidEvent", naming);
    }
    assert!(stage.puts().is_empty());
}

/// What AWS adds one day must not break a rule.
#[test]
fn unknown_members_are_passed_over() {
    let mut item = open_bucket("b");
    item["configurationItemDeliveryTime"] = json!("2024-03-01T10:05:00.000Z");
    item["recordingFrequency"] = json!("DAILY");
    item["somethingNew"] = json!({"a": [1]});
    let mut event = with_invoking(change(SSL, &item), |inner| inner["somethingNew"] = json!([1]));
    event["somethingNew"] = json!({"a": 1});
    let stage = Stage::with(SSL);
    assert_succeeded(&stage.once(SSL, &event));
    assert_eq!(stage.verdicts(SSL), ["NON_COMPLIANT b"]);
}

/// The ordering time is the item's or the schedule's, to the millisecond, and never the clock's.
#[test]
fn evaluations_are_ordered_by_the_events_own_time() {
    for text in [CAPTURED, "2024-03-01T10:02:26.7Z", "2024-03-01T10:02:26Z", "2016-08-24T00:00:00.001Z"] {
        let mut item = bucket("b");
        item["configurationItemCaptureTime"] = text.into();
        for (rule, event) in [(SSL, change(SSL, &item)), (SNS, scheduled(SNS, text))] {
            let stage = Stage::with(rule);
            assert_succeeded(&stage.once(rule, &event));
            let [evaluation] = stage.state().evaluations(rule).try_into().expect("there is one evaluation");
            assert_eq!(evaluation.ordering_timestamp, time(text), "{rule}");
        }
    }
}

/// A schedule's notification says when it is; the clock and the item's age don't matter.
#[test]
fn now_is_the_notifications_time() {
    let stage = Stage::with(ACM);
    let function = stage.function(ACM);
    // The item was recorded on 1 March, long before the judgement.
    let item = certificate("c", "2024-06-15T00:00:00.000Z");
    for (notified, verdict) in
        [("2024-05-31T23:59:59.999Z", "COMPLIANT c"), ("2024-06-01T00:00:00.000Z", "NON_COMPLIANT c")]
    {
        let event = with_invoking(change(ACM, &item), |inner| inner["notificationCreationTime"] = notified.into());
        assert_succeeded(&stage.invoke(&function, &event));
        assert_eq!(stage.verdicts(ACM), [verdict], "{notified}");
    }
}

#[test]
fn a_token_that_aws_config_does_not_know_fails_the_invocation() {
    let stage = Stage::with(SSL);
    let mut event = change(SSL, &bucket("b"));
    event["resultToken"] = "TESTMODE".into();
    assert_fails(&stage.once(SSL, &event), "AwsConfig", "PutEvaluations failed: InvalidResultTokenException");
    assert_eq!(stage.verdicts(SSL), [""; 0]);
    assert_eq!(stage.puts().len(), 1, "a refused token is not tried again");
}

/// A pack gives its rules names of its own; the account is judged under its id.
#[test]
fn the_deployed_name_and_the_account_are_the_events() {
    let deployed = "config-delivery-channel-sns-conformance-pack-szsm1uv0w";
    let stage = Stage::with(deployed);
    let mut event = scheduled(SNS, NOTIFIED);
    event["configRuleName"] = deployed.into();
    event["resultToken"] = stage.state().issue_token(deployed).expect("the rule is registered").into();
    assert_succeeded(&stage.once(SNS, &event));
    assert_eq!(stage.verdicts(deployed), [format!("NON_COMPLIANT {ACCOUNT}")]);
    let asked = stage.state().calls_of(Operation::GetComplianceDetailsByConfigRule);
    assert_eq!(asked.iter().map(|call| &call["ConfigRuleName"]).collect::<Vec<_>>(), [deployed]);
}
