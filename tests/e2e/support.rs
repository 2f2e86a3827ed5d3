//! Where things are, a stand-in with functions beside it, and events in the shapes that AWS Config sends.

use std::env;
use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use jiff::Timestamp;
use local_config::{Compliance, Function, FunctionSpec, Invocation, Operation, Outcome, Rule, Server, State};
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

/// Rules of each kind: an item rule, one that also runs on a schedule, and a facts rule.
pub(crate) const SSL: &str = "s3-bucket-ssl-requests-only";
pub(crate) const ACM: &str = "acm-certificate-expiration-check";
pub(crate) const SNS: &str = "config-delivery-channel-sns";

pub(crate) const ACCOUNT: &str = "123456789012";
pub(crate) const REGION: &str = "us-east-1";

/// When the items below were recorded, and when the notifications about them are sent.
pub(crate) const CAPTURED: &str = "2024-03-01T10:02:26.719Z";
pub(crate) const NOTIFIED: &str = "2024-03-01T13:26:17.741Z";

/// The project's folder.
pub(crate) fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests are a folder of the project")
}

/// A folder of the material beside the project. Where it isn't, says what was therefore not checked.
pub(crate) fn shared(name: &str, unchecked: &str) -> Option<PathBuf> {
    let folder = project().join("../shared").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    // Not `eprintln!`, which the harness keeps to itself where a test succeeds.
    writeln!(std::io::stderr(), "note: ../shared/{name} is not there, so not checked: {unchecked}").ok();
    None
}

/// The folder with the command line and the functions.
pub(crate) fn binaries() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        if let Some(folder) = env::var_os("VITALS_FUNCTIONS") {
            return PathBuf::from(folder);
        }
        let own = env::var_os("CARGO_TARGET_DIR").map(|target| project().join(target).join("lambda"));
        own.filter(|folder| folder.join("vitals").exists()).unwrap_or_else(|| project().join("target/lambda"))
    })
}

/// A binary that was built for deployment.
pub(crate) fn binary(name: &str) -> PathBuf {
    let path = binaries().join(name);
    assert!(path.is_file(), "there is no {}: run `make functions`", path.display());
    path
}

/// A file of the project's virtual environment.
pub(crate) fn venv(path: &str) -> PathBuf {
    let path = project().join(".venv").join(path);
    assert!(path.exists(), "there is no {}: run `make venv`", path.display());
    path
}

pub(crate) fn read(path: impl AsRef<Path>) -> String {
    let path = path.as_ref();
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{} can't be read: {error}", path.display()))
}

pub(crate) fn read_json(path: impl AsRef<Path>) -> Value {
    let path = path.as_ref();
    serde_json::from_str(&read(path)).unwrap_or_else(|error| panic!("{} is no JSON: {error}", path.display()))
}

pub(crate) fn time(text: &str) -> Timestamp {
    text.parse().unwrap_or_else(|error| panic!("{text} is no time: {error}"))
}

/// What a program that has ended left behind.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs a program to its end.
pub(crate) fn run(command: &mut Command, stdin: &[u8]) -> Ended {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?} can't be started: {error}"));
    // A program that refuses its arguments doesn't read.
    child.stdin.take().expect("it is a pipe").write_all(stdin).ok();
    let output = child.wait_with_output().expect("the program can be waited for");
    let text = |bytes| String::from_utf8(bytes).expect("programs of the project print UTF-8");
    Ended { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// The command line, as somebody in `folder` runs it.
pub(crate) fn vitals<I: AsRef<OsStr>>(folder: &Path, arguments: impl IntoIterator<Item = I>) -> Command {
    let mut command = Command::new(binary("vitals"));
    command.current_dir(folder).args(arguments).env("VITALS_FUNCTIONS", binaries()).env_remove("RUST_LOG");
    command
}

/// A stand-in for AWS Config, and functions that know nothing else.
pub(crate) struct Stage {
    runtime: Runtime,
    server: Server,
}

impl Stage {
    pub(crate) fn new() -> Self {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime starts");
        let any_port = "127.0.0.1:0".parse().expect("it is an address");
        let server = runtime.block_on(Server::start(any_port)).expect("a loopback port is free");
        Self { runtime, server }
    }

    /// With a rule that is deployed.
    pub(crate) fn with(rule: &str) -> Self {
        let stage = Self::new();
        stage.register(rule);
        stage
    }

    pub(crate) fn register(&self, rule: &str) {
        self.state().register_rule(Rule::new(rule)).expect("the name is one of a rule");
    }

    pub(crate) fn state(&self) -> State {
        self.server.state()
    }

    pub(crate) fn url(&self) -> String {
        self.server.url()
    }

    pub(crate) fn put_items<'a>(&self, items: impl IntoIterator<Item = &'a Value>) {
        for item in items {
            self.state().put_item(item).expect("the stand-in takes the item");
        }
    }

    /// A rule's function, as it is deployed but for its timeout.
    pub(crate) fn spec(&self, rule: &str) -> FunctionSpec {
        FunctionSpec::new(format!("vitals-{rule}"), binary(rule))
            .env("AWS_ENDPOINT_URL_CONFIG_SERVICE", self.url())
            .timeout(Duration::from_secs(20))
    }

    pub(crate) fn function(&self, rule: &str) -> Function {
        start(self.spec(rule))
    }

    pub(crate) fn invoke(&self, function: &Function, event: &Value) -> Invocation {
        self.runtime.block_on(function.invoke(event.to_string())).expect("the function can be run")
    }

    /// With a payload that may be anything.
    pub(crate) fn invoke_bytes(&self, function: &Function, payload: Vec<u8>) -> Invocation {
        self.runtime.block_on(function.invoke(payload)).expect("the function can be run")
    }

    /// As AWS Config has it invoked: a failure is tried twice more.
    pub(crate) fn invoke_with_retries(&self, function: &Function, event: &Value) -> Vec<Invocation> {
        self.runtime.block_on(function.invoke_as_lambda(event.to_string())).expect("the function can be run")
    }

    pub(crate) fn process_id(&self, function: &Function) -> u32 {
        self.runtime.block_on(function.process_id()).expect("the function is warm")
    }

    /// Has a new function handle one event.
    pub(crate) fn once(&self, rule: &str, event: &Value) -> Invocation {
        self.invoke(&self.function(rule), event)
    }

    /// What AWS Config holds of a rule, as `COMPLIANCE id`.
    pub(crate) fn verdicts(&self, rule: &str) -> Vec<String> {
        let evaluations = self.state().evaluations(rule);
        evaluations
            .iter()
            .map(|evaluation| format!("{} {}", evaluation.compliance.name(), evaluation.resource_id))
            .collect()
    }

    /// What AWS Config holds of a resource.
    pub(crate) fn verdict(&self, rule: &str, resource_type: &str, id: &str) -> Option<Compliance> {
        let evaluations = self.state().evaluations(rule);
        let found = evaluations.iter().find(|found| found.resource_type == resource_type && found.resource_id == id);
        found.map(|evaluation| evaluation.compliance)
    }

    pub(crate) fn puts(&self) -> Vec<Value> {
        self.state().calls_of(Operation::PutEvaluations)
    }
}

pub(crate) fn start(spec: FunctionSpec) -> Function {
    Function::start(spec).expect("the binary was just found")
}

#[track_caller]
pub(crate) fn assert_succeeded(invocation: &Invocation) {
    assert!(invocation.outcome.is_success(), "{}\n{}", invocation.outcome, invocation.log.join("\n"));
}

/// The kind and the message of a failure that the function itself reported.
#[track_caller]
pub(crate) fn failure(invocation: &Invocation) -> (&str, &str) {
    match &invocation.outcome {
        Outcome::Failed { error_type, message } => (error_type, message),
        other => panic!("expected the function to report an error, but it {other}"),
    }
}

/// Asserts that the function failed, and that its message names the culprit.
#[track_caller]
pub(crate) fn assert_fails(invocation: &Invocation, error_type: &str, naming: &str) {
    let (found, message) = failure(invocation);
    assert_eq!(found, error_type, "{message}");
    assert!(message.contains(naming), "the message does not name {naming}: {message}");
}

/// The event of a rule, around what invoked it.
pub(crate) fn event(rule: &str, invoking: &Value) -> Value {
    json!({
        "version": "1.0",
        "invokingEvent": invoking.to_string(),
        "ruleParameters": "{}",
        "resultToken": format!("vitals-local:{rule}"),
        "eventLeftScope": false,
        "executionRoleArn":
            format!("arn:aws:iam::{ACCOUNT}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"),
        "configRuleArn": format!("arn:aws:config:{REGION}:{ACCOUNT}:config-rule/config-rule-0a1b2c"),
        "configRuleName": rule,
        "configRuleId": "config-rule-0a1b2c",
        "accountId": ACCOUNT,
        "evaluationMode": "DETECTIVE",
    })
}

/// The event of a change.
pub(crate) fn change(rule: &str, item: &Value) -> Value {
    event(
        rule,
        &json!({
            "configurationItemDiff": null,
            "configurationItem": item,
            "notificationCreationTime": NOTIFIED,
            "messageType": "ConfigurationItemChangeNotification",
            "recordVersion": "1.3",
        }),
    )
}

/// The event of a change that is too large to be delivered whole, as AWS documents it.
pub(crate) fn oversized(rule: &str, item: &Value) -> Value {
    event(
        rule,
        &json!({
            "configurationItemSummary": summary(item),
            "messageType": "OversizedConfigurationItemChangeNotification",
        }),
    )
}

/// What such a notification holds of the item.
pub(crate) fn summary(item: &Value) -> Value {
    let mut summary = item.clone();
    let members = summary.as_object_mut().expect("an item is an object");
    for member in ["configuration", "supplementaryConfiguration", "tags", "relationships", "relatedEvents"] {
        members.remove(member);
    }
    members.insert("changeType".to_owned(), json!("UPDATE"));
    members.insert("configurationStateId".to_owned(), json!(0));
    summary
}

/// The event of the rule's schedule.
pub(crate) fn scheduled(rule: &str, notified: &str) -> Value {
    event(
        rule,
        &json!({
            "awsAccountId": ACCOUNT,
            "notificationCreationTime": notified,
            "messageType": "ScheduledNotification",
            "recordVersion": "1.0",
        }),
    )
}

/// The same event with what invoked it changed.
pub(crate) fn with_invoking(mut event: Value, change: impl FnOnce(&mut Value)) -> Value {
    let text = event["invokingEvent"].as_str().expect("it is a string");
    let mut invoking = serde_json::from_str(text).expect("it holds JSON");
    change(&mut invoking);
    event["invokingEvent"] = invoking.to_string().into();
    event
}

/// Takes a member out of an object.
pub(crate) fn remove(value: &mut Value, member: &str) {
    value.as_object_mut().and_then(|members| members.remove(member)).unwrap_or_else(|| panic!("there is no {member}"));
}

fn item(resource_type: &str, id: &str, configuration: &Value, supplementary: &Value) -> Value {
    json!({
        "relatedEvents": [],
        "relationships": [],
        "configuration": configuration,
        "supplementaryConfiguration": supplementary,
        "tags": {"team": "data"},
        "configurationItemVersion": "1.3",
        "configurationItemCaptureTime": CAPTURED,
        "configurationStateId": 1_709_287_346_719_u64,
        "awsAccountId": ACCOUNT,
        "configurationItemStatus": "OK",
        "resourceType": resource_type,
        "resourceId": id,
        "resourceName": null,
        "ARN": id,
        "awsRegion": REGION,
        "availabilityZone": "Regional",
        "configurationStateMd5Hash": "",
        "resourceCreationTime": "2024-03-01T10:00:00.000Z",
    })
}

/// A bucket whose policy refuses plain HTTP, and with it one that [`SSL`] finds compliant.
pub(crate) fn bucket(id: &str) -> Value {
    let arn = format!("arn:aws:s3:::{id}");
    let policy = json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": [arn, format!("{arn}/*")],
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }],
    });
    let supplementary = json!({
        "AccessControlList": "{\"grantSet\":null,\"grantList\":[]}",
        "BucketPolicy": {"policyText": policy.to_string()},
        "IsRequesterPaysEnabled": false,
    });
    let mut bucket = item("AWS::S3::Bucket", id, &json!({"name": id, "owner": {"id": "e7c8"}}), &supplementary);
    bucket["ARN"] = arn.into();
    bucket
}

/// The same bucket without a policy: noncompliant.
pub(crate) fn open_bucket(id: &str) -> Value {
    let mut bucket = bucket(id);
    bucket["supplementaryConfiguration"]["BucketPolicy"] = json!({"policyText": null});
    bucket
}

/// A certificate. At [`NOTIFIED`], [`ACM`] finds it compliant from 16 March 2024 on.
pub(crate) fn certificate(id: &str, not_after: &str) -> Value {
    let configuration = json!({
        "certificateArn": id,
        "domainName": "example.org",
        "status": "ISSUED",
        "notAfter": not_after,
        "inUseBy": ["arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/a/1"],
        "type": "AMAZON_ISSUED",
    });
    item("AWS::ACM::Certificate", id, &configuration, &json!({}))
}

/// An IAM user or group, with the names of its inline policies.
pub(crate) fn principal(kind: &str, id: &str, inline: &[&str]) -> Value {
    let (list, name) = (format!("{kind}PolicyList"), format!("{kind}Name"));
    let policies: Vec<_> =
        inline.iter().map(|policy| json!({"policyName": policy, "policyDocument": "%7B%7D"})).collect();
    let configuration = json!({list: policies, name: "someone"});
    item(&format!("AWS::IAM::{}{}", kind[..1].to_uppercase(), &kind[1..]), id, &configuration, &json!({}))
}

/// A delivery channel that works, as of [`NOTIFIED`].
pub(crate) fn working_channel() -> Value {
    let delivered = json!({"lastStatus": "SUCCESS", "lastSuccessfulTime": "2024-03-01T12:00:00.000Z"});
    json!({
        "DeliveryChannels": [{
            "name": "default",
            "s3BucketName": "config-bucket",
            "snsTopicARN": "arn:aws:sns:us-east-1:123456789012:config",
        }],
        "DeliveryChannelsStatus": [{
            "name": "default",
            "configSnapshotDeliveryInfo": delivered,
            "configHistoryDeliveryInfo": delivered,
            "configStreamDeliveryInfo": {"lastStatus": "SUCCESS"},
        }],
    })
}

impl Stage {
    pub(crate) fn set_channels(&self, channels: Value) {
        let channels = serde_json::from_value(channels).expect("the channels have the form of the API");
        self.state().set_delivery_channels(channels);
    }
}
