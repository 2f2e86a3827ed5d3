//! `PutEvaluations` and `GetComplianceDetailsByConfigRule`: what rules report, and what was reported.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    faults::{Failing, FaultKind},
    operations::rules::no_such_rule,
    state::{Compliance, Known, StoredEvaluation, TokenError},
    time,
    wire::{ApiError, Constraints, Cursor, decode, is_resource_type, limit},
};

const COMPLIANCE_TYPES: [&str; 4] = ["COMPLIANT", "NON_COMPLIANT", "NOT_APPLICABLE", "INSUFFICIENT_DATA"];

/// The pseudo type of a verdict about the account itself. It is no value of the model's `ResourceType`.
const ACCOUNT: &str = "AWS::::Account";

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Put {
    evaluations: Option<Vec<Evaluation>>,
    result_token: Option<String>,
    test_mode: Option<bool>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Evaluation {
    compliance_resource_type: Option<String>,
    compliance_resource_id: Option<String>,
    compliance_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    annotation: Option<String>,
    #[serde(default, deserialize_with = "time::from_request", serialize_with = "time::optional::serialize")]
    ordering_timestamp: Option<Timestamp>,
}

/// Keeps what a rule reports. Nothing is kept if anything is refused.
pub(super) fn put(
    known: &mut Known,
    body: &Value,
    fault: Option<&FaultKind>,
    now: Timestamp,
) -> Result<Value, ApiError> {
    let request: Put = decode(body)?;
    check(&request)?;
    let evaluations = request.evaluations.unwrap_or_default();
    let verdicts = evaluations.iter().map(verdict).collect::<Result<Vec<_>, _>>()?;

    // In test mode the token has to be there, which `check` has seen to, and may be anything.
    let rule = if request.test_mode == Some(true) {
        None
    } else if fault == Some(&FaultKind::BadToken) {
        return Err(invalid_token());
    } else {
        let rule = known.rule_of(&request.result_token.unwrap_or_default());
        Some(rule.map_err(|error| match error {
            TokenError::Unknown => invalid_token(),
            TokenError::RuleGone(rule) => no_such_rule(&rule),
        })?)
    };

    let mut failed = Vec::new();
    for (index, (evaluation, verdict)) in evaluations.into_iter().zip(verdicts).enumerate() {
        if fails(fault, index, &verdict) {
            failed.push(evaluation);
        } else if let Some(rule) = &rule {
            known.store(StoredEvaluation {
                rule: rule.clone(),
                resource_type: verdict.resource_type,
                resource_id: verdict.resource_id,
                compliance: verdict.compliance,
                annotation: evaluation.annotation,
                ordering_timestamp: verdict.ordering_timestamp,
                recorded_time: now,
            });
        }
    }
    Ok(json!({"FailedEvaluations": failed}))
}

fn check(request: &Put) -> Result<(), ApiError> {
    let mut constraints = Constraints::default();
    constraints.required("resultToken", request.result_token.as_ref());
    constraints.count("evaluations", request.evaluations.as_ref(), 0..=100);
    for (index, evaluation) in request.evaluations.iter().flatten().enumerate() {
        let at = |member: &str| format!("evaluations.{}.member.{member}", index + 1);
        let resource_type = evaluation.compliance_resource_type.as_ref();
        constraints.required(&at("complianceResourceType"), resource_type);
        constraints.length(&at("complianceResourceType"), resource_type.map(String::as_str), 1..=256);
        let resource_id = evaluation.compliance_resource_id.as_ref();
        constraints.required(&at("complianceResourceId"), resource_id);
        constraints.length(&at("complianceResourceId"), resource_id.map(String::as_str), 1..=768);
        let compliance = evaluation.compliance_type.as_ref();
        constraints.required(&at("complianceType"), compliance);
        constraints.one_of(&at("complianceType"), compliance.map(String::as_str), &COMPLIANCE_TYPES);
        constraints.length(&at("annotation"), evaluation.annotation.as_deref(), 1..=256);
        constraints.required(&at("orderingTimestamp"), evaluation.ordering_timestamp.as_ref());
    }
    constraints.check()
}

/// An evaluation of which every required member is there.
struct Verdict {
    resource_type: String,
    resource_id: String,
    compliance: Compliance,
    ordering_timestamp: Timestamp,
}

/// Refuses what the model allows and the service doesn't.
fn verdict(evaluation: &Evaluation) -> Result<Verdict, ApiError> {
    let resource_type = evaluation.compliance_resource_type.clone().unwrap_or_default();
    if resource_type != ACCOUNT && !is_resource_type(&resource_type) {
        // The service goes on with the list of all permitted values.
        return Err(invalid_parameter(format!(
            "The resource type {resource_type} is invalid. Only the resource types that AWS Config supports and \
             {ACCOUNT} are permitted"
        )));
    }
    let compliance = match evaluation.compliance_type.as_deref() {
        Some("COMPLIANT") => Compliance::Compliant,
        Some("NON_COMPLIANT") => Compliance::NonCompliant,
        Some("NOT_APPLICABLE") => Compliance::NotApplicable,
        // The model: "AWS Config does not accept INSUFFICIENT_DATA as the value for ComplianceType from a
        // PutEvaluations request".
        _ => return Err(invalid_parameter("INSUFFICIENT_DATA is not a ComplianceType that PutEvaluations accepts")),
    };
    Ok(Verdict {
        resource_type,
        resource_id: evaluation.compliance_resource_id.clone().unwrap_or_default(),
        compliance,
        ordering_timestamp: evaluation.ordering_timestamp.unwrap_or_default(),
    })
}

fn fails(fault: Option<&FaultKind>, index: usize, verdict: &Verdict) -> bool {
    match fault {
        Some(FaultKind::FailedEvaluations(Failing::First(count))) => index < *count,
        Some(FaultKind::FailedEvaluations(Failing::Resource(id))) => *id == verdict.resource_id,
        _ => false,
    }
}

fn invalid_token() -> ApiError {
    ApiError::new("InvalidResultTokenException", "The resultToken provided is invalid")
}

fn invalid_parameter(message: impl Into<String>) -> ApiError {
    ApiError::new("InvalidParameterValueException", message)
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Details {
    config_rule_name: Option<String>,
    compliance_types: Option<Vec<String>>,
    limit: Option<i64>,
}

/// Returns what a rule reported, by resource type and id, without what is not applicable: the service marks such
/// results for deletion and cleans them up, here at once.
///
/// The name may have 64 characters although a rule's name may have 128: so says the model. Whether the service refuses
/// a longer one is not known, so a rule with such a name is found out here.
pub(super) fn details(known: &Known, body: &Value) -> Result<Value, ApiError> {
    let request: Details = decode(body)?;
    let mut constraints = Constraints::default();
    constraints.required("configRuleName", request.config_rule_name.as_ref());
    constraints.length("configRuleName", request.config_rule_name.as_deref(), 1..=64);
    constraints.count("complianceTypes", request.compliance_types.as_ref(), 0..=3);
    for (index, compliance) in request.compliance_types.iter().flatten().enumerate() {
        constraints.one_of(&format!("complianceTypes.{}.member", index + 1), Some(compliance), &COMPLIANCE_TYPES);
    }
    // `InvalidLimitException` is not in this operation's error list, so a limit is a constraint like any other.
    constraints.number("limit", request.limit, 0..=100);
    constraints.check()?;
    let wanted = request.compliance_types.unwrap_or_default();
    if wanted.iter().any(|compliance| compliance == "INSUFFICIENT_DATA") {
        return Err(invalid_parameter("INSUFFICIENT_DATA cannot be used as a ComplianceType for filtering results"));
    }
    let rule = request.config_rule_name.unwrap_or_default();
    if !known.rules.contains_key(&rule) {
        return Err(no_such_rule(&rule));
    }

    let results = known
        .evaluations_of(&rule)
        .filter(|stored| stored.compliance != Compliance::NotApplicable)
        .filter(|stored| wanted.is_empty() || wanted.iter().any(|name| name == stored.compliance.name()))
        .collect();
    let cursor = Cursor::of("GetComplianceDetailsByConfigRule", body)?;
    let (page, next) = cursor.page(results, limit(request.limit, 10)?);
    let mut answer = json!({"EvaluationResults": page.into_iter().map(result).collect::<Vec<_>>()});
    if let Some(next) = next {
        answer["NextToken"] = next.into();
    }
    Ok(answer)
}

/// The stand-in doesn't know when the rule was invoked, so the two times of a result are the same.
fn result(stored: &StoredEvaluation) -> Value {
    let recorded = time::epoch(stored.recorded_time);
    let mut result = json!({
        "EvaluationResultIdentifier": {
            "EvaluationResultQualifier": {
                "ConfigRuleName": stored.rule,
                "ResourceType": stored.resource_type,
                "ResourceId": stored.resource_id,
                "EvaluationMode": "DETECTIVE",
            },
            "OrderingTimestamp": time::epoch(stored.ordering_timestamp),
        },
        "ComplianceType": stored.compliance.name(),
        "ResultRecordedTime": recorded,
        "ConfigRuleInvokedTime": recorded,
    });
    if let Some(annotation) = &stored.annotation {
        result["Annotation"] = annotation.clone().into();
    }
    result
}
