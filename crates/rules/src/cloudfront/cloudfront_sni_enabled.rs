use config_item::{Item, views::cloudfront};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::origins::NO_CONFIG;

rule! {
    /// Distributions serve TLS by name, not by addresses of their own.
    ///
    /// With SNI the viewer says which host it wants, and the distribution needs no addresses of its own, which cost a
    /// lot and serve only viewers that are too old for TLS 1.2.
    ///
    /// Not applicable to distributions on CloudFront's default certificate.
    pub struct CloudfrontSniEnabled {
        id: "cloudfront-sni-enabled",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::UsEast1,
        managed: Managed::Equivalent("CLOUDFRONT_SNI_ENABLED"),
        remediation: "Set `SSLSupportMethod` to `sni-only` in the distribution's configuration, and update it: `aws cloudfront update-distribution --id <id> --if-match <etag> --distribution-config file://config.json`.",
    }
}

impl Rule for CloudfrontSniEnabled {
    type View = cloudfront::Distribution;
    type Params = Params;

    fn evaluate(
        distribution: &Item<'_, cloudfront::Distribution>,
        _: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        let Some(config) = distribution.config()? else { return Ok(Verdict::non_compliant(NO_CONFIG)) };
        let Some(certificate) = config.viewer_certificate()? else {
            return Ok(Verdict::non_compliant("the item does not say how TLS is served"));
        };
        if certificate.is_default()? == Some(true) {
            return Ok(Verdict::not_applicable("viewers see CloudFront's default certificate"));
        }
        Ok(match certificate.ssl_support_method()? {
            Some(method) if method.eq_ignore_ascii_case("sni-only") => Verdict::Compliant,
            Some(method) => Verdict::non_compliant(format!("TLS is served by the method {method}, not sni-only")),
            None => Verdict::non_compliant("the item does not say how TLS is served"),
        })
    }
}
