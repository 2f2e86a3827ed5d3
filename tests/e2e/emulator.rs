//! AWS's own Runtime Interface Emulator runs the functions, so that the stand-in's Runtime API is not the only judge.

use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{
    ACCOUNT, ACM, NOTIFIED, REGION, SNS, Stage, binary, certificate, change, project, read_json, scheduled, venv,
    working_channel,
};

const SSH: &str = "restricted-ssh";

/// A function in the emulator, killed when it goes out of scope.
struct Emulated {
    emulator: Child,
    url: String,
}

impl Drop for Emulated {
    fn drop(&mut self) {
        self.emulator.kill().ok();
        self.emulator.wait().ok();
    }
}

/// The emulator comes with the SAM CLI, below a folder named after Python's version.
fn emulator() -> PathBuf {
    let within = "site-packages/samcli/local/rapid/aws-lambda-rie-x86_64";
    let versions = fs::read_dir(venv("lib")).expect("the folder can be listed");
    let mut found = versions.filter_map(|python| Some(python.ok()?.path().join(within))).filter(|path| path.is_file());
    found.next().unwrap_or_else(|| panic!("there is no {within} in the virtual environment: run `make venv`"))
}

/// A free port below those that the system gives away by itself, so that nobody takes it before the emulator does.
fn free_address() -> String {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = u32::from(u16::MAX) & std::process::id();
    (0..10_000)
        .map(|_| 20_000 + (first + u32::from(NEXT.fetch_add(1, Ordering::Relaxed))) % 10_000)
        .map(|port| format!("127.0.0.1:{port}"))
        .find(|address| TcpListener::bind(address).is_ok())
        .expect("one of ten thousand ports is free")
}

impl Emulated {
    fn start(stage: &Stage, rule: &str) -> Self {
        let address = free_address();
        let child = Command::new(emulator())
            .args(["--runtime-interface-emulator-address", &address])
            .args(["--runtime-api-address", &free_address()])
            .arg(binary(rule))
            .env_clear()
            .env("AWS_ENDPOINT_URL_CONFIG_SERVICE", stage.url())
            .env("AWS_REGION", REGION)
            .env("AWS_ACCESS_KEY_ID", "ASIALOCALCONFIG00000")
            .env("AWS_SECRET_ACCESS_KEY", "local")
            .env("AWS_SESSION_TOKEN", "local")
            .env("AWS_LAMBDA_FUNCTION_NAME", format!("vitals-{rule}"))
            .env("AWS_LAMBDA_FUNCTION_TIMEOUT", "30")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the emulator can be started");
        Self { emulator: child, url: format!("http://{address}/2015-03-31/functions/function/invocations") }
    }

    /// Invokes the function, as soon as the emulator listens, and returns its answer.
    fn invoke(&mut self, event: &Value) -> String {
        let agent: ureq::Agent = ureq::Agent::config_builder().proxy(None).build().into();
        let until = Instant::now() + Duration::from_secs(30);
        loop {
            match agent.post(&self.url).send(event.to_string()) {
                Ok(mut answer) => return answer.body_mut().read_to_string().expect("the answer is text"),
                Err(error) if Instant::now() > until => panic!("the emulator does not answer: {error}"),
                Err(_) => std::thread::yield_now(),
            }
            let ended = self.emulator.try_wait().expect("the emulator can be waited for");
            assert!(ended.is_none(), "the emulator ended: {ended:?}");
        }
    }
}

fn assert_held(rule: &str, event: &Value, stage: &Stage, verdicts: &[&str]) {
    let answer = Emulated::start(stage, rule).invoke(event);
    assert_eq!(answer, "null", "{rule}");
    assert_eq!(stage.verdicts(rule), verdicts, "{rule}");
}

#[test]
fn an_item_rule_runs_in_the_emulator() {
    let stage = Stage::with(SSH);
    let mut event = read_json(project().join("events").join(SSH).with_extension("json"));
    event["resultToken"] = format!("vitals-local:{SSH}").into();
    let invoking: Value = serde_json::from_str(event["invokingEvent"].as_str().expect("it is a string")).expect("JSON");
    let mut item = invoking["configurationItem"].clone();
    item["resourceId"] = "sg-1".into();
    item["configuration"]["ipPermissions"] = json!([{
        "ipProtocol": "tcp", "fromPort": 22, "toPort": 22,
        "ipRanges": ["0.0.0.0/0"], "ipv4Ranges": [{"cidrIp": "0.0.0.0/0"}], "ipv6Ranges": [],
    }]);
    assert_held(SSH, &change(SSH, &item), &stage, &["NON_COMPLIANT sg-1"]);
}

#[test]
fn a_rule_on_both_triggers_runs_in_the_emulator() {
    let stage = Stage::with(ACM);
    stage.put_items(&[certificate("soon", "2024-03-05T00:00:00.000Z"), certificate("later", "2030-01-01T00:00:00Z")]);
    assert_held(ACM, &scheduled(ACM, NOTIFIED), &stage, &["COMPLIANT later", "NON_COMPLIANT soon"]);
}

#[test]
fn a_facts_rule_runs_in_the_emulator() {
    let stage = Stage::with(SNS);
    stage.set_channels(working_channel());
    assert_held(SNS, &scheduled(SNS, NOTIFIED), &stage, &[&format!("COMPLIANT {ACCOUNT}")]);
}

/// A failure is reported as one, so that Lambda counts it and tries again.
#[test]
fn a_failure_is_one_in_the_emulator_too() {
    let stage = Stage::with(ACM);
    let mut event = scheduled(ACM, NOTIFIED);
    event["ruleParameters"] = r#"{"daysToExpiration": "soon"}"#.into();
    let answer = Emulated::start(&stage, ACM).invoke(&event);
    let answer: Value = serde_json::from_str(&answer).expect("the answer is JSON");
    assert_eq!(answer["errorType"], "InvalidParameters", "{answer}");
}
