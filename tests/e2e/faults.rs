//! Everything that may fail between a function and AWS Config, at each call that it makes: either AWS Config holds the
//! right verdicts, or the invocation failed in time and said why; and once the fault is over, Lambda's retries set right
//! what it left behind.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use local_config::{Answer, Compliance, Failing, Fault, FaultKind, Operation, Outcome};
use serde_json::{Value, json};

use crate::support::{
    ACM, CAPTURED, NOTIFIED, SSL, Stage, assert_fails, assert_succeeded, certificate, change, failure, open_bucket,
    oversized, scheduled, start, time,
};

const CERTIFICATE: &str = "AWS::ACM::Certificate";
const VALID: &str = "2030-01-01T00:00:00.000Z";
const EXPIRED: &str = "2024-02-01T00:00:00.000Z";
const NEXT_DAY: &str = "2024-03-02T13:26:17.741Z";

/// Of this the function uses all but half a second, which is time for a second try of any call.
const TIMEOUT: Duration = Duration::from_secs(2);

/// Cases that run side by side; nearly all of their time is waiting.
const SIDE_BY_SIDE: usize = 10;

/// By id.
type Verdicts = BTreeMap<String, (Compliance, Timestamp)>;

/// Each event that calls AWS Config, with each call that it makes.
const CALLS: [(&str, Operation); 7] = [
    ("change", Operation::PutEvaluations),
    ("oversized", Operation::GetResourceConfigHistory),
    ("oversized", Operation::PutEvaluations),
    ("scheduled", Operation::ListDiscoveredResources),
    ("scheduled", Operation::BatchGetResourceConfig),
    ("scheduled", Operation::PutEvaluations),
    ("scheduled", Operation::GetComplianceDetailsByConfigRule),
];

/// What can strike every call.
fn anywhere() -> [FaultKind; 5] {
    [
        FaultKind::Throttle,
        FaultKind::InternalError,
        FaultKind::CutBefore,
        FaultKind::CutAfter,
        // Beyond the function's time.
        FaultKind::Slow { milliseconds: 2_500 },
    ]
}

/// An event, what AWS Config holds before it, and what it must hold after it.
struct Scene {
    stage: Stage,
    event: Value,
    before: Verdicts,
    after: Verdicts,
}

impl Scene {
    fn new(kind: &str) -> Self {
        let stage = Stage::with(ACM);
        let items = [certificate("a", VALID), certificate("b", EXPIRED), certificate("c", VALID)];
        let at = |compliance, text| (compliance, time(text));
        let (event, after): (_, Vec<_>) = match kind {
            "change" => (change(ACM, &items[1]), vec![("b", at(Compliance::NonCompliant, CAPTURED))]),
            "oversized" => {
                stage.put_items(&items);
                (oversized(ACM, &items[1]), vec![("b", at(Compliance::NonCompliant, CAPTURED))])
            }
            _ => {
                stage.put_items(&items);
                // Judged before, and no longer there.
                assert_succeeded(&stage.once(ACM, &change(ACM, &certificate("gone", VALID))));
                let after = vec![
                    ("a", at(Compliance::Compliant, NEXT_DAY)),
                    ("b", at(Compliance::NonCompliant, NEXT_DAY)),
                    ("c", at(Compliance::Compliant, NEXT_DAY)),
                    ("gone", at(Compliance::NotApplicable, NEXT_DAY)),
                ];
                (scheduled(ACM, NEXT_DAY), after)
            }
        };
        let before = held(&stage);
        Self { stage, event, before, after: after.into_iter().map(|(id, verdict)| (id.to_owned(), verdict)).collect() }
    }
}

fn held(stage: &Stage) -> Verdicts {
    let held = stage.state().evaluations(ACM).into_iter();
    held.map(|put| (put.resource_id, (put.compliance, put.ordering_timestamp))).collect()
}

/// Runs all cases, some side by side, and says of each that failed why.
fn all<T: Sync>(cases: &[T], check: impl Fn(&T) -> Result<(), String> + Sync) {
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(why) = check(case) {
                        wrong.lock().expect("nobody panics with it").push(why);
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("nobody panicked");
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// Faults that end some time during Lambda's own two retries.
#[test]
fn after_lambdas_retries_aws_config_holds_the_right_verdicts() {
    let mut cases = Vec::new();
    for (event, operation) in CALLS {
        for kind in anywhere() {
            // Each invocation makes at least two tries, and of a slow call one.
            let times = if matches!(kind, FaultKind::Slow { .. }) { 2 } else { 3 };
            cases.push((event, Fault::times(kind, times).on(operation)));
        }
    }
    for event in ["change", "oversized", "scheduled"] {
        cases.push((event, Fault::times(FaultKind::BadToken, 2)));
        cases.push((event, Fault::times(FaultKind::FailedEvaluations(Failing::First(1)), 5)));
        cases.push((event, Fault::times(FaultKind::FailedEvaluations(Failing::First(100)), 3)));
        cases.push((event, Fault::times(FaultKind::FailedEvaluations(Failing::Resource("b".to_owned())), 5)));
        // Late, but in time.
        cases.push((event, Fault::once(FaultKind::Slow { milliseconds: 300 })));
    }
    cases.push(("oversized", Fault::once(FaultKind::EmptyFirstPage)));
    cases.push(("scheduled", Fault::times(FaultKind::UnprocessedKeys { first: 2 }, 4)));
    cases.push(("scheduled", Fault::times(FaultKind::UnprocessedKeys { first: 100 }, 4)));

    all(&cases, |(event, fault)| {
        let Scene { stage, event: payload, after, .. } = Scene::new(event);
        let function = start(stage.spec(ACM).timeout(TIMEOUT));
        stage.state().inject(fault.clone());
        let attempts = stage.invoke_with_retries(&function, &payload);
        let outcomes: Vec<_> = attempts.iter().map(|attempt| attempt.outcome.to_string()).collect();
        let told = |what: &str| Err(format!("{event}, {fault:?}: {what}; {outcomes:?}"));
        if !attempts.last().is_some_and(|last| last.outcome.is_success()) {
            return told("no attempt succeeded");
        }
        // A failure in between was reported by the function itself, and not found by Lambda's killing it.
        if !attempts.iter().all(|one| matches!(one.outcome, Outcome::Succeeded(_) | Outcome::Failed { .. })) {
            return told("an attempt did not end by itself");
        }
        if stage.state().pending_faults() > 0 {
            return told("the fault did not strike");
        }
        if held(&stage) != after {
            return told(&format!("AWS Config holds {:?}", held(&stage)));
        }
        Ok(())
    });
}

/// Faults that don't end: the failure comes within the function's time and names the call; what AWS Config holds is, of
/// each resource, the verdict from before or the right new one.
#[test]
fn a_fault_without_end_fails_in_time_and_leaves_nothing_wrong_behind() {
    let mut cases = Vec::new();
    for (event, operation) in CALLS {
        for kind in anywhere() {
            cases.push((event, Fault::forever(kind).on(operation), operation.name()));
        }
    }
    for event in ["change", "oversized", "scheduled"] {
        cases.push((event, Fault::forever(FaultKind::BadToken), "InvalidResultTokenException"));
        let same = FaultKind::FailedEvaluations(Failing::Resource("b".to_owned()));
        cases.push((event, Fault::forever(same), "evaluation"));
    }
    cases.push(("scheduled", Fault::forever(FaultKind::UnprocessedKeys { first: 1 }), "BatchGetResourceConfig"));

    all(&cases, |(event, fault, naming)| {
        let Scene { stage, event: payload, before, after } = Scene::new(event);
        // Refused evaluations are put again for 3 seconds.
        let refused = matches!(fault.kind, FaultKind::FailedEvaluations(_));
        let timeout = if refused { Duration::from_secs(8) } else { TIMEOUT };
        let function = start(stage.spec(ACM).timeout(timeout));
        stage.state().inject(fault.clone());
        let invocation = stage.invoke(&function, &payload);
        let told = |what: &str| Err(format!("{event}, {fault:?}: {what}; {}", invocation.outcome));
        let Outcome::Failed { message, .. } = &invocation.outcome else { return told("no failure was reported") };
        if !message.contains(naming) && !message.contains("the function's time was over") {
            return told("the message does not say what failed");
        }
        if invocation.duration >= timeout {
            return told("it was too late");
        }
        let [line] = invocation.log.as_slice() else { return told("not one line was logged") };
        if !line.contains("\"level\":\"ERROR\"") {
            return told("no error was logged");
        }
        for (id, verdict) in held(&stage) {
            if before.get(&id) != Some(&verdict) && after.get(&id) != Some(&verdict) {
                return told(&format!("AWS Config holds {verdict:?} of {id}"));
            }
        }
        Ok(())
    });
}

/// With time enough for the SDK's tries to end, the message is the service's own.
#[test]
fn throttling_for_good_is_told_in_the_services_own_words() {
    let stage = Stage::with(SSL);
    stage.state().inject(Fault::forever(FaultKind::Throttle));
    let function = start(stage.spec(SSL).timeout(Duration::from_mins(1)));
    let invocation = stage.invoke(&function, &change(SSL, &open_bucket("b")));
    assert_fails(&invocation, "AwsConfig", "PutEvaluations failed: ThrottlingException: Rate exceeded");
    assert_eq!(stage.puts().len(), 6, "the SDK's tries");
    assert_eq!(stage.verdicts(SSL), [""; 0]);
}

/// Some evaluations fail, then fewer, then none; those that AWS Config has are not put again.
#[test]
fn ever_fewer_failed_evaluations_end_in_all_being_held() {
    let stage = Stage::with(ACM);
    let items: Vec<_> = (0..10).map(|number| certificate(&format!("c{number}"), VALID)).collect();
    stage.put_items(&items);
    for failing in [7, 3, 1] {
        stage.state().inject(Fault::once(FaultKind::FailedEvaluations(Failing::First(failing))));
    }
    assert_succeeded(&stage.once(ACM, &scheduled(ACM, NOTIFIED)));
    assert_eq!(sizes(&stage), [10, 7, 3, 1]);
    assert_eq!(stage.verdicts(ACM).len(), 10);
    assert_eq!(stage.state().pending_faults(), 0);
}

fn sizes(stage: &Stage) -> Vec<usize> {
    stage.puts().iter().map(|put| put["Evaluations"].as_array().map_or(0, Vec::len)).collect()
}

/// One evaluation that AWS Config never takes costs the others nothing, but fails the invocation; nothing is taken back.
#[test]
fn an_evaluation_that_is_always_refused_does_not_pass_unseen_in_a_large_run() {
    let stage = Stage::with(ACM);
    let items: Vec<_> = (0..150).map(|number| certificate(&format!("c{number:03}"), VALID)).collect();
    stage.put_items(&items);
    stage.state().inject(Fault::forever(FaultKind::FailedEvaluations(Failing::Resource("c120".to_owned()))));
    let invocation = stage.once(ACM, &scheduled(ACM, NOTIFIED));
    assert_fails(&invocation, "EvaluationsRefused", "first that of AWS::ACM::Certificate c120");
    assert_eq!(stage.verdicts(ACM).len(), 149);
    assert_eq!(stage.state().calls_of(Operation::GetComplianceDetailsByConfigRule).len(), 0);
}

/// A scheduled run of every size around AWS Config's limit of 100 evaluations a call.
#[test]
fn a_run_of_any_size_is_put_whole() {
    for count in [0, 1, 100, 101, 250, 1_000] {
        let stage = Stage::with(ACM);
        let items: Vec<_> = (0..count)
            .map(|number| certificate(&format!("c{number:04}"), if number % 7 == 0 { EXPIRED } else { VALID }))
            .collect();
        stage.put_items(&items);
        assert_succeeded(&stage.once(ACM, &scheduled(ACM, NOTIFIED)));

        let mut expected = vec![100; count / 100];
        expected.extend((count % 100 > 0).then_some(count % 100));
        assert_eq!(sizes(&stage), expected);
        assert!(stage.puts().iter().all(|put| put["ResultToken"] == format!("vitals-local:{ACM}")));
        let held = stage.state().evaluations(ACM);
        assert_eq!(held.len(), count);
        for (number, put) in held.iter().enumerate() {
            let judged = if number % 7 == 0 { Compliance::NonCompliant } else { Compliance::Compliant };
            let expected = (CERTIFICATE, format!("c{number:04}"), judged, time(NOTIFIED));
            let found = (put.resource_type.as_str(), put.resource_id.clone(), put.compliance, put.ordering_timestamp);
            assert_eq!(found, expected);
        }
    }
}

/// The rule is deleted between two calls of a run.
#[test]
fn a_rule_that_is_deleted_during_a_run_ends_it_well() {
    for operation in [Operation::PutEvaluations, Operation::GetComplianceDetailsByConfigRule] {
        let stage = Stage::with(ACM);
        stage.put_items(&[certificate("a", VALID)]);
        stage.state().inject(Fault::once(FaultKind::NoSuchRule).on(operation));
        let invocation = stage.once(ACM, &scheduled(ACM, NOTIFIED));
        assert_succeeded(&invocation);
        assert!(invocation.log.iter().any(|line| line.contains("the rule no longer exists")), "{:?}", invocation.log);
        let calls = stage.state().calls();
        let last = calls.last().map(|call| (call.operation.as_str(), &call.answer));
        let refusal = Answer::Error("NoSuchConfigRuleException".to_owned());
        assert_eq!(last, Some((operation.name(), &refusal)), "it goes on after the rule was gone");
    }
}

/// As where the function's role is misconfigured beyond recognition: Lambda then sets no credentials.
#[test]
fn missing_credentials_are_named_in_the_failure() {
    let stage = Stage::with(SSL);
    let spec = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"]
        .into_iter()
        .fold(stage.spec(SSL), local_config::FunctionSpec::env_remove)
        .env("AWS_EC2_METADATA_DISABLED", "true");
    let invocation = stage.invoke(&start(spec), &change(SSL, &open_bucket("b")));
    let (_, message) = failure(&invocation);
    assert!(message.contains("PutEvaluations") && message.contains("credential provider was not enabled"), "{message}");
    assert!(stage.state().calls().is_empty(), "nothing is sent unsigned");
}

/// An SDK reads the time as a double and cuts it off, so that .846 becomes .845999956; that is still the item's time.
#[test]
fn an_oversized_item_is_found_at_any_millisecond() {
    let stage = Stage::with(ACM);
    let function = stage.function(ACM);
    for millisecond in (0..1_000).step_by(37) {
        let mut item = certificate(&format!("c{millisecond:03}"), VALID);
        item["configurationItemCaptureTime"] = json!(format!("2024-03-01T13:28:02.{millisecond:03}Z"));
        stage.put_items([&item]);
        assert_succeeded(&stage.invoke(&function, &oversized(ACM, &item)));
    }
    assert_eq!(stage.state().evaluations(ACM).len(), 28);
}
