//! `vitals exceptions compile`: the exceptions as the functions read them.

use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};
use config_rule::Managed;
use exceptions::{Exceptions, LIMIT};

use super::{errors, read_current, warn};
use crate::cli::ExceptionsCompileArgs;
use crate::output::Output;
use crate::{Ending, parameters};

/// Most bytes of the names of the rules with exceptions: Lambda gives a function 4 KB for all of its variables.
const NAMES: usize = 3500;

pub(super) fn run(args: &ExceptionsCompileArgs, out: &mut dyn Write) -> Result<Ending> {
    let now = parameters::now(args.now.as_deref())?;
    let exceptions = read_current(&args.file, now)?;
    check(&args.file, &exceptions)?;
    if args.output == Path::new("-") {
        write(&exceptions, out)?;
    } else {
        let mut file = Output::create(&args.output)?;
        write(&exceptions, &mut file)?;
        file.keep()?;
    }
    warn(&args.file, &exceptions, now);
    let managed = exceptions.rules().filter_map(rules::find).map(|entry| entry.metadata);
    let managed = managed.filter(|metadata| matches!(metadata.managed, Managed::Equivalent(_)));
    let managed: Vec<_> = managed.map(|metadata| metadata.id).collect();
    if !managed.is_empty() {
        eprintln!(
            "note: AWS's managed rules know no exceptions; RuleEngine=lambda deploys ours in their place: {}",
            managed.join(", ")
        );
    }
    eprintln!("note: deploy it, and then the root stack with ExceptedRules={}", names(&exceptions));
    Ok(Ending::Clean)
}

/// Fails for what AWS wouldn't take.
fn check(file: &Path, exceptions: &Exceptions) -> Result<()> {
    let place = file.display();
    if exceptions.is_empty() {
        bail!("{place} holds no exception: deploy the root stack with ExceptedRules empty, and delete the other stack");
    }
    let too_long: Vec<_> = exceptions
        .rules()
        .map(|rule| (rule, exceptions.compact(rule).len()))
        .filter(|(_, size)| *size > LIMIT)
        .map(|(rule, size)| {
            format!(
                "{place}: the exceptions from {rule} take {size} bytes, but a parameter holds {LIMIT}; name several \
                 resources by one pattern, or shorten the reasons"
            )
        })
        .collect();
    if !too_long.is_empty() {
        return Err(errors(too_long));
    }
    let size = names(exceptions).len();
    if size > NAMES {
        bail!("{place}: the names of the rules take {size} bytes, but a function's environment has room for {NAMES}");
    }
    Ok(())
}

/// The rules that have exceptions, as the functions are told.
fn names(exceptions: &Exceptions) -> String {
    exceptions.rules().collect::<Vec<_>>().join(",")
}

fn write(exceptions: &Exceptions, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "# Made by `vitals exceptions compile`; do not edit.")?;
    writeln!(out, "AWSTemplateFormatVersion: \"2010-09-09\"")?;
    writeln!(out, "Description: \"Vitals: exceptions, a parameter a rule\"\n")?;
    writeln!(out, "Resources:")?;
    for rule in exceptions.rules() {
        writeln!(out, "  {}:", logical_id(rule))?;
        writeln!(out, "    Type: AWS::SSM::Parameter")?;
        writeln!(out, "    Properties:")?;
        writeln!(out, "      Name: /vitals/exceptions/{rule}")?;
        writeln!(out, "      Type: String")?;
        writeln!(out, "      Value: '{}'\n", exceptions.compact(rule).replace('\'', "''"))?;
    }
    writeln!(out, "Outputs:")?;
    writeln!(out, "  ExceptedRules:")?;
    writeln!(out, "    Description: What the root stack's parameter of this name must say")?;
    writeln!(out, "    Value: {}", names(exceptions))?;
    Ok(())
}

/// `restricted-ssh` as `RestrictedSsh`.
fn logical_id(rule: &str) -> String {
    rule.split('-')
        .map(|word| {
            let (first, rest) = word.split_at(word.len().min(1));
            first.to_uppercase() + rest
        })
        .collect()
}
