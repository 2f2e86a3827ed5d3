//! One process behind its own Runtime API, and what it prints.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Read},
    net::Ipv4Addr,
    os::fd::{AsFd, OwnedFd},
    path::Path,
    process::Stdio,
    sync::Arc,
    time::Duration,
};

use axum::body::Bytes;
use jiff::Timestamp;
use tokio::{
    net::{TcpListener, unix::pipe},
    process::{Child, Command},
    sync::oneshot,
    time::{Instant, sleep_until},
};

use crate::{
    function::{FunctionError, FunctionSpec, Invocation, Outcome},
    ids,
    runtime_api::{self, Event, Exchange, Failure, Report},
};

/// Lambda gives the initialisation ten seconds, and when they are over once more the function's timeout, as part of the
/// invocation (AWS Lambda Developer Guide, `lambda-runtime-environment`).
const INITIALISATION: Duration = Duration::from_secs(10);

/// How much of an invocation's output is kept: the end of it, where a crash explains itself.
const LOG_LIMIT: usize = 256 * 1024;

/// A process, dead with this value at the latest.
///
/// Each process gets a listener of its own, so that a dead process's last request can never take the next one's event.
#[derive(Debug)]
pub(crate) struct Sandbox {
    child: Child,
    exchange: Arc<Exchange>,
    output: Output,
    fetched: bool,
    /// Dropping it stops the listener.
    _listening: oneshot::Sender<()>,
}

impl Sandbox {
    pub(crate) async fn start(spec: &FunctionSpec) -> Result<Self, FunctionError> {
        let bind = |source| FunctionError::Bind { source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(bind)?;
        let address = listener.local_addr().map_err(bind)?.to_string();

        let spawn = |source| FunctionError::Spawn { path: spec.binary.clone(), source };
        let (reader, writer) = io::pipe().map_err(spawn)?;
        let output = Output::new(reader.into()).map_err(spawn)?;
        // Both streams in one pipe, as in a log stream: the lines stay in the order in which they were written.
        let child = Command::new(&spec.binary)
            .current_dir(task_root(&spec.binary))
            .env_clear()
            .envs(environment(spec, &address))
            .stdin(Stdio::null())
            .stdout(writer.try_clone().map_err(spawn)?)
            .stderr(writer)
            .kill_on_drop(true)
            .spawn()
            .map_err(spawn)?;

        let exchange = Arc::new(Exchange::default());
        let (listening, stopped) = oneshot::channel::<()>();
        let serve = axum::serve(listener, runtime_api::router(Arc::clone(&exchange))).with_graceful_shutdown(async {
            stopped.await.ok();
        });
        tokio::spawn(async {
            serve.await.ok();
        });
        Ok(Self { child, exchange, output, fetched: false, _listening: listening })
    }

    pub(crate) fn process_id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Whether the process looked at the last event.
    pub(crate) fn fetched(&self) -> bool {
        self.fetched
    }

    /// Has the process handle one event. After anything but a response or an error of the function, the process is
    /// dead.
    pub(crate) async fn invoke(&mut self, spec: &FunctionSpec, request_id: &str, payload: Bytes) -> Invocation {
        let (fetched, mut was_fetched) = oneshot::channel();
        let (report, mut reported) = oneshot::channel();
        self.exchange.offer(Event {
            request_id: request_id.to_owned(),
            function_arn: spec.arn(),
            timeout: spec.timeout,
            payload,
            fetched,
            report,
        });
        self.fetched = false;
        let mut begun = Instant::now();
        let deadline = sleep_until(begun + INITIALISATION + spec.timeout);
        tokio::pin!(deadline);
        let outcome = loop {
            tokio::select! {
                // A report that has arrived counts, even if the process exits or the time ends at the same moment.
                biased;
                Ok(report) = &mut reported => break outcome_of(report),
                Ok(at) = &mut was_fetched, if !self.fetched => {
                    self.fetched = true;
                    begun = at;
                    deadline.as_mut().reset(at + spec.timeout);
                }
                status = self.child.wait() => break Outcome::Exited { status: status.unwrap_or_default() },
                () = &mut deadline => break late(self.fetched, spec.timeout),
                // Last, so that a process that prints without end can't keep the deadline from being seen.
                () = self.output.collect() => {}
            }
        };
        let duration = begun.elapsed();
        if outcome.ends_process() {
            // It may have ended already.
            self.child.kill().await.ok();
        }
        Invocation { request_id: request_id.to_owned(), outcome, log: self.output.take(), duration }
    }
}

fn outcome_of(report: Report) -> Outcome {
    match report {
        Report::Response(body) => Outcome::Succeeded(String::from_utf8_lossy(&body).into_owned()),
        Report::Error(Failure { error_type, message }) => Outcome::Failed { error_type, message },
        Report::InitError(Failure { error_type, message }) => Outcome::InitFailed { error_type, message },
    }
}

fn late(fetched: bool, timeout: Duration) -> Outcome {
    if fetched {
        return Outcome::TimedOut { after: timeout };
    }
    let limit = (INITIALISATION + timeout).as_secs_f64();
    Outcome::InitFailed {
        error_type: "Sandbox.Timedout".to_owned(),
        message: format!("The process did not ask for an event within {limit} seconds"),
    }
}

/// What Lambda sets for a custom runtime (AWS Lambda Developer Guide, `configuration-envvars`), then what the
/// function's own configuration says. Nothing is inherited: a function that reads the developer's environment would
/// fail when deployed.
fn environment(spec: &FunctionSpec, runtime_api: &str) -> BTreeMap<String, String> {
    let stream = format!("{}/[$LATEST]{}", Timestamp::now().strftime("%Y/%m/%d"), ids::uuid().replace('-', ""));
    let mut environment: BTreeMap<String, String> = [
        ("AWS_LAMBDA_RUNTIME_API", runtime_api),
        ("_HANDLER", "bootstrap"),
        ("AWS_LAMBDA_FUNCTION_NAME", &spec.name),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", &spec.memory_mb.to_string()),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        ("AWS_LAMBDA_LOG_GROUP_NAME", &format!("/aws/lambda/{}", spec.name)),
        ("AWS_LAMBDA_LOG_STREAM_NAME", &stream),
        ("AWS_REGION", &spec.region),
        ("AWS_DEFAULT_REGION", &spec.region),
        // An SDK signs with these; the stand-in doesn't verify.
        ("AWS_ACCESS_KEY_ID", "ASIALOCALCONFIG00000"),
        ("AWS_SECRET_ACCESS_KEY", "local"),
        ("AWS_SESSION_TOKEN", "local"),
        ("LAMBDA_TASK_ROOT", &task_root(&spec.binary).to_string_lossy()),
        ("TZ", ":UTC"),
        ("LANG", "en_US.UTF-8"),
        ("PATH", "/usr/local/bin:/usr/bin/:/bin:/opt/bin"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    for (name, value) in &spec.environment {
        match value {
            Some(value) => drop(environment.insert(name.clone(), value.clone())),
            None => drop(environment.remove(name)),
        }
    }
    environment
}

fn task_root(binary: &Path) -> &Path {
    binary.parent().unwrap_or(Path::new("/"))
}

/// What a process prints, read while it handles an event. In between it may fill the pipe and wait, as a process that
/// Lambda froze.
#[derive(Debug)]
struct Output {
    pipe: pipe::Receiver,
    /// The same end of the same pipe.
    direct: File,
    open: bool,
    tail: Tail,
}

impl Output {
    fn new(reader: OwnedFd) -> io::Result<Self> {
        let pipe = pipe::Receiver::from_owned_fd(reader)?;
        let direct = File::from(pipe.as_fd().try_clone_to_owned()?);
        Ok(Self { pipe, direct, open: true, tail: Tail::default() })
    }

    /// Waits for output and reads some of it. Once the pipe is closed, waits for ever.
    async fn collect(&mut self) {
        if !self.open {
            return std::future::pending().await;
        }
        self.open = self.pipe.readable().await.is_ok() && read(|chunk| self.pipe.try_read(chunk), &mut self.tail);
    }

    /// Everything printed since the last time, as lines. tokio's view of the pipe may be out of date at this point, so
    /// this asks the system: what a process wrote before it reported belongs to the event it reported on.
    fn take(&mut self) -> Vec<String> {
        self.open = self.open && read(|chunk| (&self.direct).read(chunk), &mut self.tail);
        self.tail.take()
    }
}

/// Reads what is there, without waiting, and not for ever: a process can write faster than this reads. Says whether the
/// pipe is still open.
fn read(mut from: impl FnMut(&mut [u8]) -> io::Result<usize>, tail: &mut Tail) -> bool {
    let mut chunk = [0; 8 * 1024];
    for _ in 0..64 {
        match from(&mut chunk) {
            Ok(0) => return false,
            Ok(length) => tail.push(&chunk[..length]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return error.kind() == io::ErrorKind::WouldBlock,
        }
    }
    true
}

/// The end of a text that may grow large.
#[derive(Debug, Default)]
struct Tail {
    kept: Vec<u8>,
    dropped: usize,
}

impl Tail {
    fn push(&mut self, bytes: &[u8]) {
        self.kept.extend_from_slice(bytes);
        // Only now and then, so that not every line moves the whole buffer.
        if self.kept.len() > 2 * LOG_LIMIT {
            self.shorten();
        }
    }

    fn shorten(&mut self) {
        let excess = self.kept.len().saturating_sub(LOG_LIMIT);
        self.kept.drain(..excess);
        self.dropped += excess;
    }

    fn take(&mut self) -> Vec<String> {
        self.shorten();
        let mut lines = Vec::new();
        if self.dropped > 0 {
            lines.push(format!("[{} bytes of output before this are left out]", self.dropped));
        }
        lines.extend(String::from_utf8_lossy(&self.kept).lines().map(str::to_owned));
        *self = Self::default();
        lines
    }
}

impl Outcome {
    /// Whether the process can't be used again.
    pub(crate) fn ends_process(&self) -> bool {
        !matches!(self, Self::Succeeded(_) | Self::Failed { .. })
    }
}
