//! `DescribeConfigRules` and `StartConfigRulesEvaluation`.

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{
    rule::Rule,
    state::Known,
    wire::{ApiError, Constraints, Cursor, decode},
};

/// The operation has no limit; the service returns this many rules a page.
const PAGE: usize = 25;

/// `StartConfigRulesEvaluation` can be called once in this time.
const START_INTERVAL: SignedDuration = SignedDuration::from_mins(1);

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Request {
    config_rule_names: Option<Vec<String>>,
    filters: Option<Filters>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Filters {
    evaluation_mode: Option<String>,
    rule_evaluation_visibility: Option<String>,
}

/// Describes the rules that are asked for, or all.
pub(super) fn describe(known: &Known, body: &Value) -> Result<Value, ApiError> {
    let request: Request = decode(body)?;
    let mut constraints = Constraints::default();
    constraints.count("configRuleNames", request.config_rule_names.as_ref(), 0..=25);
    for (index, name) in request.config_rule_names.iter().flatten().enumerate() {
        constraints.length(&format!("configRuleNames.{}.member", index + 1), Some(name), 1..=128);
    }
    let mode = request.filters.as_ref().and_then(|filters| filters.evaluation_mode.as_deref());
    let visibility = request.filters.as_ref().and_then(|filters| filters.rule_evaluation_visibility.as_deref());
    constraints.one_of("filters.evaluationMode", mode, &["DETECTIVE", "PROACTIVE"]);
    constraints.one_of("filters.ruleEvaluationVisibility", visibility, &["EXTERNAL", "INTERNAL"]);
    constraints.check()?;

    let cursor = Cursor::of("DescribeConfigRules", body)?;
    let names = request.config_rule_names.unwrap_or_default();
    let mut rules = Vec::new();
    if names.is_empty() {
        rules.extend(known.rules.values());
    }
    for name in &names {
        rules.push(known.rules.get(name).ok_or_else(|| no_such_rule(name))?);
    }
    // Every rule here is a detective one of the customer's own.
    if mode == Some("PROACTIVE") || visibility == Some("INTERNAL") {
        rules.clear();
    }
    let (page, next) = cursor.page(rules, PAGE);
    let mut answer = json!({"ConfigRules": page.into_iter().map(described).collect::<Vec<_>>()});
    if let Some(next) = next {
        answer["NextToken"] = next.into();
    }
    Ok(answer)
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct StartRequest {
    config_rule_names: Option<Vec<String>>,
}

/// Notes that the rules are to be evaluated anew. Whoever hosts their functions sends them the events.
pub(super) fn start(known: &mut Known, body: &Value, now: Timestamp) -> Result<Value, ApiError> {
    let request: StartRequest = decode(body)?;
    let mut constraints = Constraints::default();
    constraints.count("configRuleNames", request.config_rule_names.as_ref(), 1..=25);
    for (index, name) in request.config_rule_names.iter().flatten().enumerate() {
        constraints.length(&format!("configRuleNames.{}.member", index + 1), Some(name), 1..=128);
    }
    constraints.check()?;
    let names = request.config_rule_names.unwrap_or_default();
    if names.is_empty() {
        // The model doesn't require the names; what the service does without them is not documented.
        return Err(ApiError::new("InvalidParameterValueException", "ConfigRuleNames can't be empty"));
    }
    if let Some(unknown) = names.iter().find(|name| !known.rules.contains_key(*name)) {
        return Err(no_such_rule(unknown));
    }
    if known.evaluation_started.is_some_and(|started| now.duration_since(started) < START_INTERVAL) {
        let message = "StartConfigRulesEvaluation can be called once a minute";
        return Err(ApiError::new("LimitExceededException", message));
    }
    known.evaluation_started = Some(now);
    Ok(json!({}))
}

pub(super) fn no_such_rule(name: &str) -> ApiError {
    ApiError::new(
        "NoSuchConfigRuleException",
        format!("The ConfigRule '{name}' provided in the request is invalid. Please check the configRule name"),
    )
}

fn described(rule: &Rule) -> Value {
    let mut described = Map::new();
    described.insert("ConfigRuleName".to_owned(), rule.name.clone().into());
    described.insert("ConfigRuleArn".to_owned(), rule.arn().into());
    described.insert("ConfigRuleId".to_owned(), rule.id().into());
    if !rule.resource_types.is_empty() {
        described.insert("Scope".to_owned(), json!({"ComplianceResourceTypes": rule.resource_types}));
    }
    described.insert("Source".to_owned(), json!({"Owner": "CUSTOM_LAMBDA", "SourceIdentifier": rule.function_arn()}));
    described.insert("ConfigRuleState".to_owned(), "ACTIVE".into());
    described.insert("EvaluationModes".to_owned(), json!([{"Mode": "DETECTIVE"}]));
    described.into()
}
