//! `GetParameter`, `GetParametersByPath` and `PutParameter` of AWS Systems Manager: standard parameters of the type `String`.

use std::collections::btree_map::Entry;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    parameter::{Parameter, VALUE_LIMIT},
    state::Known,
    time,
    wire::{ApiError, Constraints, Cursor, decode, validation},
};

/// Most parameters a page of `GetParametersByPath`.
const PAGE: usize = 10;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct GetRequest {
    name: Option<String>,
}

/// Returns a parameter.
pub(super) fn get(known: &Known, body: &Value) -> Result<Value, ApiError> {
    let request: GetRequest = decode(body)?;
    let mut constraints = Constraints::default();
    constraints.required("name", request.name.as_ref());
    constraints.length("name", request.name.as_deref(), 1..=2048);
    constraints.check()?;
    let name = request.name.unwrap_or_default();
    let missing = || ApiError::new("ParameterNotFound", format!("Parameter {name} not found."));
    let parameter = known.parameters.get(&name).ok_or_else(missing)?;
    Ok(json!({"Parameter": described(&name, parameter)}))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PathRequest {
    path: Option<String>,
    max_results: Option<i64>,
    #[serde(default)]
    recursive: bool,
}

/// Returns the parameters beneath a path, page by page.
pub(super) fn by_path(known: &Known, body: &Value) -> Result<Value, ApiError> {
    let request: PathRequest = decode(body)?;
    let mut constraints = Constraints::default();
    constraints.required("path", request.path.as_ref());
    constraints.length("path", request.path.as_deref(), 1..=2048);
    constraints.number("maxResults", request.max_results, 1..=10);
    constraints.check()?;
    let mut path = request.path.unwrap_or_default();
    if !path.starts_with('/') {
        return Err(validation("The parameter path must begin with a forward slash"));
    }
    let cursor =
        Cursor::of("GetParametersByPath", body).map_err(|error| ApiError::new("InvalidNextToken", error.message))?;
    if !path.ends_with('/') {
        path.push('/');
    }
    let beneath = known.parameters.iter().filter_map(|(name, parameter)| {
        let rest = name.strip_prefix(&path)?;
        (request.recursive || !rest.contains('/')).then(|| described(name, parameter))
    });
    let limit = request.max_results.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(PAGE);
    let (page, next) = cursor.page(beneath.collect(), limit);
    let mut answer = json!({"Parameters": page});
    if let Some(next) = next {
        answer["NextToken"] = next.into();
    }
    Ok(answer)
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PutRequest {
    name: Option<String>,
    value: Option<String>,
    #[serde(rename = "Type")]
    kind: Option<String>,
    #[serde(default)]
    overwrite: bool,
}

/// Makes a parameter, or gives it another value.
pub(super) fn put(known: &mut Known, body: &Value, now: Timestamp) -> Result<Value, ApiError> {
    let request: PutRequest = decode(body)?;
    let mut constraints = Constraints::default();
    constraints.required("name", request.name.as_ref());
    constraints.required("value", request.value.as_ref());
    constraints.length("name", request.name.as_deref(), 1..=2048);
    constraints.one_of("type", request.kind.as_deref(), &["String", "StringList", "SecureString"]);
    constraints.check()?;
    let (name, value) = (request.name.unwrap_or_default(), request.value.unwrap_or_default());
    if !name.starts_with('/') && name.contains('/') {
        return Err(validation("Parameter name must be a fully qualified name"));
    }
    if request.kind.as_deref().is_some_and(|kind| kind != "String") {
        return Err(ApiError::new(
            "UnsupportedParameterType",
            "Parameters of the type String are kept here, and no others",
        ));
    }
    if value.is_empty() || value.len() > VALUE_LIMIT {
        let message = format!("Standard tier parameters support values of 1 to {VALUE_LIMIT} characters");
        return Err(validation(message));
    }
    let version = match known.parameters.entry(name) {
        Entry::Occupied(_) if !request.overwrite => {
            let message = "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.";
            return Err(ApiError::new("ParameterAlreadyExists", message));
        }
        Entry::Occupied(mut entry) => entry.get_mut().change(value, now),
        Entry::Vacant(_) if request.kind.is_none() => {
            return Err(validation("A parameter type is required when you create a parameter."));
        }
        Entry::Vacant(entry) => entry.insert(Parameter::new(value, now)).version,
    };
    Ok(json!({"Version": version, "Tier": "Standard"}))
}

fn described(name: &str, parameter: &Parameter) -> Value {
    json!({
        "ARN": format!("arn:aws:ssm:us-east-1:123456789012:parameter/{}", name.trim_start_matches('/')),
        "DataType": "text",
        "LastModifiedDate": time::epoch(parameter.modified),
        "Name": name,
        "Type": "String",
        "Value": parameter.value,
        "Version": parameter.version,
    })
}
