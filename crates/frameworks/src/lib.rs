//! Which control of which framework each rule evidences.
//!
//! The files in the folder `frameworks/` are the only place for these mappings and for the parameters that a rule gets
//! within a framework. A mapping has a published source, or it is *inferred*: judgement, kept apart everywhere.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

const FILES: [&str; 6] = [
    include_str!("../../../frameworks/hipaa.toml"),
    include_str!("../../../frameworks/cis-v1.4.toml"),
    include_str!("../../../frameworks/nist-csf.toml"),
    include_str!("../../../frameworks/nist-800-53-r5.toml"),
    include_str!("../../../frameworks/pci-dss-3.2.1.toml"),
    include_str!("../../../frameworks/pci-dss-4.0.toml"),
];

static ALL: LazyLock<Vec<Framework>> = LazyLock::new(|| {
    FILES.into_iter().map(|text| toml::from_str(text).expect("the tests read every framework's file")).collect()
});

/// A framework: its controls, and the rules that evidence them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// The framework's id, which is its file's name.
    pub id: String,
    /// The framework's name.
    pub name: String,
    /// The edition that the controls are of.
    pub edition: String,
    /// The edition that took this one's place.
    pub superseded_by: Option<String>,
    /// How the framework is cited before a control's id: `45 CFR`.
    pub cite: String,
    /// Whether all of the framework's controls are listed, those without a rule among them. Where not, the list holds
    /// those that some rule evidences.
    pub whole: bool,
    /// Where the mappings come from.
    pub source: String,
    /// The parameters that a rule gets within this framework: rule id → parameter → value.
    #[serde(default)]
    pub parameters: BTreeMap<String, BTreeMap<String, String>>,
    /// The controls, in the framework's order.
    pub controls: Vec<Control>,
}

/// One control of a framework.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Control {
    /// The control's id within the framework.
    pub id: String,
    /// What the control asks for.
    pub title: String,
    /// Whether the framework leaves a choice, where it says so.
    pub obligation: Option<Obligation>,
    /// The framework's level that asks for it first, where it has levels: a higher level holds the lower ones.
    pub level: Option<u8>,
    /// The ids of the rules that evidence it.
    #[serde(default)]
    pub rules: Vec<String>,
    /// The ids of the rules that are inferred to evidence it.
    #[serde(default)]
    pub inferred: Vec<String>,
}

/// Whether HIPAA leaves a choice (45 CFR 164.306(c) and (d)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Obligation {
    /// A standard, which must be met.
    Standard,
    /// An implementation specification, which must be met.
    Required,
    /// An implementation specification, which must be met where it is reasonable and appropriate; where it is not, that
    /// and what is done instead must be written down.
    Addressable,
}

/// Every framework.
#[must_use]
pub fn all() -> &'static [Framework] {
    &ALL
}

/// The framework with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Framework> {
    all().iter().find(|framework| framework.id == id)
}

impl Framework {
    /// The controls that a rule evidences.
    pub fn controls_of<'a>(&'a self, rule: &'a str) -> impl Iterator<Item = &'a Control> {
        self.controls.iter().filter(move |control| control.rules.iter().any(|id| id == rule))
    }

    /// The controls that a rule is inferred to evidence.
    pub fn inferred_of<'a>(&'a self, rule: &'a str) -> impl Iterator<Item = &'a Control> {
        self.controls.iter().filter(move |control| control.inferred.iter().any(|id| id == rule))
    }

    /// The lowest level that asks for what a rule evidences; `None` where the framework has no levels.
    #[must_use]
    pub fn level_of(&self, rule: &str) -> Option<u8> {
        self.controls_of(rule).filter_map(|control| control.level).min()
    }

    /// Every rule that evidences a control, inferred or not, built or not.
    #[must_use]
    pub fn rules(&self) -> BTreeSet<&str> {
        self.controls
            .iter()
            .flat_map(|control| control.rules.iter().chain(&control.inferred))
            .map(String::as_str)
            .collect()
    }

    /// Whether a rule evidences any control, inferred or not.
    #[must_use]
    pub fn names(&self, rule: &str) -> bool {
        self.controls_of(rule).next().is_some() || self.inferred_of(rule).next().is_some()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_file_is_read_and_named_after_its_framework() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../frameworks");
        let files: BTreeSet<_> = std::fs::read_dir(folder)
            .expect("the folder")
            .map(|file| file.expect("a file").file_name().to_string_lossy().into_owned())
            .collect();
        let read: BTreeSet<_> = all().iter().map(|framework| format!("{}.toml", framework.id)).collect();
        assert_eq!(files, read);
    }

    #[test]
    fn controls_are_unique_and_each_mapping_stands_once() {
        for framework in all() {
            let mut seen = BTreeSet::new();
            for control in &framework.controls {
                let place = format!("{} {}", framework.id, control.id);
                assert!(seen.insert(&control.id), "{place} stands twice");
                assert!(!control.title.trim().is_empty(), "{place} has no title");
                let mut rules = BTreeSet::new();
                for rule in control.rules.iter().chain(&control.inferred) {
                    assert!(rules.insert(rule), "{place} names {rule} twice");
                }
            }
        }
    }

    #[test]
    fn a_superseded_edition_says_so() {
        let superseded: Vec<_> =
            all().iter().filter(|framework| framework.superseded_by.is_some()).map(|f| f.id.as_str()).collect();
        assert_eq!(superseded, ["nist-csf", "pci-dss-3.2.1"]);
    }

    /// All of the framework is listed, so that a control without a rule is seen to have none.
    #[test]
    fn frameworks_are_whole() {
        let controls = |id: &str| find(id).expect(id).controls.len();
        // The 58 recommendations of CIS 1.4, the 108 subcategories of CSF 1.1, and 45 CFR 164.308 to 164.316.
        assert_eq!((controls("cis-v1.4"), controls("nist-csf"), controls("hipaa")), (58, 108, 70));
    }

    #[test]
    fn what_is_listed_as_whole_has_controls_without_a_rule_and_the_rest_has_none() {
        for framework in all() {
            let bare = framework.controls.iter().any(|control| control.rules.is_empty() && control.inferred.is_empty());
            assert_eq!(bare, framework.whole, "{}", framework.id);
        }
    }

    #[test]
    fn hipaa_says_what_is_required_and_what_addressable() {
        for framework in all() {
            for control in &framework.controls {
                assert_eq!(control.obligation.is_some(), framework.id == "hipaa", "{} {}", framework.id, control.id);
            }
        }
        let obligation = |id: &str| {
            let hipaa = find("hipaa").expect("it is there");
            hipaa.controls.iter().find(|control| control.id == id).expect(id).obligation.expect(id)
        };
        assert_eq!(obligation("164.312(a)(1)"), Obligation::Standard);
        assert_eq!(obligation("164.312(a)(2)(i)"), Obligation::Required);
        assert_eq!(obligation("164.312(a)(2)(iv)"), Obligation::Addressable);
    }

    #[test]
    fn cis_has_levels() {
        for framework in all() {
            for control in &framework.controls {
                assert_eq!(control.level.is_some(), framework.id == "cis-v1.4", "{} {}", framework.id, control.id);
            }
        }
        let cis = find("cis-v1.4").expect("it is there");
        let levels = cis.controls.iter().filter(|control| control.level == Some(2)).count();
        assert_eq!(levels, 20);
        assert_eq!(cis.level_of("restricted-ssh"), Some(1));
        assert_eq!(cis.level_of("vpc-default-security-group-closed"), Some(2));
        assert_eq!(cis.level_of("no-such-rule"), None);
    }
}
