//! What can be typed.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::stream::Limits;

/// AWS Config rules for estates that hold protected health information, offline.
///
/// Exit codes: 0 nothing noncompliant, 1 something noncompliant found, 2 it could not be done.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Judge the configuration items of snapshots and other files.
    Check(CheckArgs),
    /// Run a rule's real Lambda binary once, and show what AWS Config would hold.
    Invoke(InvokeArgs),
    /// Run the real Lambda binaries over an estate, as AWS Config would, and show what it would hold.
    Run(RunArgs),
    /// Keep the stand-in for AWS Config up, for `sam local invoke` and `aws configservice --endpoint-url`.
    Local(LocalArgs),
    /// List the rules.
    Rules(RulesArgs),
    /// Say all there is to know of a rule.
    Explain(ExplainArgs),
    /// Print the completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// Snapshots, history files, lists, lines or single items, gzipped or not; folders of them; `-` is standard input.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Only these rules, comma-separated.
    #[arg(long, value_delimiter = ',', value_name = "RULES")]
    pub(crate) rules: Vec<String>,
    /// A JSON object: rule → parameter → value.
    #[arg(long, value_name = "FILE")]
    pub(crate) parameters: Option<PathBuf>,
    /// Judge as of this time (`2026-11-21T00:00:00Z`) instead of now.
    #[arg(long, value_name = "TIME")]
    pub(crate) now: Option<String>,
    /// Judge the estate as it stood at this time: of several states of a resource, the newest up to then.
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
    /// End as if nothing were wrong where an item or a file can't be judged; it is reported all the same.
    #[arg(long)]
    pub(crate) keep_going: bool,
    /// Refuse items of more bytes than this.
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().item)]
    pub(crate) max_item_size: u64,
    /// Refuse files that unpack to more bytes than this.
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().unpacked)]
    pub(crate) max_unpacked_size: u64,
    /// How to write the verdicts.
    #[arg(long, value_enum, default_value_t = CheckFormat::Table)]
    pub(crate) format: CheckFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// Totals by rule, and each noncompliance with its reason.
    Table,
    /// One JSON object a verdict, a line each.
    Ndjson,
}

#[derive(Debug, Args)]
pub(crate) struct InvokeArgs {
    /// The rule.
    pub(crate) rule: String,
    /// The event that AWS Config would send; `-` is standard input.
    #[arg(long, value_name = "FILE")]
    pub(crate) event: PathBuf,
    /// How to write the evaluations.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) inventory: InventoryArgs,
    #[command(flatten)]
    pub(crate) functions: FunctionArgs,
}

#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    /// The estate: as for `check`.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Only these rules, comma-separated.
    #[arg(long, value_delimiter = ',', value_name = "RULES")]
    pub(crate) rules: Vec<String>,
    /// Send notifications as of this time (`2026-11-21T00:00:00Z`) instead of now.
    #[arg(long, value_name = "TIME")]
    pub(crate) now: Option<String>,
    /// The account's delivery channels: the answers of `aws configservice describe-delivery-channels` and
    /// `describe-delivery-channel-status` in one JSON object.
    #[arg(long, value_name = "FILE")]
    pub(crate) delivery_channels: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) functions: FunctionArgs,
}

#[derive(Debug, Args)]
pub(crate) struct LocalArgs {
    /// The address to listen on.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:4566")]
    pub(crate) listen: SocketAddr,
    #[command(flatten)]
    pub(crate) inventory: InventoryArgs,
}

/// What the stand-in knows besides the rules.
#[derive(Debug, Args)]
pub(crate) struct InventoryArgs {
    /// The items that AWS Config knows: files as for `check`.
    #[arg(long, value_name = "PATH")]
    pub(crate) items: Vec<PathBuf>,
    /// The account's delivery channels: the answers of `aws configservice describe-delivery-channels` and
    /// `describe-delivery-channel-status` in one JSON object.
    #[arg(long, value_name = "FILE")]
    pub(crate) delivery_channels: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct FunctionArgs {
    /// The folder with the rules' binaries. By default, the one that `vitals` itself is in.
    #[arg(long, value_name = "DIR", env = "VITALS_FUNCTIONS")]
    pub(crate) functions: Option<PathBuf>,
    /// Seconds that a function may take for one event.
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=900))]
    pub(crate) timeout: u64,
}

#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    /// Only the rules that this framework names.
    #[arg(long, value_name = "FRAMEWORK")]
    pub(crate) framework: Option<String>,
    /// How to write the list.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The rule.
    pub(crate) rule: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A table, for people.
    Table,
    /// JSON, for programs.
    Json,
}
