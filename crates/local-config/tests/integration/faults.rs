//! Faults, the control surface, and the server's own start and end.

use std::time::{Duration, Instant};

use local_config::{Answer, Failing, Fault, FaultKind, Operation, Server, StartError};
use serde_json::json;

use crate::{Local, evaluation, item};

fn put() -> serde_json::Value {
    let evaluations = [evaluation("a", "COMPLIANT", 1.0), evaluation("b", "COMPLIANT", 1.0)];
    json!({"ResultToken": "vitals-local:my-rule", "Evaluations": evaluations})
}

#[test]
fn faults_strike_in_order_and_as_often_as_asked() {
    let local = Local::with_rule("my-rule");
    let state = local.state();
    state.inject(Fault::times(FaultKind::Throttle, 2).on(Operation::PutEvaluations));
    state.inject(Fault::once(FaultKind::InternalError));
    state.inject(Fault::once(FaultKind::BadToken));
    state.inject(Fault::once(FaultKind::NoSuchRule).on(Operation::PutEvaluations));
    state.inject(Fault::forever(FaultKind::EmptyFirstPage));
    assert_eq!(state.pending_faults(), 6);

    let throttled = local.call("PutEvaluations", &put());
    assert_eq!(throttled.status, 400);
    assert_eq!(throttled.body, json!({"__type": "ThrottlingException", "message": "Rate exceeded"}));
    let internal = local.call("DescribeConfigRules", &json!({}));
    assert_eq!((internal.status, internal.body["__type"].as_str()), (500, Some("InternalFailure")));
    assert_eq!(local.code("PutEvaluations", &put()), "ThrottlingException");
    assert_eq!(local.code("PutEvaluations", &put()), "InvalidResultTokenException");
    assert_eq!(local.code("PutEvaluations", &put()), "NoSuchConfigRuleException");
    assert!(state.evaluations("my-rule").is_empty());
    local.ok("PutEvaluations", &put());
    assert_eq!(state.pending_faults(), 1, "nobody asked for a history");
}

#[test]
fn some_evaluations_fail() {
    let local = Local::with_rule("my-rule");
    let state = local.state();
    for (failing, kept) in [(Failing::First(1), "b"), (Failing::Resource("b".to_owned()), "a")] {
        state.reset();
        state.register_rule(local_config::Rule::new("my-rule")).unwrap();
        state.inject(Fault::once(FaultKind::FailedEvaluations(failing)));
        let failed = local.ok("PutEvaluations", &put());
        let expected = put()["Evaluations"].as_array().unwrap().clone();
        let expected: Vec<_> = expected.into_iter().filter(|one| one["ComplianceResourceId"] != kept).collect();
        assert_eq!(failed, json!({"FailedEvaluations": expected}));
        let stored: Vec<_> = state.evaluations("my-rule").into_iter().map(|one| one.resource_id).collect();
        assert_eq!(stored, [kept]);
    }
}

#[test]
fn a_cut_connection_has_no_answer() {
    let local = Local::with_rule("my-rule");
    let state = local.state();
    for (kind, processed) in [(FaultKind::CutBefore, 0), (FaultKind::CutAfter, 2)] {
        state.inject(Fault::once(kind));
        let error = local.post("PutEvaluations", &put().to_string()).err().expect("no answer");
        assert!(matches!(error, ureq::Error::Io(_) | ureq::Error::Protocol(_)), "{error:?}");
        assert_eq!(state.evaluations("my-rule").len(), processed);
    }
    local.ok("PutEvaluations", &put());
    let answers: Vec<_> = state.calls().into_iter().map(|call| call.answer).collect();
    assert_eq!(answers, [Answer::Cut, Answer::Cut, Answer::Ok]);
}

#[test]
fn a_slow_call_is_answered_late() {
    let local = Local::with_rule("my-rule");
    local.state().inject(Fault::once(FaultKind::Slow { milliseconds: 150 }));
    let begun = Instant::now();
    local.ok("PutEvaluations", &put());
    assert!(begun.elapsed() >= Duration::from_millis(150));
}

#[test]
fn pages_are_empty_and_keys_unprocessed_on_request() {
    let local = Local::start();
    local.state().put_item(&item("b", "2024-03-01T10:00:00Z", "OK")).unwrap();
    local.state().inject(Fault::once(FaultKind::EmptyFirstPage));
    local.state().inject(Fault::once(FaultKind::UnprocessedKeys { first: 1 }));

    let mut request = json!({"resourceType": "AWS::S3::Bucket", "resourceId": "b"});
    let empty = local.ok("GetResourceConfigHistory", &request);
    assert_eq!(empty["configurationItems"], json!([]));
    request["nextToken"] = empty["nextToken"].clone();
    let page = local.ok("GetResourceConfigHistory", &request);
    assert_eq!(page["configurationItems"].as_array().unwrap().len(), 1);

    let keys = json!([{"resourceType": "AWS::S3::Bucket", "resourceId": "b"}]);
    let batch = local.ok("BatchGetResourceConfig", &json!({"resourceKeys": keys}));
    assert_eq!(batch, json!({"baseConfigurationItems": [], "unprocessedResourceKeys": keys}));
    assert_eq!(local.state().pending_faults(), 0);
}

#[test]
fn another_process_controls_the_same_state() {
    let local = Local::start();
    let rules = json!([{"name": "my-rule", "tokens": ["recorded"]}, {"name": "other"}]);
    assert_eq!(local.control_post("rules", &rules).status, 204);
    let items = json!([item("b", "2024-03-01T10:00:00Z", "OK")]);
    assert_eq!(local.control_post("items", &items).status, 204);
    let fault = json!({"kind": {"failed-evaluations": {"resource": "b"}}, "operation": "PutEvaluations"});
    assert_eq!(local.control_post("faults", &fault).status, 204);
    assert_eq!(local.control_get("faults"), json!({"pending": 1}));

    let mut request = put();
    request["ResultToken"] = "recorded".into();
    local.ok("PutEvaluations", &request);
    let evaluations = local.control_get("evaluations?rule=my-rule");
    assert_eq!(
        evaluations,
        json!([{
            "rule": "my-rule", "resourceType": "AWS::S3::Bucket", "resourceId": "a", "compliance": "COMPLIANT",
            "orderingTimestamp": "1970-01-01T00:00:01.000Z", "recordedTime": evaluations[0]["recordedTime"]
        }])
    );
    assert_eq!(local.control_get("evaluations?rule=other"), json!([]));
    assert_eq!(
        local.control_get("requests"),
        json!([{"sequence": 0, "operation": "PutEvaluations", "body": request, "answer": "ok"}])
    );

    for (path, body, error) in [
        ("faults", json!({"kind": "bad-token", "operation": "DescribeConfigRules"}), "can't strike"),
        ("faults", json!({"kind": "throttel"}), "unknown variant"),
        ("rules", json!({"name": " "}), "can't be the name of a rule"),
        ("items", json!({"resourceType": "AWS::S3::Bucket"}), "AWS::S3::Bucket ?: `resourceId` is missing"),
    ] {
        let refused = local.control_post(path, &body);
        assert_eq!(refused.status, 400);
        assert!(refused.body["error"].as_str().unwrap().contains(error), "{}", refused.body);
    }

    let removed = local.agent.delete(format!("{}/_vitals/rules?rule=other", local.server.url())).call();
    assert_eq!(removed.unwrap().status(), 204);
    assert_eq!(local.state().rules().len(), 1);
    assert_eq!(local.control_post("reset", &json!(null)).status, 204);
    assert_eq!(local.control_get("rules"), json!([]));
}

#[test]
fn a_taken_port_is_named_and_a_stopped_server_frees_it() {
    let Local { runtime, server, .. } = Local::start();
    let address = server.address();
    let error = runtime.block_on(Server::start(address)).unwrap_err();
    assert!(matches!(error, StartError::InUse { .. }));
    assert_eq!(
        error.to_string(),
        format!("something is already listening on {address}; stop it, or choose another address with `--listen`")
    );
    runtime.block_on(server.shutdown());
    runtime.block_on(Server::start(address)).unwrap();
}
