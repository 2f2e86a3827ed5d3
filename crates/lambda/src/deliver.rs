//! Delivery of verdicts: `PutEvaluations` until AWS Config has every one of them.

use aws_sdk_config::Client;
use aws_sdk_config::types::{ComplianceType, Evaluation};
use config_rule::Compliance;
use exceptions::Ruling;
use jiff::Timestamp;

use crate::aws::{AwsError, call};
use crate::error::InvocationError;
use crate::inventory::{date_time, pause};

/// Most evaluations that `PutEvaluations` takes in one call.
const CHUNK: usize = 100;

/// How often evaluations that AWS Config names in `FailedEvaluations` are put again.
const PATIENCE: u32 = 6;

/// What is put for a resource: a verdict, after the exceptions.
#[derive(Debug)]
pub(crate) struct Evaluated {
    pub(crate) resource_type: String,
    pub(crate) resource_id: String,
    pub(crate) compliance: Compliance,
    annotation: Option<String>,
    /// The ticket of the exception that acted on the verdict.
    pub(crate) ticket: Option<String>,
}

impl Evaluated {
    /// A ruling on the resource of this type and id.
    pub(crate) fn of((resource_type, resource_id): (&str, &str), ruling: Ruling<'_>) -> Self {
        Self {
            resource_type: resource_type.to_owned(),
            resource_id: resource_id.to_owned(),
            compliance: ruling.compliance,
            annotation: ruling.annotation,
            ticket: ruling.exception.map(|exception| exception.ticket.clone()),
        }
    }
}

/// Puts all evaluations, in the order given, each with the same ordering time.
///
/// The time is the one of the change or of the schedule and never the current one, so that a second attempt sends the
/// very same request and a late one can't pass for news.
pub(crate) async fn put(
    client: &Client,
    token: &str,
    ordered: Timestamp,
    evaluated: &[Evaluated],
) -> Result<(), InvocationError> {
    let total = evaluated.len();
    for chunk in evaluated.chunks(CHUNK) {
        let mut waiting = chunk.iter().map(|one| evaluation(one, ordered)).collect::<Result<Vec<_>, _>>()?;
        let mut attempt = 0;
        while !waiting.is_empty() {
            if attempt == PATIENCE {
                return Err(refused(&waiting, total));
            }
            if attempt > 0 {
                tokio::time::sleep(pause(attempt)).await;
            }
            attempt += 1;
            let request = client.put_evaluations().result_token(token).set_evaluations(Some(waiting));
            let answer = call("PutEvaluations", request.send()).await?;
            waiting = answer.failed_evaluations().to_vec();
        }
    }
    Ok(())
}

fn refused(waiting: &[Evaluation], total: usize) -> InvocationError {
    let first = &waiting[0];
    InvocationError::Refused {
        failed: waiting.len(),
        total,
        resource_type: first.compliance_resource_type().to_owned(),
        resource_id: first.compliance_resource_id().to_owned(),
    }
}

fn evaluation(evaluated: &Evaluated, ordered: Timestamp) -> Result<Evaluation, AwsError> {
    let compliance = match evaluated.compliance {
        Compliance::Compliant => ComplianceType::Compliant,
        Compliance::NonCompliant => ComplianceType::NonCompliant,
        Compliance::NotApplicable => ComplianceType::NotApplicable,
    };
    Evaluation::builder()
        .compliance_resource_type(&evaluated.resource_type)
        .compliance_resource_id(&evaluated.resource_id)
        .compliance_type(compliance)
        .set_annotation(evaluated.annotation.clone())
        .ordering_timestamp(date_time(ordered))
        .build()
        .map_err(|error| AwsError::unexpected("PutEvaluations", &error.to_string()))
}
