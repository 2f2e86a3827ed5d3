use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::in_state;

rule! {
    /// The metadata of instances is given to requests with a session token only.
    ///
    /// The credentials of the instance's role are part of the metadata. Without tokens (IMDSv2), a web application that
    /// can be talked into fetching an address hands them out. As with AWS's rule, tokens must be required even where
    /// the metadata service is turned off: it is turned on again with one call.
    ///
    /// Not applicable to instances that are terminated or shutting down.
    pub struct Ec2Imdsv2Check {
        id: "ec2-imdsv2-check",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("EC2_IMDSV2_CHECK"),
        remediation: "Require tokens: `aws ec2 modify-instance-metadata-options --instance-id <instance> --http-tokens required`, after looking at the metric `MetadataNoToken` for software that still does without. For new instances: `aws ec2 modify-instance-metadata-defaults --http-tokens required`.",
    }
}

impl Rule for Ec2Imdsv2Check {
    type View = ec2::Instance;
    type Params = Params;

    fn evaluate(instance: &Item<'_, ec2::Instance>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = in_state(instance, &["terminated", "shutting-down"])? {
            return Ok(verdict);
        }
        let tokens = match instance.metadata_options()? {
            Some(options) => options.http_tokens()?,
            None => None,
        };
        Ok(match tokens {
            Some(tokens) if tokens.eq_ignore_ascii_case("required") => Verdict::Compliant,
            Some(tokens) => Verdict::non_compliant(format!("metadata tokens are {tokens}, not required")),
            None => Verdict::non_compliant("the item does not say whether metadata tokens are required"),
        })
    }
}
