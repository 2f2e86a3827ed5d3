//! A strict stand-in for the part of AWS Config (and of AWS Systems Manager) that a custom rule talks to, and a host for unmodified Lambda
//! binaries. Everything runs on loopback, needs no account and no container.
//!
//! - [`Server`] answers the AWS Config API over HTTP as the service does (`aws-json-1.1`): an SDK or the AWS CLI
//!   reaches it through `AWS_ENDPOINT_URL_CONFIG_SERVICE` or `--endpoint-url`. It refuses what the service refuses. Beside
//!   it, it answers for the parameters of AWS Systems Manager (`AWS_ENDPOINT_URL_SSM`), in which rules find exceptions.
//! - [`State`] is what the stand-in knows: rules, tokens, configuration items, delivery channels, the evaluations it
//!   was told, the calls it received, and the [`Fault`]s it should commit. The same is offered to other processes
//!   beneath `/_vitals/` ([`control`]).
//! - [`Function`] runs one `bootstrap` binary behind Lambda's Runtime API, keeps it warm, and kills it in time.
//!
//! ```no_run
//! # async fn example(event: String) -> Result<(), Box<dyn std::error::Error>> {
//! use local_config::{Function, FunctionSpec, Rule, Server};
//!
//! let server = Server::start("127.0.0.1:0".parse()?).await?;
//! server.state().register_rule(Rule::new("s3-bucket-ssl-requests-only"))?;
//!
//! let spec = FunctionSpec::new("s3-bucket-ssl-requests-only", "target/lambda/s3-bucket-ssl-requests-only")
//!     .env("AWS_ENDPOINT_URL_CONFIG_SERVICE", server.url());
//! // The event's `resultToken` is `vitals-local:s3-bucket-ssl-requests-only`.
//! let invocation = Function::start(spec)?.invoke(event).await?;
//! println!("{}", invocation.outcome);
//! for evaluation in server.state().evaluations("s3-bucket-ssl-requests-only") {
//!     println!("{} {:?}", evaluation.resource_id, evaluation.compliance);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! What the comments call *the service model* is the machine-readable description of AWS Config that the SDKs are
//! generated from (version 2014-11-12). Where neither it nor the documentation says what the service does, a comment
//! says which way was chosen.

mod channels;
mod connection;
pub mod control;
mod faults;
mod function;
mod ids;
mod item;
mod operations;
mod parameter;
mod rule;
mod runtime_api;
mod sandbox;
mod server;
mod state;
mod time;
mod wire;

pub use channels::{
    DeliveryChannel, DeliveryChannelStatus, DeliveryChannels, DeliveryStatus, ExportDeliveryInfo, SnapshotProperties,
    StreamDeliveryInfo,
};
pub use faults::{Failing, Fault, FaultKind, Times};
pub use function::{Function, FunctionError, FunctionSpec, Invocation, Outcome};
pub use item::ItemError;
pub use operations::Operation;
pub use rule::{Rule, RuleError};
pub use server::{Server, StartError};
pub use state::{Answer, Compliance, RecordedCall, State, StoredEvaluation};
