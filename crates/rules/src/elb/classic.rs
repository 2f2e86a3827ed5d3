//! The listeners of Classic Load Balancers.

use config_item::views::elb::ListenerDescription;
use config_rule::CannotJudge;

/// The reason where an item lacks the listeners altogether.
pub(super) const NO_LISTENERS: &str = "the item does not list the load balancer's listeners";

/// Whether clients speak TLS with the listener; `None` where the item doesn't say the protocol.
pub(super) fn is_tls(listener: &ListenerDescription) -> Result<Option<bool>, CannotJudge> {
    let Some(listener) = listener.listener()? else { return Ok(None) };
    Ok(listener.protocol()?.map(|protocol| ["HTTPS", "SSL"].iter().any(|tls| protocol.eq_ignore_ascii_case(tls))))
}

/// The listener in words: `the HTTPS listener on port 443`.
pub(super) fn named(listener: &ListenerDescription) -> Result<String, CannotJudge> {
    let Some(listener) = listener.listener()? else { return Ok("a listener without a description".to_owned()) };
    let name = match listener.protocol()? {
        Some(protocol) => format!("the {protocol} listener"),
        None => "the listener without a protocol".to_owned(),
    };
    Ok(match listener.port()? {
        Some(port) => format!("{name} on port {port}"),
        None => name,
    })
}
