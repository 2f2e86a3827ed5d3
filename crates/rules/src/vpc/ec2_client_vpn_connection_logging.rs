use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

const ACCEPTED: [&str; 2] = ["federated-authentication", "certificate-authentication"];

rule! {
    /// Client VPN endpoints log connections and use SAML or mutual authentication.
    ///
    /// The VPN is the way in to what is not on the internet: who came in, when and from where must be known afterwards,
    /// and a password of the directory alone must not be enough. AWS's managed rule asks for the log only; whether what
    /// is logged to is kept is not in the item.
    pub struct Ec2ClientVpnConnectionLogging {
        id: "ec2-client-vpn-connection-logging",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::FallsShort {
            identifier: "EC2_CLIENT_VPN_CONNECTION_LOG_ENABLED",
            because: "it does not ask how clients prove who they are",
        },
        remediation: "Turn logging on: `aws ec2 modify-client-vpn-endpoint --client-vpn-endpoint-id <endpoint> --connection-log-options Enabled=true,CloudwatchLogGroup=<group>`. Authentication can't be changed: create an endpoint with federated or mutual authentication in its place.",
    }
}

impl Rule for Ec2ClientVpnConnectionLogging {
    type View = ec2::ClientVpnEndpoint;
    type Params = Params;

    fn evaluate(endpoint: &Item<'_, ec2::ClientVpnEndpoint>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let logs = match endpoint.connection_log_options()? {
            Some(options) => options.enabled()?,
            None => None,
        };
        match logs {
            Some(true) => {}
            Some(false) => return Ok(Verdict::non_compliant("connections are not logged")),
            None => return Ok(Verdict::non_compliant("the item does not say whether connections are logged")),
        }
        let mut kinds = Vec::new();
        for option in endpoint.authentication_options()?.unwrap_or_default() {
            kinds.extend(option.kind()?);
        }
        if kinds.iter().any(|kind| ACCEPTED.iter().any(|accepted| kind.eq_ignore_ascii_case(accepted))) {
            return Ok(Verdict::Compliant);
        }
        Ok(Verdict::non_compliant(if kinds.is_empty() {
            "the item does not say how clients authenticate".to_owned()
        } else {
            format!("clients authenticate by {} only, not by SAML or certificate", kinds.join(" and "))
        }))
    }
}
