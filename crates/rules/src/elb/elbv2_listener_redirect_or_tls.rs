use config_item::{Item, views::elb};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::listeners::{GENEVE, arn, is_tls, protocol};

rule! {
    /// Listeners speak TLS, or do nothing but redirect to HTTPS.
    ///
    /// What a client sends to a listener without TLS crosses the network in the clear. A listener must have the
    /// protocol HTTPS or TLS; one for HTTP is accepted if all it does by default is redirect to HTTPS, so that people
    /// who type a bare name still arrive. AWS's managed rule accepts no redirect. What further rules of the listener do
    /// with some requests is not in its item.
    ///
    /// Not applicable to listeners of gateway load balancers, which pass packets on, and to those named in
    /// `exemptListenerArns`. Whether a listener is internal is not in its item: it does not excuse one.
    pub struct Elbv2ListenerRedirectOrTls {
        id: "elbv2-listener-redirect-or-tls",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::FallsShort {
            identifier: "ELBV2_LISTENER_ENCRYPTION_IN_TRANSIT",
            because: "it fails a listener that only redirects to HTTPS, and exempts none",
        },
        remediation: "Give the listener a certificate, `aws elbv2 modify-listener --listener-arn <arn> --protocol HTTPS --port 443 --certificates CertificateArn=<certificate>`, or let it redirect: `--default-actions 'Type=redirect,RedirectConfig={Protocol=HTTPS,Port=443,StatusCode=HTTP_301}'`.",
    }
    params {
        /// ARNs of listeners that are left out.
        exempt: Vec<String>, "exemptListenerArns";
    }
}

impl Rule for Elbv2ListenerRedirectOrTls {
    type View = elb::Listener;
    type Params = Params;

    fn evaluate(listener: &Item<'_, elb::Listener>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let arn = arn(listener)?;
        if params.exempt.iter().flatten().any(|exempt| exempt == arn) {
            return Ok(Verdict::not_applicable("the listener is among exemptListenerArns"));
        }
        Ok(match protocol(listener)? {
            Some(protocol) if is_tls(protocol) => Verdict::Compliant,
            Some(protocol) if protocol.eq_ignore_ascii_case(GENEVE) => {
                Verdict::not_applicable("the listener is a gateway load balancer's, which passes packets on")
            }
            Some(protocol) if protocol.eq_ignore_ascii_case("HTTP") => redirects(listener)?,
            Some(protocol) => {
                Verdict::non_compliant(format!("the listener's protocol is {protocol}, not HTTPS or TLS"))
            }
            None => Verdict::non_compliant("the item does not say the listener's protocol"),
        })
    }
}

/// The verdict on a listener for HTTP.
fn redirects(listener: &elb::Listener) -> Result<Verdict, CannotJudge> {
    let actions = listener.default_actions()?.unwrap_or_default();
    if actions.is_empty() {
        return Ok(Verdict::non_compliant("the listener's protocol is HTTP, and the item lists no default action"));
    }
    for action in actions {
        match action.kind()? {
            Some(kind) if kind.eq_ignore_ascii_case("redirect") => {}
            Some(kind) => {
                return Ok(Verdict::non_compliant(format!(
                    "the listener's protocol is HTTP, and its default action is {kind}, not a redirect to HTTPS"
                )));
            }
            None => {
                return Ok(Verdict::non_compliant(
                    "the listener's protocol is HTTP, and the item does not say what its default action is",
                ));
            }
        }
        let target = match action.redirect()? {
            Some(redirect) => redirect.protocol()?,
            None => None,
        };
        // Left out, it is the protocol of the request.
        let target = target.unwrap_or("#{protocol}");
        if !target.eq_ignore_ascii_case("HTTPS") {
            return Ok(Verdict::non_compliant(format!(
                "the listener's protocol is HTTP, and it redirects to the protocol {target}, not to HTTPS"
            )));
        }
    }
    Ok(Verdict::Compliant)
}
