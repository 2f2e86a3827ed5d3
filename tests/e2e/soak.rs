//! One warm function, invoked again and again with everything that AWS Config sends, while calls fail: no verdict is lost
//! or put twice, and the process neither grows nor leaks. `make soak` runs it for as long as Lambda never would.

use std::collections::BTreeMap;
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use local_config::{Answer, Compliance, Failing, Fault, FaultKind, Operation, Rule};
use serde_json::{Value, json};

use crate::support::{
    ACM, NOTIFIED, Stage, bucket, certificate, change, oversized, read, scheduled, time, with_invoking,
};

/// Invocations, unless `VITALS_SOAK` says otherwise.
const SHORT: u32 = 1_200;

/// One invocation in so many meets a fault: one in twenty, since broken events meet none.
const FAULT_EVERY: u64 = 18;

/// After so many invocations the stand-in forgets everything, or its histories would grow for ever.
const ROUND: u32 = 1_000;

const CERTIFICATE: &str = "AWS::ACM::Certificate";
const VALID: &str = "2030-01-01T00:00:00.000Z";
const EXPIRED: &str = "2024-02-01T00:00:00.000Z";

/// By resource type and id.
type Verdicts = BTreeMap<(String, String), (Compliance, Timestamp)>;

#[test]
fn a_warm_function_loses_nothing_and_does_not_grow() {
    let invocations = std::env::var("VITALS_SOAK").map_or(SHORT, |text| text.parse().expect("VITALS_SOAK is a number"));
    let begun = Instant::now();
    let mut soak = Soak::new();
    let function = soak.stage.function(ACM);
    let mut sizes = Vec::new();
    let mut process = None;
    for number in 0..invocations {
        if number % ROUND == 0 {
            soak.begin_round();
        }
        soak.invoke(&function, number);
        let now = soak.stage.process_id(&function);
        assert_eq!(*process.get_or_insert(now), now, "the function's process was replaced at invocation {number}");
        if number % 10 == 9 {
            sizes.push(Size::of(now));
        }
    }

    let (first, last) = (Size::peak(&sizes[..sizes.len() / 4]), Size::peak(&sizes[sizes.len() * 3 / 4..]));
    eprintln!(
        "soak: {invocations} invocations in {:.0} s, {} faults, {} evaluations delivered; memory at most {} kB in the \
         first quarter and {} kB in the last; file descriptors at most {} and {}",
        begun.elapsed().as_secs_f64(),
        soak.faults.values().sum::<u32>(),
        soak.delivered,
        first.kilobytes,
        last.kilobytes,
        first.descriptors,
        last.descriptors,
    );
    eprintln!("soak: events {:?}, faults {:?}", soak.events, soak.faults);
    assert!(last.kilobytes * 100 <= first.kilobytes * 105, "the function grows");
    assert!(last.descriptors <= first.descriptors, "the function leaks file descriptors");
}

/// What the process takes up.
#[derive(Clone, Copy, Debug)]
struct Size {
    kilobytes: u64,
    descriptors: usize,
}

impl Size {
    fn of(process: u32) -> Self {
        let status = read(format!("/proc/{process}/status"));
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("Linux tells");
        let kilobytes = line.trim().trim_end_matches(" kB").parse().expect("it is a number of kB");
        let descriptors = std::fs::read_dir(format!("/proc/{process}/fd")).expect("it is our process").count();
        Self { kilobytes, descriptors }
    }

    fn peak(sizes: &[Self]) -> Self {
        let kilobytes = sizes.iter().map(|size| size.kilobytes).max().expect("there are sizes");
        let descriptors = sizes.iter().map(|size| size.descriptors).max().expect("there are sizes");
        Self { kilobytes, descriptors }
    }
}

/// What AWS Config sends, and what it must hold of it afterwards.
struct Soak {
    stage: Stage,
    /// What the stand-in must hold.
    held: Verdicts,
    /// What the stand-in has discovered, and whether it is compliant.
    inventory: BTreeMap<String, bool>,
    random: u64,
    events: BTreeMap<&'static str, u32>,
    faults: BTreeMap<&'static str, u32>,
    delivered: usize,
}

impl Soak {
    fn new() -> Self {
        Self {
            stage: Stage::new(),
            held: Verdicts::new(),
            inventory: BTreeMap::new(),
            // The same run each time.
            random: 0x9E37_79B9_7F4A_7C15,
            events: BTreeMap::new(),
            faults: BTreeMap::new(),
            delivered: 0,
        }
    }

    fn begin_round(&mut self) {
        self.stage.state().reset();
        self.stage.state().register_rule(Rule::new(ACM)).expect("the name is one of a rule");
        self.held.clear();
        self.inventory.clear();
        for id in ["always-valid", "always-expired", "also-valid"] {
            let valid = id.ends_with("valid");
            self.stage.put_items([&certificate(id, if valid { VALID } else { EXPIRED })]);
            self.inventory.insert(id.to_owned(), valid);
        }
    }

    /// xorshift64: below `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random % end
    }

    fn invoke(&mut self, function: &local_config::Function, number: u32) {
        let at = time(NOTIFIED) + SignedDuration::from_millis(i64::from(number) * 1_001);
        let (kind, event, puts) = self.event(at);
        *self.events.entry(kind).or_default() += 1;
        let fault = self.fault(kind);
        if let Some((name, fault)) = &fault {
            *self.faults.entry(name).or_default() += 1;
            self.stage.state().inject(fault.clone());
        }

        let attempts = self.stage.invoke_with_retries(function, &event);
        let outcomes: Vec<_> = attempts.iter().map(|attempt| attempt.outcome.to_string()).collect();
        let name = fault.as_ref().map(|(name, _)| *name);
        let what = format!("invocation {number}, {kind}, fault {name:?}: {outcomes:?}");
        let expected: &[bool] = match (kind, name) {
            ("broken", _) => &[false; 3],
            (_, Some("bad-token")) => &[false, true],
            _ => &[true],
        };
        let succeeded: Vec<_> = attempts.iter().map(|attempt| attempt.outcome.is_success()).collect();
        assert_eq!(succeeded, expected, "{what}");
        assert_eq!(self.stage.state().pending_faults(), 0, "{what}");
        self.check_deliveries(&what, &puts, usize::from(name == Some("failed-evaluations")));

        self.held.extend(puts);
        let held = self.stage.state().evaluations(ACM).into_iter();
        let held: Verdicts =
            held.map(|put| ((put.resource_type, put.resource_id), (put.compliance, put.ordering_timestamp))).collect();
        assert_eq!(held, self.held, "{what}");
    }

    /// Each verdict was taken by AWS Config once, beside `again` that it asked to have once more.
    fn check_deliveries(&mut self, what: &str, puts: &Verdicts, again: usize) {
        let mut delivered: BTreeMap<(String, String), usize> = BTreeMap::new();
        for call in self.stage.state().take_calls() {
            if call.operation != Operation::PutEvaluations.name() || call.answer != Answer::Ok {
                continue;
            }
            for evaluation in call.body["Evaluations"].as_array().into_iter().flatten() {
                let text = |member: &str| evaluation[member].as_str().unwrap_or_default().to_owned();
                *delivered.entry((text("ComplianceResourceType"), text("ComplianceResourceId"))).or_default() += 1;
            }
        }
        assert!(delivered.keys().eq(puts.keys()), "{what}: {delivered:?} for {puts:?}");
        assert_eq!(delivered.values().sum::<usize>(), puts.len() + again, "{what}: {delivered:?}");
        self.delivered += puts.len();
    }

    /// An event, and what must be put for it.
    fn event(&mut self, at: Timestamp) -> (&'static str, Value, Verdicts) {
        let text = format!("{at:.3}");
        let id = format!("c{}", self.below(30));
        let valid = self.below(2) == 0;
        let mut item = certificate(&id, if valid { VALID } else { EXPIRED });
        item["configurationItemCaptureTime"] = text.clone().into();
        let judged = if valid { Compliance::Compliant } else { Compliance::NonCompliant };
        let one = |compliance| Verdicts::from([((CERTIFICATE.to_owned(), id.clone()), (compliance, at))]);
        let told = |event| with_invoking(event, |inner| inner["notificationCreationTime"] = text.clone().into());
        match self.below(10) {
            0 | 1 => ("change", told(change(ACM, &item)), one(judged)),
            2 => {
                item["configurationItemStatus"] = "ResourceDiscovered".into();
                self.stage.put_items([&item]);
                let event = told(change(ACM, &item));
                let puts = one(judged);
                self.inventory.insert(id, valid);
                ("discovered", event, puts)
            }
            3 => {
                item["configurationItemStatus"] = "ResourceDeleted".into();
                item["configuration"] = Value::Null;
                self.stage.put_items([&item]);
                self.inventory.remove(&id);
                let too_large = self.below(2) == 0;
                let event = if too_large { oversized(ACM, &item) } else { told(change(ACM, &item)) };
                ("deleted", event, one(Compliance::NotApplicable))
            }
            4 => {
                let mut event = told(change(ACM, &item));
                event["eventLeftScope"] = true.into();
                ("left-scope", event, one(Compliance::NotApplicable))
            }
            5 => {
                let mut other = bucket(&id);
                other["configurationItemCaptureTime"] = text.clone().into();
                let put = [(("AWS::S3::Bucket".to_owned(), id.clone()), (Compliance::NotApplicable, at))];
                ("other-type", told(change(ACM, &other)), put.into())
            }
            6 => {
                self.stage.put_items([&item]);
                let event = told(oversized(ACM, &item));
                let puts = one(judged);
                self.inventory.insert(id, valid);
                ("oversized", event, puts)
            }
            7 => ("scheduled", scheduled(ACM, &text), self.complete(at)),
            8 => {
                let event = with_invoking(scheduled(ACM, &text), |inner| {
                    inner["messageType"] = "ConfigurationSnapshotDeliveryCompleted".into();
                    inner["s3Bucket"] = "config-bucket".into();
                });
                ("snapshot", event, self.complete(at))
            }
            _ => {
                let mut event = change(ACM, &item);
                match self.below(4) {
                    0 => event["resultToken"] = "".into(),
                    1 => event["ruleParameters"] = json!({"daysToExpiration": "soon"}).to_string().into(),
                    2 => event["evaluationMode"] = "PROACTIVE".into(),
                    _ => event["invokingEvent"] = "{".into(),
                }
                ("broken", event, Verdicts::new())
            }
        }
    }

    /// What a complete run puts: everything discovered, and what was judged and isn't among it.
    fn complete(&self, at: Timestamp) -> Verdicts {
        let gone = self.held.iter().filter(|((_, id), (compliance, _))| {
            *compliance != Compliance::NotApplicable && !self.inventory.contains_key(id)
        });
        let gone = gone.map(|(key, _)| (key.clone(), (Compliance::NotApplicable, at)));
        let found = self.inventory.iter().map(|(id, valid)| {
            let compliance = if *valid { Compliance::Compliant } else { Compliance::NonCompliant };
            ((CERTIFICATE.to_owned(), id.clone()), (compliance, at))
        });
        gone.chain(found).collect()
    }

    /// A fault for this event, or mostly none. Those after which the SDK pauses for up to a second come seldom, or the
    /// run would be nothing but waiting.
    fn fault(&mut self, event: &str) -> Option<(&'static str, Fault)> {
        if self.below(FAULT_EVERY) != 0 || event == "broken" {
            return None;
        }
        let (name, kind) = match (event, self.below(24)) {
            ("oversized", 0..10) => ("empty-first-page", FaultKind::EmptyFirstPage),
            ("scheduled" | "snapshot", 0..10) => ("unprocessed-keys", FaultKind::UnprocessedKeys { first: 1 }),
            (_, 0..10) => ("failed-evaluations", FaultKind::FailedEvaluations(Failing::First(1))),
            (_, 10..15) => ("bad-token", FaultKind::BadToken),
            (_, 15..20) => ("slow", FaultKind::Slow { milliseconds: 5 }),
            (_, 20) => ("throttle", FaultKind::Throttle),
            (_, 21) => ("internal-error", FaultKind::InternalError),
            (_, 22) => ("cut-before", FaultKind::CutBefore),
            (..) => ("cut-after", FaultKind::CutAfter),
        };
        Some((name, Fault::once(kind)))
    }
}
