//! The report for people: templates over what JSON writes.

use std::fmt::Write as _;
use std::io::Write;

use anyhow::{Context as _, Result};
use jiff::Timestamp;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};

use crate::report::html;
use crate::report::model::Report;

const MARKDOWN: &str = "report.md";
const HTML: &str = "report.html";

/// Writes the report as Markdown.
pub(super) fn markdown(report: &Report, out: &mut dyn Write) -> Result<()> {
    render(MARKDOWN, context! { report => report, headline => headline(report) }, out)
}

/// Writes the report as one HTML file that needs nothing else.
pub(super) fn html(report: &Report, out: &mut dyn Write) -> Result<()> {
    let context = context! {
        report => report,
        headline => headline(report),
        pictures => html::Pictures::of(report),
        ..html::parts()
    };
    render(HTML, context, out)
}

fn render(template: &str, context: Value, out: &mut dyn Write) -> Result<()> {
    let environment = environment()?;
    environment.get_template(template)?.render_captured_to(context, out).map(drop).map_err(|error| {
        // A closed pipe stays an error of I/O, so that it can be told apart.
        match std::error::Error::source(&error).and_then(|source| source.downcast_ref::<std::io::Error>()) {
            Some(io) => anyhow::Error::from(std::io::Error::from(io.kind())),
            None => anyhow::Error::from(error).context("the report can't be written"),
        }
    })
}

fn environment() -> Result<Environment<'static>> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    environment.set_auto_escape_callback(|name| if name == HTML { AutoEscape::Html } else { AutoEscape::None });
    environment.add_filter("time", |text: &str| shown(text, "%Y-%m-%d %H:%M UTC"));
    environment.add_filter("day", |text: &str| shown(text, "%Y-%m-%d"));
    environment.add_filter("counted", counted);
    environment.add_filter("md", markdown_text);
    environment.add_filter("code", |text: &str| Value::from_safe_string(code(text)));
    environment.add_filter("status", status);
    for (name, text) in
        [(MARKDOWN, include_str!("templates/report.md.j2")), (HTML, include_str!("templates/report.html.j2"))]
    {
        environment.add_template(name, text).with_context(|| format!("the template {name}"))?;
    }
    Ok(environment)
}

/// What the report is called.
fn headline(report: &Report) -> String {
    let names: Vec<_> = report.frameworks.iter().map(|framework| framework.name).collect();
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

fn shown(text: &str, format: &str) -> Result<String, minijinja::Error> {
    let time: Timestamp = text
        .parse()
        .map_err(|_| minijinja::Error::new(minijinja::ErrorKind::InvalidOperation, format!("{text} is no time")))?;
    Ok(time.strftime(format).to_string())
}

/// A number with its noun: `1 rule`, `2 rules`, `12,000 policies`.
fn counted(count: u64, one: &str, many: Option<&str>) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    match (count, many) {
        (1, _) => format!("{text} {one}"),
        (_, Some(many)) => format!("{text} {many}"),
        (_, None) => format!("{text} {one}s"),
    }
}

/// What a control's status is called.
fn status(word: &str) -> Result<&'static str, minijinja::Error> {
    Ok(match word {
        "noncompliant" => "Noncompliant",
        "excepted" => "Excepted",
        "compliant" => "Compliant",
        "no-resources" => "No resources",
        "not-judged" => "Not judged",
        "inferred-only" => "Inferred only",
        "no-rule" => "No rule",
        _ => return Err(minijinja::Error::new(minijinja::ErrorKind::InvalidOperation, format!("status {word}"))),
    })
}

/// Text that Markdown shows as it is, in a table or not.
fn markdown_text(text: &str) -> String {
    let mut shown = String::new();
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!' => {
                shown.push('\\');
                shown.push(c);
            }
            c if c.is_control() => shown.push(' '),
            c => shown.push(c),
        }
    }
    shown
}

/// Text with code between backticks, as HTML.
fn code(text: &str) -> String {
    let parts: Vec<_> = text.split('`').collect();
    // An odd backtick is a backtick.
    if parts.len() % 2 == 0 {
        return escaped(text);
    }
    let mut shown = String::new();
    for (place, part) in parts.into_iter().enumerate() {
        let part = escaped(part);
        let written = if place % 2 == 1 { write!(shown, "<code>{part}</code>") } else { write!(shown, "{part}") };
        written.expect("a string takes any text");
    }
    shown
}

fn escaped(text: &str) -> String {
    minijinja::HtmlEscape(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_nouns() {
        let text = |count| counted(count, "rule", None);
        assert_eq!(
            [0, 1, 2, 999, 1_000, 1_234_567].map(text),
            ["0 rules", "1 rule", "2 rules", "999 rules", "1,000 rules", "1,234,567 rules"]
        );
        assert_eq!(counted(2, "policy", Some("policies")), "2 policies");
    }

    #[test]
    fn what_a_resource_is_called_stays_text() {
        assert_eq!(markdown_text("a|b *c* <d>\n`e`"), r"a\|b \*c\* \<d\> \`e\`");
        assert_eq!(code("use `aws s3 <x>` & go"), "use <code>aws s3 &lt;x&gt;</code> &amp; go");
        assert_eq!(code("a ` b <c>"), "a ` b &lt;c&gt;");
    }
}
