use config_item::{Item, views::acm};
use config_rule::{CannotJudge, Context, Frequency, Home, Managed, Rule, Severity, Trigger, Verdict, rule};
use jiff::{SignedDuration, Timestamp};

use crate::words::count;

rule! {
    /// Certificates in ACM are renewed in time.
    ///
    /// ACM renews the certificates that it issued, if it can validate the domain, and never those that were imported.
    /// A certificate that runs out takes every listener and distribution down that uses it. Days are counted to the
    /// moment of the judgement, so time alone turns the verdict and the rule runs on a schedule as well.
    ///
    /// Not applicable to certificates that are not issued (pending, failed, revoked) and to expired ones that nothing
    /// uses.
    pub struct AcmCertificateExpirationCheck {
        id: "acm-certificate-expiration-check",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChangeAndPeriodic(Frequency::TwentyFourHours),
        home: Home::Regional,
        managed: Managed::Equivalent("ACM_CERTIFICATE_EXPIRATION_CHECK"),
        remediation: "For a certificate of ACM, mend its validation (the DNS record, or the answer to the e-mail), and renewal follows. For an imported one, import its successor under the same ARN: `aws acm import-certificate --certificate-arn <arn> …`.",
    }
    params {
        /// A certificate that runs out within so many days is noncompliant.
        days: u32 = 14_u32, "daysToExpiration";
    }
}

impl Rule for AcmCertificateExpirationCheck {
    type View = acm::Certificate;
    type Params = Params;

    fn evaluate(
        certificate: &Item<'_, acm::Certificate>,
        params: &Params,
        cx: &Context,
    ) -> Result<Verdict, CannotJudge> {
        let status = certificate.status()?.unwrap_or("ISSUED");
        if status == "EXPIRED" {
            if certificate.in_use_by()?.is_some_and(<[_]>::is_empty) {
                return Ok(Verdict::not_applicable("the certificate is expired, and nothing uses it"));
            }
        } else if status != "ISSUED" {
            return Ok(Verdict::not_applicable(format!("the certificate is not issued (status {status})")));
        }
        let Some(not_after) = certificate.not_after()? else {
            return Ok(Verdict::non_compliant("the item does not say when the certificate expires"));
        };
        if status == "EXPIRED" || not_after <= cx.now {
            return Ok(Verdict::non_compliant(format!("the certificate expired on {}", date(not_after))));
        }
        let left = not_after.duration_since(cx.now);
        if left <= SignedDuration::from_hours(24 * i64::from(params.days)) {
            return Ok(Verdict::non_compliant(format!(
                "the certificate expires on {}, in {}; more than {} are required",
                date(not_after),
                count(left.as_hours() / 24, "day"),
                count(i64::from(params.days), "day")
            )));
        }
        Ok(Verdict::Compliant)
    }
}

fn date(time: Timestamp) -> impl std::fmt::Display {
    time.strftime("%Y-%m-%d").to_string()
}
