use config_item::{Item, views::elb};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::classic::{NO_LISTENERS, is_tls, named};
use crate::words::first_of;

rule! {
    /// Classic Load Balancers listen with TLS only.
    ///
    /// What clients send to a listener with the protocol HTTP or TCP crosses the network in the clear. Every listener
    /// must speak HTTPS or SSL; a Classic Load Balancer can't redirect. The protocol towards the instances is not
    /// judged.
    ///
    /// Not applicable to load balancers without a listener.
    pub struct ElbTlsHttpsListenersOnly {
        id: "elb-tls-https-listeners-only",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("ELB_TLS_HTTPS_LISTENERS_ONLY"),
        remediation: "Add an HTTPS or SSL listener with `aws elb create-load-balancer-listeners`, move the clients, and delete the other one: `aws elb delete-load-balancer-listeners --load-balancer-name <name> --load-balancer-ports 80`.",
    }
}

impl Rule for ElbTlsHttpsListenersOnly {
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
        if listeners.is_empty() {
            return Ok(Verdict::not_applicable("the load balancer has no listener"));
        }
        let mut findings = Vec::new();
        for listener in listeners {
            if is_tls(listener)? != Some(true) {
                findings.push(format!("{} does not speak HTTPS or SSL", named(listener)?));
            }
        }
        Ok(first_of(&findings, "listener"))
    }
}
