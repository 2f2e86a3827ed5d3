//! Faults that the stand-in commits on request.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use serde_json::Value;

use crate::operations::Operation;

/// One fault in the queue. A call meets the first fault that can strike its operation, and only that one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fault {
    /// The operation to strike; without it every operation that the kind can strike.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<Operation>,
    /// What happens.
    pub kind: FaultKind,
    /// How many calls it strikes; once unless said otherwise.
    #[serde(default)]
    pub times: Times,
}

/// What a fault does to a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum FaultKind {
    /// `ThrottlingException`, "Rate exceeded". It is in no operation's error list, but every operation can return it.
    Throttle,
    /// `InternalFailure` with HTTP status 500.
    InternalError,
    /// `AccessDeniedException`: the role lacks the permission. Every operation can return it.
    AccessDenied,
    /// `PutEvaluations` answers `InvalidResultTokenException`, whatever the token.
    BadToken,
    /// `NoSuchConfigRuleException` from the operations that have it in their error list.
    NoSuchRule,
    /// `PutEvaluations` succeeds, but these evaluations come back in `FailedEvaluations` and are not kept.
    FailedEvaluations(Failing),
    /// The call is answered as usual, but late.
    Slow {
        /// How late.
        milliseconds: u64,
    },
    /// The connection is closed before the call was processed.
    CutBefore,
    /// The call is processed, then the connection is closed without an answer.
    CutAfter,
    /// `GetResourceConfigHistory` answers a request without `nextToken` by an empty page and a `nextToken`. The service
    /// does so when nothing was recorded in the seven days that one call spans.
    EmptyFirstPage,
    /// `BatchGetResourceConfig` returns the first keys in `unprocessedResourceKeys` instead of their items.
    UnprocessedKeys {
        /// How many.
        first: usize,
    },
}

/// Which evaluations of a call fail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Failing {
    /// The first so many.
    First(usize),
    /// Those of the resource with this id.
    Resource(String),
}

/// How many calls a fault strikes. In JSON a number, or `"forever"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// So many calls.
    Count(u32),
    /// Every call until the state is reset.
    Forever,
}

impl Default for Times {
    fn default() -> Self {
        Self::Count(1)
    }
}

impl Fault {
    /// A fault that strikes one call.
    #[must_use]
    pub fn once(kind: FaultKind) -> Self {
        Self::times(kind, 1)
    }

    /// A fault that strikes so many calls.
    #[must_use]
    pub fn times(kind: FaultKind, count: u32) -> Self {
        Self { operation: None, kind, times: Times::Count(count) }
    }

    /// A fault that strikes every call.
    #[must_use]
    pub fn forever(kind: FaultKind) -> Self {
        Self { operation: None, kind, times: Times::Forever }
    }

    /// The same fault, for one operation only.
    #[must_use]
    pub fn on(mut self, operation: Operation) -> Self {
        self.operation = Some(operation);
        self
    }

    fn strikes(&self, operation: Operation) -> bool {
        self.operation.is_none_or(|wanted| wanted == operation) && self.kind.can_strike(operation)
    }
}

impl FaultKind {
    /// Whether a call of the operation can meet this kind of fault.
    #[must_use]
    pub fn can_strike(&self, operation: Operation) -> bool {
        use Operation::{
            BatchGetResourceConfig, DescribeConfigRules, GetComplianceDetailsByConfigRule, GetResourceConfigHistory,
            PutEvaluations, StartConfigRulesEvaluation,
        };
        match self {
            Self::Throttle
            | Self::InternalError
            | Self::AccessDenied
            | Self::Slow { .. }
            | Self::CutBefore
            | Self::CutAfter => true,
            Self::BadToken | Self::FailedEvaluations(_) => operation == PutEvaluations,
            Self::NoSuchRule => {
                matches!(
                    operation,
                    PutEvaluations
                        | GetComplianceDetailsByConfigRule
                        | DescribeConfigRules
                        | StartConfigRulesEvaluation
                )
            }
            Self::EmptyFirstPage => operation == GetResourceConfigHistory,
            Self::UnprocessedKeys { .. } => operation == BatchGetResourceConfig,
        }
    }
}

/// The faults to come, in order.
#[derive(Debug, Default)]
pub(crate) struct Queue(Vec<Queued>);

#[derive(Debug)]
struct Queued {
    fault: Fault,
    struck: bool,
}

impl Queue {
    pub(crate) fn push(&mut self, fault: Fault) {
        self.0.push(Queued { fault, struck: false });
    }

    /// The fault that a call of this operation meets; uses up one of its times.
    pub(crate) fn take(&mut self, operation: Operation) -> Option<FaultKind> {
        let index = self
            .0
            .iter()
            .position(|queued| queued.fault.times != Times::Count(0) && queued.fault.strikes(operation))?;
        let queued = &mut self.0[index];
        queued.struck = true;
        let kind = queued.fault.kind.clone();
        if let Times::Count(left) = &mut queued.fault.times {
            *left -= 1;
            if *left == 0 {
                self.0.remove(index);
            }
        }
        Some(kind)
    }

    /// The strikes that are still to come. A fault that strikes forever counts until it has struck once.
    pub(crate) fn pending(&self) -> usize {
        self.0
            .iter()
            .map(|queued| match queued.fault.times {
                Times::Count(left) => usize::try_from(left).unwrap_or(usize::MAX),
                Times::Forever => usize::from(!queued.struck),
            })
            .sum()
    }
}

impl Serialize for Times {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Count(count) => serializer.serialize_u32(*count),
            Self::Forever => serializer.serialize_str("forever"),
        }
    }
}

impl<'de> Deserialize<'de> for Times {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        if value == "forever" {
            return Ok(Self::Forever);
        }
        value
            .as_u64()
            .and_then(|count| u32::try_from(count).ok())
            .map(Self::Count)
            .ok_or_else(|| D::Error::custom(format!("{value} is neither a number of calls nor \"forever\"")))
    }
}
