//! Logs: one JSON line an invocation on standard output, which Lambda sends to CloudWatch.

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// The target of the host's own events.
pub(crate) const TARGET: &str = "vitals";

/// Starts logging at the level of `RUST_LOG`, or of the function's log configuration.
///
/// Only the host's own events are written: what the SDK and the runtime log at finer levels holds requests, and with
/// them items and result tokens.
pub(crate) fn init() {
    let level = ["RUST_LOG", "AWS_LAMBDA_LOG_LEVEL"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok()?.parse().ok())
        .unwrap_or(LevelFilter::INFO);
    let json = tracing_subscriber::fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .with_target(false);
    // A second subscriber can't be set, and there is none before this one.
    let _ = tracing_subscriber::registry().with(json).with(Targets::new().with_target(TARGET, level)).try_init();
}
