use config_item::{Item, views::acm};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Certificates in use are issued and will be renewed.
    ///
    /// A certificate that a listener or distribution uses must be valid, and one that ACM issued must be renewable: ACM
    /// renews it by itself only while it is eligible and its domains can be validated. A renewal that failed takes the
    /// site down on the day that the certificate expires. AWS has no such rule.
    ///
    /// Not applicable to certificates that nothing uses. Imported certificates and those of a private authority are
    /// judged by their status only: ACM doesn't validate their domains.
    pub struct AcmCertificateInUseValidated {
        id: "acm-certificate-in-use-validated",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::None,
        remediation: "See why: `aws acm describe-certificate --certificate-arn <arn>`. Put the DNS record of `DomainValidationOptions` back, or answer the e-mail (`aws acm resend-validation-email`); replace a certificate that is expired, revoked or failed.",
    }
}

impl Rule for AcmCertificateInUseValidated {
    type View = acm::Certificate;
    type Params = Params;

    fn evaluate(certificate: &Item<'_, acm::Certificate>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        // An item that doesn't say what uses the certificate is judged as if something did.
        if certificate.in_use_by()?.is_some_and(<[_]>::is_empty) {
            return Ok(Verdict::not_applicable("nothing uses the certificate"));
        }
        match certificate.status()? {
            Some("ISSUED") => {}
            Some(status) => {
                return Ok(Verdict::non_compliant(format!(
                    "the certificate is in use, and its status is {status}, not ISSUED"
                )));
            }
            None => return Ok(Verdict::non_compliant("the item does not say the certificate's status")),
        }
        if let Some("IMPORTED" | "PRIVATE") = certificate.kind()? {
            return Ok(Verdict::Compliant);
        }
        match certificate.renewal_eligibility()? {
            Some("ELIGIBLE") => {}
            Some(eligibility) => {
                return Ok(Verdict::non_compliant(format!(
                    "the certificate is in use, and its renewal eligibility is {eligibility}, not ELIGIBLE"
                )));
            }
            None => {
                return Ok(Verdict::non_compliant("the item does not say whether the certificate can be renewed"));
            }
        }
        let renewal = match certificate.renewal_summary()? {
            Some(summary) => summary.renewal_status()?,
            None => None,
        };
        Ok(match renewal {
            Some("FAILED") => Verdict::non_compliant("the certificate is in use, and its last renewal failed"),
            _ => Verdict::Compliant,
        })
    }
}
