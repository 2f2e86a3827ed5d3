//! `SelectResourceConfig`, for the queries that a rule sends: some properties of all resources of a type.
//!
//! The service's language can do more (`IN`, `LIKE`, `OR`, aggregation). A query that needs it is refused with
//! `InvalidExpressionException` and a message that says what is understood, rather than answered wrongly.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{
    item::Item,
    state::Known,
    time,
    wire::{ApiError, Constraints, Cursor, decode, limit},
};

/// What `*` stands for (AWS Config Developer Guide, "Limitations" of advanced queries).
const SCALARS: [&str; 10] = [
    "accountId",
    "awsRegion",
    "arn",
    "availabilityZone",
    "configurationItemCaptureTime",
    "resourceCreationTime",
    "resourceId",
    "resourceName",
    "resourceType",
    "version",
];

/// What else can be selected.
const OTHERS: [&str; 8] = [
    "configuration",
    "configurationItemDeliveryTime",
    "configurationItemStatus",
    "configurationStateId",
    "recordingFrequency",
    "relationships",
    "supplementaryConfiguration",
    "tags",
];

/// What a condition may compare, besides [`SCALARS`].
const STATUS: &str = "configurationItemStatus";

const UNDERSTOOD: &str = "understood here is: SELECT <property>[, ...] WHERE resourceType = '<type>' [AND <property> = \
                          '<value>' ...], with top-level properties in the conditions";

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Request {
    expression: Option<String>,
    limit: Option<i64>,
}

/// Returns one string of JSON for each resource that the query finds, by id. Deleted resources and those that are not
/// recorded can't be queried, says the same page.
pub(super) fn select(known: &Known, body: &Value) -> Result<Value, ApiError> {
    let request: Request = decode(body)?;
    let mut constraints = Constraints::default();
    constraints.required("expression", request.expression.as_ref());
    constraints.length("expression", request.expression.as_deref(), 1..=4096);
    constraints.check()?;
    // The default is documented for the aggregator's twin of this operation only.
    let limit = limit(request.limit, 25)?;
    let query = Query::parse(&request.expression.unwrap_or_default()).map_err(|problem| {
        let message = format!("The expression is not valid: {problem}; {UNDERSTOOD}");
        ApiError::new("InvalidExpressionException", message)
    })?;
    let cursor = Cursor::of("SelectResourceConfig", body)?;

    let found = known
        .latest_of_type(&query.resource_type)
        .filter(|item| !item.deleted() && item.status != "ResourceNotRecorded")
        .map(row)
        .filter(|row| query.conditions.iter().all(|(property, value)| row[property] == **value))
        .collect();
    let (page, next) = cursor.page(found, limit);
    let selection = query.selection();
    let results: Vec<String> =
        page.iter().map(|row| pick(row, &selection).unwrap_or_else(|| json!({})).to_string()).collect();
    let fields: Vec<Value> = query.fields.iter().map(|field| json!({"Name": field})).collect();
    let mut answer = json!({"Results": results, "QueryInfo": {"SelectFields": fields}});
    if let Some(next) = next {
        answer["NextToken"] = next.into();
    }
    Ok(answer)
}

struct Query {
    fields: Vec<String>,
    resource_type: String,
    conditions: Vec<(String, String)>,
}

/// The properties to return, as a tree.
#[derive(Default)]
struct Selection {
    /// Everything below is wanted, whatever else was named.
    whole: bool,
    below: BTreeMap<String, Selection>,
}

impl Query {
    fn parse(expression: &str) -> Result<Self, String> {
        let mut tokens = tokens(expression)?.into_iter().peekable();
        expect_keyword(tokens.next(), "SELECT")?;
        let mut fields = Vec::new();
        loop {
            fields.push(property(tokens.next(), true)?);
            match tokens.next() {
                Some(Token::Symbol(',')) => {}
                token => {
                    expect_keyword(token, "WHERE")?;
                    break;
                }
            }
        }
        let mut conditions = Vec::new();
        loop {
            let property = property(tokens.next(), false)?;
            match (tokens.next(), tokens.next()) {
                (Some(Token::Symbol('=')), Some(Token::Text(value))) => conditions.push((property, value)),
                _ => return Err(format!("`{property}` is compared otherwise than by = '<value>'")),
            }
            match tokens.next() {
                None => break,
                token => expect_keyword(token, "AND")?,
            }
        }
        let index = conditions
            .iter()
            .position(|(property, _)| property == "resourceType")
            .ok_or("no condition names the resourceType")?;
        let (_, resource_type) = conditions.remove(index);
        Ok(Self { fields, resource_type, conditions })
    }

    fn selection(&self) -> Selection {
        let mut selection = Selection::default();
        let named = |field: &'_ String| match field.as_str() {
            "*" => SCALARS.map(str::to_owned).to_vec(),
            _ => vec![field.clone()],
        };
        for field in self.fields.iter().flat_map(named) {
            let mut node = &mut selection;
            for part in field.split('.') {
                node = node.below.entry(part.to_owned()).or_default();
            }
            node.whole = true;
        }
        selection
    }
}

/// What a query sees of an item: objects where the API has strings that hold JSON, ISO times, tags as a list.
fn row(item: &Item) -> Value {
    let mut row = Map::new();
    for (member, value) in &item.api {
        let seen = match (member.as_str(), value) {
            ("configurationItemMD5Hash" | "relatedEvents", _) => continue,
            ("configuration", Value::String(text)) => decoded(text),
            ("supplementaryConfiguration", Value::Object(values)) => {
                values.iter().map(|(name, value)| (name.clone(), value.as_str().map_or(Value::Null, decoded))).collect()
            }
            ("tags", Value::Object(tags)) => tags.iter().map(|(key, value)| tag(key, value)).collect(),
            (_, Value::Number(_)) => time::read(value).map_or(Value::Null, |time| time::iso(time).into()),
            _ => value.clone(),
        };
        row.insert(member.clone(), seen);
    }
    row.into()
}

fn decoded(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| text.into())
}

fn tag(key: &str, value: &Value) -> Value {
    json!({"tag": format!("{key}={}", value.as_str().unwrap_or_default()), "key": key, "value": value})
}

/// What the selection leaves of a value. A property that an item doesn't have is left out; a path into a list picks
/// from each of its members.
fn pick(value: &Value, selection: &Selection) -> Option<Value> {
    if selection.whole {
        return Some(value.clone());
    }
    match value {
        Value::Object(members) => {
            let picked = selection.below.iter().filter_map(|(name, below)| {
                let value = pick(members.get(name)?, below)?;
                Some((name.clone(), value))
            });
            Some(picked.collect())
        }
        Value::Array(members) => Some(members.iter().filter_map(|member| pick(member, selection)).collect()),
        _ => None,
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    Text(String),
    Symbol(char),
}

fn tokens(expression: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = expression.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' => {
                let length = rest[1..].find('\'').ok_or("a quote is not closed")?;
                tokens.push(Token::Text(rest[1..=length].to_owned()));
                length + 2
            }
            first if is_word(first) => {
                let length = rest.find(|character| !is_word(character)).unwrap_or(rest.len());
                tokens.push(Token::Word(rest[..length].to_owned()));
                length
            }
            symbol => {
                tokens.push(Token::Symbol(symbol));
                symbol.len_utf8()
            }
        };
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || "._-:".contains(character)
}

fn expect_keyword(token: Option<Token>, keyword: &str) -> Result<(), String> {
    match token {
        Some(Token::Word(word)) if word.eq_ignore_ascii_case(keyword) => Ok(()),
        Some(token) => Err(format!("{} where {keyword} is expected", token.shown())),
        None => Err(format!("it ends where {keyword} is expected")),
    }
}

fn property(token: Option<Token>, selected: bool) -> Result<String, String> {
    match token {
        Some(Token::Symbol('*')) if selected => Ok("*".to_owned()),
        Some(Token::Word(word)) => {
            let (top, below) = word.split_once('.').map_or((word.as_str(), None), |(top, below)| (top, Some(below)));
            let known = if selected {
                SCALARS.contains(&top) || OTHERS.contains(&top)
            } else {
                below.is_none() && (SCALARS.contains(&top) || top == STATUS)
            };
            if known { Ok(word) } else { Err(format!("`{word}` is no property that can stand there")) }
        }
        Some(token) => Err(format!("{} where a property is expected", token.shown())),
        None => Err("it ends where a property is expected".to_owned()),
    }
}

impl Token {
    fn shown(&self) -> String {
        match self {
            Self::Word(word) => format!("`{word}`"),
            Self::Text(text) => format!("'{text}'"),
            Self::Symbol(symbol) => format!("`{symbol}`"),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn a_query_is_read_whatever_its_spacing_and_case() {
        let query = Query::parse("select resourceId,configuration.a.b\n where resourceType='T' and arn = 'x'").unwrap();
        assert_eq!(query.fields, ["resourceId", "configuration.a.b"]);
        assert_eq!(query.resource_type, "T");
        assert_eq!(query.conditions, [("arn".to_owned(), "x".to_owned())]);
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for (expression, problem) in [
            ("", "it ends where SELECT is expected"),
            ("SELECT *", "it ends where WHERE is expected"),
            ("SELECT COUNT(*) WHERE resourceType = 'T'", "`COUNT` is no property that can stand there"),
            ("SELECT * WHERE resourceType IN ('T')", "`resourceType` is compared otherwise than by = '<value>'"),
            ("SELECT * WHERE resourceType = 'T' OR arn = 'x'", "`OR` where AND is expected"),
            ("SELECT * WHERE arn = 'x'", "no condition names the resourceType"),
            ("SELECT * WHERE resourceType = 'T", "a quote is not closed"),
        ] {
            assert_eq!(Query::parse(expression).err().as_deref(), Some(problem), "{expression}");
        }
    }

    #[test]
    fn a_path_picks_from_each_member_of_a_list() {
        let query = Query::parse("SELECT configuration.a.b, configuration.c WHERE resourceType = 'T'").unwrap();
        let row = json!({"configuration": {"a": [{"b": 1, "x": 2}, {"b": 3}], "c": {"d": 4}, "e": 5}, "arn": "x"});
        assert_eq!(
            pick(&row, &query.selection()),
            Some(json!({"configuration": {"a": [{"b": 1}, {"b": 3}], "c": {"d": 4}}}))
        );
    }
}
