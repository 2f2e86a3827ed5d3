//! The file that people write: what is read of it, and what is said of each mistake.

use exceptions::{Effect, Exceptions, Mistake};

fn parse(text: &str) -> Result<Exceptions, Vec<Mistake>> {
    Exceptions::parse(text, &rules::all().collect::<Vec<_>>())
}

/// The mistakes, a line each.
fn mistakes(text: &str) -> String {
    let mistakes = parse(text).expect_err("it has mistakes");
    mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// An exception with all that it needs, and something more.
fn with(more: &str) -> String {
    format!(
        "[[exception]]\nrule = \"restricted-ssh\"\nowner = \"net@example.org\"\nticket = \"SEC-1\"\nreason = \"a reason\"\n{more}"
    )
}

#[test]
fn all_of_an_exception_is_read() {
    let text = r#"
        [[exception]]
        rule = "restricted-ssh"
        account = "111122223333"
        resource = "sg-00c85a1c381e532ae"
        owner = "network@example.org"
        ticket = "SEC-123"
        reason = """
          the vendor's SFTP,
          until it is replaced"""
        starts = "2026-11-01"
        expires = 2026-12-31
        effect = "compliant"
    "#;
    let read = parse(text).expect("it is in order");
    let [exception] = read.of("restricted-ssh") else { panic!("{read:?}") };
    assert_eq!(exception.line, 2);
    assert_eq!(exception.account.as_deref(), Some("111122223333"));
    assert!(exception.resource.as_ref().is_some_and(|pattern| pattern.matches("sg-00c85a1c381e532ae")));
    assert_eq!((exception.owner.as_str(), exception.ticket.as_str()), ("network@example.org", "SEC-123"));
    assert_eq!(exception.reason, "the vendor's SFTP, until it is replaced");
    assert_eq!(exception.starts.map(|day| day.to_string()).as_deref(), Some("2026-11-01"));
    assert_eq!(exception.expires.to_string(), "2026-12-31");
    assert_eq!(exception.effect, Effect::Compliant);
    assert_eq!(read.rules().collect::<Vec<_>>(), ["restricted-ssh"]);
}

#[test]
fn a_file_without_exceptions_is_in_order() {
    assert!(parse("# none yet\n").expect("it is in order").is_empty());
}

#[test]
fn every_mistake_is_found_at_once() {
    let text = r#"expiry = 3

[[exception]]
rule = "restricted-shh"
account = 111122223333
resource = ""
owner = "net@example.org"
reason = "a reason"
expires = "soon"
effect = "not-applicable"
severity = "low"

[[exception]]
rule = "restricted-ssh"
resouce = "sg-1"
account = "12345"
ticket = "SEC-1"
starts = 2027-01-01
expires = 2026-12-31
effect = "ignore"

[[exception]]
rule = "no-such-thing-at-all"
tag = { key = "team", name = "x" }
owner = " "
ticket = "a ticket whose text is longer than the annotation of a verdict should have to carry"
reason = "{{resolve:secretsmanager:password}}"
expires = 2026-12-31T00:00:00Z

[[exception]]
rule = "acm-certificate-expiration-check"
account = "111122223333"
tag = { key = "team", value = "x" }
"#;
    insta::assert_snapshot!(mistakes(text));
}

#[test]
fn what_is_no_toml_is_shown_where_it_is() {
    insta::assert_snapshot!(mistakes("[[exception]]\nrule = restricted-ssh\n"), @"2: this is no TOML: string values must be quoted, expected literal string");
}

#[test]
fn an_exception_must_be_a_table_of_a_list() {
    insta::assert_snapshot!(mistakes("[exception]\nrule = \"restricted-ssh\"\n"), @"1: begin each exception with [[exception]], in two brackets");
    insta::assert_snapshot!(mistakes("exception = [1]\n"), @"1: this is no exception; begin each with [[exception]]");
}

#[test]
fn two_exceptions_must_not_say_two_things_of_one_resource() {
    let one = |more: &str| with(&format!("{more}\n"));
    let day = "expires = 2026-12-31\n";
    for (first, second) in [
        ("resource = \"sg-1\"", "resource = \"sg-1\""),
        ("resource = \"sg-*\"", "resource = \"sg-1\""),
        ("resource = \"sg-*\"", "resource = \"*-prod\"\naccount = \"111122223333\""),
    ] {
        let text = format!("{}{day}\n{}{day}", one(first), one(second));
        assert!(mistakes(&text).contains("the exception of line 1 can match the same resources"), "{text}");
    }
    for (first, second) in [
        ("resource = \"sg-1\"", "resource = \"sg-2\""),
        ("resource = \"*\"\naccount = \"111122223333\"", "resource = \"*\"\naccount = \"444455556666\""),
        ("resource = \"sg-1\"", "resource = \"sg-1\"\nstarts = 2027-01-01"),
    ] {
        let text = format!("{}{day}\n{}expires = 2027-06-30\n", one(first), one(second));
        assert!(parse(&text).is_ok(), "{text}");
    }
}
