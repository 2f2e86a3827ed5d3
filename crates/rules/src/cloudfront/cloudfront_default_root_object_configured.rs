use config_item::{Item, views::cloudfront};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::origins::NO_CONFIG;

rule! {
    /// Distributions have a default root object.
    ///
    /// Without one, a request for the bare domain goes through to the origin, and a bucket that allows listing answers
    /// it with the names of all that it holds. As with AWS's rule, a distribution without buckets is judged too.
    pub struct CloudfrontDefaultRootObjectConfigured {
        id: "cloudfront-default-root-object-configured",
        since: "0.1.0",
        severity: Severity::Critical,
        trigger: Trigger::OnChange,
        home: Home::UsEast1,
        managed: Managed::Equivalent("CLOUDFRONT_DEFAULT_ROOT_OBJECT_CONFIGURED"),
        remediation: "Set it: `aws cloudfront update-distribution --id <id> --default-root-object index.html`.",
    }
}

impl Rule for CloudfrontDefaultRootObjectConfigured {
    type View = cloudfront::Distribution;
    type Params = Params;

    fn evaluate(
        distribution: &Item<'_, cloudfront::Distribution>,
        _: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        let Some(config) = distribution.config()? else { return Ok(Verdict::non_compliant(NO_CONFIG)) };
        Ok(match config.default_root_object()? {
            Some(object) if !object.trim().is_empty() => Verdict::Compliant,
            _ => Verdict::non_compliant("the distribution has no default root object"),
        })
    }
}
