//! A configuration item in each wire shape, judged by every rule of its type.

#![no_main]

use std::sync::LazyLock;

use config_item::{ConfigurationItem, ItemError};
use config_rule::{ConfiguredItemRule, Context, Kind, ParameterMap};
use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;

type Rules = Vec<(&'static str, Vec<Box<dyn ConfiguredItemRule>>)>;

thread_local! {
    /// By resource type, without parameters.
    static RULES: LazyLock<Rules> = const { LazyLock::new(rules_by_type) };
}

fn rules_by_type() -> Rules {
    let mut types: Vec<_> = rules::all().flat_map(|entry| entry.resource_types).copied().collect();
    types.sort_unstable();
    types.dedup();
    let of = |wanted: &&'static str| {
        rules::all()
            .filter(|entry| entry.resource_types.contains(wanted))
            .filter_map(|entry| match &entry.kind {
                Kind::Item { configure, .. } => Some(configure(&ParameterMap::default()).expect(entry.metadata.id)),
                Kind::Facts { .. } => None,
            })
            .collect()
    };
    types.into_iter().map(|resource_type| (resource_type, of(&resource_type))).collect()
}

fn judge(text: &str) {
    let cx = Context {
        now: Timestamp::from_second(1_795_219_200).expect("a time in 2026"),
        account: "123456789012".to_owned(),
        region: "us-east-1".to_owned(),
    };
    let item = ConfigurationItem::from_json(text);
    if !matches!(item, Err(ItemError::TooDeep(_))) {
        let unchecked = ConfigurationItem::from_unchecked_json(text).is_ok_and(|item| item.is_well_formed());
        assert_eq!(item.is_ok(), unchecked, "{text}");
    }
    let Ok(item) = item else { return };
    RULES.with(|rules| {
        let of_type = rules.iter().find(|(resource_type, _)| *resource_type == item.resource_type());
        for rule in of_type.into_iter().flat_map(|(_, rules)| rules) {
            match rule.judge(&item, &cx) {
                Ok(verdict) => {
                    if let Some(annotation) = verdict.annotation() {
                        assert!((1..=256).contains(&annotation.encode_utf16().count()), "{annotation}");
                    }
                }
                Err(error) => assert!(!error.to_string().is_empty()),
            }
        }
    });
}

// A text that begins with a brace is a whole item; otherwise its first byte chooses the type, and the rest is the
// configuration, in the shape of an event and in that of the API.
fuzz_target!(|text: &str| {
    let Some(first) = text.bytes().next() else { return };
    if first == b'{' {
        return judge(text);
    }
    let Some(rest) = text.get(1..) else { return };
    let resource_type = RULES.with(|rules| rules[usize::from(first) % rules.len()].0);
    let quoted = serde_json::Value::from(rest).to_string();
    let head = format!(r#"{{"resourceType":"{resource_type}","resourceId":"r""#);
    judge(&format!(r#"{head},"configuration":{rest},"supplementaryConfiguration":{rest}}}"#));
    judge(&format!(r#"{head},"configuration":{quoted},"supplementaryConfiguration":{quoted}}}"#));
    judge(&format!(r#"{head},"configuration":{{}},"supplementaryConfiguration":{rest},"tags":{rest}}}"#));
});
