//! A Lambda function on this machine: an unmodified binary, invoked as Lambda invokes it.

use std::{
    collections::BTreeMap,
    fmt, io,
    os::unix::fs::PermissionsExt,
    path::{self, PathBuf},
    process::ExitStatus,
    time::Duration,
};

use axum::body::Bytes;
use tokio::sync::Mutex;

use crate::{ids, sandbox::Sandbox};

/// An asynchronous invocation that failed is tried twice more (AWS Lambda Developer Guide, `invocation-async`).
const ATTEMPTS: usize = 3;

/// What to run, and how Lambda would be configured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionSpec {
    /// The function's name.
    pub name: String,
    /// The binary, called `bootstrap` in a deployed package.
    pub binary: PathBuf,
    /// Variables to set, or with `None` to remove, on top of those that Lambda sets. Nothing else is inherited.
    pub environment: BTreeMap<String, Option<String>>,
    /// How long an invocation may take, initialisation not included.
    pub timeout: Duration,
    /// The memory that the function is told it has. It is not enforced.
    pub memory_mb: u32,
    /// The region.
    pub region: String,
    /// The account, for the function's ARN.
    pub account: String,
}

impl FunctionSpec {
    /// A function with Lambda's defaults (3 seconds, 128 MB) in account 123456789012, region us-east-1.
    pub fn new(name: impl Into<String>, binary: impl Into<PathBuf>) -> Self {
        Self {
            name: name.into(),
            binary: binary.into(),
            environment: BTreeMap::new(),
            timeout: Duration::from_secs(3),
            memory_mb: 128,
            region: "us-east-1".to_owned(),
            account: "123456789012".to_owned(),
        }
    }

    /// Sets a variable.
    #[must_use]
    pub fn env(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.environment.insert(name.into(), Some(value.into()));
        self
    }

    /// Removes a variable that Lambda would set.
    #[must_use]
    pub fn env_remove(mut self, name: impl Into<String>) -> Self {
        self.environment.insert(name.into(), None);
        self
    }

    /// Sets the timeout.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The function's ARN.
    #[must_use]
    pub fn arn(&self) -> String {
        format!("arn:aws:lambda:{}:{}:function:{}", self.region, self.account, self.name)
    }
}

/// Why a function can't be run at all. What goes wrong while it runs is an [`Outcome`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FunctionError {
    /// There is no such file.
    #[error("there is no binary at `{}`; build it first", path.display())]
    Missing {
        /// The path that was given.
        path: PathBuf,
    },
    /// The file is no regular file, or nobody may execute it.
    #[error("`{}` is not an executable file", path.display())]
    NotExecutable {
        /// The path that was given.
        path: PathBuf,
    },
    /// No loopback port is to be had for the Runtime API.
    #[error("cannot listen on a loopback port for the Runtime API")]
    Bind {
        /// What the system says.
        source: io::Error,
    },
    /// The system refuses to start the process, for instance because it was built for another processor.
    #[error("cannot start `{}`", path.display())]
    Spawn {
        /// The path that was given.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// A function. Its process starts with the first invocation, is kept for the next ones, and is started anew after it
/// exited, crashed, failed to initialise or took too long. Dropping the function kills it.
///
/// One event is handled at a time, as in one execution environment of Lambda; further invocations wait. Different
/// functions run side by side: each holds a process, a port and five file descriptors while it is warm.
#[derive(Debug)]
pub struct Function {
    spec: FunctionSpec,
    sandbox: Mutex<Option<Sandbox>>,
}

/// One attempt to have an event handled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invocation {
    /// The id of the event; retries of the same event share it.
    pub request_id: String,
    /// How it ended.
    pub outcome: Outcome,
    /// What the process printed on stdout and stderr, in order. Of very much output the end is kept.
    pub log: Vec<String>,
    /// From the moment the process fetched the event; of a process that never did, from its start.
    pub duration: Duration,
}

/// How an invocation ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The function returned this.
    Succeeded(String),
    /// The function returned an error.
    Failed {
        /// The kind of error that it reported.
        error_type: String,
        /// What it said.
        message: String,
    },
    /// The process ended before it answered.
    Exited {
        /// How it ended.
        status: ExitStatus,
    },
    /// The function took too long and was killed.
    TimedOut {
        /// Its timeout.
        after: Duration,
    },
    /// The process could not get ready to handle events.
    InitFailed {
        /// The kind of error that it reported.
        error_type: String,
        /// What it said.
        message: String,
    },
}

impl Outcome {
    /// Whether Lambda would be content. It tries everything else again.
    #[must_use]
    pub fn is_success(&self) -> bool {
        matches!(self, Self::Succeeded(_))
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Succeeded(body) => write!(f, "succeeded: {body}"),
            Self::Failed { error_type, message } => write!(f, "failed: {error_type}: {message}"),
            Self::Exited { status } => write!(f, "the process ended before it answered: {status}"),
            Self::TimedOut { after } => write!(f, "timed out after {:.2} seconds", after.as_secs_f64()),
            Self::InitFailed { error_type, message } => write!(f, "initialisation failed: {error_type}: {message}"),
        }
    }
}

impl Function {
    /// Takes a function on. The binary is looked at, not yet run.
    ///
    /// # Errors
    ///
    /// [`FunctionError::Missing`] or [`FunctionError::NotExecutable`].
    pub fn start(mut spec: FunctionSpec) -> Result<Self, FunctionError> {
        let metadata = spec.binary.metadata().map_err(|_| FunctionError::Missing { path: spec.binary.clone() })?;
        if !metadata.is_file() || metadata.permissions().mode() & 0o111 == 0 {
            return Err(FunctionError::NotExecutable { path: spec.binary });
        }
        // The process runs in another folder, where a relative path would mean another file.
        if let Ok(absolute) = path::absolute(&spec.binary) {
            spec.binary = absolute;
        }
        Ok(Self { spec, sandbox: Mutex::new(None) })
    }

    /// What was asked to be run.
    #[must_use]
    pub fn spec(&self) -> &FunctionSpec {
        &self.spec
    }

    /// The process that is warm, if there is one.
    pub async fn process_id(&self) -> Option<u32> {
        self.sandbox.lock().await.as_ref()?.process_id()
    }

    /// Has the function handle one event.
    ///
    /// # Errors
    ///
    /// [`FunctionError`] if there is no process to handle it. That it handles it badly is an [`Outcome`].
    pub async fn invoke(&self, event: impl Into<Vec<u8>>) -> Result<Invocation, FunctionError> {
        self.attempt(&ids::uuid(), Bytes::from(event.into())).await
    }

    /// Has the function handle one event as AWS Config has it handled, which invokes asynchronously: after a failure
    /// the same event is tried up to twice more. Lambda waits one minute, then two; here nothing waits. Returns every
    /// attempt, the last one last.
    ///
    /// # Errors
    ///
    /// [`FunctionError`] if there is no process to handle it.
    pub async fn invoke_as_lambda(&self, event: impl Into<Vec<u8>>) -> Result<Vec<Invocation>, FunctionError> {
        let request_id = ids::uuid();
        let payload = Bytes::from(event.into());
        let mut attempts = Vec::new();
        while attempts.len() < ATTEMPTS {
            let attempt = self.attempt(&request_id, payload.clone()).await?;
            let done = attempt.outcome.is_success();
            attempts.push(attempt);
            if done {
                break;
            }
        }
        Ok(attempts)
    }

    async fn attempt(&self, request_id: &str, payload: Bytes) -> Result<Invocation, FunctionError> {
        let mut slot = self.sandbox.lock().await;
        // The process is taken out, and put back only when it is ready for the next event: whoever drops this future
        // half way drops, and so kills, the process with it.
        let mut leftover = Vec::new();
        if let Some(mut warm) = slot.take() {
            let invocation = warm.invoke(&self.spec, request_id, payload.clone()).await;
            // A process that ended since its last event is no failure of this one.
            if warm.fetched() || !matches!(invocation.outcome, Outcome::Exited { .. }) {
                *slot = (!invocation.outcome.ends_process()).then_some(warm);
                return Ok(invocation);
            }
            leftover = invocation.log;
        }
        let mut fresh = Sandbox::start(&self.spec).await?;
        let mut invocation = fresh.invoke(&self.spec, request_id, payload).await;
        invocation.log.splice(..0, leftover);
        *slot = (!invocation.outcome.ends_process()).then_some(fresh);
        Ok(invocation)
    }
}
