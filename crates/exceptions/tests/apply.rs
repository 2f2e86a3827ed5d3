//! What becomes of a verdict, from a file and from the compact form alike.

use config_item::ConfigurationItem;
use config_rule::{ANNOTATION_LIMIT, Compliance, Verdict};
use exceptions::{Exceptions, LIMIT, Subject};
use jiff::Timestamp;

const RULE: &str = "restricted-ssh";

const ITEM: &str = r#"{"resourceType": "AWS::EC2::SecurityGroup", "resourceId": "sg-1", "resourceName": "sftp",
    "ARN": "arn:aws:ec2:us-east-1:111122223333:security-group/sg-1", "awsAccountId": "111122223333",
    "tags": {"team": "network"}}"#;

fn exceptions(more: &str) -> Exceptions {
    let text = format!(
        "[[exception]]\nrule = \"{RULE}\"\nowner = \"net@example.org\"\nticket = \"SEC-123\"\nexpires = 2026-12-31\n{more}"
    );
    let text = if more.contains("reason") { text } else { format!("{text}\nreason = \"vendor's SFTP\"") };
    Exceptions::parse(&text, &rules::all().collect::<Vec<_>>()).unwrap_or_else(|mistakes| panic!("{mistakes:?}"))
}

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// What becomes of a noncompliant verdict on the item, by the file's exceptions and by those of the compact form.
fn ruled(exceptions: &Exceptions, item: &str, found: &str, now: &str) -> (Compliance, String) {
    let item = ConfigurationItem::from_json(item).expect("an item");
    let compact = Exceptions::from_compact(RULE, &exceptions.compact(RULE)).expect("it was just written");
    let [here, there] = [exceptions, &compact].map(|exceptions| {
        let ruling = exceptions.apply(RULE, Subject::of(&item), &Verdict::non_compliant(found), time(now));
        (ruling.compliance, ruling.annotation.expect("a reason"))
    });
    assert_eq!(here, there);
    here
}

/// Whether the exception acts on the item.
fn acts(more: &str, item: &str) -> bool {
    ruled(&exceptions(more), item, "open", "2026-12-01T00:00:00Z").1.starts_with(exceptions::PREFIX)
}

#[test]
fn an_annotated_verdict_stays_noncompliant_and_names_the_exception() {
    let (compliance, annotation) =
        ruled(&exceptions("resource = \"sg-1\""), ITEM, "port 22 is open", "2026-12-01T00:00:00Z");
    assert_eq!(compliance, Compliance::NonCompliant);
    assert_eq!(annotation, "exception SEC-123 until 2026-12-31: vendor's SFTP; found: port 22 is open");
}

#[test]
fn compliant_is_an_explicit_choice_and_keeps_the_annotation() {
    let chosen = exceptions("resource = \"sg-1\"\neffect = \"compliant\"");
    let (compliance, annotation) = ruled(&chosen, ITEM, "port 22 is open", "2026-12-01T00:00:00Z");
    assert_eq!(compliance, Compliance::Compliant);
    assert_eq!(annotation, "exception SEC-123 until 2026-12-31: vendor's SFTP; found: port 22 is open");
}

#[test]
fn a_resource_is_named_by_id_name_or_arn() {
    for (pattern, expected) in [
        ("sg-1", true),
        ("sftp", true),
        ("arn:aws:ec2:*:security-group/sg-1", true),
        ("*", true),
        ("sg-2", false),
        ("sg", false),
    ] {
        assert_eq!(acts(&format!("resource = \"{pattern}\""), ITEM), expected, "{pattern}");
    }
}

#[test]
fn an_account_and_a_tag_narrow_it() {
    let tagged = |value: &str| format!("account = \"111122223333\"\ntag = {{ key = \"team\", value = \"{value}\" }}");
    assert!(acts(&tagged("net*"), ITEM));
    assert!(!acts(&tagged("data"), ITEM));
    assert!(!acts(&tagged("net*"), &ITEM.replace("network", "data")));
    assert!(!acts(&tagged("net*"), &ITEM.replace(r#"{"team": "network"}"#, "3")), "unreadable tags except nothing");
    assert!(!acts("resource = \"*\"\naccount = \"444455556666\"", ITEM));
}

#[test]
fn it_begins_and_ends_with_a_day_in_utc() {
    let of = exceptions("resource = \"sg-1\"\nstarts = 2026-11-02");
    for (now, expected) in [
        ("2026-11-01T23:59:59.999Z", false),
        ("2026-11-02T00:00:00Z", true),
        ("2026-12-31T23:59:59.999Z", true),
        ("2027-01-01T00:00:00Z", false),
        ("2026-12-31T20:00:00-05:00", false),
    ] {
        let (compliance, annotation) = ruled(&of, ITEM, "port 22 is open", now);
        assert_eq!(compliance, Compliance::NonCompliant);
        assert_eq!(annotation != "port 22 is open", expected, "{now}: {annotation}");
    }
    let [exception] = of.of(RULE) else { panic!("{of:?}") };
    for (now, expected) in [
        ("2026-12-01T00:00:00Z", true),
        ("2026-11-30T00:00:00Z", false),
        ("2026-12-31T23:00:00Z", true),
        ("2027-01-01T00:00:00Z", false),
    ] {
        assert_eq!(exception.ends_soon(time(now)), expected, "{now}");
    }
}

#[test]
fn only_noncompliant_verdicts_are_touched() {
    let item = ConfigurationItem::from_json(ITEM).expect("an item");
    let exceptions = exceptions("resource = \"*\"\neffect = \"compliant\"");
    for verdict in [Verdict::Compliant, Verdict::not_applicable("the resource is deleted")] {
        let ruling = exceptions.apply(RULE, Subject::of(&item), &verdict, time("2026-12-01T00:00:00Z"));
        assert_eq!((ruling.compliance, ruling.annotation), (verdict.compliance(), verdict.annotation()));
        assert!(ruling.exception.is_none());
    }
}

#[test]
fn long_texts_are_cut_to_what_aws_config_takes() {
    let long = exceptions(&format!("resource = \"sg-1\"\nreason = \"{}\"", "reason ".repeat(60)));
    let (_, annotation) = ruled(&long, ITEM, &"found ".repeat(60), "2026-12-01T00:00:00Z");
    assert_eq!(annotation.encode_utf16().count(), ANNOTATION_LIMIT);
    assert!(annotation.contains("...; found: found found") && annotation.ends_with("..."), "{annotation}");
}

#[test]
fn the_compact_form_is_small_and_nothing_else_is_taken_for_it() {
    let text = exceptions("resource = \"sg-1\"").compact(RULE);
    insta::assert_snapshot!(text, @r#"[{"resource":"sg-1","owner":"net@example.org","ticket":"SEC-123","reason":"vendor's SFTP","expires":"2026-12-31"}]"#);
    assert!(text.len() < LIMIT / 20);
    for other in ["", "null", "{}", "[{}]", "[1]", &text.replace("ticket", "tickets"), &text.replace("12-31", "13-31")]
    {
        assert!(Exceptions::from_compact(RULE, other).is_err(), "{other}");
    }
    assert!(Exceptions::from_compact(RULE, "[]").expect("no exceptions").is_empty());
}
