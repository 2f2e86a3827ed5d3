use config_item::{Item, views::cloudfront};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::origins::NO_CONFIG;

rule! {
    /// Distributions have a certificate of their own.
    ///
    /// With CloudFront's own certificate viewers reach a distribution under `*.cloudfront.net` only, where nothing
    /// shows whose it is, and TLS 1.0 is good enough. The distribution must have a certificate of ACM or of IAM. As
    /// with AWS's rule, one without aliases is judged too.
    pub struct CloudfrontCustomSslCertificate {
        id: "cloudfront-custom-ssl-certificate",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::UsEast1,
        managed: Managed::Equivalent("CLOUDFRONT_CUSTOM_SSL_CERTIFICATE"),
        remediation: "Request a certificate of ACM in us-east-1, set `Aliases` and `ViewerCertificate` in the distribution's configuration, and update it: `aws cloudfront update-distribution --id <id> --if-match <etag> --distribution-config file://config.json`.",
    }
}

impl Rule for CloudfrontCustomSslCertificate {
    type View = cloudfront::Distribution;
    type Params = Params;

    fn evaluate(
        distribution: &Item<'_, cloudfront::Distribution>,
        _: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        let Some(config) = distribution.config()? else { return Ok(Verdict::non_compliant(NO_CONFIG)) };
        let Some(certificate) = config.viewer_certificate()? else {
            return Ok(Verdict::non_compliant("the item does not say which certificate viewers see"));
        };
        if certificate.is_default()? == Some(true) {
            return Ok(Verdict::non_compliant("viewers see CloudFront's default certificate"));
        }
        let is_set = |arn: Option<&str>| arn.is_some_and(|arn| !arn.is_empty());
        if is_set(certificate.acm_certificate()?) || is_set(certificate.iam_certificate()?) {
            return Ok(Verdict::Compliant);
        }
        Ok(Verdict::non_compliant("the item names no certificate of ACM or IAM"))
    }
}
