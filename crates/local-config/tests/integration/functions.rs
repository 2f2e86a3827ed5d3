//! The Runtime API, with a process that does what its event says.

use std::{
    fs,
    os::unix::{fs::PermissionsExt, process::ExitStatusExt},
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
    time::Duration,
};

use local_config::{Function, FunctionError, FunctionSpec, Outcome};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Handles events as Lambda's own runtimes do: fetch, do what `event["do"]` names, report, again.
const BOOTSTRAP: &str = r#"
import http.client, json, os, signal, sys

host = os.environ["AWS_LAMBDA_RUNTIME_API"]
runtime = "/2018-06-01/runtime/"

def request(method, path, body=None, headers={}):
    connection = http.client.HTTPConnection(host)
    connection.request(method, runtime + path, body, headers)
    response = connection.getresponse()
    return response.status, response.headers, response.read()

if os.environ.get("INIT") == "error":
    body = json.dumps({"errorType": "Runtime.NoConfiguration", "errorMessage": "no configuration"})
    assert request("POST", "init/error", body)[0] == 202
    signal.pause()
if os.environ.get("INIT") == "exit":
    sys.exit("cannot start")

while True:
    _, headers, body = request("GET", "invocation/next")
    event = json.loads(body)
    id = headers["Lambda-Runtime-Aws-Request-Id"]
    invocation = "invocation/" + id
    answer = {"pid": os.getpid(), "id": id}
    print("handling", event["do"], flush=True)
    if event["do"] == "fail":
        body = json.dumps({"errorType": "ParamError", "errorMessage": "maxDays is no number"})
        assert request("POST", invocation + "/error", body)[0] == 202
        continue
    if event["do"] == "exit":
        sys.exit(3)
    if event["do"] == "abort":
        os.abort()
    if event["do"] == "hang":
        print("hanging", file=sys.stderr, flush=True)
        signal.pause()
    if event["do"] == "print":
        for number in range(event["lines"]):
            print("line", number)
        sys.stdout.flush()
    if event["do"] == "environment":
        answer = dict(os.environ) | {"cwd": os.getcwd()}
    if event["do"] == "headers":
        answer = {name.lower(): value for name, value in headers.items()}
    if event["do"] == "misbehave":
        answer = [
            request("POST", "invocation/other/response", "{}")[0],
            request("POST", invocation + "/response", "{}", {"Lambda-Runtime-Invocation-Id": "other"})[0],
            request("POST", "init/error", "{}")[0],
            request("GET", "invocation/next")[0],
        ]
    if event["do"] == "large":
        assert request("POST", invocation + "/response", b"x" * 7000000)[0] == 413
        continue
    assert request("POST", invocation + "/response", json.dumps(answer))[0] == 202
    if event["do"] == "misbehave":
        assert request("POST", invocation + "/response", "{}")[0] == 403
    if event["do"] == "answer-and-exit":
        sys.exit("had enough")
"#;

/// Written once, before any test starts a process: a process started meanwhile would inherit the open file, and an
/// executable that somebody has open for writing can't be run.
static BIN: LazyLock<(TempDir, PathBuf)> = LazyLock::new(|| {
    let python = Command::new("python3").args(["-c", "import sys; print(sys.executable)"]).output().unwrap();
    let python = String::from_utf8(python.stdout).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bootstrap");
    fs::write(&path, format!("#!{}\n{BOOTSTRAP}", python.trim())).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    (folder, path)
});

fn spec() -> FunctionSpec {
    FunctionSpec::new("my-rule", &BIN.1).timeout(Duration::from_mins(1))
}

fn event(what: &str) -> String {
    json!({"do": what}).to_string()
}

fn answer(outcome: &Outcome) -> Value {
    match outcome {
        Outcome::Succeeded(body) => serde_json::from_str(body).unwrap(),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_process_is_kept_warm_and_its_output_belongs_to_its_event() {
    let function = Function::start(spec()).unwrap();
    let first = function.invoke(event("greet")).await.unwrap();
    let second = function.invoke(event("salute")).await.unwrap();
    assert_eq!(answer(&first.outcome)["pid"], answer(&second.outcome)["pid"]);
    assert_eq!(answer(&first.outcome)["id"], first.request_id.as_str());
    assert_ne!(first.request_id, second.request_id);
    assert_eq!((first.log, second.log), (vec!["handling greet".to_owned()], vec!["handling salute".to_owned()]));
}

#[tokio::test]
async fn an_error_of_the_function_leaves_the_process_alive() {
    let function = Function::start(spec()).unwrap();
    let pid = answer(&function.invoke(event("greet")).await.unwrap().outcome)["pid"].clone();
    let failed = function.invoke(event("fail")).await.unwrap();
    let expected = Outcome::Failed { error_type: "ParamError".to_owned(), message: "maxDays is no number".to_owned() };
    assert_eq!(failed.outcome, expected);
    let large = function.invoke(event("large")).await.unwrap();
    assert!(
        matches!(&large.outcome, Outcome::Failed { error_type, .. } if error_type == "Function.ResponseSizeTooLarge")
    );
    assert_eq!(answer(&function.invoke(event("greet")).await.unwrap().outcome)["pid"], pid);
}

#[tokio::test]
async fn a_process_that_ended_is_started_anew() {
    let function = Function::start(spec()).unwrap();
    let mut pids = vec![answer(&function.invoke(event("greet")).await.unwrap().outcome)["pid"].clone()];
    let exited = function.invoke(event("exit")).await.unwrap();
    assert!(matches!(exited.outcome, Outcome::Exited { status } if status.code() == Some(3)), "{}", exited.outcome);
    assert_eq!(exited.log, ["handling exit"]);
    pids.push(answer(&function.invoke(event("greet")).await.unwrap().outcome)["pid"].clone());
    let aborted = function.invoke(event("abort")).await.unwrap();
    assert!(matches!(aborted.outcome, Outcome::Exited { status } if status.signal() == Some(6)), "{}", aborted.outcome);
    pids.push(answer(&function.invoke(event("greet")).await.unwrap().outcome)["pid"].clone());
    pids.sort_by_key(Value::as_u64);
    pids.dedup();
    assert_eq!(pids.len(), 3);
}

#[tokio::test]
async fn a_process_that_ended_between_two_events_fails_neither() {
    let function = Function::start(spec()).unwrap();
    let first = function.invoke(event("answer-and-exit")).await.unwrap();
    let second = function.invoke(event("greet")).await.unwrap();
    assert_ne!(answer(&first.outcome)["pid"], answer(&second.outcome)["pid"]);
    // The last words may still have made it into the first event's output.
    assert_eq!([first.log, second.log].concat(), ["handling answer-and-exit", "had enough", "handling greet"]);
}

#[tokio::test]
async fn a_process_that_takes_too_long_is_killed() {
    let function = Function::start(spec().timeout(Duration::from_secs(1))).unwrap();
    let hung = function.invoke(event("hang")).await.unwrap();
    assert_eq!(hung.outcome.to_string(), "timed out after 1.00 seconds");
    assert_eq!(hung.log, ["handling hang", "hanging"]);
    assert!(hung.duration >= Duration::from_secs(1));
    assert!(function.invoke(event("greet")).await.unwrap().outcome.is_success());
}

#[tokio::test]
async fn a_process_can_fail_to_get_ready() {
    let function = Function::start(spec().env("INIT", "error")).unwrap();
    let expected = Outcome::InitFailed {
        error_type: "Runtime.NoConfiguration".to_owned(),
        message: "no configuration".to_owned(),
    };
    assert_eq!(function.invoke(event("greet")).await.unwrap().outcome, expected);

    let function = Function::start(spec().env("INIT", "exit")).unwrap();
    let exited = function.invoke(event("greet")).await.unwrap();
    assert!(matches!(exited.outcome, Outcome::Exited { status } if status.code() == Some(1)), "{}", exited.outcome);
    assert_eq!(exited.log, ["cannot start"]);
}

#[tokio::test]
async fn a_failed_event_is_tried_three_times() {
    let function = Function::start(spec()).unwrap();
    let attempts = function.invoke_as_lambda(event("fail")).await.unwrap();
    assert_eq!(attempts.len(), 3);
    assert!(attempts.iter().all(|attempt| attempt.request_id == attempts[0].request_id));
    assert!(attempts.iter().all(|attempt| !attempt.outcome.is_success()));

    let attempts = function.invoke_as_lambda(event("greet")).await.unwrap();
    assert_eq!(attempts.len(), 1);
}

#[tokio::test]
async fn what_is_out_of_turn_is_refused() {
    let function = Function::start(spec()).unwrap();
    let invocation = function.invoke(event("misbehave")).await.unwrap();
    assert_eq!(answer(&invocation.outcome), json!([400, 400, 403, 403]));
    // The process asserts that a second answer is refused, and lives only if it was.
    assert!(function.invoke(event("greet")).await.unwrap().outcome.is_success());
}

#[tokio::test]
async fn the_environment_is_lambdas_and_nothing_else() {
    let spec = spec().env("AWS_ENDPOINT_URL_CONFIG_SERVICE", "http://127.0.0.1:1").env_remove("AWS_SESSION_TOKEN");
    let function = Function::start(spec).unwrap();
    let environment = answer(&function.invoke(event("environment")).await.unwrap().outcome);
    for (name, value) in [
        ("_HANDLER", "bootstrap"),
        ("AWS_LAMBDA_FUNCTION_NAME", "my-rule"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128"),
        ("AWS_REGION", "us-east-1"),
        ("TZ", ":UTC"),
        ("AWS_ENDPOINT_URL_CONFIG_SERVICE", "http://127.0.0.1:1"),
        ("cwd", BIN.0.path().canonicalize().unwrap().to_str().unwrap()),
    ] {
        assert_eq!(environment[name], value, "{name}");
    }
    for name in ["AWS_SESSION_TOKEN", "HOME", "CARGO_MANIFEST_DIR"] {
        assert_eq!(environment.get(name), None, "{name}");
    }

    let headers = answer(&function.invoke(event("headers")).await.unwrap().outcome);
    let header = |name: &str| headers[format!("lambda-runtime-{name}")].as_str().unwrap_or_default().to_owned();
    assert_eq!(header("invoked-function-arn"), "arn:aws:lambda:us-east-1:123456789012:function:my-rule");
    assert!(header("trace-id").starts_with("Root=1-"));
    assert_eq!(header("deadline-ms").len(), 13);
    assert_eq!(header("invocation-id").len(), 36);
}

#[tokio::test]
async fn of_endless_output_the_end_is_kept() {
    let function = Function::start(spec()).unwrap();
    let printed = function.invoke(json!({"do": "print", "lines": 200_000}).to_string()).await.unwrap();
    assert!(printed.outcome.is_success());
    assert!(printed.log[0].ends_with("bytes of output before this are left out]"), "{}", printed.log[0]);
    assert_eq!(printed.log.last().unwrap(), "line 199999");
    assert!(printed.log.iter().map(String::len).sum::<usize>() <= 256 * 1024 + 100);
}

#[tokio::test]
async fn a_dropped_invocation_leaves_no_process_behind() {
    let function = Function::start(spec()).unwrap();
    let pid = answer(&function.invoke(event("greet")).await.unwrap().outcome)["pid"].clone();
    let waited = tokio::time::timeout(Duration::from_millis(50), function.invoke(event("hang"))).await;
    assert!(waited.is_err());
    assert_ne!(answer(&function.invoke(event("greet")).await.unwrap().outcome)["pid"], pid);
}

#[tokio::test]
async fn functions_run_side_by_side() {
    let functions: Vec<Function> = (0..8).map(|_| Function::start(spec()).unwrap()).collect();
    let mut tasks = tokio::task::JoinSet::new();
    for function in functions {
        tasks.spawn(async move { function.invoke(event("greet")).await.unwrap().outcome.is_success() });
    }
    assert!(tasks.join_all().await.into_iter().all(|succeeded| succeeded));
}

#[test]
fn a_file_that_is_no_binary_is_named() {
    let missing = Function::start(FunctionSpec::new("my-rule", "/nowhere/bootstrap")).unwrap_err();
    assert_eq!(missing.to_string(), "there is no binary at `/nowhere/bootstrap`; build it first");
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let refused = Function::start(FunctionSpec::new("my-rule", manifest)).unwrap_err();
    assert!(matches!(refused, FunctionError::NotExecutable { .. }));
}
