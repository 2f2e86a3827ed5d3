//! The control surface for other processes, beneath `/_vitals/` on the server's port. Plain JSON, no signature.
//!
//! | request | body | answer |
//! |---|---|---|
//! | `GET /_vitals/evaluations[?rule=R]` | | list of evaluations (below) |
//! | `GET /_vitals/rules` | | list of rules |
//! | `POST /_vitals/rules` | a rule or a list of rules (below) | 204 |
//! | `DELETE /_vitals/rules?rule=R` | | 204 |
//! | `POST /_vitals/items` | a configuration item or a list, in the shape of an event, a snapshot or the API | 204 |
//! | `POST /_vitals/delivery-channels` | `{"DeliveryChannels": [...], "DeliveryChannelsStatus": [...]}` | 204 |
//! | `POST /_vitals/parameters` | `{"name": "/vitals/exceptions/my-rule", "value": "[...]"}` | 204 |
//! | `POST /_vitals/faults` | a fault or a list of faults (below) | 204 |
//! | `GET /_vitals/faults` | | `{"pending": 1}`, the strikes that met no call yet |
//! | `GET /_vitals/requests` | | list of calls (below) |
//! | `POST /_vitals/reset` | | 204; everything is forgotten |
//!
//! What can't be done is answered by status 400 and `{"error": "..."}`; what came before it in the list is kept.
//!
//! ```json
//! {"rule": "my-rule", "resourceType": "AWS::S3::Bucket", "resourceId": "b", "compliance": "NON_COMPLIANT",
//!  "annotation": "...", "orderingTimestamp": "2024-03-01T10:02:26.719Z", "recordedTime": "2024-03-01T10:02:28.001Z"}
//! ```
//!
//! A rule needs its name only. `tokens` are accepted besides `vitals-local:<name>` and `vitals-local:<name>:<nonce>`:
//!
//! ```json
//! {"name": "my-rule", "account": "123456789012", "region": "us-east-1", "resourceTypes": ["AWS::S3::Bucket"],
//!  "tokens": ["TESTMODE"]}
//! ```
//!
//! A fault has a kind; `operation` (default: all that the kind can strike) and `times` (default 1, or `"forever"`) are
//! optional. The kinds are `"throttle"`, `"internal-error"`, `"access-denied"`, `"bad-token"`, `"no-such-rule"`, `"cut-before"`,
//! `"cut-after"`, `"empty-first-page"`, `{"slow": {"milliseconds": 200}}`, `{"unprocessed-keys": {"first": 1}}`,
//! `{"failed-evaluations": {"first": 1}}` and `{"failed-evaluations": {"resource": "b"}}`:
//!
//! ```json
//! {"kind": "throttle", "operation": "PutEvaluations", "times": 2}
//! ```
//!
//! A call's `answer` is `"pending"`, `"ok"`, `"cut"` or `{"error": "<code>"}`:
//!
//! ```json
//! {"sequence": 0, "operation": "PutEvaluations", "body": {"ResultToken": "..."}, "answer": "ok"}
//! ```

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Query, State as Shared},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::{
    faults::Fault,
    rule::Rule,
    state::{RecordedCall, State},
};

#[derive(Deserialize)]
struct RuleQuery {
    rule: Option<String>,
}

/// A refusal: what is wrong with the body.
struct Refused(String);

pub(crate) fn router() -> Router<State> {
    Router::new()
        .route("/evaluations", get(evaluations))
        .route("/rules", get(rules).post(add_rules).delete(remove_rule))
        .route("/items", post(add_items))
        .route("/delivery-channels", post(set_channels))
        .route("/parameters", post(put_parameter))
        .route("/faults", get(pending).post(inject))
        .route("/requests", get(requests))
        .route("/reset", post(reset))
        // A list of items may be a whole snapshot.
        .layer(DefaultBodyLimit::disable())
}

async fn evaluations(Shared(state): Shared<State>, Query(query): Query<RuleQuery>) -> Response {
    json_of(&match query.rule {
        Some(rule) => state.evaluations(&rule),
        None => state.all_evaluations(),
    })
}

async fn rules(Shared(state): Shared<State>) -> Response {
    json_of(&state.rules())
}

async fn add_rules(Shared(state): Shared<State>, body: Bytes) -> Result<StatusCode, Refused> {
    for mut value in one_or_more(&body)? {
        let tokens = value.as_object_mut().and_then(|rule| rule.remove("tokens"));
        let rule: Rule = read(value)?;
        let name = rule.name.clone();
        state.register_rule(rule).map_err(|error| Refused(error.to_string()))?;
        for token in read::<Option<Vec<String>>>(tokens.unwrap_or_default())?.unwrap_or_default() {
            state.accept_token(token, &name).map_err(|error| Refused(error.to_string()))?;
        }
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn remove_rule(Shared(state): Shared<State>, Query(query): Query<RuleQuery>) -> Result<StatusCode, Refused> {
    let rule = query.rule.unwrap_or_default();
    state.remove_rule(&rule).map_err(|error| Refused(error.to_string()))?;
    Ok(StatusCode::NO_CONTENT)
}

async fn add_items(Shared(state): Shared<State>, body: Bytes) -> Result<StatusCode, Refused> {
    for item in one_or_more(&body)? {
        state.put_item(&item).map_err(|error| Refused(error.to_string()))?;
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn set_channels(Shared(state): Shared<State>, body: Bytes) -> Result<StatusCode, Refused> {
    state.set_delivery_channels(read(parse(&body)?)?);
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewParameter {
    name: String,
    value: String,
}

async fn put_parameter(Shared(state): Shared<State>, body: Bytes) -> Result<StatusCode, Refused> {
    let NewParameter { name, value } = read(parse(&body)?)?;
    state.put_parameter(name, value, Timestamp::now());
    Ok(StatusCode::NO_CONTENT)
}

async fn inject(Shared(state): Shared<State>, body: Bytes) -> Result<StatusCode, Refused> {
    for value in one_or_more(&body)? {
        let fault: Fault = read(value)?;
        if let Some(operation) = fault.operation
            && !fault.kind.can_strike(operation)
        {
            return Err(Refused(format!("{:?} can't strike {}", fault.kind, operation.name())));
        }
        state.inject(fault);
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn pending(Shared(state): Shared<State>) -> Response {
    json_of(&json!({"pending": state.pending_faults()}))
}

async fn requests(Shared(state): Shared<State>) -> Response {
    json_of::<Vec<RecordedCall>>(&state.calls())
}

async fn reset(Shared(state): Shared<State>) -> StatusCode {
    state.reset();
    StatusCode::NO_CONTENT
}

fn parse(body: &[u8]) -> Result<Value, Refused> {
    serde_json::from_slice(body).map_err(|error| Refused(format!("the body is no JSON: {error}")))
}

fn one_or_more(body: &[u8]) -> Result<Vec<Value>, Refused> {
    Ok(match parse(body)? {
        Value::Array(values) => values,
        value => vec![value],
    })
}

fn read<T: DeserializeOwned>(value: Value) -> Result<T, Refused> {
    serde_json::from_value(value).map_err(|error| Refused(error.to_string()))
}

fn json_of<T: Serialize>(value: &T) -> Response {
    match serde_json::to_string(value) {
        Ok(text) => ([(header::CONTENT_TYPE, "application/json")], text).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (StatusCode::BAD_REQUEST, json_of(&json!({"error": self.0}))).into_response()
    }
}
