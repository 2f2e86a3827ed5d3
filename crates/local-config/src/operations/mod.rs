//! The operations. Each checks its input as the service model says, then reads or changes the state. None of them waits
//! for anything.

mod channels;
mod evaluations;
mod items;
mod parameters;
mod rules;
mod select;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{faults::FaultKind, state::Known, wire::ApiError};

/// An operation of AWS Config, or of the Parameter Store of AWS Systems Manager, that the stand-in answers.
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
    StartConfigRulesEvaluation,
    GetParameter,
    GetParametersByPath,
    PutParameter,
}

impl Operation {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::PutEvaluations,
        Self::GetResourceConfigHistory,
        Self::BatchGetResourceConfig,
        Self::ListDiscoveredResources,
        Self::GetComplianceDetailsByConfigRule,
        Self::DescribeConfigRules,
        Self::SelectResourceConfig,
        Self::DescribeDeliveryChannels,
        Self::DescribeDeliveryChannelStatus,
        Self::StartConfigRulesEvaluation,
        Self::GetParameter,
        Self::GetParametersByPath,
        Self::PutParameter,
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
            Self::StartConfigRulesEvaluation => "StartConfigRulesEvaluation",
            Self::GetParameter => "GetParameter",
            Self::GetParametersByPath => "GetParametersByPath",
            Self::PutParameter => "PutParameter",
        }
    }

    /// The `targetPrefix` of the service model that the operation is of.
    pub(crate) fn service(self) -> &'static str {
        match self {
            Self::GetParameter | Self::GetParametersByPath | Self::PutParameter => "AmazonSSM",
            _ => "StarlingDoveService",
        }
    }

    /// The operation that `x-amz-target` names.
    pub(crate) fn from_target(target: &str) -> Option<Self> {
        let (service, name) = target.split_once('.')?;
        Self::ALL.into_iter().find(|operation| operation.name() == name && operation.service() == service)
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
            Self::StartConfigRulesEvaluation => rules::start(known, body, now),
            Self::GetParameter => parameters::get(known, body),
            Self::GetParametersByPath => parameters::by_path(known, body),
            Self::PutParameter => parameters::put(known, body, now),
        }
    }
}
