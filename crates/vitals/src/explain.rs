//! `vitals explain`: all there is to know of a rule, for people.

use std::io::Write;

use anyhow::Result;

use crate::cli::ExplainArgs;
use crate::rule_info::RuleInfo;
use crate::{Ending, select};

pub(crate) fn run(args: &ExplainArgs, out: &mut impl Write) -> Result<Ending> {
    let rule = RuleInfo::of(select::rule(&args.rule)?);
    writeln!(out, "{}: {}\n\n{}\n", rule.id, rule.title, rule.explanation)?;
    writeln!(out, "Severity:   {}", rule.severity)?;
    let frequency = rule.frequency.map(|frequency| format!(" ({frequency})")).unwrap_or_default();
    writeln!(out, "Trigger:    {}{frequency}", rule.trigger)?;
    writeln!(out, "Runs in:    {}", rule.home)?;
    writeln!(out, "Judges:     {}", rule.resource_types.join(", "))?;
    match &rule.managed_rule {
        Some(managed) if managed.equivalent => writeln!(out, "AWS's rule: {}", managed.identifier)?,
        Some(managed) => {
            let because = managed.because.unwrap_or_default();
            writeln!(out, "AWS's rule: {}, not enough: {because}", managed.identifier)?;
        }
        None => writeln!(out, "AWS's rule: none")?,
    }
    if !rule.parameters.is_empty() {
        writeln!(out, "\nParameters:")?;
        for parameter in &rule.parameters {
            let default = parameter.default.as_ref().map(|value| format!(", default {value}")).unwrap_or_default();
            writeln!(out, "  {} ({}{default})\n      {}", parameter.name, parameter.accepts, parameter.description)?;
        }
    }
    for (heading, controls) in
        [("Controls", &rule.controls), ("Controls, inferred and not published", &rule.inferred_controls)]
    {
        if !controls.is_empty() {
            writeln!(out, "\n{heading}:")?;
            for (framework, ids) in controls {
                writeln!(out, "  {framework}: {}", ids.join(", "))?;
            }
        }
    }
    writeln!(out, "\nTo mend it: {}", rule.remediation)?;
    Ok(Ending::Clean)
}
