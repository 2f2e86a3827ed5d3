//! Lambda's Runtime API, version 2018-06-01, for one process (AWS Lambda Developer Guide, `runtimes-api`).
//!
//! The process asks for the next event and waits; it answers with a response or an error, and asks again. What it did
//! out of turn gets the answers of the service: 400 for a request or invocation id that is not the current one, 403 for
//! a step that is not the next one, 413 for a response that is too large.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State as Shared},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::{
    sync::{Notify, oneshot},
    time::Instant,
};

use crate::ids;

/// The largest response to a synchronous invocation, as the service's own emulator has it.
const MAX_RESPONSE: usize = 6 * 1024 * 1024 + 100;

/// What passes between the host and one process.
#[derive(Debug, Default)]
pub(crate) struct Exchange {
    turn: Mutex<Turn>,
    arrived: Notify,
}

#[derive(Debug, Default)]
struct Turn {
    /// An event that the process has not fetched.
    queued: Option<Event>,
    /// The event that the process works on.
    running: Option<Running>,
    /// The request id of the event that was answered last.
    answered: Option<String>,
    /// The process has asked for an event, which ends its initialisation.
    initialised: bool,
}

/// One event to be handled.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) request_id: String,
    pub(crate) function_arn: String,
    pub(crate) timeout: Duration,
    pub(crate) payload: Bytes,
    /// Told when the process fetches the event.
    pub(crate) fetched: oneshot::Sender<Instant>,
    /// Told what became of it.
    pub(crate) report: oneshot::Sender<Report>,
}

#[derive(Debug)]
struct Running {
    request_id: String,
    invocation_id: String,
    report: oneshot::Sender<Report>,
}

/// What a process says about an event.
#[derive(Debug)]
pub(crate) enum Report {
    Response(Bytes),
    Error(Failure),
    InitError(Failure),
}

#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) error_type: String,
    pub(crate) message: String,
}

impl Exchange {
    /// Offers an event to the process. The one before must have been answered.
    pub(crate) fn offer(&self, event: Event) {
        self.turn().queued = Some(event);
        self.arrived.notify_one();
    }

    fn turn(&self) -> MutexGuard<'_, Turn> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(crate) fn router(exchange: Arc<Exchange>) -> Router {
    Router::new()
        .route("/2018-06-01/runtime/invocation/next", get(next))
        .route("/2018-06-01/runtime/invocation/{id}/response", post(response))
        .route("/2018-06-01/runtime/invocation/{id}/error", post(error))
        .route("/2018-06-01/runtime/init/error", post(init_error))
        .layer(DefaultBodyLimit::disable())
        .with_state(exchange)
}

async fn next(Shared(exchange): Shared<Arc<Exchange>>) -> Response {
    loop {
        {
            let mut turn = exchange.turn();
            turn.initialised = true;
            if turn.running.is_some() {
                return refused(StatusCode::FORBIDDEN, "InvalidStateTransition", "The last event is not answered yet");
            }
            if let Some(event) = turn.queued.take() {
                return turn.start(event);
            }
        }
        exchange.arrived.notified().await;
    }
}

impl Turn {
    fn start(&mut self, event: Event) -> Response {
        let invocation_id = ids::uuid();
        let now = Timestamp::now();
        let timeout = i64::try_from(event.timeout.as_millis()).unwrap_or(i64::MAX);
        let deadline = now.as_millisecond().saturating_add(timeout).to_string();
        let headers = [
            (header::CONTENT_TYPE.as_str(), "application/json"),
            ("lambda-runtime-aws-request-id", &event.request_id),
            ("lambda-runtime-invocation-id", &invocation_id),
            ("lambda-runtime-deadline-ms", &deadline),
            ("lambda-runtime-invoked-function-arn", &event.function_arn),
            ("lambda-runtime-trace-id", &ids::trace(now.as_second())),
        ];
        let response = (headers, event.payload).into_response();
        // The host has gone only if the process is being killed.
        event.fetched.send(Instant::now()).ok();
        self.running = Some(Running { request_id: event.request_id, invocation_id, report: event.report });
        response
    }

    /// Ends the event that a process reports on, if it is the current one.
    fn finish(&mut self, request_id: &str, headers: &HeaderMap) -> Result<oneshot::Sender<Report>, Box<Response>> {
        let Some(running) = self.running.take_if(|running| running.request_id == request_id) else {
            if self.answered.as_deref() == Some(request_id) {
                let message = "The event is answered already";
                return Err(Box::new(refused(StatusCode::FORBIDDEN, "InvalidStateTransition", message)));
            }
            return Err(Box::new(refused(StatusCode::BAD_REQUEST, "InvalidRequestID", "Invalid request ID")));
        };
        // The header came in 2026; runtimes that don't echo it are fine.
        if headers
            .get("lambda-runtime-invocation-id")
            .is_some_and(|id| id.as_bytes() != running.invocation_id.as_bytes())
        {
            self.running = Some(running);
            let message = "Invalid invocation ID";
            return Err(Box::new(refused(StatusCode::BAD_REQUEST, "InvalidInvocationId", message)));
        }
        self.answered = Some(running.request_id);
        Ok(running.report)
    }
}

async fn response(
    Shared(exchange): Shared<Arc<Exchange>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let report = match exchange.turn().finish(&id, &headers) {
        Ok(report) => report,
        Err(refusal) => return *refusal,
    };
    let size = body.len();
    if size > MAX_RESPONSE {
        let error_type = "Function.ResponseSizeTooLarge".to_owned();
        let message = format!("Response payload size ({size} bytes) exceeded maximum allowed size ({MAX_RESPONSE})");
        report.send(Report::Error(Failure { error_type, message })).ok();
        let message = format!("Exceeded maximum allowed payload size ({MAX_RESPONSE} bytes).");
        return refused(StatusCode::PAYLOAD_TOO_LARGE, "RequestEntityTooLarge", &message);
    }
    report.send(Report::Response(body)).ok();
    accepted()
}

async fn error(
    Shared(exchange): Shared<Arc<Exchange>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match exchange.turn().finish(&id, &headers) {
        Ok(report) => {
            report.send(Report::Error(failure(&headers, &body))).ok();
            accepted()
        }
        Err(refusal) => *refusal,
    }
}

async fn init_error(Shared(exchange): Shared<Arc<Exchange>>, headers: HeaderMap, body: Bytes) -> Response {
    let mut turn = exchange.turn();
    if turn.initialised {
        return refused(StatusCode::FORBIDDEN, "InvalidStateTransition", "The initialisation is over");
    }
    match turn.queued.take() {
        Some(event) => {
            event.report.send(Report::InitError(failure(&headers, &body))).ok();
            accepted()
        }
        None => refused(StatusCode::FORBIDDEN, "InvalidStateTransition", "The initialisation failed already"),
    }
}

/// The error's type stands in the body and may be left to a header, or be left out.
fn failure(headers: &HeaderMap, body: &[u8]) -> Failure {
    let body = serde_json::from_slice::<Value>(body).unwrap_or_default();
    let header = headers.get("lambda-runtime-function-error-type").and_then(|value| value.to_str().ok());
    let error_type = body["errorType"].as_str().or(header).unwrap_or("Unknown").to_owned();
    let message = body["errorMessage"].as_str().unwrap_or_default().to_owned();
    Failure { error_type, message }
}

fn accepted() -> Response {
    answer(StatusCode::ACCEPTED, &json!({"status": "OK"}))
}

fn refused(status: StatusCode, error_type: &str, message: &str) -> Response {
    answer(status, &json!({"errorType": error_type, "errorMessage": message}))
}

fn answer(status: StatusCode, body: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}
