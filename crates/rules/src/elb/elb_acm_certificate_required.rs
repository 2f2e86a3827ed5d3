use config_item::{Item, views::elb};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::classic::{NO_LISTENERS, is_tls, named};
use crate::words::first_of;

rule! {
    /// TLS listeners of Classic Load Balancers have certificates of ACM.
    ///
    /// ACM renews the certificates that it issued and warns before any other runs out; one that was uploaded to IAM is
    /// nobody's concern until clients are turned away. A listener with the protocol HTTPS or SSL must name a
    /// certificate by an ARN of ACM.
    ///
    /// Not applicable to load balancers without such a listener.
    pub struct ElbAcmCertificateRequired {
        id: "elb-acm-certificate-required",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("ELB_ACM_CERTIFICATE_REQUIRED"),
        remediation: "Request a certificate of ACM or import one, and set it: `aws elb set-load-balancer-listener-ssl-certificate --load-balancer-name <name> --load-balancer-port 443 --ssl-certificate-id <arn>`.",
    }
}

impl Rule for ElbAcmCertificateRequired {
    type View = elb::ClassicLoadBalancer;
    type Params = Params;

    fn evaluate(
        balancer: &Item<'_, elb::ClassicLoadBalancer>,
        _: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        let Some(listeners) = balancer.listener_descriptions()? else {
            return Ok(Verdict::non_compliant(NO_LISTENERS));
        };
        let mut judged = false;
        let mut findings = Vec::new();
        for description in listeners {
            if is_tls(description)? == Some(false) {
                continue;
            }
            judged = true;
            let certificate = match description.listener()? {
                Some(listener) => listener.certificate()?,
                None => None,
            };
            match certificate {
                Some(arn) if is_of_acm(arn) => {}
                Some(_) => findings.push(format!("{} has a certificate that is not one of ACM", named(description)?)),
                None => findings.push(format!("{} names no certificate", named(description)?)),
            }
        }
        if !judged {
            return Ok(Verdict::not_applicable("the load balancer has no HTTPS or SSL listener"));
        }
        Ok(first_of(&findings, "listener"))
    }
}

fn is_of_acm(arn: &str) -> bool {
    let mut parts = arn.split(':');
    parts.next() == Some("arn") && parts.nth(1) == Some("acm")
}
