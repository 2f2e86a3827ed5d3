use config_item::{Item, views::cloudfront};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::behaviors::open_to_http;
use super::origins::{NO_CONFIG, NO_ORIGINS, named, origins};
use crate::words::first_of;

rule! {
    /// Distributions speak HTTPS with their custom origins.
    ///
    /// TLS that ends at CloudFront leaves the rest of the way in the clear. A custom origin is noncompliant with the
    /// origin protocol policy `http-only`, and with `match-viewer` while some behavior of the distribution lets viewers
    /// use HTTP. Any behavior counts, not only those that lead to the origin: which one answers for a path changes with
    /// every edit of their order. A bucket's website knows HTTP only, and is noncompliant.
    ///
    /// Not applicable to distributions without custom origins. VPC origins aren't custom origins: the item doesn't say
    /// what is spoken with them.
    pub struct CloudfrontTrafficToOriginEncrypted {
        id: "cloudfront-traffic-to-origin-encrypted",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::UsEast1,
        managed: Managed::Equivalent("CLOUDFRONT_TRAFFIC_TO_ORIGIN_ENCRYPTED"),
        remediation: "Give the origin a certificate, set its `OriginProtocolPolicy` to `https-only` in the distribution's configuration, and update it: `aws cloudfront update-distribution --id <id> --if-match <etag> --distribution-config file://config.json`.",
    }
}

impl Rule for CloudfrontTrafficToOriginEncrypted {
    type View = cloudfront::Distribution;
    type Params = Params;

    fn evaluate(
        distribution: &Item<'_, cloudfront::Distribution>,
        _: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        let Some(config) = distribution.config()? else { return Ok(Verdict::non_compliant(NO_CONFIG)) };
        let Some(origins) = origins(config)? else { return Ok(Verdict::non_compliant(NO_ORIGINS)) };
        let mut judged = false;
        let mut findings = Vec::new();
        for origin in origins {
            let Some(custom) = origin.custom()? else { continue };
            judged = true;
            match custom.protocol_policy()? {
                Some(policy) if policy.eq_ignore_ascii_case("https-only") => {}
                Some(policy) if policy.eq_ignore_ascii_case("match-viewer") => {
                    if let Some(behavior) = open_to_http(config)?.first() {
                        findings.push(format!("{} is asked as viewers ask, and {behavior}", named(origin)?));
                    }
                }
                Some(policy) => {
                    findings
                        .push(format!("{} has the origin protocol policy {policy}, not https-only", named(origin)?));
                }
                None => {
                    findings.push(format!("the item does not say the origin protocol policy of {}", named(origin)?));
                }
            }
        }
        if !judged {
            return Ok(Verdict::not_applicable("the distribution has no custom origin"));
        }
        Ok(first_of(&findings, "origin"))
    }
}
