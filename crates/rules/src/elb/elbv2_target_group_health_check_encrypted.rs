use config_item::{Item, views::elb};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Health checks of targets use HTTPS.
    ///
    /// Targets that are only asked over HTTP whether they are well listen without TLS, and nobody notices where their
    /// TLS is broken. The target group's health checks must use HTTPS. AWS's managed rule has no `allowTcp`.
    ///
    /// Not applicable to groups of Lambda functions and, with `allowTcp`, to those whose health check only opens a TCP
    /// connection, as network load balancers' can.
    pub struct Elbv2TargetGroupHealthCheckEncrypted {
        id: "elbv2-target-group-health-check-encrypted",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("ELBV2_TARGETGROUP_HEALTHCHECK_PROTOCOL_ENCRYPTED"),
        remediation: "Let the targets answer over HTTPS (a self-signed certificate will do), and ask them so: `aws elbv2 modify-target-group --target-group-arn <arn> --health-check-protocol HTTPS`.",
    }
    params {
        /// Whether TCP health checks are left out.
        allow_tcp: bool = false, "allowTcp";
    }
}

impl Rule for Elbv2TargetGroupHealthCheckEncrypted {
    type View = elb::TargetGroup;
    type Params = Params;

    fn evaluate(group: &Item<'_, elb::TargetGroup>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if group.target_type()?.is_some_and(|kind| kind.eq_ignore_ascii_case("lambda")) {
            return Ok(Verdict::not_applicable("the target is a Lambda function"));
        }
        Ok(match group.health_check_protocol()? {
            Some(protocol) if protocol.eq_ignore_ascii_case("HTTPS") => Verdict::Compliant,
            Some(protocol) if params.allow_tcp && protocol.eq_ignore_ascii_case("TCP") => {
                Verdict::not_applicable("the health checks use TCP, and allowTcp is true")
            }
            Some(protocol) => Verdict::non_compliant(format!("the health checks use {protocol}, not HTTPS")),
            None => Verdict::non_compliant("the item does not say the protocol of the health checks"),
        })
    }
}
