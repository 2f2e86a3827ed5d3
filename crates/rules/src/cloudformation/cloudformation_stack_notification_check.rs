use config_item::{Item, views::cloudformation};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::nested;

rule! {
    /// Stacks send their events to a topic.
    ///
    /// A stack's events are the record of who builds and tears down what; sent to a topic, somebody hears of it. Where
    /// topics are named, the stack must send to at least one of them: AWS's page leaves open whether to one or to all, and
    /// its CDK speaks of topics that stacks may send to.
    ///
    /// Not applicable to nested stacks, whose events their root stack sends.
    pub struct CloudformationStackNotificationCheck {
        id: "cloudformation-stack-notification-check",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("CLOUDFORMATION_STACK_NOTIFICATION_CHECK"),
        remediation: "Update the stack with a topic: `aws cloudformation update-stack --stack-name <name> --use-previous-template --notification-arns <topic>`. Give the parameters and capabilities of before with it.",
    }
    params {
        /// A topic that is accepted, by ARN.
        topic1: String, "snsTopic1";
        /// Another.
        topic2: String, "snsTopic2";
        /// Another.
        topic3: String, "snsTopic3";
        /// Another.
        topic4: String, "snsTopic4";
        /// Another.
        topic5: String, "snsTopic5";
    }
}

impl Rule for CloudformationStackNotificationCheck {
    type View = cloudformation::Stack;
    type Params = Params;

    fn evaluate(stack: &Item<'_, cloudformation::Stack>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = nested(stack)? {
            return Ok(verdict);
        }
        let accepted: Vec<_> = [&params.topic1, &params.topic2, &params.topic3, &params.topic4, &params.topic5]
            .into_iter()
            .flatten()
            .collect();
        let topics = stack.notification_arns()?.unwrap_or_default();
        Ok(if topics.is_empty() {
            Verdict::non_compliant("the stack sends its events to no topic")
        } else if accepted.is_empty() || topics.iter().any(|topic| accepted.contains(&topic)) {
            Verdict::Compliant
        } else {
            Verdict::non_compliant(format!(
                "the stack sends its events to {}, none of which is one of the topics named",
                topics.join(", ")
            ))
        })
    }
}
