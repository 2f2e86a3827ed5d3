//! The listeners of application, network and gateway load balancers.

use config_item::Item;
use config_item::views::elb::Listener;
use config_rule::CannotJudge;

/// What gateway load balancers speak.
pub(super) const GENEVE: &str = "GENEVE";

/// The listener's protocol. That of a gateway load balancer may not say it, but its ARN does.
pub(super) fn protocol<'a>(listener: &'a Item<'_, Listener>) -> Result<Option<&'a str>, CannotJudge> {
    Ok(match listener.protocol()? {
        None if arn(listener)?.contains(":listener/gwy/") => Some(GENEVE),
        protocol => protocol,
    })
}

/// The listener's ARN, which is its id in AWS Config too.
pub(super) fn arn<'a>(listener: &'a Item<'_, Listener>) -> Result<&'a str, CannotJudge> {
    Ok(listener.arn()?.unwrap_or(listener.source().resource_id()))
}

/// Whether the protocol is HTTP or TCP over TLS.
pub(super) fn is_tls(protocol: &str) -> bool {
    ["HTTPS", "TLS"].iter().any(|tls| protocol.eq_ignore_ascii_case(tls))
}
