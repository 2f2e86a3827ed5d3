use config_item::{Item, views::cloudfront};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::origins::{NO_CONFIG, NO_ORIGINS, named, origins};
use crate::words::first_of;

rule! {
    /// Distributions do not speak SSL 3 with their origins.
    ///
    /// SSL 3 is broken: what is sent over it can be read. It must not be among the versions that CloudFront may speak
    /// with a custom origin, even where the origin would agree on a better one today. TLS 1.0 and 1.1 are not judged,
    /// as with AWS's rule.
    ///
    /// Not applicable to distributions without custom origins.
    pub struct CloudfrontNoDeprecatedSslProtocols {
        id: "cloudfront-no-deprecated-ssl-protocols",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::UsEast1,
        managed: Managed::Equivalent("CLOUDFRONT_NO_DEPRECATED_SSL_PROTOCOLS"),
        remediation: "Take `SSLv3` out of the origin's `OriginSslProtocols` in the distribution's configuration (leave `TLSv1.2`), and update it: `aws cloudfront update-distribution --id <id> --if-match <etag> --distribution-config file://config.json`.",
    }
}

impl Rule for CloudfrontNoDeprecatedSslProtocols {
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
            let protocols = match custom.ssl_protocols()? {
                Some(protocols) => protocols.items()?,
                None => None,
            };
            match protocols {
                Some(protocols) if protocols.iter().any(|protocol| protocol.eq_ignore_ascii_case("SSLv3")) => {
                    findings.push(format!("SSLv3 may be spoken with {}", named(origin)?));
                }
                Some(_) => {}
                None => findings.push(format!("the item does not list the protocols spoken with {}", named(origin)?)),
            }
        }
        if !judged {
            return Ok(Verdict::not_applicable("the distribution has no custom origin"));
        }
        Ok(first_of(&findings, "origin"))
    }
}
