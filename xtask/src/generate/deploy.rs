//! The SAM templates: the root, and one nested template a service.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::{Result, ensure};
use config_rule::{Entry, Home, Kind};
use serde::Serialize;

use super::Files;
use super::packs::{self, OFFERS, PackStack};
use crate::names::pascal;

/// The functions of one service.
#[derive(Serialize)]
struct Service {
    name: &'static str,
    logical_id: String,
    /// Where the service's rules run, as a condition; none where they run in every region.
    #[serde(skip)]
    home: Option<&'static str>,
    /// When the service's stack is needed.
    needed: Needed,
    /// The offers that need it in any case.
    #[serde(skip)]
    needed_by: BTreeSet<&'static str>,
    /// The conditions that its functions' ones are made of, with their definitions.
    conditions: BTreeMap<&'static str, String>,
    /// The root template's parameters that those depend on.
    parameters: BTreeSet<&'static str>,
    rules: Vec<Function>,
}

#[derive(Serialize)]
struct Function {
    id: &'static str,
    logical_id: String,
    title: &'static str,
    /// When the function is needed.
    needed: Needed,
    /// What the function may do besides what all may; a function on a schedule also reads its own results.
    actions: BTreeSet<&'static str>,
}

/// The condition of a resource: one that stands in the template anyway, or one of its own.
#[derive(Serialize)]
struct Needed {
    condition: String,
    definition: Option<String>,
}

/// A stack of functions that a stack of packs waits for.
#[derive(Serialize)]
struct Wait<'a> {
    stack: &'a str,
    /// The condition under which the functions' stack is there; `None` where it is whenever the packs are.
    condition: Option<&'a str>,
}

pub(super) fn make(files: &mut Files) -> Result<()> {
    let services = services()?;
    let packs = packs::make(files)?;
    let waits: BTreeMap<_, Vec<_>> = packs.iter().map(|pack| (pack.id, waits(pack, services.values()))).collect();
    let templates = super::templates();
    for service in services.values() {
        let text = templates.render_str(include_str!("../../templates/service.yaml.j2"), service)?;
        files.insert(PathBuf::from(format!("deploy/rules/{}.yaml", service.name)), text.into_bytes());
    }
    let conditions: BTreeMap<_, _> = services.values().flat_map(|service| service.conditions.clone()).collect();
    let all = minijinja::context! {
        services => services.values().collect::<Vec<_>>(),
        packs => &packs,
        waits => waits,
        conditions => conditions,
        homes => services.values().filter_map(|service| service.home).collect::<BTreeSet<_>>(),
    };
    let root = templates.render_str(include_str!("../../templates/root.yaml.j2"), &all)?;
    files.insert(PathBuf::from("template.yaml"), root.into_bytes());
    let makefile = templates.render_str(include_str!("../../templates/build.mk.j2"), &all)?;
    files.insert(PathBuf::from("deploy/build/Makefile"), makefile.into_bytes());
    Ok(())
}

fn waits<'a>(pack: &PackStack, services: impl Iterator<Item = &'a Service>) -> Vec<Wait<'a>> {
    services
        .filter(|service| pack.services.contains(service.name))
        .map(|service| Wait {
            stack: &service.logical_id,
            condition: (!service.needed_by.contains(pack.condition)).then_some(service.needed.condition.as_str()),
        })
        .collect()
}

/// The functions by service, in the order of the registry.
fn services() -> Result<BTreeMap<&'static str, Service>> {
    let mut entries: BTreeMap<&'static str, Vec<&'static Entry>> = BTreeMap::new();
    for entry in rules::all() {
        entries.entry(entry.metadata.service()).or_default().push(entry);
    }
    entries.into_iter().map(|(name, entries)| Ok((name, service(name, &entries)?))).collect()
}

fn service(name: &'static str, entries: &[&'static Entry]) -> Result<Service> {
    let homes: BTreeSet<_> = entries.iter().map(|entry| home(entry.metadata.home)).collect();
    ensure!(homes.len() == 1, "the rules of {name} run in different places: give each place a service of its own");
    let home = homes.first().copied().flatten();
    let logical_id = format!("{}Rules", pascal(name));

    let (equivalent, ours): (Vec<_>, Vec<_>) = entries.iter().copied().partition(|entry| packs::is_equivalent(entry));
    let offers = |entries: &[&'static Entry]| entries.iter().flat_map(|entry| packs::conditions_of(entry)).collect();
    let mut needed_by: BTreeSet<_> = offers(&ours);
    let by_engine: BTreeSet<_> = offers(&equivalent);
    let by_engine: BTreeSet<_> = by_engine.difference(&needed_by).copied().collect();
    let mut alternatives = without_implied(needed_by.clone());
    if !by_engine.is_empty() {
        alternatives.push(all_of(&["OurRules".into(), any_of(without_implied(by_engine))]));
    }
    let mut needed = any_of(alternatives);
    if let Some(home) = home {
        needed = all_of(&[home.into(), needed]);
        needed_by.clear();
    }

    let mut used: BTreeSet<_> = offers(entries);
    if !equivalent.is_empty() {
        used.insert("OurRules");
    }
    Ok(Service {
        name,
        home,
        needed: needed.of(&logical_id),
        needed_by,
        logical_id,
        parameters: used.iter().map(|condition| parameter(condition)).collect(),
        conditions: used.into_iter().map(|condition| (condition, definition(condition))).collect(),
        rules: entries.iter().map(|entry| function(entry)).collect(),
    })
}

fn home(home: Home) -> Option<&'static str> {
    match home {
        Home::Regional => None,
        Home::HomeRegion => Some("IsHomeRegion"),
        Home::UsEast1 => Some("IsUsEast1"),
    }
}

fn function(entry: &'static Entry) -> Function {
    let metadata = entry.metadata;
    let mut actions = BTreeSet::new();
    if metadata.trigger.frequency().is_some() {
        match &entry.kind {
            Kind::Item { .. } => actions.extend(["config:ListDiscoveredResources", "config:BatchGetResourceConfig"]),
            Kind::Facts { actions: gather, .. } => actions.extend(gather.iter().copied()),
        }
    }
    let mut needed = any_of(without_implied(packs::conditions_of(entry).into_iter().collect()));
    if packs::is_equivalent(entry) {
        needed = all_of(&["OurRules".into(), needed]);
    }
    let logical_id = pascal(metadata.id);
    Function { id: metadata.id, title: metadata.title(), needed: needed.of(&logical_id), logical_id, actions }
}

/// A condition of CloudFormation.
enum Condition {
    Named(&'static str),
    Made(String),
}

impl From<&'static str> for Condition {
    fn from(name: &'static str) -> Self {
        Self::Named(name)
    }
}

impl Condition {
    /// As the condition of a resource, and named after it if it has no name yet.
    fn of(self, resource: &str) -> Needed {
        match self {
            Self::Named(name) => Needed { condition: name.to_owned(), definition: None },
            Self::Made(text) => Needed { condition: resource.to_owned(), definition: Some(text) },
        }
    }
}

fn any_of(mut conditions: Vec<Condition>) -> Condition {
    match conditions.len() {
        1 => conditions.remove(0),
        _ => Condition::Made(format!("!Or [{}]", operands(&conditions))),
    }
}

fn all_of(conditions: &[Condition; 2]) -> Condition {
    Condition::Made(format!("!And [{}]", operands(conditions)))
}

fn operands(conditions: &[Condition]) -> String {
    let operands = conditions.iter().map(|condition| match condition {
        Condition::Named(name) => format!("!Condition {name}"),
        Condition::Made(text) => text.clone(),
    });
    operands.collect::<Vec<_>>().join(", ")
}

/// Whoever wants level 2 of CIS wants level 1.
fn without_implied(mut conditions: BTreeSet<&'static str>) -> Vec<Condition> {
    if conditions.contains("Cis") {
        conditions.remove("CisLevel2");
    }
    conditions.into_iter().map(Condition::Named).collect()
}

/// The root template's parameter that a condition depends on.
fn parameter(condition: &str) -> &'static str {
    match condition {
        "OurRules" => "RuleEngine",
        "CisLevel2" => "CisPack",
        _ => OFFERS.iter().find(|offer| offer.condition == condition).map_or("", |offer| offer.parameter),
    }
}

fn definition(condition: &str) -> String {
    let parameter = parameter(condition);
    match condition {
        "OurRules" => format!("!Equals [!Ref {parameter}, lambda]"),
        "Cis" => format!("!Not [!Equals [!Ref {parameter}, \"no\"]]"),
        "CisLevel2" => format!("!Equals [!Ref {parameter}, level-2]"),
        _ => format!("!Equals [!Ref {parameter}, \"yes\"]"),
    }
}
