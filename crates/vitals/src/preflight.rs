//! `vitals preflight`: what AWS would refuse of a deployment, found before it.
//!
//! The templates are read and resolved for every choice that their parameters offer; what each choice would deploy is
//! held against the limits of CloudFormation, AWS Config and Lambda.

mod binaries;
mod checks;
pub mod deployment;
pub mod template;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::Write;
use std::path::Path;

use anyhow::{Context as _, Result};

pub use self::checks::check;
use self::deployment::Templates;
use crate::cli::PreflightArgs;
use crate::{Ending, functions, text};

/// What was counted, and what is wrong.
#[derive(Debug, Default)]
pub struct Report {
    /// The path of each template → what stands in it.
    pub templates: BTreeMap<String, TemplateCount>,
    /// The name of each conformance pack → the most that it holds under any choice.
    pub packs: BTreeMap<String, PackCount>,
    /// What is wrong.
    pub violations: BTreeSet<Violation>,
}

/// What stands in a template.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct TemplateCount {
    /// Its resources, after SAM's transform.
    pub resources: usize,
    /// Its parameters.
    pub parameters: usize,
}

/// What a conformance pack holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PackCount {
    /// Its rules.
    pub rules: usize,
    /// The bytes of its text.
    pub bytes: usize,
}

/// Something that AWS would refuse, or that would fail later.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// Where it is.
    pub place: String,
    /// What is found there, and the limit that it breaks.
    pub problem: String,
    /// What to do.
    pub advice: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.place, self.problem, self.advice)
    }
}

impl Report {
    fn violation(&mut self, place: impl Into<String>, problem: impl Into<String>, advice: impl Into<String>) {
        self.violations.insert(Violation { place: place.into(), problem: problem.into(), advice: advice.into() });
    }
}

/// Checks the templates of a project's folder and, where it is given, the folder with the functions' binaries.
///
/// # Errors
///
/// Where a template can't be read or resolved, or the binary of a function can't be read.
pub fn of_project(folder: &Path, binaries: Option<&Path>) -> Result<Report> {
    let templates = Templates::read(folder)?;
    let mut report = check(&templates)?;
    for path in templates.0.keys() {
        let size = std::fs::metadata(folder.join(path)).with_context(|| path.clone())?.len();
        if size > 1_000_000 {
            report.violation(path, format!("it has {size} bytes, CloudFormation takes 1,000,000"), "split it");
        }
    }
    if let Some(binaries) = binaries {
        binaries::check(binaries, &checks::function_names(&templates), &mut report)?;
    }
    Ok(report)
}

/// `vitals preflight`.
pub(crate) fn run(args: &PreflightArgs, out: &mut impl Write) -> Result<Ending> {
    let binaries = functions::folder(args.functions.as_deref())?;
    let built = rules::all().any(|entry| binaries.join(entry.metadata.id).exists());
    let report = of_project(&args.folder, built.then_some(binaries.as_path()))?;

    let mut table = text::plain_table(["TEMPLATE", "RESOURCES", "PARAMETERS"]);
    for (path, count) in &report.templates {
        table.add_row([path.clone(), count.resources.to_string(), count.parameters.to_string()]);
    }
    writeln!(out, "{}\n", table.trim_fmt())?;
    let mut table = text::plain_table(["CONFORMANCE PACK", "RULES", "BYTES"]);
    for (name, count) in &report.packs {
        table.add_row([name.clone(), count.rules.to_string(), count.bytes.to_string()]);
    }
    writeln!(out, "{}", table.trim_fmt())?;

    if !built {
        eprintln!(
            "note: no functions at {}, so their size and the glibc they need were not checked",
            binaries.display()
        );
    }
    for violation in &report.violations {
        eprintln!("error: {violation}");
    }
    Ok(if report.violations.is_empty() { Ending::Clean } else { Ending::NonCompliant })
}
