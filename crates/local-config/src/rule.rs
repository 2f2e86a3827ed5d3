//! What the stand-in knows of a rule.

use serde::{Deserialize, Serialize};

use crate::ids;

/// A deployed custom rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rule {
    /// The deployed name, 1 to 128 characters. AWS's packs and organization rules lengthen it by a suffix or prefix.
    pub name: String,
    /// The account that the rule is deployed in.
    #[serde(default = "account")]
    pub account: String,
    /// The region that the rule is deployed in.
    #[serde(default = "region")]
    pub region: String,
    /// The resource types of the rule's scope; empty is a rule without a scope. `DescribeConfigRules` shows them;
    /// `PutEvaluations` accepts any type that AWS Config knows, as the service does.
    #[serde(default)]
    pub resource_types: Vec<String>,
    /// The name of the rule's function; without it `vitals-` and the rule's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub function: Option<String>,
}

/// Why a rule was refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RuleError {
    /// The service model allows 1 to 128 characters of which one is no space.
    #[error("`{0}` can't be the name of a rule: 1 to 128 characters, not all spaces")]
    Name(String),
    /// The rule that was referred to is not registered.
    #[error("there is no rule `{0}`; register it first")]
    Unknown(String),
}

impl Rule {
    /// A rule without scope in account 123456789012, region us-east-1.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), account: account(), region: region(), resource_types: Vec::new(), function: None }
    }

    /// The id that AWS Config would make up, `config-rule-` and six characters; always the same for the same name.
    #[must_use]
    pub fn id(&self) -> String {
        format!("config-rule-{}", ids::short(&self.name))
    }

    /// The rule's ARN, as `configRuleArn` of an event.
    #[must_use]
    pub fn arn(&self) -> String {
        format!("arn:aws:config:{}:{}:config-rule/{}", self.region, self.account, self.id())
    }

    /// The ARN of the rule's function.
    #[must_use]
    pub fn function_arn(&self) -> String {
        let function = self.function.clone().unwrap_or_else(|| format!("vitals-{}", self.name));
        format!("arn:aws:lambda:{}:{}:function:{function}", self.region, self.account)
    }

    pub(crate) fn check(&self) -> Result<(), RuleError> {
        let length = self.name.encode_utf16().count();
        if length > 128 || self.name.trim().is_empty() {
            return Err(RuleError::Name(self.name.clone()));
        }
        Ok(())
    }
}

fn account() -> String {
    "123456789012".to_owned()
}

fn region() -> String {
    "us-east-1".to_owned()
}
