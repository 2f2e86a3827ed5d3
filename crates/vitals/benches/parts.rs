//! What `vitals check` spends on the parts of its work, over the sample estate: `make bench` runs it.

use std::any::{Any, TypeId};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::io::Read as _;
use std::path::Path;

use config_item::{ConfigurationItem, Scanner, well_formed};
use config_rule::{ConfiguredItemRule, Context, Kind, ParameterMap};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use flate2::read::MultiGzDecoder;
use jiff::Timestamp;
use serde_json::value::RawValue;

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Snapshot<'a> {
    #[serde(borrow)]
    configuration_items: Vec<&'a RawValue>,
}

/// A view that some rules read of an item, and these rules.
struct Reading<'a> {
    item: &'a ConfigurationItem<'a>,
    view: Box<dyn Any + Send + Sync>,
    rules: Vec<&'a dyn ConfiguredItemRule>,
}

fn parts(criterion: &mut Criterion) {
    let packed = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/estate.json.gz"));
    let packed = packed.expect("the sample estate is there");
    let text = unpack(&packed);
    let snapshot: Snapshot<'_> = serde_json::from_str(&text).expect("a snapshot");
    let texts: Vec<&str> = snapshot.configuration_items.iter().map(|item| item.get()).collect();
    let items: Vec<_> = texts.iter().map(|text| ConfigurationItem::from_json(text).expect("an item")).collect();
    let rules: Vec<_> = rules::all()
        .filter_map(|entry| match &entry.kind {
            Kind::Item { configure, .. } => {
                Some((entry.resource_types, configure(&ParameterMap::default()).expect("defaults are right")))
            }
            Kind::Facts { .. } => None,
        })
        .collect();
    let readings: Vec<_> = items.iter().flat_map(|item| readings(item, &rules)).collect();
    let cx = Context {
        now: "2026-11-21T00:00:00Z".parse::<Timestamp>().expect("a time"),
        account: "111122223333".to_owned(),
        region: "us-east-1".to_owned(),
    };

    let mut group = criterion.benchmark_group("parts");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("unpack", |bench| bench.iter(|| unpack(black_box(&packed))));
    group.bench_function("find the ends of items", |bench| {
        bench.iter(|| {
            for text in &texts {
                let end = Scanner::default().end(black_box(text.as_bytes()));
                assert_eq!(end, Ok(Some(text.len())));
            }
        });
    });
    group.bench_function("read items, not into their configuration", |bench| {
        bench.iter(|| {
            for text in &texts {
                black_box(ConfigurationItem::from_unchecked_json(black_box(text))).expect("an item");
            }
        });
    });
    group.bench_function("check that items are JSON", |bench| {
        bench.iter(|| texts.iter().for_each(|text| well_formed(black_box(text)).expect("JSON")));
    });
    group.bench_function("read the views of all rules", |bench| {
        bench.iter(|| {
            for reading in &readings {
                let _ = black_box(reading.rules[0].read(black_box(reading.item)));
            }
        });
    });
    group.bench_function("judge by all rules", |bench| {
        bench.iter(|| {
            for Reading { item, view, rules } in &readings {
                for rule in rules {
                    let _ = black_box(rule.evaluate(item, black_box(view.as_ref()), &cx));
                }
            }
        });
    });
    group.finish();
}

fn unpack(packed: &[u8]) -> String {
    let mut text = String::new();
    MultiGzDecoder::new(packed).read_to_string(&mut text).expect("gzip of UTF-8");
    text
}

/// The views that can be read of an item, each with its rules.
fn readings<'a>(
    item: &'a ConfigurationItem<'a>,
    rules: &'a [(&'static [&'static str], Box<dyn ConfiguredItemRule>)],
) -> Vec<Reading<'a>> {
    let mut by_view: BTreeMap<TypeId, Vec<&dyn ConfiguredItemRule>> = BTreeMap::new();
    for (types, rule) in rules {
        if types.contains(&item.resource_type()) {
            by_view.entry(rule.view()).or_default().push(rule.as_ref());
        }
    }
    let read = |rules: Vec<&'a dyn ConfiguredItemRule>| Some(Reading { item, view: rules[0].read(item).ok()?, rules });
    by_view.into_values().filter_map(read).collect()
}

criterion_group!(benches, parts);
criterion_main!(benches);
