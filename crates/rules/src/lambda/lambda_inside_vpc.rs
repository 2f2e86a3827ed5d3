use config_item::{Item, views::lambda};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Lambda functions run inside the VPC.
    ///
    /// A function outside a VPC reaches the internet as it likes, past flow logs, security groups and firewalls, and it
    /// can't reach a private database. A function is compliant if it is attached to at least one subnet and, where
    /// `subnetIds` is given, to none besides those.
    ///
    /// Never not applicable. Whether a function serves as Lambda@Edge, which can't be in a VPC, is not in the item:
    /// leave such functions out by the rule's scope.
    pub struct LambdaInsideVpc {
        id: "lambda-inside-vpc",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("LAMBDA_INSIDE_VPC"),
        remediation: "Attach the function to private subnets: `aws lambda update-function-configuration --function-name <name> --vpc-config SubnetIds=<subnets>,SecurityGroupIds=<groups>`. Its role needs `AWSLambdaVPCAccessExecutionRole`, and what it calls must be reachable from there, by VPC endpoints or a NAT gateway.",
    }
    params {
        /// Subnets that functions may be attached to, separated by commas.
        subnets: Vec<String>, "subnetIds";
    }
}

impl Rule for LambdaInsideVpc {
    type View = lambda::Function;
    type Params = Params;

    fn evaluate(function: &Item<'_, lambda::Function>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let subnets = match function.vpc_config()? {
            Some(vpc) => vpc.subnet_ids()?.unwrap_or_default(),
            None => &[],
        };
        if subnets.is_empty() {
            return Ok(Verdict::non_compliant("the function is not attached to a VPC"));
        }
        let Some(accepted) = &params.subnets else { return Ok(Verdict::Compliant) };
        let others: Vec<_> = subnets.iter().filter(|subnet| !accepted.contains(subnet)).map(String::as_str).collect();
        if others.is_empty() {
            return Ok(Verdict::Compliant);
        }
        Ok(Verdict::non_compliant(format!(
            "the function is attached to subnets that are not among those accepted: {}",
            others.join(", ")
        )))
    }
}
