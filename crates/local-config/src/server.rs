//! The HTTP side of the API: protocol `aws-json-1.1`.

use std::{io, net::SocketAddr, time::Duration};

use axum::{
    Router,
    body::Bytes,
    extract::{ConnectInfo, State as Shared},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use jiff::Timestamp;
use serde_json::Value;
use tokio::{
    net::TcpListener,
    sync::oneshot,
    task::JoinHandle,
    time::{sleep, timeout},
};

use crate::{
    connection::{Cut, CuttableListener},
    control,
    faults::FaultKind,
    ids,
    operations::Operation,
    state::{Answer, State},
    wire::ApiError,
};

const CONTENT_TYPE: &str = "application/x-amz-json-1.1";

/// How long a shutdown waits for calls that are being answered.
const GRACE: Duration = Duration::from_secs(5);

/// The running stand-in. Dropping it stops it too, without waiting for the calls under way.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    state: State,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

/// Why the stand-in did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// Something listens there already.
    #[error("something is already listening on {address}; stop it, or choose another address with `--listen`")]
    InUse {
        /// The address that was asked for.
        address: SocketAddr,
    },
    /// The address can't be had for another reason.
    #[error("cannot listen on {address}; choose another address with `--listen`")]
    Bind {
        /// The address that was asked for.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
}

impl Server {
    /// Listens on the address (port 0 is a free port) and answers on a background task of the current tokio runtime.
    ///
    /// # Errors
    ///
    /// [`StartError`] if the address can't be had.
    pub async fn start(listen: SocketAddr) -> Result<Self, StartError> {
        let failed = |source: io::Error| match source.kind() {
            io::ErrorKind::AddrInUse => StartError::InUse { address: listen },
            _ => StartError::Bind { address: listen, source },
        };
        let listener = TcpListener::bind(listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let state = State::new();
        let router = Router::new().route("/", post(api)).nest("/_vitals", control::router()).with_state(state.clone());
        let (stop, stopped) = oneshot::channel::<()>();
        let serve = axum::serve(CuttableListener(listener), router.into_make_service_with_connect_info::<Cut>())
            .with_graceful_shutdown(async {
                // An error means that the server was dropped, which stops it as well.
                stopped.await.ok();
            });
        let task = tokio::spawn(async {
            // axum retries what fails and returns only after the shutdown.
            serve.await.ok();
        });
        Ok(Self { address, state, stop, task })
    }

    /// The address listened on, with the real port.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The endpoint for SDKs and the AWS CLI, as `http://127.0.0.1:4566`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A handle to what the stand-in knows.
    #[must_use]
    pub fn state(&self) -> State {
        self.state.clone()
    }

    /// Stops listening and waits, up to five seconds, for the calls that are being answered.
    pub async fn shutdown(self) {
        let Self { stop, mut task, .. } = self;
        // Dropped or sent, the signal is the same.
        drop(stop);
        if timeout(GRACE, &mut task).await.is_err() {
            task.abort();
        }
    }
}

async fn api(
    Shared(state): Shared<State>,
    ConnectInfo(connection): ConnectInfo<Cut>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let target = text(&headers, "x-amz-target");
    let name = target.split_once('.').map_or(target, |(_, name)| name);
    let parsed = serde_json::from_slice::<Value>(&body);
    let call = state.record(name, parsed.as_ref().unwrap_or(&Value::Null));

    let request = accept(&headers).and_then(|operation| match parsed {
        Ok(body) if body.is_object() => Ok((operation, body)),
        Ok(_) => Err(ApiError::new("SerializationException", "The request is no JSON object")),
        Err(error) => Err(ApiError::new("SerializationException", error.to_string())),
    });
    let outcome = match request {
        Err(error) => Some(Err(error)),
        Ok((operation, body)) => run(&state, operation, &body).await,
    };
    let Some(outcome) = outcome else {
        state.answered(call, Answer::Cut);
        connection.cut();
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let (status, body, answer) = match outcome {
        Ok(body) => (200, body, Answer::Ok),
        Err(error) => (error.status, error.body(), Answer::Error(error.code.to_owned())),
    };
    state.answered(call, answer);
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = [(header::CONTENT_TYPE.as_str(), CONTENT_TYPE), ("x-amzn-requestid", &ids::uuid())];
    (status, headers, body.to_string()).into_response()
}

/// Checks what comes before the body. Signatures are not verified, but a caller that doesn't sign would be refused by
/// the service.
fn accept(headers: &HeaderMap) -> Result<Operation, ApiError> {
    let authorization = text(headers, "authorization");
    if authorization.is_empty() {
        let error = ApiError::new("MissingAuthenticationTokenException", "Missing Authentication Token");
        return Err(error.with_status(403));
    }
    if !authorization.starts_with("AWS4-HMAC-SHA256 ")
        || !["Credential=", "SignedHeaders=", "Signature="].iter().all(|part| authorization.contains(part))
    {
        let message = "The Authorization header is no AWS4-HMAC-SHA256 with Credential, SignedHeaders and Signature";
        return Err(ApiError::new("IncompleteSignatureException", message).with_status(403));
    }
    let content_type = text(headers, "content-type");
    if content_type.split(';').next() != Some(CONTENT_TYPE) {
        let message = format!("The content type is `{content_type}`, expected {CONTENT_TYPE}");
        return Err(ApiError::new("UnknownOperationException", message));
    }
    let target = text(headers, "x-amz-target");
    Operation::from_target(target).ok_or_else(|| {
        let known = Operation::ALL.map(|operation| format!("{}.{}", operation.service(), operation.name())).join(", ");
        let message = format!("`{target}` is not answered here; what is: {known}");
        ApiError::new("UnknownOperationException", message)
    })
}

/// Answers a call, or commits the fault that waits for it. `None` is a connection to be cut.
async fn run(state: &State, operation: Operation, body: &Value) -> Option<Result<Value, ApiError>> {
    let fault = state.take_fault(operation);
    match fault {
        Some(FaultKind::Throttle) => return Some(Err(ApiError::new("ThrottlingException", "Rate exceeded"))),
        Some(FaultKind::InternalError) => {
            let error = ApiError::new("InternalFailure", "An internal error occurred, as was requested");
            return Some(Err(error.with_status(500)));
        }
        Some(FaultKind::AccessDenied) => {
            let message = format!("User is not authorized to perform {}, as was requested", operation.name());
            return Some(Err(ApiError::new("AccessDeniedException", message)));
        }
        Some(FaultKind::CutBefore) => return None,
        Some(FaultKind::Slow { milliseconds }) => sleep(Duration::from_millis(milliseconds)).await,
        _ => {}
    }
    let answer = operation.answer(&mut state.lock(), body, fault.as_ref(), Timestamp::now());
    (fault != Some(FaultKind::CutAfter)).then_some(answer)
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
