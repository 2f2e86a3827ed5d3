//! Lambda's Runtime API: fetch an event, have it handled, report what became of it (AWS Lambda Developer Guide,
//! `runtimes-api`).
//!
//! The client and the types are those of AWS's `lambda_runtime`; only its loop is not. That sets an environment variable
//! for each event, and the C library never frees a value that a variable once had, so a warm function would grow with
//! every event.

use std::error::Error;
use std::panic::AssertUnwindSafe;

use bytes::Bytes;
use futures_util::FutureExt;
use http::uri::InvalidUri;
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use http_body_util::BodyExt;
use lambda_runtime::{Context, Diagnostic, LambdaEvent};
use lambda_runtime_api_client::body::Body;
use lambda_runtime_api_client::{PooledClient, build_request};

use crate::aws::chain;
use crate::log::TARGET;

const INVOCATION: &str = "/2018-06-01/runtime/invocation";
const INVOCATION_ID: &str = "lambda-runtime-invocation-id";

/// The Runtime API did not do its part. Lambda then starts the process anew.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RuntimeError {
    #[error("`{0}` is no address of Lambda's Runtime API: {1}")]
    Address(String, InvalidUri),
    #[error("Lambda's Runtime API can't be reached: {0}")]
    Unreachable(String),
    #[error("Lambda's Runtime API answers with {0}")]
    Status(StatusCode),
    #[error("Lambda's Runtime API sends an event without `{0}`")]
    Header(&'static str),
}

/// Has events handled, one after the other, until Lambda ends the process.
pub(crate) async fn serve(
    address: &str,
    handle: impl AsyncFn(LambdaEvent<Bytes>) -> Result<(), Diagnostic>,
) -> Result<(), RuntimeError> {
    let endpoint = format!("http://{address}").parse();
    let endpoint = endpoint.map_err(|error| RuntimeError::Address(address.to_owned(), error))?;
    let client = PooledClient::builder().with_endpoint(endpoint).build();
    loop {
        let (event, invocation_id) = next(&client).await?;
        let request_id = event.context.request_id.clone();
        let result = AssertUnwindSafe(handle(event)).catch_unwind().await.unwrap_or_else(|_| Err(panicked()));
        report(&client, &request_id, invocation_id, &result).await?;
    }
}

/// The panic's own message, which may quote what was being read, stays in the log.
fn panicked() -> Diagnostic {
    let error_message = "the function panicked, which is a bug; its log says where".to_owned();
    Diagnostic { error_type: "Panic".to_owned(), error_message }
}

/// The next event, and what goes back with its report, so that a late one can't pass for that of another invocation.
async fn next(client: &PooledClient) -> Result<(LambdaEvent<Bytes>, Option<HeaderValue>), RuntimeError> {
    let (status, headers, payload) = call(client, Method::GET, "next", None, String::new()).await?;
    if !status.is_success() {
        return Err(RuntimeError::Status(status));
    }
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok()).ok_or(RuntimeError::Header(name));
    let deadline = "lambda-runtime-deadline-ms";
    // `Context::new` panics where the deadline is missing.
    let mut context = Context::default();
    header("lambda-runtime-aws-request-id")?.clone_into(&mut context.request_id);
    context.deadline = header(deadline)?.parse().map_err(|_| RuntimeError::Header(deadline))?;
    Ok((LambdaEvent::new(payload, context), headers.get(INVOCATION_ID).cloned()))
}

async fn report(
    client: &PooledClient,
    request_id: &str,
    invocation_id: Option<HeaderValue>,
    result: &Result<(), Diagnostic>,
) -> Result<(), RuntimeError> {
    let (kind, body) = match result {
        Ok(()) => ("response", "null".to_owned()),
        Err(failure) => ("error", serde_json::to_string(failure).expect("two strings are JSON")),
    };
    let (status, ..) = call(client, Method::POST, &format!("{request_id}/{kind}"), invocation_id, body).await?;
    if status.is_server_error() {
        return Err(RuntimeError::Status(status));
    }
    if !status.is_success() {
        // The invocation is over for Lambda; the next one is none the worse for it.
        let status = status.as_u16();
        tracing::error!(target: TARGET, request_id, status, "Lambda did not take the report of an invocation");
    }
    Ok(())
}

async fn call(
    client: &PooledClient,
    method: Method,
    path: &str,
    invocation_id: Option<HeaderValue>,
    body: String,
) -> Result<(StatusCode, HeaderMap, Bytes), RuntimeError> {
    let mut request: Request<Body> = build_request()
        .method(method)
        .uri(format!("{INVOCATION}/{path}"))
        .body(body.into())
        .map_err(|error| RuntimeError::Unreachable(error.to_string()))?;
    if let Some(id) = invocation_id {
        request.headers_mut().insert(INVOCATION_ID, id);
    }
    let (head, body) = client.call(request).await.map_err(|error| unreachable(&*error))?.into_parts();
    let body = body.collect().await.map_err(|error| unreachable(&error))?;
    Ok((head.status, head.headers, body.to_bytes()))
}

fn unreachable(error: &(dyn Error + 'static)) -> RuntimeError {
    RuntimeError::Unreachable(chain(error))
}
