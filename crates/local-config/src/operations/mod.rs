//! The operations. Each checks its input as the service model says, then reads or changes the state. None of them waits
//! for anything.

mod channels;
mod evaluations;
mod items;
mod rules;
mod select;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{faults::FaultKind, state::Known, wire::ApiError};

/// An operation of AWS Config that the stand-in answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are AWS's; each is documented where it is implemented")]
pub enum Operation {
    PutEvaluations,
    GetResourceConfigHistory,
    BatchGetResourceConfig,
    ListDiscoveredResources,
    GetComplianceDetailsByConfigRule,
    DescribeConfigRules,
    SelectResourceConfig,
    DescribeDeliveryChannels,
    DescribeDeliveryChannelStatus,
}

impl Operation {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::PutEvaluations,
        Self::GetResourceConfigHistory,
        Self::BatchGetResourceConfig,
        Self::ListDiscoveredResources,
        Self::GetComplianceDetailsByConfigRule,
        Self::DescribeConfigRules,
        Self::SelectResourceConfig,
        Self::DescribeDeliveryChannels,
        Self::DescribeDeliveryChannelStatus,
    ];

    /// The name in the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PutEvaluations => "PutEvaluations",
            Self::GetResourceConfigHistory => "GetResourceConfigHistory",
            Self::BatchGetResourceConfig => "BatchGetResourceConfig",
            Self::ListDiscoveredResources => "ListDiscoveredResources",
            Self::GetComplianceDetailsByConfigRule => "GetComplianceDetailsByConfigRule",
            Self::DescribeConfigRules => "DescribeConfigRules",
            Self::SelectResourceConfig => "SelectResourceConfig",
            Self::DescribeDeliveryChannels => "DescribeDeliveryChannels",
            Self::DescribeDeliveryChannelStatus => "DescribeDeliveryChannelStatus",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operation| operation.name() == name)
    }

    /// Answers one call. `fault` is what the operation itself has to do wrong, if anything.
    pub(crate) fn answer(
        self,
        known: &mut Known,
        body: &Value,
        fault: Option<&FaultKind>,
        now: Timestamp,
    ) -> Result<Value, ApiError> {
        if let Some(FaultKind::NoSuchRule) = fault {
            let named = body["ConfigRuleName"].as_str().or_else(|| body["ConfigRuleNames"][0].as_str());
            return Err(rules::no_such_rule(named.unwrap_or("unknown")));
        }
        match self {
            Self::PutEvaluations => evaluations::put(known, body, fault, now),
            Self::GetComplianceDetailsByConfigRule => evaluations::details(known, body),
            Self::GetResourceConfigHistory => items::history(known, body, fault),
            Self::BatchGetResourceConfig => items::batch(known, body, fault),
            Self::ListDiscoveredResources => items::list(known, body),
            Self::SelectResourceConfig => select::select(known, body),
            Self::DescribeConfigRules => rules::describe(known, body),
            Self::DescribeDeliveryChannels => channels::describe(known, body),
            Self::DescribeDeliveryChannelStatus => channels::status(known, body),
        }
    }
}
