use crate::policies;
use config_item::{Item, views::sns};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::words::open_to_everyone;

const POLICY: &str = "configuration.Policy";

rule! {
    /// The policies of SNS topics let in nobody unknown.
    ///
    /// Whoever may subscribe to a topic reads along; whoever may publish rings false alarms. A statement must not allow
    /// everyone (`*`, or all but those whom `NotPrincipal` names), unless its condition holds the grant to fixed values
    /// of who asks: an account, an organization, an ARN, a VPC, a range of addresses. As AWS says of its rule, a value
    /// with a wildcard or a variable is not fixed. Negated operators, `IfExists` and `ForAllValues` hold nobody to
    /// anything.
    ///
    /// A `Deny` takes a grant back only if it covers all of it and spares none but fixed principals. Never not
    /// applicable.
    pub struct SnsTopicNoPublicAccess {
        id: "sns-topic-no-public-access",
        since: "0.1.0",
        severity: Severity::Critical,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("SNS_TOPIC_NO_PUBLIC_ACCESS"),
        remediation: "Name the principals, or add a condition such as `\"StringEquals\": {\"aws:SourceAccount\": \"<account>\"}` or `{\"aws:PrincipalOrgID\": \"<organization>\"}`: `aws sns set-topic-attributes --topic-arn <topic> --attribute-name Policy --attribute-value file://policy.json`.",
    }
}

impl Rule for SnsTopicNoPublicAccess {
    type View = sns::Topic;
    type Params = Params;

    fn evaluate(topic: &Item<'_, sns::Topic>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let Some(document) = topic.policy()? else {
            return Ok(Verdict::non_compliant("the item does not hold the topic's policy"));
        };
        let policy = policies::read(document, POLICY)?;
        Ok(open_to_everyone(policy).map_or(Verdict::Compliant, Verdict::NonCompliant))
    }
}
