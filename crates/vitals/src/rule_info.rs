//! All that is known of a rule, for the listing, the pages and programs.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;
use config_rule::{Entry, Kind, Managed};
use frameworks::Framework;
use serde::Serialize;

use crate::cli::{Format, RulesArgs};
use crate::{Ending, select, text};

/// All that is known of a rule. `vitals rules --format json` writes it; scripts rely on these names.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RuleInfo {
    /// The rule's name everywhere.
    pub id: &'static str,
    /// What holds where the rule is kept.
    pub title: &'static str,
    /// The rest of the documentation.
    pub explanation: String,
    /// The service that the rule belongs to.
    pub service: &'static str,
    /// How much a noncompliant resource matters.
    pub severity: &'static str,
    /// `change`, `periodic` or `change and periodic`.
    pub trigger: &'static str,
    /// `MaximumExecutionFrequency`, where the rule runs on a schedule.
    pub frequency: Option<&'static str>,
    /// Where the rule runs.
    pub home: &'static str,
    /// What it judges: `item` or `facts`.
    pub judges: &'static str,
    /// The types of the resources that it reports on.
    pub resource_types: &'static [&'static str],
    /// The managed rule of AWS that asks the same.
    pub managed_rule: Option<ManagedInfo>,
    /// The parameters.
    pub parameters: Vec<ParameterInfo>,
    /// How a noncompliant resource is mended.
    pub remediation: &'static str,
    /// The version that the rule appeared in.
    pub since: &'static str,
    /// The fields of the item that the rule's view reads.
    pub fields: Vec<FieldInfo>,
    /// The IAM actions that gathering facts needs.
    pub actions: &'static [&'static str],
    /// Framework → the controls that the rule evidences.
    pub controls: BTreeMap<&'static str, Vec<&'static str>>,
    /// Framework → the controls that it is inferred to evidence.
    pub inferred_controls: BTreeMap<&'static str, Vec<&'static str>>,
}

/// The managed rule of AWS that asks the same.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ManagedInfo {
    /// Its identifier.
    pub identifier: &'static str,
    /// Whether it says all there is to say.
    pub equivalent: bool,
    /// If it doesn't, why.
    pub because: Option<&'static str>,
}

/// One parameter.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ParameterInfo {
    /// Its name on the wire.
    pub name: &'static str,
    /// What it does.
    pub description: String,
    /// What it accepts, in words.
    pub accepts: &'static str,
    /// The value that holds where none is given.
    pub default: Option<String>,
}

/// One field of an item.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FieldInfo {
    /// The item's type.
    pub resource_type: &'static str,
    /// The field from the top of the item.
    pub path: String,
}

impl RuleInfo {
    /// Gathers all that is known of a rule.
    #[must_use]
    pub fn of(entry: &'static Entry) -> Self {
        let metadata = entry.metadata;
        let (judges, fields, actions) = match &entry.kind {
            Kind::Item { fields, .. } => ("item", fields(), [].as_slice()),
            Kind::Facts { actions, .. } => ("facts", Vec::new(), *actions),
        };
        Self {
            id: metadata.id,
            title: metadata.title(),
            explanation: metadata.explanation(),
            service: metadata.service(),
            severity: metadata.severity.as_str(),
            trigger: metadata.trigger.as_str(),
            frequency: metadata.trigger.frequency().map(config_rule::Frequency::as_str),
            home: metadata.home.as_str(),
            judges,
            resource_types: entry.resource_types,
            managed_rule: managed(metadata.managed),
            parameters: metadata
                .parameters
                .iter()
                .map(|parameter| ParameterInfo {
                    name: parameter.name,
                    description: parameter.docs.split_whitespace().collect::<Vec<_>>().join(" "),
                    accepts: parameter.accepts,
                    default: (parameter.default)(),
                })
                .collect(),
            remediation: metadata.remediation,
            since: metadata.since,
            fields: fields.into_iter().map(|(resource_type, path)| FieldInfo { resource_type, path }).collect(),
            actions,
            controls: controls(|framework| framework.controls_of(metadata.id).map(|c| c.id.as_str()).collect()),
            inferred_controls: controls(|framework| {
                framework.inferred_of(metadata.id).map(|c| c.id.as_str()).collect()
            }),
        }
    }
}

fn managed(managed: Managed) -> Option<ManagedInfo> {
    match managed {
        Managed::Equivalent(identifier) => Some(ManagedInfo { identifier, equivalent: true, because: None }),
        Managed::FallsShort { identifier, because } => {
            Some(ManagedInfo { identifier, equivalent: false, because: Some(because) })
        }
        Managed::None => None,
    }
}

fn controls(
    of: impl Fn(&'static frameworks::Framework) -> Vec<&'static str>,
) -> BTreeMap<&'static str, Vec<&'static str>> {
    frameworks::all()
        .iter()
        .map(|framework| (framework.id.as_str(), of(framework)))
        .filter(|(_, controls)| !controls.is_empty())
        .collect()
}

/// `vitals rules`.
pub(crate) fn list(args: &RulesArgs, out: &mut impl Write) -> Result<Ending> {
    let framework = args.framework.as_deref().map(select::framework).transpose()?;
    let listed: Vec<_> = rules::all()
        .filter(|entry| framework.is_none_or(|framework| framework.names(entry.metadata.id)))
        .map(RuleInfo::of)
        .collect();
    match args.format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &listed).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        Format::Table => {
            let mut table = text::plain_table(["RULE", "SEVERITY", "TRIGGER", "WHAT HOLDS"]);
            for rule in &listed {
                table.add_row([rule.id, rule.severity, rule.trigger, rule.title]);
            }
            writeln!(out, "{}", table.trim_fmt())?;
        }
    }
    if let Some(framework) = framework {
        let missing = not_built(framework).len();
        if missing > 0 {
            eprintln!(
                "note: rules of {} that are not built yet: {missing}; docs/rules/README.md lists them",
                framework.id
            );
        }
    }
    Ok(Ending::Clean)
}

/// The rules that a framework names and that are not built yet.
#[must_use]
pub fn not_built(framework: &Framework) -> Vec<&str> {
    framework.rules().into_iter().filter(|id| rules::find(id).is_none()).collect()
}
