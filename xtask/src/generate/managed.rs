//! What the packs must know of AWS's managed rules: `deploy/managed-rules.toml`.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};
use config_rule::Home;
use serde::Deserialize;

/// The whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ManagedRules {
    /// Built rules whose counterpart at AWS runs on a schedule.
    pub(super) periodic: BTreeSet<String>,
    /// Built rule → the parameters without which AWS refuses its counterpart.
    pub(super) needs: BTreeMap<String, Vec<String>>,
    /// Built rule → the parameters of ours that its counterpart doesn't take.
    pub(super) own: BTreeMap<String, Vec<String>>,
    /// Rules that are not built.
    rules: Vec<ManagedRule>,
}

/// A managed rule that Vitals has not built.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ManagedRule {
    pub(super) id: String,
    identifier: Option<String>,
    pub(super) service: String,
    #[serde(default)]
    home: RunsIn,
    #[serde(default)]
    pub(super) types: Vec<String>,
    #[serde(default)]
    pub(super) needs: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum RunsIn {
    #[default]
    EveryRegion,
    HomeRegion,
}

impl ManagedRules {
    pub(super) fn read() -> Result<Self> {
        let managed: Self = toml::from_str(include_str!("../../../deploy/managed-rules.toml"))?;
        for rule in &managed.rules {
            let id = &rule.id;
            ensure!(rules::find(id).is_none(), "deploy/managed-rules.toml: {id} is built now, take it out of `rules`");
            let named = frameworks::all().iter().any(|framework| framework.names(id));
            ensure!(named, "deploy/managed-rules.toml: no framework names {id}, take it out of `rules`");
        }
        for id in managed.periodic.iter().chain(managed.needs.keys()).chain(managed.own.keys()) {
            ensure!(
                rules::find(id).is_some(),
                "deploy/managed-rules.toml: {id} is not built, so it belongs to `rules`"
            );
        }
        Ok(managed)
    }

    /// The rule with this id, if AWS has it and Vitals has not.
    pub(super) fn find(&self, id: &str) -> Option<&ManagedRule> {
        self.rules.iter().find(|rule| rule.id == id)
    }
}

impl ManagedRule {
    pub(super) fn identifier(&self) -> String {
        self.identifier.clone().unwrap_or_else(|| self.id.to_uppercase().replace('-', "_"))
    }

    pub(super) fn home(&self) -> Home {
        match self.home {
            RunsIn::EveryRegion => Home::Regional,
            RunsIn::HomeRegion => Home::HomeRegion,
        }
    }
}
