use config_item::{Item, views::cloudfront};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::{behaviors::open_to_http, origins::NO_CONFIG};
use crate::words::first_of;

rule! {
    /// Viewers must use HTTPS.
    ///
    /// What a viewer asks for and gets over HTTP crosses the network in the clear. The viewer protocol policy of the
    /// default behavior, and of every other, must be `https-only` or `redirect-to-https`.
    pub struct CloudfrontViewerPolicyHttps {
        id: "cloudfront-viewer-policy-https",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::UsEast1,
        managed: Managed::Equivalent("CLOUDFRONT_VIEWER_POLICY_HTTPS"),
        remediation: "Set `ViewerProtocolPolicy` to `redirect-to-https` in each behavior of the distribution's configuration, and update it: `aws cloudfront update-distribution --id <id> --if-match <etag> --distribution-config file://config.json`.",
    }
}

impl Rule for CloudfrontViewerPolicyHttps {
    type View = cloudfront::Distribution;
    type Params = Params;

    fn evaluate(
        distribution: &Item<'_, cloudfront::Distribution>,
        _: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        let Some(config) = distribution.config()? else { return Ok(Verdict::non_compliant(NO_CONFIG)) };
        Ok(first_of(&open_to_http(config)?, "behavior"))
    }
}
