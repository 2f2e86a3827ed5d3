//! The AWS SDK: how clients are set up, and what is said of their errors.

use std::error::Error;
use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, SdkConfig};
use aws_sdk_config::error::{ProvideErrorMetadata, SdkError};
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;

/// The longest that one attempt of a call may take; the SDK then tries again. AWS Config answers in a fraction of it.
const ATTEMPT: Duration = Duration::from_secs(20);

/// How often the SDK tries a call that is throttled or fails on the way. What bounds the tries is the deadline of the
/// invocation, which the host enforces; this only has to be enough to reach it.
const ATTEMPTS: u32 = 12;

/// Loads region, credentials and endpoint from the environment.
pub(crate) async fn load() -> SdkConfig {
    // *ring* builds in seconds and is a third the size of the SDK's default.
    let http = Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https();
    aws_config::defaults(BehaviorVersion::latest())
        .http_client(http)
        .retry_config(RetryConfig::standard().with_max_attempts(ATTEMPTS).with_max_backoff(Duration::from_secs(5)))
        .timeout_config(TimeoutConfig::builder().operation_attempt_timeout(ATTEMPT).build())
        .load()
        .await
}

/// A call to AWS that failed, after the SDK's own retries.
#[derive(Debug, thiserror::Error)]
#[error("{operation} failed: {message}")]
pub struct AwsError {
    operation: &'static str,
    code: Option<String>,
    message: String,
}

impl AwsError {
    /// What an SDK's error says, in one line: the service's code and message, or how the call failed on its way.
    #[must_use]
    pub fn new<E, R>(operation: &'static str, error: &SdkError<E, R>) -> Self
    where
        E: ProvideErrorMetadata + Error + 'static,
        R: std::fmt::Debug + 'static,
    {
        let (code, message) = (error.code(), error.message());
        let said = match (code, message) {
            (Some(code), Some(message)) => format!("{code}: {message}"),
            (Some(code), None) => code.to_owned(),
            _ => chain(error),
        };
        Self { operation, code: code.map(str::to_owned), message: said }
    }

    /// An answer that AWS's service model doesn't allow for.
    #[must_use]
    pub fn unexpected(operation: &'static str, message: &str) -> Self {
        Self { operation, code: None, message: message.to_owned() }
    }

    /// Whether the rule that the call was about no longer exists.
    pub(crate) fn is_no_such_rule(&self) -> bool {
        self.code.as_deref() == Some("NoSuchConfigRuleException")
    }
}

/// An error and what caused it, in one line.
fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
