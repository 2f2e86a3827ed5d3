//! Finding rules and frameworks by what was typed.

use anyhow::{Result, anyhow, bail};
use config_rule::Entry;
use frameworks::Framework;

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
