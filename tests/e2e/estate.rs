//! The sample estate: the real functions, invoked as AWS Config invokes them, say what the check of the file says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read as _;

use config_rule::{Entry, Kind};
use flate2::read::GzDecoder;
use local_config::Operation;
use serde_json::Value;

use crate::support::{
    Ended, Stage, assert_succeeded, change, oversized, project, read_json, run, scheduled, vitals, with_invoking,
};

const NOW: &str = "2026-11-21T00:00:00Z";
const ESTATE: &str = "examples/estate.json.gz";
const CHANNELS: &str = "examples/delivery-channels.json";

/// Most bytes of a notification that AWS Config delivers whole: the limit of Amazon SNS.
const LARGEST_NOTIFICATION: usize = 256 * 1024;

/// A rule's verdict on a resource.
type Verdict = (String, String, String, String);

fn items() -> Vec<Value> {
    let file = File::open(project().join(ESTATE)).expect("the estate can be read");
    let mut text = String::new();
    GzDecoder::new(file).read_to_string(&mut text).expect("the estate is packed text");
    let snapshot: Value = serde_json::from_str(&text).expect("the estate is JSON");
    snapshot["configurationItems"].as_array().expect("the estate is a snapshot").clone()
}

/// What AWS Config sends to a rule of an item.
fn notification(rule: &str, item: &Value) -> Value {
    let event = with_invoking(change(rule, item), |inner| inner["notificationCreationTime"] = NOW.into());
    let size = event["invokingEvent"].as_str().map_or(0, str::len);
    if size > LARGEST_NOTIFICATION { oversized(rule, item) } else { event }
}

fn judges(entry: &Entry, item: &Value) -> bool {
    entry.resource_types.iter().any(|judged| item["resourceType"] == *judged)
}

/// What `vitals check` says of the estate.
fn checked() -> BTreeSet<Verdict> {
    let ended = run(&mut vitals(project(), ["check", ESTATE, "--now", NOW, "--format", "ndjson"]), b"");
    assert_eq!(ended.code, Some(1), "{}", ended.stderr);
    let verdicts = ended.stdout.lines().map(|line| {
        let verdict: Value = serde_json::from_str(line).expect("the line is JSON");
        let text = |member: &str| verdict[member].as_str().unwrap_or_default().to_owned();
        (text("rule"), text("resourceType"), text("resourceId"), text("compliance"))
    });
    verdicts.collect()
}

fn item_rules() -> BTreeSet<&'static str> {
    rules::all().filter(|entry| matches!(entry.kind, Kind::Item { .. })).map(|entry| entry.metadata.id).collect()
}

#[test]
fn the_estate_is_large_enough_to_show_something() {
    let items = items();
    let types: BTreeSet<_> = items.iter().map(|item| item["resourceType"].as_str()).collect();
    assert!(items.len() >= 60, "{} items", items.len());
    assert!(types.len() >= 25, "{} types", types.len());
    let ids = |wanted: &dyn Fn(&Value) -> bool| -> Vec<Value> {
        items.iter().filter(|item| wanted(item)).map(|item| item["resourceId"].clone()).collect()
    };
    let deleted = ids(&|item| item["configurationItemStatus"] == "ResourceDeleted");
    assert_eq!(deleted.len(), 1, "{deleted:?}");
    let oversized = ids(&|item| notification("r", item).to_string().contains("OversizedConfigurationItem"));
    assert_eq!(oversized.len(), 1, "{oversized:?}");
}

/// Every item as a change to every rule of its type, and every schedule.
#[test]
fn functions_say_what_check_says() {
    let items = items();
    let stage = Stage::new();
    stage.put_items(&items);
    stage.set_channels(read_json(project().join(CHANNELS)));
    for entry in rules::all() {
        let id = entry.metadata.id;
        stage.register(id);
        let function = stage.function(id);
        if entry.metadata.trigger.on_change() {
            for item in items.iter().filter(|item| judges(entry, item)) {
                assert_succeeded(&stage.invoke(&function, &notification(id, item)));
            }
        }
        if entry.metadata.trigger.frequency().is_some() {
            assert_succeeded(&stage.invoke(&function, &scheduled(id, NOW)));
        }
    }
    let item_rules = item_rules();
    let held: BTreeSet<Verdict> = stage
        .state()
        .all_evaluations()
        .into_iter()
        .filter(|held| item_rules.contains(held.rule.as_str()))
        .map(|held| (held.rule, held.resource_type, held.resource_id, held.compliance.name().to_owned()))
        .collect();
    let checked = checked();
    let only = |ours: &BTreeSet<Verdict>, theirs: &BTreeSet<Verdict>| -> Vec<String> {
        ours.difference(theirs).map(|verdict| format!("{verdict:?}")).collect()
    };
    let (only_held, only_checked) = (only(&held, &checked), only(&checked, &held));
    assert!(
        only_held.is_empty() && only_checked.is_empty(),
        "only AWS Config holds:\n{}\nonly the check says:\n{}",
        only_held.join("\n"),
        only_checked.join("\n")
    );
    assert!(!stage.state().calls_of(Operation::GetResourceConfigHistory).is_empty(), "nothing was oversized");
}

fn rehearsed() -> Ended {
    run(&mut vitals(project(), ["run", ESTATE, "--delivery-channels", CHANNELS, "--now", NOW]), b"")
}

/// The totals by rule that the table begins with.
fn totals(table: &str) -> BTreeMap<String, [usize; 3]> {
    let rows = table.lines().skip(1).take_while(|line| !line.is_empty());
    rows.map(|row| {
        let cells: Vec<_> = row.split_whitespace().collect();
        let [rule, _severity, counts @ ..] = cells.as_slice() else { panic!("no row of the table: {row}") };
        let counts: Vec<usize> = counts.iter().map(|count| count.parse().expect("it is a count")).collect();
        ((*rule).to_owned(), counts.try_into().unwrap_or_else(|_| panic!("not three counts: {row}")))
    })
    .collect()
}

#[test]
fn run_shows_the_totals_of_check() {
    let ended = rehearsed();
    assert_eq!(ended.code, Some(1), "{}", ended.stderr);
    assert_eq!(ended.stderr, "");
    let mut expected: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    for (rule, _, _, compliance) in checked() {
        let column = ["COMPLIANT", "NON_COMPLIANT", "NOT_APPLICABLE"].iter().position(|name| *name == compliance);
        expected.entry(rule).or_default()[column.expect("it is one of the three")] += 1;
    }
    let item_rules = item_rules();
    let (ours, facts): (BTreeMap<_, _>, BTreeMap<_, _>) =
        totals(&ended.stdout).into_iter().partition(|(rule, _)| item_rules.contains(rule.as_str()));
    assert_eq!(ours, expected);
    assert_eq!(facts.get("config-delivery-channel-sns"), Some(&[1, 0, 0]), "{facts:?}");

    // The reasons, below, are for each noncompliance one line that begins with two spaces.
    let reasons = ended.stdout.lines().filter(|line| line.starts_with("  ")).count();
    let noncompliant: usize = ours.values().chain(facts.values()).map(|counts| counts[1]).sum();
    assert_eq!(reasons, noncompliant);

    // Functions run side by side, and still the account of it is the same each time.
    assert_eq!(rehearsed().stdout, ended.stdout);
}
