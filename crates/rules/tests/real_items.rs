//! Every rule over real items, whole and damaged.

use std::collections::HashMap;
use std::path::Path;

use config_item::ConfigurationItem;
use config_rule::{ConfiguredItemRule, Context, Kind, ParameterMap, not_recorded};
use jiff::Timestamp;
use serde_json::{Value, json};

fn example_items() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/aws/example-items");
    let Ok(files) = std::fs::read_dir(&folder) else {
        eprintln!("not checked against {}: it is not there", folder.display());
        return Vec::new();
    };
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.sort();
    paths
        .iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let text = std::fs::read_to_string(path).expect("readable");
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        })
        .collect()
}

fn context() -> Context {
    Context {
        now: Timestamp::from_second(1_795_219_200).expect("a time in 2026"),
        account: "123456789012".to_owned(),
        region: "us-east-1".to_owned(),
    }
}

/// The item rules of a type, without parameters.
fn rules_of(resource_type: &str) -> Vec<(&'static str, Box<dyn ConfiguredItemRule>)> {
    rules::all()
        .filter(|entry| entry.resource_types.contains(&resource_type))
        .filter_map(|entry| match &entry.kind {
            Kind::Item { configure, .. } => {
                Some((entry.metadata.id, configure(&ParameterMap::default()).expect(entry.metadata.id)))
            }
            Kind::Facts { .. } => None,
        })
        .collect()
}

/// What each rule says of an item: the verdict, or the reason why there is none. Rules with the same view share what was
/// read, as in `vitals check`: reading is nearly all of the time.
fn outcomes<'r>(
    rules: impl IntoIterator<Item = &'r (&'static str, Box<dyn ConfiguredItemRule>)>,
    text: &str,
) -> Vec<(&'static str, String)> {
    let item = ConfigurationItem::from_json(text).map_err(|error| error.to_string());
    let cx = context();
    let mut views = HashMap::new();
    let mut judge = |rule: &dyn ConfiguredItemRule| {
        let item = item.as_ref().map_err(String::clone)?;
        if let Some(verdict) = not_recorded(item) {
            return Ok(verdict);
        }
        let view = views.entry(rule.view()).or_insert_with(|| rule.read(item).map_err(|error| error.to_string()));
        let view = view.as_ref().map_err(String::clone)?;
        rule.evaluate(item, view.as_ref(), &cx).map_err(|error| error.to_string())
    };
    rules
        .into_iter()
        .map(|(id, rule)| match judge(rule.as_ref()) {
            Ok(verdict) => (*id, format!("{} {}", verdict.compliance(), verdict.annotation().unwrap_or_default())),
            Err(error) => (*id, format!("ERROR {error}")),
        })
        .collect()
}

#[test]
fn every_rule_has_a_verdict_on_every_real_item_of_its_types() {
    for item in example_items() {
        let resource_type = item["resourceType"].as_str().expect("a type").to_owned();
        for (id, outcome) in outcomes(&rules_of(&resource_type), &item.to_string()) {
            assert!(!outcome.starts_with("ERROR"), "{id} on {}: {outcome}", item["resourceId"]);
        }
    }
}

/// Each field of each real item removed, nulled, and replaced by each kind of JSON: no panic, and a verdict or a reason
/// each time.
#[test]
fn damaged_items_are_survived() {
    let replacements =
        [json!(null), json!(true), json!(-1), json!(1.5), json!("odd"), json!([]), json!({}), json!([[{}]])];
    for item in example_items() {
        let resource_type = item["resourceType"].as_str().expect("a type").to_owned();
        let rules = rules_of(&resource_type);
        if rules.is_empty() {
            continue;
        }
        let mut paths = Vec::new();
        collect_paths(&item, "", &mut paths);
        for path in paths.iter().filter(|path| !["/resourceType", "/resourceId"].contains(&path.as_str())) {
            let mut damaged: Vec<Value> = replacements.iter().map(|value| replaced(&item, path, value)).collect();
            damaged.push(removed(&item, path));
            for item in damaged {
                for (id, outcome) in outcomes(&rules, &item.to_string()) {
                    assert!(!outcome.trim().is_empty(), "{id} says nothing with {path} damaged");
                }
            }
        }
    }
}

/// What a rule does not read can't change its verdict: each other field of each real item's configuration removed,
/// nulled, and replaced by other JSON, and the outcome stays the same to the letter.
#[test]
fn a_damaged_field_changes_nothing_for_rules_that_do_not_read_it() {
    let replacements = [json!(null), json!(true), json!(-1), json!("odd"), json!([{}]), json!({"a": []})];
    for item in example_items() {
        let resource_type = item["resourceType"].as_str().expect("a type").to_owned();
        let rules = rules_of(&resource_type);
        if rules.is_empty() {
            continue;
        }
        let mut paths = Vec::new();
        collect_paths(&item, "", &mut paths);
        let sound: HashMap<_, _> = outcomes(&rules, &item.to_string()).into_iter().collect();
        let fields: HashMap<_, _> = rules.iter().map(|(id, _)| (*id, fields_of(id, &resource_type))).collect();
        let unread = |path: &str, id: &str| fields[id].iter().all(|field| !touches(path, field));
        for path in paths.iter().filter(|path| {
            path.starts_with("/configuration/") || path.starts_with("/supplementaryConfiguration/") || is_unread(path)
        }) {
            let rules: Vec<_> = rules.iter().filter(|(id, _)| unread(path, id)).collect();
            if rules.is_empty() {
                continue;
            }
            let mut damaged: Vec<_> = replacements.iter().map(|value| replaced(&item, path, value)).collect();
            damaged.push(removed(&item, path));
            for damaged in damaged {
                for (id, found) in outcomes(rules.iter().copied(), &damaged.to_string()) {
                    assert_eq!(found, sound[id], "{id} does not read {path} of {}", item["resourceId"]);
                }
            }
        }
    }
}

/// The members of an item beside its configuration that no rule has a way to read.
fn is_unread(path: &str) -> bool {
    const UNREAD: [&str; 6] = [
        "/relatedEvents",
        "/configurationItemVersion",
        "/configurationStateId",
        "/configurationStateMd5Hash",
        "/availabilityZone",
        "/resourceCreationTime",
    ];
    UNREAD.contains(&path)
}

/// The paths that a rule's view reads of a type, and those of the supplementary configuration.
fn fields_of(id: &str, resource_type: &str) -> Vec<String> {
    let entry = rules::all().find(|entry| entry.metadata.id == id).expect("a rule");
    let Kind::Item { fields, .. } = &entry.kind else { return Vec::new() };
    fields().into_iter().filter(|(of_type, _)| *of_type == resource_type).map(|(_, path)| path).collect()
}

/// Whether one of the two lies in the other. Places in lists don't count, as the field's path has none.
fn touches(path: &str, field: &str) -> bool {
    let places = path.split('/').skip(1).filter(|name| name.parse::<usize>().is_err());
    places.zip(field.split('.')).all(|(name, read)| name == read)
}

fn collect_paths(value: &Value, at: &str, into: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.replace('~', "~0").replace('/', "~1"), value)).collect()
        }
        Value::Array(values) => values.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    for (name, child) in children {
        let path = format!("{at}/{name}");
        collect_paths(child, &path, into);
        into.push(path);
    }
}

fn replaced(item: &Value, path: &str, value: &Value) -> Value {
    let mut item = item.clone();
    if let Some(place) = item.pointer_mut(path) {
        *place = value.clone();
    }
    item
}

fn removed(item: &Value, path: &str) -> Value {
    let mut item = item.clone();
    let (parent, name) = path.rsplit_once('/').expect("a path begins with a slash");
    match item.pointer_mut(parent) {
        Some(Value::Object(members)) => {
            members.remove(&name.replace("~1", "/").replace("~0", "~"));
        }
        Some(Value::Array(values)) => {
            values.remove(name.parse().expect("an index"));
        }
        _ => {}
    }
    item
}
