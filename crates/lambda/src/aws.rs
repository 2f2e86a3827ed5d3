//! The AWS SDK: how clients are set up, and what is said of their errors.

use std::cell::Cell;
use std::error::Error;
use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, SdkConfig};
use aws_sdk_config::error::{ProvideErrorMetadata, SdkError};
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;

use crate::environment;

/// The longest that connecting may take. Without a route to AWS Config, this is what tells.
const CONNECT: Duration = Duration::from_secs(3);

/// The longest that one attempt of a call may take; the SDK then tries again. AWS Config answers in a fraction of it.
const ATTEMPT: Duration = Duration::from_secs(10);

/// How often the SDK tries a call that is throttled or fails on the way, within 20 seconds or so. Then the invocation
/// fails and says why; Lambda's own retries follow minutes later, which is kinder to a service that throttles.
const ATTEMPTS: u32 = 6;

thread_local! {
    /// The call that is under way, for an invocation that runs out of time in it. A function handles one invocation at a
    /// time, on one thread.
    static UNDER_WAY: Cell<Option<&'static str>> = const { Cell::new(None) };
}

/// The call that is under way.
pub(crate) fn under_way() -> Option<&'static str> {
    UNDER_WAY.get()
}

/// Makes a call, so that its failure and its taking too long are told by its name.
pub(crate) async fn call<T, E, R>(
    operation: &'static str,
    answer: impl Future<Output = Result<T, SdkError<E, R>>>,
) -> Result<T, AwsError>
where
    E: ProvideErrorMetadata + Error + 'static,
    R: std::fmt::Debug + 'static,
{
    UNDER_WAY.set(Some(operation));
    let answer = answer.await.map_err(|error| AwsError::new(operation, &error));
    UNDER_WAY.set(None);
    answer
}

/// Asks a paginator for the next page, as [`call`]; `None` after the last.
pub(crate) async fn page<T, E, R>(
    operation: &'static str,
    next: impl Future<Output = Option<Result<T, SdkError<E, R>>>>,
) -> Result<Option<T>, AwsError>
where
    E: ProvideErrorMetadata + Error + 'static,
    R: std::fmt::Debug + 'static,
{
    call(operation, async { next.await.transpose() }).await
}

/// How clients are set up, with region, credentials and endpoints from the environment.
pub(crate) fn load() -> SdkConfig {
    // *ring* builds in seconds and is a third the size of the SDK's default.
    let http = Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https();
    environment::configure(environment::variable)
        .behavior_version(BehaviorVersion::latest())
        .http_client(http)
        .retry_config(retries())
        .timeout_config(timeouts())
        .build()
}

/// How calls are tried again.
pub(crate) fn retries() -> RetryConfig {
    RetryConfig::standard().with_max_attempts(ATTEMPTS).with_max_backoff(Duration::from_secs(5))
}

/// How long calls may take.
pub(crate) fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder().connect_timeout(CONNECT).operation_attempt_timeout(ATTEMPT).build()
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
pub(crate) fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
