//! The project's own tool: `cargo xtask generate` and `cargo xtask new-rule`.

mod generate;
mod names;
mod new_rule;
mod snapshot;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make everything that is made from the rules' metadata: binaries, templates, events, pages.
    Generate {
        /// Change nothing; fail where something is out of date.
        #[arg(long)]
        check: bool,
    },
    /// Lay out a new rule: its file, its cases, and a failing test.
    NewRule {
        /// The rule's id, in kebab case: AWS's name, where AWS has the rule.
        id: String,
        /// The service that it belongs to: a module of the `rules` crate.
        #[arg(long)]
        service: String,
        /// The view that it reads: `rds::DbInstance`.
        #[arg(long)]
        view: String,
    },
    /// Write a gzipped snapshot of any size, made from the sample estate.
    Snapshot {
        /// How many items.
        items: usize,
        /// Where to.
        path: PathBuf,
    },
}

fn main() -> ExitCode {
    match execute(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn execute(command: Command) -> Result<()> {
    match command {
        Command::Generate { check: false } => {
            for path in generate::write(&root())? {
                eprintln!("wrote {}", path.display());
            }
            Ok(())
        }
        Command::Generate { check: true } => {
            let stale = generate::stale(&root())?;
            if stale.is_empty() {
                return Ok(());
            }
            let list: Vec<_> = stale.iter().map(|path| path.display().to_string()).collect();
            bail!("out of date, run `cargo xtask generate`: {}", list.join(", "))
        }
        Command::NewRule { id, service, view } => new_rule::lay_out(&root(), &id, &service, &view),
        Command::Snapshot { items, path } => snapshot::make(&root(), items, &path),
    }
}

/// The workspace's root.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(PathBuf::from).unwrap_or_default()
}
