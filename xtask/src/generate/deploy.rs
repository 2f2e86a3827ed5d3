//! The SAM templates: the root, and one nested template a service.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::{Result, ensure};
use config_rule::{Entry, Home, Kind};
use serde::Serialize;

use super::Files;
use crate::names::pascal;

/// The functions of one service.
#[derive(Serialize)]
struct Service {
    name: &'static str,
    logical_id: String,
    /// The condition under which the service's rules run in a region; none where they run in every one.
    condition: Option<&'static str>,
    rules: Vec<Function>,
}

#[derive(Serialize)]
struct Function {
    id: &'static str,
    logical_id: String,
    title: &'static str,
    on_change: bool,
    frequency: Option<&'static str>,
    resource_types: &'static [&'static str],
    /// What the function may do besides putting evaluations and reading an item's history.
    actions: BTreeSet<&'static str>,
}

pub(super) fn make(files: &mut Files) -> Result<()> {
    let services = services()?;
    let templates = super::templates();
    for service in services.values() {
        let text = templates.render_str(include_str!("../../templates/service.yaml.j2"), service)?;
        files.insert(PathBuf::from(format!("deploy/rules/{}.yaml", service.name)), text.into_bytes());
    }
    let all = minijinja::context! {
        services => services.values().collect::<Vec<_>>(),
        conditions => services.values().filter_map(|service| service.condition).collect::<BTreeSet<_>>(),
    };
    let root = templates.render_str(include_str!("../../templates/root.yaml.j2"), &all)?;
    files.insert(PathBuf::from("template.yaml"), root.into_bytes());
    let makefile = templates.render_str(include_str!("../../templates/build.mk.j2"), &all)?;
    files.insert(PathBuf::from("deploy/build/Makefile"), makefile.into_bytes());
    Ok(())
}

fn services() -> Result<BTreeMap<&'static str, Service>> {
    let mut services = BTreeMap::new();
    for entry in rules::all() {
        let name = entry.metadata.service();
        let condition = match entry.metadata.home {
            Home::Regional => None,
            Home::HomeRegion => Some("IsHomeRegion"),
            Home::UsEast1 => Some("IsUsEast1"),
        };
        let service = services.entry(name).or_insert_with(|| Service {
            name,
            logical_id: format!("{}Rules", pascal(name)),
            condition,
            rules: Vec::new(),
        });
        ensure!(service.condition == condition, "the rules of {name} run in different places: {}", entry.metadata.id);
        service.rules.push(function(entry));
    }
    Ok(services)
}

fn function(entry: &'static Entry) -> Function {
    let metadata = entry.metadata;
    let mut actions = BTreeSet::new();
    if metadata.trigger.frequency().is_some() {
        actions.insert("config:GetComplianceDetailsByConfigRule");
        match &entry.kind {
            Kind::Item { .. } => actions.extend(["config:ListDiscoveredResources", "config:BatchGetResourceConfig"]),
            Kind::Facts { actions: gather, .. } => actions.extend(gather.iter().copied()),
        }
    }
    Function {
        id: metadata.id,
        logical_id: pascal(metadata.id),
        title: metadata.title(),
        on_change: metadata.trigger.on_change(),
        frequency: metadata.trigger.frequency().map(config_rule::Frequency::as_str),
        resource_types: entry.resource_types,
        actions,
    }
}
