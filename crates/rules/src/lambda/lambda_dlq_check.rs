use config_item::{Item, views::lambda};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Lambda functions have a dead-letter queue or topic.
    ///
    /// An event that a function fails on is tried again and then dropped, and nobody learns of it, unless there is a
    /// queue or a topic for such events. Where `dlqArns` is given, it must be one of those.
    ///
    /// Never not applicable. Whether a function is only ever called synchronously, where a dead-letter target has no
    /// effect, is not in the item; nor are destinations for failures, which are no dead-letter target.
    pub struct LambdaDlqCheck {
        id: "lambda-dlq-check",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("LAMBDA_DLQ_CHECK"),
        remediation: "Give the function a dead-letter target: `aws lambda update-function-configuration --function-name <name> --dead-letter-config TargetArn=<ARN of a queue or topic>`. Its role needs `sqs:SendMessage` or `sns:Publish` on the target.",
    }
    params {
        /// ARNs of the queues and topics that are accepted, separated by commas.
        targets: Vec<String>, "dlqArns";
    }
}

impl Rule for LambdaDlqCheck {
    type View = lambda::Function;
    type Params = Params;

    fn evaluate(function: &Item<'_, lambda::Function>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let target = match function.dead_letter_config()? {
            Some(config) => config.target_arn()?.filter(|target| !target.is_empty()),
            None => None,
        };
        let Some(target) = target else {
            return Ok(Verdict::non_compliant("the function has no dead-letter target"));
        };
        Ok(match &params.targets {
            Some(accepted) if !accepted.iter().any(|accepted| accepted == target) => {
                Verdict::non_compliant(format!("the dead-letter target {target} is not among those accepted"))
            }
            _ => Verdict::Compliant,
        })
    }
}
