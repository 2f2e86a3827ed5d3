use config_item::{Item, views::cloudformation};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::nested;
use crate::switches::must_be_on;

rule! {
    /// Stacks are protected against deletion.
    ///
    /// One command deletes a stack with its databases and keys. With termination protection on, it takes a second, quite
    /// deliberate one first.
    ///
    /// Not applicable to nested stacks, which their root stack protects, and to stacks that are being deleted. AWS's page
    /// does not speak of either.
    pub struct CloudformationTerminationProtectionCheck {
        id: "cloudformation-termination-protection-check",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("CLOUDFORMATION_TERMINATION_PROTECTION_CHECK"),
        remediation: "Turn the protection on: `aws cloudformation update-termination-protection --stack-name <name> --enable-termination-protection`.",
    }
}

impl Rule for CloudformationTerminationProtectionCheck {
    type View = cloudformation::Stack;
    type Params = Params;

    fn evaluate(stack: &Item<'_, cloudformation::Stack>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = nested(stack)? {
            return Ok(verdict);
        }
        if let Some(status @ ("DELETE_IN_PROGRESS" | "DELETE_COMPLETE")) = stack.stack_status()? {
            return Ok(Verdict::not_applicable(format!("the stack is being deleted (status {status})")));
        }
        let protected = match stack.enable_termination_protection()? {
            None => stack.supplementary_termination_protection()?,
            known => known,
        };
        Ok(must_be_on("termination protection", protected))
    }
}
