//! Finding rules and frameworks by what was typed.

use anyhow::{Result, anyhow, bail};
use config_rule::{Entry, Severity};
use frameworks::Framework;

use crate::cli::{FilterArgs, SeverityArg};

/// The rule with this id.
pub(crate) fn rule(id: &str) -> Result<&'static Entry> {
    rules::find(id).ok_or_else(|| {
        let ids = rules::all().map(|entry| entry.metadata.id);
        anyhow!("there is no rule `{id}`{}", hint(id, ids, "`vitals rules` lists them"))
    })
}

/// The rules with these ids, in the registry's order; all of them where none is named.
pub(crate) fn rules_named(ids: &[String]) -> Result<Vec<&'static Entry>> {
    if ids.is_empty() {
        return Ok(rules::all().collect());
    }
    if ids.iter().any(|id| id.trim().is_empty()) {
        bail!("--rules holds an empty name");
    }
    for id in ids {
        rule(id)?;
    }
    Ok(rules::all().filter(|entry| ids.iter().any(|id| id == entry.metadata.id)).collect())
}

/// The rules that the filters leave, in the registry's order.
pub(crate) fn rules_left(args: &FilterArgs, frameworks: &[&Framework]) -> Result<Vec<&'static Entry>> {
    let mut left = rules_named(&args.rules)?;
    if !frameworks.is_empty() {
        left.retain(|entry| frameworks.iter().any(|framework| names(framework, entry, args.inferred)));
    }
    if let Some(least) = args.severity {
        left.retain(|entry| entry.metadata.severity >= severity(least));
    }
    if !args.resource_type.is_empty() {
        for wanted in &args.resource_type {
            resource_type(wanted)?;
        }
        left.retain(|entry| args.resource_type.iter().any(|wanted| entry.resource_types.contains(&wanted.as_str())));
    }
    if left.is_empty() {
        bail!("the filters leave no rule to judge by; `vitals rules` lists them");
    }
    Ok(left)
}

/// Whether a framework names a rule by a published mapping or, if those count, by an inferred one.
pub(crate) fn names(framework: &Framework, entry: &Entry, inferred: bool) -> bool {
    let id = entry.metadata.id;
    framework.controls_of(id).next().is_some() || (inferred && framework.inferred_of(id).next().is_some())
}

fn severity(typed: SeverityArg) -> Severity {
    match typed {
        SeverityArg::Low => Severity::Low,
        SeverityArg::Medium => Severity::Medium,
        SeverityArg::High => Severity::High,
        SeverityArg::Critical => Severity::Critical,
    }
}

/// Fails for a resource type that no rule judges.
fn resource_type(typed: &str) -> Result<()> {
    let known = || rules::all().flat_map(|entry| entry.resource_types.iter().copied());
    if known().any(|resource_type| resource_type == typed) {
        return Ok(());
    }
    let otherwise = "`vitals rules --format json` lists the types that are judged";
    bail!("no rule judges resources of type `{typed}`{}", hint(typed, known(), otherwise));
}

/// The frameworks with these ids.
pub(crate) fn frameworks(ids: &[String]) -> Result<Vec<&'static Framework>> {
    ids.iter().map(|id| framework(id)).collect()
}

/// The framework with this id.
pub(crate) fn framework(id: &str) -> Result<&'static Framework> {
    frameworks::find(id).ok_or_else(|| {
        let ids: Vec<_> = frameworks::all().iter().map(|framework| framework.id.as_str()).collect();
        let all = format!("there are {}", ids.join(", "));
        anyhow!("there is no framework `{id}`{}", hint(id, ids.into_iter(), &all))
    })
}

fn hint<'a>(typed: &str, known: impl Iterator<Item = &'a str>, otherwise: &str) -> String {
    let nearest = known
        .map(|name| (strsim::jaro_winkler(typed, name), name))
        .filter(|(similarity, _)| *similarity > 0.85)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match nearest {
        Some((_, name)) => format!("; did you mean `{name}`?"),
        None => format!("; {otherwise}"),
    }
}
