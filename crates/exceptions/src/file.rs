//! The file that people write: TOML, read with the place of everything, so that each mistake can be shown where it is.

use std::collections::BTreeSet;
use std::fmt;

use config_rule::Entry;
use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::{Effect, Exception, Exceptions, Pattern, Tag};

/// Most characters of a ticket, which stands in every annotation.
const LONGEST_TICKET: usize = 64;

const KEYS: [&str; 10] =
    ["rule", "account", "resource", "tag", "owner", "ticket", "reason", "starts", "expires", "effect"];

/// Something in the file that must be put right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong, and what to do.
    pub message: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.message)
    }
}

impl Exceptions {
    /// Reads a file of exceptions from these rules. That an exception is over is no mistake here: whether it matters is
    /// known where the time is ([`Exception::is_over`]).
    ///
    /// # Errors
    ///
    /// Every [`Mistake`], in the order of the lines.
    pub fn parse(text: &str, rules: &[&Entry]) -> Result<Self, Vec<Mistake>> {
        let mut reader = Reader { text, rules, mistakes: BTreeSet::new() };
        let exceptions = reader.file();
        if reader.mistakes.is_empty() { Ok(Self::new(exceptions)) } else { Err(reader.mistakes.into_iter().collect()) }
    }
}

struct Reader<'t> {
    text: &'t str,
    rules: &'t [&'t Entry],
    mistakes: BTreeSet<Mistake>,
}

/// One exception's table, and where it begins.
struct Table<'a, 't> {
    members: &'a DeTable<'t>,
    at: usize,
}

type Value<'t> = Spanned<DeValue<'t>>;

impl<'t> Reader<'t> {
    fn file(&mut self) -> Vec<Exception> {
        let document = match DeTable::parse(self.text) {
            Ok(document) => document,
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                self.mistake(at, format!("this is no TOML: {}", error.message()));
                return Vec::new();
            }
        };
        let mut read: Vec<Exception> = Vec::new();
        for (key, value) in document.get_ref() {
            if key.get_ref() != "exception" {
                let message = format!("`{}` is unknown; each exception begins with [[exception]]", key.get_ref());
                self.mistake(key.span().start, message);
                continue;
            }
            let DeValue::Array(tables) = value.get_ref() else {
                self.mistake(key.span().start, "begin each exception with [[exception]], in two brackets".to_owned());
                continue;
            };
            for table in tables {
                let at = table.span().start;
                let DeValue::Table(members) = table.get_ref() else {
                    self.mistake(at, "this is no exception; begin each with [[exception]]".to_owned());
                    continue;
                };
                let Some(exception) = self.exception(&Table { members, at }) else { continue };
                if let Some(other) = read.iter().find(|other| other.overlaps(&exception)) {
                    let message = format!(
                        "the exception of line {} can match the same resources at the same time; keep one, or make their \
                         resources or days differ",
                        other.line
                    );
                    self.mistake(at, message);
                }
                read.push(exception);
            }
        }
        read
    }

    /// Reads all of an exception before it gives up, so that every mistake is found at once.
    fn exception(&mut self, table: &Table<'_, 't>) -> Option<Exception> {
        self.check_keys(table.members, &KEYS, "an exception");
        let rule = self.rule(table);
        let account = self.account(table);
        let resource = self.optional_text(table, "resource").map(|(text, _)| Pattern::new(text));
        let tag = self.tag(table, rule);
        let owner = self.text(table, "owner", "the person or team that answers for it");
        let ticket = self.ticket(table);
        let reason = self.text(table, "reason", "why the noncompliance is accepted");
        let starts = self.optional_date(table, "starts");
        let expires = self.expires(table);
        let effect = self.effect(table);
        if !table.members.contains_key("resource") && !table.members.contains_key("tag") {
            self.mistake(
                table.at,
                "there is no `resource`; give an id, a name or an ARN, with `*` where it may vary".into(),
            );
        }
        if let (Some(starts), Some(expires)) = (starts, expires)
            && starts > expires
        {
            self.mistake(table.at, format!("it starts on {starts}, after it expires on {expires}"));
        }
        Some(Exception {
            rule: rule?.metadata.id.to_owned(),
            line: self.line(table.at),
            account,
            resource,
            tag,
            owner: owner?,
            ticket: ticket?,
            reason: reason?,
            starts,
            expires: expires?,
            effect: effect?,
        })
    }

    fn check_keys(&mut self, members: &DeTable<'_>, known: &[&str], of: &str) {
        for key in members.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let otherwise = format!("; {of} has {}", known.join(", "));
            let hint = nearest(key.get_ref(), known.iter().copied()).unwrap_or(otherwise);
            self.mistake(key.span().start, format!("`{}` is unknown{hint}", key.get_ref()));
        }
    }

    fn rule(&mut self, table: &Table<'_, 't>) -> Option<&'t Entry> {
        let (id, at) = self.required_text(table, "rule", "the id of the rule, which `vitals rules` lists")?;
        let rules = self.rules;
        let known = rules.iter().find(|entry| entry.metadata.id == id);
        if known.is_none() {
            let hint = nearest(&id, rules.iter().map(|entry| entry.metadata.id))
                .unwrap_or_else(|| "; `vitals rules` lists them".to_owned());
            self.mistake(at, format!("there is no rule `{id}`{hint}"));
        }
        known.copied()
    }

    fn account(&mut self, table: &Table<'_, 't>) -> Option<String> {
        let (account, at) = self.optional_text(table, "account")?;
        if account.len() != 12 || !account.bytes().all(|byte| byte.is_ascii_digit()) {
            self.mistake(at, format!("`account` is `{account}`, but an account has 12 digits"));
        }
        Some(account)
    }

    fn tag(&mut self, table: &Table<'_, 't>, rule: Option<&Entry>) -> Option<Tag> {
        let value = table.members.get("tag")?;
        let at = value.span().start;
        let DeValue::Table(members) = value.get_ref() else {
            self.mistake(at, r#"write `tag` as { key = "...", value = "..." }"#.to_owned());
            return None;
        };
        self.check_keys(members, &["key", "value"], "a tag");
        let inner = Table { members, at };
        let key = self.text(&inner, "key", "the tag's key");
        let value = self.text(&inner, "value", "the tag's value, with `*` where it may vary");
        if !table.members.contains_key("account") {
            let message = "a `tag` needs an `account` beside it: otherwise whoever may tag resources anywhere could except \
                           them";
            self.mistake(at, message.to_owned());
        }
        if let Some(rule) = rule.filter(|rule| rule.metadata.trigger.frequency().is_some()) {
            let message = format!(
                "{} also runs on a schedule, for which AWS Config doesn't tell the tags; name the `resource` instead",
                rule.metadata.id
            );
            self.mistake(at, message);
        }
        Some(Tag { key: key?, value: Pattern::new(value?) })
    }

    fn ticket(&mut self, table: &Table<'_, 't>) -> Option<String> {
        let (ticket, at) = self.required_text(table, "ticket", "where the decision is written down")?;
        if ticket.chars().count() > LONGEST_TICKET {
            self.mistake(at, format!("`ticket` is longer than {LONGEST_TICKET} characters; give its id alone"));
        }
        Some(ticket)
    }

    fn expires(&mut self, table: &Table<'_, 't>) -> Option<Date> {
        if !table.members.contains_key("expires") {
            self.mistake(table.at, "there is no `expires`; give the last day, as 2026-12-31".to_owned());
        }
        self.optional_date(table, "expires")
    }

    fn effect(&mut self, table: &Table<'_, 't>) -> Option<Effect> {
        if !table.members.contains_key("effect") {
            return Some(Effect::default());
        }
        let (effect, at) = self.optional_text(table, "effect")?;
        let message = match effect.as_str() {
            "annotate" => return Some(Effect::Annotate),
            "compliant" => return Some(Effect::Compliant),
            "not-applicable" => {
                "`effect` can't be `not-applicable`: AWS Config deletes such results, and the exception would vanish from \
                 sight; write annotate or compliant"
                    .to_owned()
            }
            _ => format!("`effect` is `{effect}`; write annotate or compliant"),
        };
        self.mistake(at, message);
        None
    }

    /// The text of a member that must be there.
    fn text(&mut self, table: &Table<'_, 't>, key: &str, what: &str) -> Option<String> {
        self.required_text(table, key, what).map(|(text, _)| text)
    }

    fn required_text(&mut self, table: &Table<'_, 't>, key: &str, what: &str) -> Option<(String, usize)> {
        if !table.members.contains_key(key) {
            self.mistake(table.at, format!("there is no `{key}`: {what}"));
        }
        self.optional_text(table, key)
    }

    /// A member's text in one line, and where it stands.
    fn optional_text(&mut self, table: &Table<'_, 't>, key: &str) -> Option<(String, usize)> {
        let value = table.members.get(key)?;
        let at = value.span().start;
        let Some(text) = value.get_ref().as_str() else {
            self.mistake(at, format!("`{key}` is {}; write it in quotes", kind(value)));
            return None;
        };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            self.mistake(at, format!("`{key}` is empty"));
            return None;
        }
        if text.contains(char::is_control) {
            self.mistake(at, format!("`{key}` holds a control character"));
            return None;
        }
        // CloudFormation and Systems Manager would take it for a reference and put something else in its place.
        if text.contains("{{") {
            self.mistake(at, format!("`{key}` holds `{{{{`, which AWS takes for a reference"));
            return None;
        }
        Some((text, at))
    }

    fn optional_date(&mut self, table: &Table<'_, 't>, key: &str) -> Option<Date> {
        let value = table.members.get(key)?;
        let date = date(value.get_ref());
        if date.is_none() {
            self.mistake(value.span().start, format!("`{key}` is no day; write it as 2026-12-31"));
        }
        date
    }

    fn mistake(&mut self, at: usize, message: String) {
        let line = self.line(at);
        self.mistakes.insert(Mistake { line, message });
    }

    fn line(&self, at: usize) -> usize {
        self.text[..at].matches('\n').count() + 1
    }
}

/// A day, with quotes or without.
fn date(value: &DeValue<'_>) -> Option<Date> {
    match value {
        DeValue::Datetime(date) if date.time.is_none() => date.to_string().parse().ok(),
        DeValue::String(text) if text.len() == "2026-12-31".len() => text.parse().ok(),
        _ => None,
    }
}

fn kind(value: &Value<'_>) -> &'static str {
    match value.get_ref() {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn nearest<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let (_, name) = known
        .map(|name| (strsim::jaro_winkler(typed, name), name))
        .filter(|(similarity, _)| *similarity > 0.85)
        .max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(format!("; did you mean `{name}`?"))
}
