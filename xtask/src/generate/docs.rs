//! One page a rule, and their index.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Result;
use serde::Serialize;
use vitals::rule_info::RuleInfo;

use super::Files;
use crate::names::snake;

/// The controls of one framework that a rule evidences.
#[derive(Serialize)]
struct Evidenced {
    framework: String,
    controls: Vec<String>,
}

pub(super) fn make(files: &mut Files) -> Result<()> {
    let templates = super::templates();
    let mut by_service: BTreeMap<&str, Vec<RuleInfo>> = BTreeMap::new();
    for entry in rules::all() {
        let rule = RuleInfo::of(entry);
        let context = minijinja::context! {
            rule => &rule,
            source => format!("crates/rules/src/{}/{}.rs", rule.service, snake(rule.id)),
            controls => evidenced(&rule.controls),
            inferred => evidenced(&rule.inferred_controls),
        };
        let page = templates.render_str(include_str!("../../templates/rule.md.j2"), context)?;
        files.insert(PathBuf::from(format!("docs/rules/{}.md", rule.id)), page.into_bytes());
        by_service.entry(rule.service).or_default().push(rule);
    }
    let frameworks: Vec<_> = frameworks::all().iter().map(index_of).collect();
    let context = minijinja::context! { services => by_service, frameworks => frameworks };
    let index = templates.render_str(include_str!("../../templates/index.md.j2"), context)?;
    files.insert(PathBuf::from("docs/rules/README.md"), index.into_bytes());
    Ok(())
}

fn evidenced(controls: &BTreeMap<&str, Vec<&str>>) -> Vec<Evidenced> {
    controls
        .iter()
        .map(|(id, controls)| Evidenced {
            framework: frameworks::find(id).map_or_else(|| (*id).to_owned(), |f| format!("{} {}", f.name, f.edition)),
            controls: controls.iter().map(|control| (*control).to_owned()).collect(),
        })
        .collect()
}

fn index_of(framework: &'static frameworks::Framework) -> minijinja::Value {
    let named: Vec<_> = rules::all().map(|entry| entry.metadata.id).filter(|id| framework.names(id)).collect();
    let bare = |control: &&frameworks::Control| control.rules.is_empty() && control.inferred.is_empty();
    let without: Vec<_> = framework.controls.iter().filter(bare).map(|control| control.id.as_str()).collect();
    minijinja::context! {
        id => framework.id,
        name => format!("{} {}", framework.name, framework.edition),
        superseded_by => framework.superseded_by,
        source => framework.source,
        rules => named,
        not_built => vitals::rule_info::not_built(framework),
        without => without,
    }
}
