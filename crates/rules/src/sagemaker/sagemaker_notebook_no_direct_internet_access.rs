use config_item::{Item, views::sagemaker};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// SageMaker notebooks have no internet access of their own.
    ///
    /// With direct access a notebook reaches the internet through SageMaker's network, past the VPC's routes, flow logs
    /// and firewalls, and an extract can leave the same way. Access is on unless it was turned off, so an item that
    /// doesn't say is noncompliant.
    ///
    /// AWS's managed rule runs on a schedule; this one judges each change.
    pub struct SagemakerNotebookNoDirectInternetAccess {
        id: "sagemaker-notebook-no-direct-internet-access",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("SAGEMAKER_NOTEBOOK_NO_DIRECT_INTERNET_ACCESS"),
        remediation: "The setting can't be changed: make a new notebook in the VPC with `aws sagemaker create-notebook-instance --direct-internet-access Disabled --subnet-id <subnet> --security-group-ids <groups>`, copy the work over, and delete the old one.",
    }
}

impl Rule for SagemakerNotebookNoDirectInternetAccess {
    type View = sagemaker::NotebookInstance;
    type Params = Params;

    fn evaluate(
        notebook: &Item<'_, sagemaker::NotebookInstance>,
        _: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        Ok(match notebook.direct_internet_access()?.filter(|access| !access.is_empty()) {
            Some(access) if access.eq_ignore_ascii_case("Disabled") => Verdict::Compliant,
            Some(access) => Verdict::non_compliant(format!("direct internet access is {access}, not Disabled")),
            None => Verdict::non_compliant("the item does not say whether direct internet access is off"),
        })
    }
}
