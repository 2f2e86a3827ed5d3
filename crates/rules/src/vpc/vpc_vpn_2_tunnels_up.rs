use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::words::count;

rule! {
    /// Both tunnels of a Site-to-Site VPN connection are up.
    ///
    /// AWS takes a tunnel down for maintenance and counts on the other one. With only one up, that is an outage.
    ///
    /// Not applicable to connections that are deleted.
    pub struct VpcVpn2TunnelsUp {
        id: "vpc-vpn-2-tunnels-up",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("VPC_VPN_2_TUNNELS_UP"),
        remediation: "Configure both tunnels on the customer gateway device (`aws ec2 get-vpn-connection-device-sample-configuration`) and bring the one that is down up again.",
    }
}

impl Rule for VpcVpn2TunnelsUp {
    type View = ec2::VpnConnection;
    type Params = Params;

    fn evaluate(vpn: &Item<'_, ec2::VpnConnection>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if vpn.state()?.is_some_and(|state| state.eq_ignore_ascii_case("deleted")) {
            return Ok(Verdict::not_applicable("the VPN connection is deleted"));
        }
        let Some(tunnels) = vpn.vgw_telemetry()? else {
            return Ok(Verdict::non_compliant("the item does not list the connection's tunnels"));
        };
        if tunnels.len() < 2 {
            let listed = i64::try_from(tunnels.len()).unwrap_or(i64::MAX);
            return Ok(Verdict::non_compliant(format!("the connection has {}, not 2", count(listed, "tunnel"))));
        }
        let mut up = 0;
        for tunnel in tunnels {
            if tunnel.status()?.is_some_and(|status| status.eq_ignore_ascii_case("UP")) {
                up += 1;
            }
        }
        if up == tunnels.len() {
            return Ok(Verdict::Compliant);
        }
        Ok(Verdict::non_compliant(format!("{up} of the connection's {} tunnels are up", tunnels.len())))
    }
}
