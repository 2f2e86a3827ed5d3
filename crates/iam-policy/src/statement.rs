//! One statement.

use std::fmt;

use serde_json::{Map, Value};

use crate::action::Actions;
use crate::condition::Condition;
use crate::error::Fault;
use crate::principal::Principals;
use crate::resource::Resources;

/// One statement of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its place in the document, counted from one.
    pub position: usize,
    /// Its `Sid`; an empty one is none.
    pub sid: Option<String>,
    /// Whether it allows or denies.
    pub effect: Effect,
    /// Whom it is about. Identity policies have none: they are about the identity that they are attached to.
    pub principals: Option<Principals>,
    /// Which actions it is about.
    pub actions: Actions,
    /// Which resources it is about. Trust policies, and some others that are attached to a resource, have none: they
    /// are about that resource.
    pub resources: Option<Resources>,
    /// When it applies; without `Condition` always.
    pub condition: Condition,
}

/// What a statement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It grants.
    Allow,
    /// It forbids, whatever else grants.
    Deny,
}

/// How a statement is called in a sentence: `statement "DenyHttp"`, or `statement 2` for one without a `Sid`.
///
/// A long `Sid` is cut short, so that the sentence fits an annotation of AWS Config.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label<'a> {
    sid: Option<&'a str>,
    position: usize,
}

/// The longest `Sid` that a label repeats in full, in characters.
const SID_SHOWN: usize = 60;

const ELEMENTS: [&str; 9] =
    ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

impl Statement {
    /// Reads a statement.
    ///
    /// An unknown element is an error: AWS accepts none today, and one that it adds might narrow the statement, so
    /// that passing over it would be a guess.
    pub(crate) fn read(position: usize, value: &Value) -> Result<Statement, Fault> {
        let object = value.as_object().ok_or(Fault::NotAnObject)?;
        if object.keys().any(|key| !ELEMENTS.contains(&key.as_str())) {
            return Err(Fault::UnknownElement);
        }
        let principals = either(object, "Principal", "NotPrincipal")?
            .map(|(element, value, negated)| Principals::read(element, value, negated))
            .transpose()?;
        let actions = either(object, "Action", "NotAction")?
            .map(patterns)
            .transpose()?
            .map(|(list, negated)| Actions::new(&list, negated))
            .ok_or(Fault::Missing("Action or NotAction"))?;
        let resources = either(object, "Resource", "NotResource")?
            .map(patterns)
            .transpose()?
            .map(|(list, negated)| Resources::new(&list, negated));
        Ok(Statement {
            position,
            sid: sid(object)?,
            effect: effect(object)?,
            principals,
            actions,
            resources,
            condition: Condition::read(object.get("Condition"))?,
        })
    }

    /// Whether it is about every resource that the other statement is about. One without `Resource` is about the
    /// resource that the policy is attached to, and so about all that the policy can speak of.
    pub(crate) fn covers_resources_of(&self, other: &Statement) -> bool {
        match (&self.resources, &other.resources) {
            (None, _) => true,
            (Some(own), Some(others)) => own.includes(others),
            (Some(own), None) => own.covers_everything(),
        }
    }

    /// How to call it in a sentence.
    #[must_use]
    pub fn label(&self) -> Label<'_> {
        Label { sid: self.sid.as_deref(), position: self.position }
    }
}

impl fmt::Display for Label<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.sid {
            None => write!(f, "statement {}", self.position),
            Some(sid) => match sid.char_indices().nth(SID_SHOWN) {
                None => write!(f, "statement {sid:?}"),
                Some((cut, _)) => write!(f, "statement {:?}", format!("{}…", &sid[..cut])),
            },
        }
    }
}

/// An element as it was found: its name, its value, and whether it is the `Not` one.
type Found<'a> = (&'static str, &'a Value, bool);

/// An element or its `Not` twin; AWS accepts only one of them in a statement.
fn either<'a>(
    object: &'a Map<String, Value>,
    name: &'static str,
    twin: &'static str,
) -> Result<Option<Found<'a>>, Fault> {
    match (object.get(name), object.get(twin)) {
        (Some(_), Some(_)) => Err(Fault::Both(name)),
        (Some(value), None) => Ok(Some((name, value, false))),
        (None, Some(value)) => Ok(Some((twin, value, true))),
        (None, None) => Ok(None),
    }
}

fn patterns((element, value, negated): Found<'_>) -> Result<(Vec<&str>, bool), Fault> {
    let list = strings(value).ok_or(Fault::Malformed { element, expected: "a string or a list of strings" })?;
    Ok((list, negated))
}

fn sid(object: &Map<String, Value>) -> Result<Option<String>, Fault> {
    match object.get("Sid") {
        None => Ok(None),
        Some(Value::String(sid)) => Ok((!sid.is_empty()).then(|| sid.clone())),
        Some(_) => Err(Fault::Malformed { element: "Sid", expected: "a string" }),
    }
}

fn effect(object: &Map<String, Value>) -> Result<Effect, Fault> {
    match object.get("Effect").ok_or(Fault::Missing("Effect"))? {
        Value::String(text) if text == "Allow" => Ok(Effect::Allow),
        Value::String(text) if text == "Deny" => Ok(Effect::Deny),
        _ => Err(Fault::Malformed { element: "Effect", expected: "\"Allow\" or \"Deny\"" }),
    }
}

/// A string or a list of strings.
pub(crate) fn strings(value: &Value) -> Option<Vec<&str>> {
    match value {
        Value::String(text) => Some(vec![text]),
        Value::Array(list) => list.iter().map(Value::as_str).collect(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn faults() {
        let good = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
        Statement::read(1, &good).expect("well formed");
        for (element, value, expected) in [
            ("Effect", None, "no Effect"),
            ("Action", None, "no Action or NotAction"),
            ("Effect", Some(json!("allow")), "Effect is not \"Allow\" or \"Deny\""),
            ("Action", Some(json!([1])), "Action is not a string or a list of strings"),
            ("Resource", Some(json!(null)), "Resource is not a string or a list of strings"),
            ("Sid", Some(json!(7)), "Sid is not a string"),
            ("Principal", Some(json!("secret")), "Principal is not \"*\" or an object of principal types with strings"),
            ("Condition", Some(json!([])), "Condition is not an object of operators, keys and values"),
            ("NotAction", Some(json!("x")), "both Action and NotAction"),
            ("secret", Some(json!("x")), "an element that the policy language does not know"),
            ("condition", Some(json!({})), "an element that the policy language does not know"),
        ] {
            let mut bad = good.clone();
            let object = bad.as_object_mut().expect("an object");
            match value {
                Some(value) => object.insert(element.to_owned(), value),
                None => object.remove(element),
            };
            let fault = Statement::read(1, &bad).expect_err(element);
            assert_eq!(fault.to_string(), expected);
        }
        assert_eq!(Statement::read(1, &json!("x")), Err(Fault::NotAnObject));
    }

    #[test]
    fn labels() {
        for (sid, expected) in [
            (json!("DenyHttp"), "statement \"DenyHttp\"".to_owned()),
            (json!(""), "statement 3".to_owned()),
            (json!("a\nb"), "statement \"a\\nb\"".to_owned()),
            (json!("é".repeat(61)), format!("statement \"{}…\"", "é".repeat(60))),
        ] {
            let value = json!({"Sid": sid, "Effect": "Deny", "NotAction": []});
            let statement = Statement::read(3, &value).expect("well formed");
            assert_eq!(statement.label().to_string(), expected);
        }
    }
}
