//! Why an invocation failed.

use config_item::{ItemError, Unreadable};
use config_rule::{CannotJudge, ParameterError};
use exceptions::CompactError;
use lambda_runtime::Diagnostic;

use crate::aws::AwsError;

/// Why an invocation failed: what Lambda reports, counts and tries again for.
///
/// No message holds the item, a policy or the result token.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum InvocationError {
    #[error("the event can't be read: {0}")]
    Event(#[from] EventError),
    #[error("{0}; no evaluation was put, correct the rule's parameters in AWS Config")]
    Parameters(#[from] ParameterError),
    #[error("{resource_type} {resource_id} can't be judged: {source}")]
    CannotJudge { resource_type: String, resource_id: String, source: CannotJudge },
    #[error("{failed} of {total} resources can't be judged, first {first}")]
    SomeCannotJudge { failed: usize, total: usize, first: Box<InvocationError> },
    #[error(transparent)]
    Aws(#[from] AwsError),
    #[error(
        "AWS Config has no item for {resource_type} {resource_id} as of {capture_time}, which it reported as oversized"
    )]
    NoOversizedItem { resource_type: String, resource_id: String, capture_time: jiff::Timestamp },
    #[error("AWS Config did not take {failed} of {total} evaluations, first that of {resource_type} {resource_id}")]
    Refused { failed: usize, total: usize, resource_type: String, resource_id: String },
    #[error(
        "the rule's exceptions can't be had from the parameter {parameter}: {why}; no evaluation was put, deploy what \
         `vitals exceptions compile` writes, or take the rule out of ExceptedRules"
    )]
    NoExceptions { parameter: String, why: NoExceptions },
    #[error(
        "the function's time was over{} before every verdict reached AWS Config; raise its timeout, or find out why AWS \
         Config does not answer",
        .0.map(|operation| format!(" during {operation},")).unwrap_or_default()
    )]
    OutOfTime(Option<&'static str>),
}

/// The most characters of a message: what it quotes, from the event or from an answer, may be of any length, and Lambda
/// takes no report without end.
const LONGEST: usize = 900;

impl InvocationError {
    /// What Lambda and the log are told.
    pub(crate) fn message(&self) -> String {
        let mut message = self.to_string();
        if let Some((end, _)) = message.char_indices().nth(LONGEST) {
            message.truncate(end);
            message.push('…');
        }
        message
    }

    /// The error's name in Lambda's report and in metrics filters.
    fn name(&self) -> &'static str {
        match self {
            Self::Event(_) => "InvalidEvent",
            Self::Parameters(_) => "InvalidParameters",
            Self::CannotJudge { .. } | Self::SomeCannotJudge { .. } => "CannotJudge",
            Self::Aws(_) | Self::NoOversizedItem { .. } => "AwsConfig",
            Self::Refused { .. } => "EvaluationsRefused",
            Self::NoExceptions { .. } => "NoExceptions",
            Self::OutOfTime(_) => "OutOfTime",
        }
    }
}

impl From<InvocationError> for Diagnostic {
    fn from(error: InvocationError) -> Self {
        Self { error_type: error.name().to_owned(), error_message: error.message() }
    }
}

/// Why exceptions that there should be can't be had. Without them a verdict would raise an alert that somebody asked not
/// to get, or hide that the exception was lost.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoExceptions {
    #[error(transparent)]
    Aws(#[from] AwsError),
    #[error(transparent)]
    Form(#[from] CompactError),
}

/// What AWS Config sent can't be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum EventError {
    #[error("it is no event of AWS Config: {0}")]
    Outer(&'static str),
    #[error("`{0}` is missing")]
    Missing(&'static str),
    #[error("`invokingEvent` is no JSON object of the expected form: {0}")]
    Inner(serde_json::Error),
    #[error("message type `{0}` is none that AWS Config sends to rules")]
    MessageType(String),
    #[error("evaluation mode `{0}` is not supported, its items have another form; deploy the rule as DETECTIVE")]
    EvaluationMode(String),
    #[error(transparent)]
    Item(#[from] ItemError),
    #[error(transparent)]
    Field(#[from] Unreadable),
    #[error("`{0}` is no time")]
    Time(&'static str),
}
