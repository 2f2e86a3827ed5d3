//! Invariants over the whole registry, each naming the rule that breaks it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use config_rule::{Entry, Kind, Managed, Trigger};
use serde_json::Value;

fn each(check: impl Fn(&Entry) -> Result<(), String>) {
    let broken: Vec<_> = rules::all()
        .filter_map(|entry| check(entry).err().map(|error| format!("{}: {error}", entry.metadata.id)))
        .collect();
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

fn ensure(met: bool, wanted: &str) -> Result<(), String> {
    if met { Ok(()) } else { Err(wanted.to_owned()) }
}

#[test]
fn ids_are_unique_kebab_case_and_the_module_in_snake_case() {
    let mut seen = BTreeSet::new();
    for entry in rules::all() {
        assert!(seen.insert(entry.metadata.id), "{} is in the registry twice", entry.metadata.id);
    }
    each(|entry| {
        let id = entry.metadata.id;
        ensure(id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "the id is kebab case")?;
        let module = entry.metadata.module.rsplit("::").next().unwrap_or_default();
        ensure(module == id.replace('-', "_"), "the module is the id in snake case")
    });
}

#[test]
fn services_and_the_rules_in_them_are_sorted() {
    let listed: Vec<_> = rules::all().map(|entry| (entry.metadata.service(), entry.metadata.id)).collect();
    assert!(listed.is_sorted(), "the registry is not sorted by service and id: {listed:?}");
}

#[test]
fn every_rule_is_documented() {
    each(|entry| {
        let metadata = entry.metadata;
        ensure(!metadata.title().is_empty() && metadata.title().len() <= 80, "the title has 1 to 80 characters")?;
        ensure(metadata.docs.lines().nth(1).is_some_and(|line| line.trim().is_empty()), "the title stands alone")?;
        ensure(!metadata.explanation().is_empty(), "the documentation says why")?;
        let about_applicability = ["Not applicable", "Never not applicable"];
        let says = about_applicability.iter().any(|words| metadata.docs.contains(words));
        ensure(says || !returns_not_applicable(entry), "the documentation says when it is not applicable")?;
        ensure(metadata.remediation.ends_with('.'), "the remediation is a sentence")?;
        ensure(metadata.since.split('.').count() == 3, "`since` is a version")
    });
}

/// Whether one of the rule's own verdicts is `NOT_APPLICABLE`, those on deleted resources aside.
fn returns_not_applicable(entry: &Entry) -> bool {
    let cases =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/snapshots").join(format!("{}.snap", entry.metadata.id));
    std::fs::read_to_string(cases).is_ok_and(|table| {
        table.lines().any(|line| line.contains(" NOT_APPLICABLE ") && !line.contains("the resource is deleted"))
    })
}

#[test]
fn managed_rules_are_named_as_aws_names_them() {
    each(|entry| {
        let Some(identifier) = entry.metadata.managed.identifier() else { return Ok(()) };
        ensure(
            identifier.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'),
            "a managed rule's identifier is in capitals with underscores",
        )?;
        match entry.metadata.managed {
            Managed::FallsShort { because, .. } => ensure(!because.ends_with('.'), "`because` has no period"),
            Managed::Equivalent(_) | Managed::None => Ok(()),
        }
    });
}

#[test]
fn a_facts_rule_is_periodic_and_an_item_rule_runs_on_change() {
    each(|entry| match (&entry.kind, entry.metadata.trigger) {
        (Kind::Facts { actions, .. }, Trigger::Periodic(_)) => {
            ensure(!actions.is_empty() && actions.iter().all(|action| action.contains(':')), "gathering needs actions")
        }
        (Kind::Facts { .. }, _) => Err("a facts rule runs on a schedule".to_owned()),
        (Kind::Item { .. }, trigger) => ensure(trigger.on_change(), "an item rule runs on change"),
    });
}

/// The parameters fit what AWS Config takes (`InputParameters` of `PutConfigRule`: 1,024 characters).
#[test]
fn parameters_are_documented_and_their_defaults_fit() {
    each(|entry| {
        let mut length = 2;
        for parameter in entry.metadata.parameters {
            ensure(!parameter.docs.trim().is_empty(), "every parameter is documented")?;
            let default = (parameter.default)().unwrap_or_default();
            length += parameter.name.len() + default.len() + 6;
        }
        ensure(length <= 1024, "the parameters fit 1,024 characters")
    });
}

/// Every field that a rule reads is one that AWS Config is known to record: it is in the resource schema, in a real
/// item, or in `schema-exceptions.json` with its evidence.
#[test]
fn every_field_that_rules_read_is_known() {
    let Some(aws) = shared("aws") else { return };
    let exceptions: Value = serde_json::from_str(include_str!("schema-exceptions.json")).expect("it is JSON");
    let items = example_items(&aws);
    let mut used = BTreeSet::new();
    let mut unknown = BTreeSet::new();
    for entry in rules::all() {
        let Kind::Item { fields, .. } = &entry.kind else { continue };
        for (resource_type, path) in fields() {
            let known = in_schema(&aws, resource_type, &path)
                || items.iter().any(|item| item["resourceType"] == resource_type && holds(item, &path));
            if known {
                continue;
            }
            let name = format!("{resource_type} {path}");
            if exceptions.get(&name).and_then(Value::as_str).is_some_and(|evidence| !evidence.is_empty()) {
                used.insert(name);
            } else {
                unknown.insert(name);
            }
        }
    }
    assert!(unknown.is_empty(), "neither in the schema, nor in a real item, nor excused:\n{unknown:#?}");
    let excused: BTreeSet<_> = exceptions.as_object().expect("an object").keys().cloned().collect();
    assert_eq!(excused, used, "these exceptions are not needed");
}

/// The folder of material from AWS beside the project; where it isn't there, the check says so and passes.
fn shared(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(name);
    if !folder.is_dir() {
        eprintln!("not checked against {}: it is not there", folder.display());
        return None;
    }
    Some(folder)
}

fn example_items(aws: &Path) -> Vec<Value> {
    let mut files: Vec<_> = std::fs::read_dir(aws.join("example-items"))
        .expect("example items")
        .map(|file| file.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    files
        .iter()
        .map(|path| {
            serde_json::from_str(&std::fs::read_to_string(path).expect("readable")).unwrap_or_else(|error| {
                panic!("{}: {error}", path.display());
            })
        })
        .collect()
}

/// The schema lists `configuration.x.y`; a path may also be the parent of what it lists.
fn in_schema(aws: &Path, resource_type: &str, path: &str) -> bool {
    let file = aws.join("resource-schema").join(format!("{resource_type}.properties.json"));
    let Ok(text) = std::fs::read_to_string(file) else { return false };
    let schema: Value = serde_json::from_str(&text).expect("a schema is JSON");
    let parent = format!("{path}.");
    schema.as_object().expect("an object").keys().any(|key| key == path || key.starts_with(&parent))
}

/// Whether an item has a value at the path, looking into lists and into JSON inside strings.
fn holds(value: &Value, path: &str) -> bool {
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    match value {
        Value::Array(values) => values.iter().any(|value| holds(value, path)),
        Value::Object(members) => members.get(name).is_some_and(|value| rest.is_none_or(|rest| holds(value, rest))),
        Value::String(text) => {
            serde_json::from_str::<Value>(text).is_ok_and(|value| !value.is_string() && holds(&value, path))
        }
        _ => false,
    }
}
