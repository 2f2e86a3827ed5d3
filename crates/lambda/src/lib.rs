//! The host of a rule in AWS Lambda: event → rule → `PutEvaluations`.
//!
//! A function's `main` is one line, [`run`] or [`run_facts`]. The host decodes whatever AWS Config sends, asks the rule,
//! and delivers the verdicts. It returns an error whenever a verdict did not reach AWS Config: that is what makes Lambda
//! try again and the alarm ring. AWS Config itself invokes functions asynchronously and never looks at the answer.

mod aws;
mod deliver;
mod environment;
mod error;
mod event;
mod exceptions;
mod host;
mod inventory;
mod log;
mod parameters;
mod reevaluate;
mod runtime;

use std::pin::Pin;
use std::process::ExitCode;

pub use aws_config::SdkConfig;
use config_rule::{Entry, FactsRule, Rule};

pub use crate::aws::AwsError;
use crate::host::Gather;
pub use crate::reevaluate::reevaluate;
use crate::runtime::RuntimeError;

/// Runs an item rule as a Lambda function until Lambda ends the process: what a function's `main` returns.
///
/// Where the process isn't run by Lambda (or by something else that offers its Runtime API), it says so on standard
/// error and ends with 2.
#[must_use]
pub fn run<R: Rule>() -> ExitCode {
    exit(start_rule(Entry::item::<R>(), None))
}

/// Runs a facts rule as a Lambda function, as [`run`]; `gather` asks the API for the facts.
#[must_use]
pub fn run_facts<R, G>(gather: G) -> ExitCode
where
    R: FactsRule,
    G: AsyncFn(&SdkConfig) -> Result<R::Facts, AwsError> + Clone + 'static,
{
    let gather: Gather = Box::new(move |config: &SdkConfig| {
        let (gather, config) = (gather.clone(), config.clone());
        let facts = async move {
            let facts = gather(&config).await?;
            serde_json::to_string(&facts)
                .map_err(|error| AwsError::unexpected(R::METADATA.id, &format!("facts that can't be written: {error}")))
        };
        Box::pin(facts) as Pin<Box<dyn Future<Output = _>>>
    });
    exit(start_rule(Entry::facts::<R>(), Some(gather)))
}

/// A function can't start.
#[derive(Debug, thiserror::Error)]
enum StartError {
    #[error("this is a Lambda function: {0}")]
    NotInLambda(String),
    #[error("the runtime can't start: {0}")]
    Runtime(#[from] std::io::Error),
    #[error(transparent)]
    Lambda(#[from] RuntimeError),
}

fn start_rule(entry: Entry, gather: Option<Gather>) -> Result<(), StartError> {
    let instead = format!("run it with `vitals invoke {} --event FILE`, or deploy it", entry.metadata.id);
    start(instead, async |address: &str| host::serve(address, entry, gather).await)
}

/// Has `serve` answer Lambda at the Runtime API's address. Outside of Lambda, it is said what to do instead.
fn start(instead: String, serve: impl AsyncFnOnce(&str) -> Result<(), RuntimeError>) -> Result<(), StartError> {
    let address = std::env::var("AWS_LAMBDA_RUNTIME_API").map_err(|_| StartError::NotInLambda(instead))?;
    log::init();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok(runtime.block_on(serve(&address))?)
}

fn exit(result: Result<(), StartError>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// What `fuzz/` reaches; only its builds set this.
#[cfg(fuzzing)]
pub mod fuzzing {
    /// Decodes an invocation's payload, or says why not.
    pub fn decode(payload: &[u8]) -> Result<(), String> {
        crate::event::decode(payload).map(drop).map_err(|error| error.message())
    }
}
