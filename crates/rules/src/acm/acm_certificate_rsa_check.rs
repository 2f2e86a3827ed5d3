use config_item::{Item, views::acm};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

const FEWEST_BITS: u32 = 2048;

rule! {
    /// RSA certificates have keys of 2048 bits or more.
    ///
    /// An RSA key of 1024 bits is within reach of those who can pay for the computing; whoever has the key can pose as
    /// the site. Imported certificates and those of ACM are judged alike, whatever their status.
    ///
    /// Not applicable to certificates with another kind of key, such as an elliptic curve's.
    pub struct AcmCertificateRsaCheck {
        id: "acm-certificate-rsa-check",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("ACM_CERTIFICATE_RSA_CHECK"),
        remediation: "A certificate's key can't be changed: request one with `aws acm request-certificate --key-algorithm RSA_2048` or import one with a longer key, and set it where the old one is used.",
    }
}

impl Rule for AcmCertificateRsaCheck {
    type View = acm::Certificate;
    type Params = Params;

    fn evaluate(certificate: &Item<'_, acm::Certificate>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let Some(algorithm) = certificate.key_algorithm()?.filter(|algorithm| !algorithm.is_empty()) else {
            return Ok(Verdict::non_compliant("the item does not say the certificate's key algorithm"));
        };
        let upper = algorithm.to_ascii_uppercase();
        // Items write RSA-2048, the API RSA_2048.
        let Some(size) = upper.strip_prefix("RSA") else {
            return Ok(Verdict::not_applicable(format!("the certificate's key is {algorithm}, not RSA")));
        };
        Ok(match size.trim_start_matches(['-', '_']).parse::<u32>() {
            Ok(bits) if bits >= FEWEST_BITS => Verdict::Compliant,
            Ok(bits) => Verdict::non_compliant(format!(
                "the certificate's RSA key has {bits} bits, fewer than the required {FEWEST_BITS}"
            )),
            Err(_) => Verdict::non_compliant("the item does not say how many bits the certificate's RSA key has"),
        })
    }
}
