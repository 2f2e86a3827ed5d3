//! Exceptions in the functions: read from a parameter, applied to what is put, and heeded again when they begin or end.

use local_config::{Compliance, Fault, FaultKind, Function, Operation, Rule};
use serde_json::{Value, json};

use crate::support::{
    ACM, NOTIFIED, SSL, Stage, assert_fails, assert_succeeded, bucket, certificate, change, event, failure,
    open_bucket, oversized, project, run, scheduled, start, time, vitals, with_invoking,
};

const PARAMETER: &str = "/vitals/exceptions/s3-bucket-ssl-requests-only";
const IN_FORCE: &str = "/vitals/exceptions-in-force/s3-bucket-ssl-requests-only";

/// Long before whatever happens here.
const LONG_AGO: &str = "2024-01-01T00:00:00Z";

/// An exception for some buckets, until some day.
fn exception(resource: &str, expires: &str) -> Value {
    json!({"resource": resource, "owner": "data@example.org", "ticket": "SEC-7", "reason": "old clients", "expires": expires})
}

fn put(stage: &Stage, name: &str, value: &Value) {
    stage.state().put_parameter(name, value.to_string(), time(LONG_AGO));
}

/// A rule's function that is told of exceptions.
fn function(stage: &Stage, rule: &str) -> Function {
    start(
        stage
            .spec(rule)
            .env("AWS_ENDPOINT_URL_SSM", stage.url())
            .env("VITALS_EXCEPTIONS", format!("other-rule,{rule}")),
    )
}

fn with_exceptions(exceptions: &Value) -> (Stage, Function) {
    let stage = Stage::with(SSL);
    put(&stage, PARAMETER, exceptions);
    let function = function(&stage, SSL);
    (stage, function)
}

/// What AWS Config holds of a bucket: compliance and annotation.
fn held(stage: &Stage, id: &str) -> (Compliance, Option<String>) {
    let evaluations = stage.state().evaluations(SSL);
    let found = evaluations.into_iter().find(|evaluation| evaluation.resource_id == id).expect("it was judged");
    (found.compliance, found.annotation)
}

fn reads(stage: &Stage) -> usize {
    stage.state().calls_of(Operation::GetParameter).len()
}

#[test]
fn an_excepted_verdict_stays_noncompliant_and_names_the_exception() {
    let (stage, function) = with_exceptions(&json!([exception("legacy-*", "2024-03-01")]));
    for item in [open_bucket("legacy-1"), open_bucket("other"), bucket("legacy-2")] {
        assert_succeeded(&stage.invoke(&function, &change(SSL, &item)));
    }
    let (compliance, annotation) = held(&stage, "legacy-1");
    assert_eq!(compliance, Compliance::NonCompliant);
    let annotation = annotation.expect("a reason");
    assert!(annotation.starts_with("exception SEC-7 until 2024-03-01: old clients; found: "), "{annotation}");
    let (compliance, plain) = held(&stage, "other");
    assert_eq!(compliance, Compliance::NonCompliant);
    assert_eq!(annotation.split_once("; found: ").map(|(_, found)| found), plain.as_deref());
    assert_eq!(held(&stage, "legacy-2"), (Compliance::Compliant, None));
    assert_eq!(reads(&stage), 1, "what was read is kept while the function is warm");
}

#[test]
fn an_oversized_item_is_excepted_by_its_tags_too() {
    let mut exception = exception("*", "2024-03-01");
    exception["account"] = "123456789012".into();
    exception["tag"] = json!({"key": "team", "value": "data"});
    let (stage, function) = with_exceptions(&json!([exception]));
    let item = open_bucket("legacy");
    stage.put_items([&item]);
    assert_succeeded(&stage.invoke(&function, &oversized(SSL, &item)));
    let (compliance, annotation) = held(&stage, "legacy");
    // The event has no time of its own: the exception was over long before today.
    assert_eq!(compliance, Compliance::NonCompliant);
    assert!(!annotation.expect("a reason").starts_with("exception"));
    let timed = with_invoking(oversized(SSL, &item), |invoking| invoking["notificationCreationTime"] = NOTIFIED.into());
    assert_succeeded(&stage.invoke(&function, &timed));
    assert!(held(&stage, "legacy").1.expect("a reason").starts_with("exception SEC-7"));
}

#[test]
fn a_schedule_excepts_what_it_lists() {
    let stage = Stage::with(ACM);
    let mut accepted = exception("c-1", "2024-03-01");
    accepted["effect"] = "compliant".into();
    put(&stage, "/vitals/exceptions/acm-certificate-expiration-check", &json!([accepted]));
    stage.put_items(&["c-1", "c-2"].map(|id| certificate(id, "2024-03-05T00:00:00.000Z")));
    let function = function(&stage, ACM);
    assert_succeeded(&stage.invoke(&function, &scheduled(ACM, NOTIFIED)));
    assert_eq!(stage.verdicts(ACM), ["COMPLIANT c-1", "NON_COMPLIANT c-2"]);
    let annotation = stage.state().evaluations(ACM)[0].annotation.clone().expect("a reason");
    assert!(annotation.starts_with("exception SEC-7 until 2024-03-01: "), "{annotation}");
    assert_eq!(reads(&stage), 1);
}

#[test]
fn an_exception_that_is_over_is_none() {
    let (stage, function) = with_exceptions(&json!([exception("legacy", "2024-02-29")]));
    assert_succeeded(&stage.invoke(&function, &change(SSL, &open_bucket("legacy"))));
    let (compliance, annotation) = held(&stage, "legacy");
    assert_eq!(compliance, Compliance::NonCompliant);
    assert!(!annotation.expect("a reason").starts_with("exception"));
}

#[test]
fn nothing_is_read_where_the_environment_names_no_exceptions() {
    let stage = Stage::with(SSL);
    let spec = stage.spec(SSL).env("AWS_ENDPOINT_URL_SSM", stage.url()).env("VITALS_EXCEPTIONS", "other-rule");
    assert_succeeded(&stage.invoke(&start(spec), &change(SSL, &open_bucket("b"))));
    assert_eq!(reads(&stage), 0);
}

/// Exceptions matter to noncompliant verdicts only: nothing else waits for them, or fails without them.
#[test]
fn nothing_is_read_for_what_is_compliant() {
    let stage = Stage::with(SSL);
    assert_succeeded(&stage.invoke(&function(&stage, SSL), &change(SSL, &bucket("b"))));
    assert_eq!(reads(&stage), 0);
}

/// Never "no exceptions": the invocation fails, nothing is put, and after the cause is mended the same event succeeds.
#[test]
fn exceptions_that_can_not_be_had_fail_the_invocation() {
    let long = json!(vec![exception(&"x".repeat(400), "2024-03-01"); 12]).to_string();
    for (value, fault, naming) in [
        (None, None, "ParameterNotFound"),
        (Some("[]"), Some(FaultKind::AccessDenied), "AccessDeniedException"),
        (Some("no exceptions"), None, "not what `vitals exceptions compile` writes"),
        (Some(r#"[{"resource": "legacy"}]"#), None, "missing field"),
        // A parameter of the advanced tier can hold more, but not half of something.
        (Some(&long[..8000.min(long.len() - 1)]), None, "not what `vitals exceptions compile` writes"),
    ] {
        let stage = Stage::with(SSL);
        if let Some(value) = value {
            stage.state().put_parameter(PARAMETER, value, time(LONG_AGO));
        }
        if let Some(kind) = fault {
            stage.state().inject(Fault::once(kind).on(Operation::GetParameter));
        }
        let function = function(&stage, SSL);
        let event = change(SSL, &open_bucket("legacy"));
        let invocation = stage.invoke(&function, &event);
        assert_fails(&invocation, "NoExceptions", naming);
        let (_, message) = failure(&invocation);
        assert!(message.contains(PARAMETER) && message.len() < 500, "{message}");
        assert!(stage.puts().is_empty(), "{naming}");
        assert_eq!(stage.state().pending_faults(), 0);

        put(&stage, PARAMETER, &json!([exception("legacy", "2024-03-01")]));
        assert_succeeded(&stage.invoke(&function, &event));
        assert!(held(&stage, "legacy").1.expect("a reason").starts_with("exception SEC-7"), "{naming}");
    }
}

#[test]
fn a_throttled_read_is_tried_again() {
    let (stage, function) = with_exceptions(&json!([exception("legacy", "2024-03-01")]));
    stage.state().inject(Fault::times(FaultKind::Throttle, 2).on(Operation::GetParameter));
    assert_succeeded(&stage.invoke(&function, &change(SSL, &open_bucket("legacy"))));
    assert_eq!((reads(&stage), stage.state().pending_faults()), (3, 0));
}

/// Those of the sample estate: all match something, and each accepts something.
#[test]
fn the_sample_exceptions_fit_the_sample_estate() {
    let (file, estate, now) = ("examples/exceptions.toml", "examples/estate.json.gz", "2026-11-21T00:00:00Z");
    let checked = run(&mut vitals(project(), ["exceptions", "check", file, estate, "--now", now]), b"");
    assert_eq!(checked.code, Some(0), "{}", checked.stderr);
    let judged = run(&mut vitals(project(), ["check", estate, "--exceptions", file, "--now", now]), b"");
    assert_eq!(judged.code, Some(1), "{}", judged.stderr);
    assert!(judged.stdout.contains("exception RISK-118 until 2026-12-15") && judged.stdout.contains("EXCEPTED"));
    assert!(!judged.stderr.contains("had nothing to accept"), "{}", judged.stderr);
}

// The function that has rules evaluated anew.

const NAME: &str = "s3-bucket-ssl-requests-only-conformance-pack-ab12cd34e";

/// With the rule deployed in a pack, which gives it another name.
fn deployed_in_a_pack() -> Stage {
    let stage = Stage::new();
    let mut rule = Rule::new(NAME);
    rule.function = Some(format!("vitals-{SSL}"));
    stage.state().register_rule(rule).expect("the name is one of a rule");
    stage.register("somebody-elses");
    stage
}

fn reevaluate(stage: &Stage) -> Function {
    start(stage.spec("reevaluate").env("AWS_ENDPOINT_URL_SSM", stage.url()))
}

/// What EventBridge's schedule sends.
fn tick(now: &str) -> Value {
    json!({
        "version": "0",
        "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "123456789012",
        "time": now,
        "region": "us-east-1",
        "resources": ["arn:aws:events:us-east-1:123456789012:rule/vitals"],
        "detail": {},
    })
}

/// The rules whose evaluation was started, call by call.
fn started(stage: &Stage) -> Vec<Value> {
    let calls = stage.state().calls_of(Operation::StartConfigRulesEvaluation);
    calls.into_iter().map(|mut call| call["ConfigRuleNames"].take()).collect()
}

/// AWS Config's part of an evaluation that was started: each resource's last item again, as of now.
fn evaluate_anew(stage: &Stage, function: &Function, item: &Value, now: &str) {
    let again = with_invoking(event(NAME, &json!({})), |invoking| {
        *invoking = json!({
            "configurationItemDiff": null,
            "configurationItem": item,
            "notificationCreationTime": now,
            "messageType": "ConfigurationItemChangeNotification",
            "recordVersion": "1.3",
        });
    });
    assert_succeeded(&stage.invoke(function, &again));
}

/// Nothing changes but the day: the verdict of the very same item loses its exception, and an alert can be raised.
#[test]
fn a_verdict_turns_when_its_exception_ends() {
    let stage = deployed_in_a_pack();
    let exceptions = json!([exception("legacy", "2024-03-01")]);
    put(&stage, PARAMETER, &exceptions);
    put(&stage, IN_FORCE, &exceptions);
    let (rule, reevaluate) = (function(&stage, SSL), reevaluate(&stage));
    let item = open_bucket("legacy");
    evaluate_anew(&stage, &rule, &item, NOTIFIED);
    let annotation = || stage.state().evaluations(NAME)[0].annotation.clone().expect("a reason");
    assert!(annotation().starts_with("exception SEC-7"), "{}", annotation());

    assert_succeeded(&stage.invoke(&reevaluate, &tick("2024-03-01T23:50:00Z")));
    assert_eq!(started(&stage), [Value::Null; 0], "it is still in force");

    let invocation = stage.invoke(&reevaluate, &tick("2024-03-02T00:05:00Z"));
    assert_succeeded(&invocation);
    assert_eq!(started(&stage), [json!([NAME])]);
    let told = invocation.log.iter().find(|line| line.contains("an exception ended")).expect("it is told");
    assert!(told.contains("SEC-7") && told.contains(SSL) && told.contains("\"level\":\"WARN\""), "{told}");
    evaluate_anew(&stage, &rule, &item, "2024-03-02T00:05:03.120Z");
    assert_eq!(stage.verdicts(NAME), ["NON_COMPLIANT legacy"]);
    assert!(!annotation().starts_with("exception"), "{}", annotation());

    assert_succeeded(&stage.invoke(&reevaluate, &tick("2024-03-02T00:20:00Z")));
    assert_eq!(started(&stage).len(), 1, "once is enough");
    assert_eq!(stage.state().parameter(IN_FORCE).as_deref(), Some("[]"));
}

#[test]
fn an_exception_that_begins_changes_or_is_removed_has_its_rule_evaluated() {
    let accepted = json!([exception("legacy", "2024-06-30")]);
    let mut future = exception("legacy", "2024-06-30");
    future["starts"] = "2024-03-02".into();
    for (case, there, before, now, expected) in [
        ("began", Some(json!([future])), None, "2024-03-02T00:05:00Z", true),
        ("has not begun", Some(json!([future])), None, "2024-03-01T23:50:00Z", false),
        ("changed", Some(accepted.clone()), Some(json!([exception("legacy", "2024-05-31")])), NOTIFIED, true),
        ("stayed", Some(accepted.clone()), Some(accepted.clone()), NOTIFIED, false),
        ("removed", None, Some(accepted.clone()), NOTIFIED, true),
        ("removed and seen", None, Some(json!([])), NOTIFIED, false),
    ] {
        let stage = deployed_in_a_pack();
        for (name, value) in [(PARAMETER, there), (IN_FORCE, before)] {
            if let Some(value) = value {
                put(&stage, name, &value);
            }
        }
        assert_succeeded(&stage.invoke(&reevaluate(&stage), &tick(now)));
        let names: Vec<_> = if expected { vec![json!([NAME])] } else { Vec::new() };
        assert_eq!(started(&stage), names, "{case}");
    }
}

/// Warm functions go by what they read for some minutes: evaluated at once, some verdicts would be those of before.
#[test]
fn a_parameter_that_was_just_changed_waits_for_the_next_run() {
    let stage = deployed_in_a_pack();
    let value = json!([exception("legacy", "2024-06-30")]).to_string();
    stage.state().put_parameter(PARAMETER, value, time("2024-03-01T12:00:00Z"));
    let function = reevaluate(&stage);
    assert_succeeded(&stage.invoke(&function, &tick("2024-03-01T12:04:00Z")));
    assert_eq!(started(&stage), [Value::Null; 0]);
    assert_succeeded(&stage.invoke(&function, &tick("2024-03-01T12:19:00Z")));
    assert_eq!(started(&stage), [json!([NAME])]);
}

#[test]
fn more_rules_than_one_call_takes_wait_for_the_next_run() {
    let stage = Stage::new();
    for number in 0..30 {
        let rule = format!("rule-{number:02}");
        stage.register(&rule);
        put(&stage, &format!("/vitals/exceptions/{rule}"), &json!([exception("b", "2024-06-30")]));
    }
    let function = reevaluate(&stage);
    assert_succeeded(&stage.invoke(&function, &tick(NOTIFIED)));
    let first: Vec<_> = (0..25).map(|number| format!("rule-{number:02}")).collect();
    assert_eq!(started(&stage), [json!(first)]);

    // A minute has not passed: AWS Config refuses, and Lambda tries the event again a minute later.
    let refused = stage.invoke(&function, &tick(NOTIFIED));
    assert_fails(&refused, "Aws", "StartConfigRulesEvaluation failed: LimitExceededException");
    let rest: Vec<_> = (25..30).map(|number| format!("rule-{number:02}")).collect();
    assert_eq!(started(&stage)[1], json!(rest));
    assert_eq!(stage.state().parameter("/vitals/exceptions-in-force/rule-29"), None, "it was not started");
}

#[test]
fn one_unreadable_parameter_does_not_keep_others_from_being_heeded() {
    let stage = deployed_in_a_pack();
    put(&stage, PARAMETER, &json!([exception("legacy", "2024-06-30")]));
    stage.state().put_parameter("/vitals/exceptions/another", "no exceptions", time(LONG_AGO));
    let invocation = stage.invoke(&reevaluate(&stage), &tick(NOTIFIED));
    assert_fails(&invocation, "NoExceptions", "/vitals/exceptions/another");
    assert_eq!(started(&stage), [json!([NAME])]);
}

#[test]
fn what_stops_the_reevaluation_is_told() {
    for (case, kind, operation) in [
        ("reading", FaultKind::AccessDenied, Operation::GetParametersByPath),
        ("finding", FaultKind::AccessDenied, Operation::DescribeConfigRules),
        ("starting", FaultKind::NoSuchRule, Operation::StartConfigRulesEvaluation),
        ("noting", FaultKind::AccessDenied, Operation::PutParameter),
    ] {
        let stage = deployed_in_a_pack();
        put(&stage, PARAMETER, &json!([exception("legacy", "2024-06-30")]));
        stage.state().inject(Fault::once(kind).on(operation));
        let function = reevaluate(&stage);
        assert_fails(&stage.invoke(&function, &tick(NOTIFIED)), "Aws", operation.name());
        assert_eq!(stage.state().parameter(IN_FORCE), None, "{case}");
        assert_eq!(stage.state().pending_faults(), 0, "{case}");
    }
    let stage = deployed_in_a_pack();
    let function = reevaluate(&stage);
    for event in [json!({}), json!({"time": "soon"}), json!([])] {
        assert_fails(&stage.invoke(&function, &event), "InvalidEvent", "`time`");
    }
}
