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
    Check(Box<CheckArgs>),
    /// Check a file of exceptions, or make what the functions read of it.
    Exceptions(ExceptionsArgs),
    /// Write the evidence for frameworks: each control with its rules, its resources and what is noncompliant.
    Report(ReportArgs),
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
    /// Find what AWS would refuse of a deployment: limits, names, permissions, functions that a pack calls in vain.
    Preflight(PreflightArgs),
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
    /// A JSON object: rule → parameter → value. Wins over the parameters of `--framework`.
    #[arg(long, value_name = "FILE")]
    pub(crate) parameters: Option<PathBuf>,
    /// Accepted noncompliance: it stays noncompliant, says which exception accepts it, and does not fail the run.
    #[arg(long, value_name = "FILE")]
    pub(crate) exceptions: Option<PathBuf>,
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
    /// Write to this file, whole or not at all; `-` is standard output.
    #[arg(long, value_name = "FILE", default_value = "-")]
    pub(crate) output: PathBuf,
    /// Show only these verdicts, comma-separated. The totals and the exit code stay those of all verdicts.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "COMPLIANCE")]
    pub(crate) only: Vec<Only>,
    /// List all verdicts in the table, not only the noncompliant ones.
    #[arg(long)]
    pub(crate) verbose: bool,
    /// Write what changed since an earlier run: its ndjson or json output, or a snapshot, which is judged by the same
    /// rules.
    ///
    /// As a table, json or ndjson. A change is `new` (noncompliant now and not before, also on a resource that
    /// appeared), `not-judged-before` (noncompliant by a rule that the earlier run didn't judge by), `resolved`,
    /// `not-judged-now`, or, of a resource, `appeared` or `gone`.
    #[arg(long, value_name = "OLD", conflicts_with_all = ["only", "verbose"])]
    pub(crate) compare: Option<PathBuf>,
    /// What to end with exit code 1 for.
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = FailOn::Noncompliant, requires_if("new", "compare"))]
    pub(crate) fail_on: FailOn,
    /// Write what AWS Config would charge for the rules' evaluations in a month, from how often the items say that
    /// resources changed. Judges nothing.
    ///
    /// As a table or json. Best from history files: a snapshot holds only the last change of each resource. Each
    /// `--framework` is a pack of its own, and a rule counts in each.
    #[arg(long, conflicts_with_all = ["compare", "only", "verbose", "fail_on", "parameters", "exceptions", "now", "at"])]
    pub(crate) cost: bool,
    // The last, because its heading holds for all that follows.
    #[command(flatten)]
    pub(crate) filters: FilterArgs,
}

/// What of the paths is judged, and by which rules.
#[derive(Debug, Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct FilterArgs {
    /// Only these rules, comma-separated.
    #[arg(long, value_delimiter = ',', value_name = "RULES")]
    pub(crate) rules: Vec<String>,
    /// Only the rules that this framework names by a published mapping, with the framework's parameters. Can be
    /// repeated.
    #[arg(long, value_name = "FRAMEWORK")]
    pub(crate) framework: Vec<String>,
    /// With `--framework`: the rules of inferred mappings too.
    #[arg(long, requires = "framework")]
    pub(crate) inferred: bool,
    /// Only the rules of this severity or a worse one.
    #[arg(long, value_enum)]
    pub(crate) severity: Option<SeverityArg>,
    /// Only the items of these accounts, comma-separated.
    #[arg(long, value_delimiter = ',', value_name = "ACCOUNTS")]
    pub(crate) account: Vec<String>,
    /// Only the items of these regions, comma-separated; `global` is one, for IAM and CloudFront.
    #[arg(long, value_delimiter = ',', value_name = "REGIONS")]
    pub(crate) region: Vec<String>,
    /// Only the items of these types, comma-separated: `AWS::S3::Bucket`.
    #[arg(long, value_delimiter = ',', value_name = "TYPES")]
    pub(crate) resource_type: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// Each noncompliance with its reason, the worst first, and totals by rule.
    Table,
    /// One JSON object: the verdicts, and their totals by rule.
    Json,
    /// One JSON object a verdict, a line each.
    Ndjson,
    /// One row a verdict, for spreadsheets.
    Csv,
    /// JUnit's XML, for CI: a suite a rule, a case a resource.
    Junit,
    /// SARIF 2.1.0, for code scanning: the noncompliant verdicts.
    Sarif,
    /// AWS Security Finding Format, for Security Hub: a line for each call of `BatchImportFindings`.
    Asff,
    /// OCSF 1.5.0, for SIEMs: a Compliance Finding a line.
    Ocsf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Only {
    Noncompliant,
    Compliant,
    NotApplicable,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Anything noncompliant.
    Noncompliant,
    /// What `--compare` calls new.
    New,
    /// Nothing.
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SeverityArg {
    Low,
    Medium,
    High,
    Critical,
}

#[derive(Debug, Args)]
pub(crate) struct ExceptionsArgs {
    #[command(subcommand)]
    pub(crate) command: ExceptionsCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ExceptionsCommand {
    /// Say what is wrong with a file of exceptions.
    Check(ExceptionsCheckArgs),
    /// Write the exceptions as parameters for the functions: a CloudFormation template.
    Compile(ExceptionsCompileArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ExceptionsCheckArgs {
    /// The file of exceptions.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Items as for `check`: an exception that matches none of them is a mistake.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Check as of this time (`2026-11-21T00:00:00Z`) instead of now.
    #[arg(long, value_name = "TIME")]
    pub(crate) now: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ExceptionsCompileArgs {
    /// The file of exceptions.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Write to this file, whole or not at all; `-` is standard output.
    #[arg(long, value_name = "FILE", default_value = "-")]
    pub(crate) output: PathBuf,
    /// Refuse what is over at this time (`2026-11-21T00:00:00Z`) instead of now.
    #[arg(long, value_name = "TIME")]
    pub(crate) now: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    /// Snapshots, history files and other files of items, as for `check`.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The framework to report on, with the parameters that it gives to rules. Can be repeated.
    #[arg(long, value_name = "FRAMEWORK", required_unless_present = "verify")]
    pub(crate) framework: Vec<String>,
    /// A JSON object: rule → parameter → value. Wins over the frameworks' parameters.
    #[arg(long, value_name = "FILE")]
    pub(crate) parameters: Option<PathBuf>,
    /// The file of accepted noncompliance.
    #[arg(long, value_name = "FILE")]
    pub(crate) exceptions: Option<PathBuf>,
    /// Judge as of this time (`2026-11-21T00:00:00Z`) instead of the time of `--at` or the newest capture time.
    #[arg(long, value_name = "TIME")]
    pub(crate) now: Option<String>,
    /// Report on the estate as it stood at this time: states captured later don't count.
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
    /// Only the items of these accounts, comma-separated.
    #[arg(long, value_delimiter = ',', value_name = "ACCOUNTS")]
    pub(crate) account: Vec<String>,
    /// Only the items of these regions, comma-separated; `global` is one, for IAM and CloudFront.
    #[arg(long, value_delimiter = ',', value_name = "REGIONS")]
    pub(crate) region: Vec<String>,
    /// How to write the report.
    #[arg(long, value_enum, default_value_t = ReportFormat::Html)]
    pub(crate) format: ReportFormat,
    /// Write to this file, whole or not at all; `-` is standard output.
    #[arg(long, value_name = "FILE", default_value = "-")]
    pub(crate) output: PathBuf,
    /// Leave room for a name, a date and a decision.
    #[arg(long)]
    pub(crate) sign_off: bool,
    /// Say whether this report, in JSON, was made from these files and follows from them. How it was made is in it; its
    /// parameters and exceptions must be given again.
    #[arg(long, value_name = "REPORT", conflicts_with_all = ["framework", "now", "at", "account", "region", "format", "sign_off"])]
    pub(crate) verify: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// One page with pictures, for people: to read, to filter, to print.
    Html,
    /// One JSON object, for programs and for the archive.
    Json,
    /// A row for each control, rule and noncompliant resource, for spreadsheets.
    Csv,
    /// Tables, for wikis and issues.
    Markdown,
}

#[derive(Debug, Args)]
pub(crate) struct PreflightArgs {
    /// The folder with `template.yaml` and what it nests.
    #[arg(default_value = ".")]
    pub(crate) folder: PathBuf,
    /// The folder with the rules' binaries. By default, the one that `vitals` itself is in.
    #[arg(long, value_name = "DIR", env = "VITALS_FUNCTIONS")]
    pub(crate) functions: Option<PathBuf>,
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
