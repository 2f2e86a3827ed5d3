//! The command line as people and scripts use it: the real binary over a small estate.

mod compare;
mod cores;
mod cost;
mod damaged;
mod exceptions;
mod filters;
mod formats;
mod interrupt;
mod progress;
mod report;

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The rules that the estate is made for: later rules don't change what the tests see.
const RULES: &str =
    "acm-certificate-expiration-check,encrypted-volumes,rds-instance-public-access-check,restricted-ssh";

/// What a command said and how it ended.
struct Said {
    out: String,
    err: String,
    code: Option<i32>,
}

impl Said {
    /// The one sentence of a command that could not do what it was asked for.
    fn error(&self) -> &str {
        assert_eq!(self.code, Some(2), "{}{}", self.out, self.err);
        let sentence = self.err.strip_prefix("error: ").expect("errors begin with `error: `");
        assert_eq!(sentence.trim_end().lines().count(), 1, "{sentence}");
        sentence.trim_end()
    }
}

/// Runs `vitals` in the folder of the tests' estates.
fn vitals(args: &[&str]) -> Said {
    let output = command(args).stdin(Stdio::null()).output().expect("vitals runs");
    said(output)
}

/// Runs `vitals check` over the estate, with the rules that it is made for and as of a day that it is made for.
fn check(args: &[&str]) -> Said {
    vitals(&[&["check", "estate.json", "--rules", RULES, "--now", "2026-11-21T00:00:00Z"], args].concat())
}

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vitals"));
    command.args(args).current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli"));
    command
}

fn said(output: Output) -> Said {
    let text = |bytes| String::from_utf8(bytes).expect("vitals writes UTF-8");
    Said { out: text(output.stdout), err: text(output.stderr), code: output.status.code() }
}
