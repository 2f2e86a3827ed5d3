//! `--parameters` and `--now`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow, bail};
use config_rule::{Entry, ParameterMap};
use frameworks::Framework;
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::select;

/// A rule's parameters by name.
type Values = Map<String, Value>;

/// The parameters that the frameworks give to these rules and, over them, those of a file: rule id → parameter → value.
pub(crate) fn read(
    path: Option<&Path>,
    entries: &[&Entry],
    frameworks: &[&Framework],
    inferred: bool,
) -> Result<BTreeMap<String, ParameterMap>> {
    let mut by_rule = path.map_or_else(|| Ok(BTreeMap::new()), read_file)?;
    for entry in entries {
        let id = entry.metadata.id;
        let Some(theirs) = of_frameworks(entry, frameworks, inferred, by_rule.contains_key(id))? else { continue };
        let values = by_rule.entry(id.to_owned()).or_default();
        for (name, value) in theirs {
            values.entry(name).or_insert(Value::String(value.clone()));
        }
    }
    by_rule
        .into_iter()
        .map(|(id, values)| {
            let map = ParameterMap::from_value(&Value::Object(values)).with_context(|| id.clone())?;
            Ok((id, map))
        })
        .collect()
}

fn read_file(path: &Path) -> Result<BTreeMap<String, Values>> {
    let place = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("{place} can't be read"))?;
    let by_rule: BTreeMap<String, Value> = serde_json::from_str(&text)
        .map_err(|error| anyhow!("{place} is no JSON object of rules and their parameters: {error}"))?;
    by_rule
        .into_iter()
        .map(|(id, value)| {
            select::rule(&id).with_context(|| place.to_string())?;
            ParameterMap::from_value(&value).with_context(|| format!("{place}: {id}"))?;
            match value {
                Value::Object(values) => Ok((id, values)),
                _ => Ok((id, Values::new())),
            }
        })
        .collect()
}

/// What a file gives to rules.
#[derive(Default)]
pub(crate) struct Given(BTreeMap<String, Values>);

impl Given {
    /// Reads a file of `--parameters`, where there is one.
    pub(crate) fn read(path: Option<&Path>) -> Result<Self> {
        path.map_or_else(|| Ok(Self::default()), |path| read_file(path).map(Self))
    }
}

/// The values that a rule has within a framework, its defaults among them, and what it must be given to have them.
pub(crate) fn within(
    entry: &Entry,
    framework: &Framework,
    given: &Given,
) -> Result<(BTreeMap<String, String>, ParameterMap)> {
    let id = entry.metadata.id;
    let mut values = given.0.get(id).cloned().unwrap_or_default();
    for (name, value) in framework.parameters.get(id).into_iter().flatten() {
        values.entry(name.as_str()).or_insert_with(|| Value::String(value.clone()));
    }
    let mut effective = BTreeMap::new();
    for parameter in entry.metadata.parameters {
        let value = match values.get(parameter.name) {
            None | Some(Value::Null) => (parameter.default)(),
            Some(Value::String(text)) => Some(text.clone()),
            Some(other) => Some(other.to_string()),
        };
        effective.extend(value.map(|value| (parameter.name.to_owned(), value)));
    }
    let map = ParameterMap::from_value(&Value::Object(values)).with_context(|| id.to_owned())?;
    Ok((effective, map))
}

/// What the frameworks that name a rule give to it. One run judges by one value: where they differ, the file must say.
fn of_frameworks<'a>(
    entry: &Entry,
    frameworks: &[&'a Framework],
    inferred: bool,
    given: bool,
) -> Result<Option<&'a BTreeMap<String, String>>> {
    let id = entry.metadata.id;
    let mut naming = frameworks.iter().filter(|framework| select::names(framework, entry, inferred));
    let Some(first) = naming.next() else { return Ok(None) };
    let parameters = first.parameters.get(id);
    match naming.find(|other| effective(entry, other) != effective(entry, first)) {
        None => Ok(parameters),
        Some(_) if given => Ok(None),
        Some(other) => bail!(
            "the frameworks {} and {} give {id} different parameters; judge by one of them, or set them with --parameters",
            first.id,
            other.id
        ),
    }
}

/// The values that a rule gets within a framework, its defaults among them: a framework that passes what holds anyway
/// says the same as one that passes nothing.
fn effective<'a>(entry: &Entry, framework: &'a Framework) -> BTreeMap<&'a str, Cow<'a, str>> {
    let defaults = entry.metadata.parameters.iter().filter_map(|parameter| {
        let value = (parameter.default)()?;
        Some((parameter.name, Cow::Owned(value)))
    });
    let given = framework.parameters.get(entry.metadata.id).into_iter().flatten();
    defaults.chain(given.map(|(name, value)| (name.as_str(), Cow::Borrowed(value.as_str())))).collect()
}

/// The time to judge as of.
pub(crate) fn now(typed: Option<&str>) -> Result<Timestamp> {
    match typed {
        None => Ok(Timestamp::now()),
        Some(text) => config_item::parse_timestamp(text)
            .ok_or_else(|| anyhow!("--now is `{text}`, which is no time; write it as 2026-11-21T00:00:00Z")),
    }
}

#[cfg(test)]
mod tests {
    use config_rule::Kind;

    use super::*;

    #[test]
    fn every_rule_can_read_what_the_frameworks_give_it() {
        for framework in frameworks::all() {
            for (id, values) in &framework.parameters {
                let place = format!("{} {id}", framework.id);
                assert!(framework.controls_of(id).next().is_some(), "{place} evidences no control");
                // Rules that are not built get theirs too: conformance packs pass them to AWS's managed rules.
                let Some(entry) = rules::find(id) else { continue };
                let values = values.iter().map(|(name, value)| (name.clone(), Value::String(value.clone()))).collect();
                let map = ParameterMap::from_value(&Value::Object(values)).expect(&place);
                let read = match &entry.kind {
                    Kind::Item { configure, .. } => configure(&map).map(drop),
                    Kind::Facts { configure, .. } => configure(&map).map(drop),
                };
                read.unwrap_or_else(|error| panic!("{place}: {error}"));
            }
        }
    }

    #[test]
    fn a_default_that_a_framework_spells_out_is_no_difference() {
        let entry = rules::find("restricted-common-ports").expect("it is there");
        let named = ["hipaa", "cis-v1.4"].map(|id| frameworks::find(id).expect(id));
        assert_ne!(
            named[0].parameters.get("restricted-common-ports"),
            named[1].parameters.get("restricted-common-ports")
        );
        assert!(of_frameworks(entry, &named, false, false).is_ok());
    }
}
