//! The command line `vitals`. The parts that other tools of the project use are public.

mod check;
mod cli;
mod compare;
mod cost;
pub mod estate;
pub mod event;
mod exceptions;
mod explain;
mod functions;
mod invoke;
mod judge;
mod local;
mod output;
mod parameters;
pub mod preflight;
mod record;
mod rehearse;
mod report;
pub mod rule_info;
mod scope;
mod select;
mod sink;
mod stand_in;
mod stream;
mod text;

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::cli::{Cli, Command};

/// How a command ended, when it could do what it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// Nothing noncompliant was found, or nothing was looked for.
    Clean,
    /// Something noncompliant was found.
    NonCompliant,
    /// Part of the work could not be done; what was wrong has been said.
    Incomplete,
    /// Ctrl-C ended the work before its end.
    Interrupted,
}

/// Runs the command line.
#[must_use]
pub fn run() -> ExitCode {
    match execute(Cli::parse().command) {
        Ok(Ending::Clean) => ExitCode::SUCCESS,
        Ok(Ending::NonCompliant) => ExitCode::from(1),
        Ok(Ending::Incomplete) => ExitCode::from(2),
        Ok(Ending::Interrupted) => ExitCode::from(stream::INTERRUPTED_EXIT_CODE),
        // Whoever reads our output has seen enough: `vitals rules | head`.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(if stream::interrupted() { stream::INTERRUPTED_EXIT_CODE } else { 2 })
        }
    }
}

fn execute(command: Command) -> anyhow::Result<Ending> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let ending = match command {
        Command::Check(args) => check::run(&args, &mut out),
        Command::Exceptions(args) => exceptions::run(&args, &mut out),
        Command::Report(args) => report::run(&args, &mut out),
        Command::Invoke(args) => invoke::run(&args, &mut out),
        Command::Run(args) => rehearse::run(&args, &mut out),
        Command::Local(args) => local::run(&args, &mut out),
        Command::Rules(args) => rule_info::list(&args, &mut out),
        Command::Explain(args) => explain::run(&args, &mut out),
        Command::Preflight(args) => preflight::run(&args, &mut out),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "vitals", &mut out);
            Ok(Ending::Clean)
        }
    }?;
    out.flush()?;
    Ok(ending)
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe))
}

/// What `fuzz/` reaches; only its builds set this.
#[cfg(fuzzing)]
pub mod fuzzing {
    /// The items of a file that arrives in pieces of `piece` bytes, or what is wrong with it.
    pub fn split(file: &[u8], piece: usize) -> Result<Vec<Vec<u8>>, String> {
        crate::stream::split_in_pieces(file, piece)
    }
}
