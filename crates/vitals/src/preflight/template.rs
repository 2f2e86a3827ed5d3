//! CloudFormation templates: read with their short forms written out, and resolved for given parameters.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow, bail};
use serde_json::{Map, Value, json};
use yaml_serde::Value as Yaml;

/// Reads a template; `!Ref X` becomes `{"Ref": "X"}`.
///
/// # Errors
///
/// Where the file can't be read, or is no YAML.
pub fn read(path: &Path) -> Result<Value> {
    let place = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("{place} can't be read"))?;
    parse(&text).with_context(|| format!("{place} is no template"))
}

/// Reads a template from its text, as [`read`].
///
/// # Errors
///
/// Where the text is no YAML.
pub fn parse(text: &str) -> Result<Value> {
    written_out(yaml_serde::from_str(text)?)
}

fn written_out(yaml: Yaml) -> Result<Value> {
    Ok(match yaml {
        Yaml::Null => Value::Null,
        Yaml::Bool(value) => Value::Bool(value),
        Yaml::Number(number) => serde_json::to_value(number)?,
        Yaml::String(text) => Value::String(text),
        Yaml::Sequence(items) => Value::Array(items.into_iter().map(written_out).collect::<Result<_>>()?),
        Yaml::Mapping(fields) => {
            let fields = fields.into_iter().map(|(name, value)| {
                let name = name.as_str().map(str::to_owned).context("a key that is no text")?;
                Ok((name, written_out(value)?))
            });
            Value::Object(fields.collect::<Result<_>>()?)
        }
        Yaml::Tagged(tagged) => {
            let tag = tagged.tag.to_string();
            let value = written_out(tagged.value)?;
            match (tag.trim_start_matches('!'), value) {
                (name @ ("Ref" | "Condition"), value) => json!({ name: value }),
                ("GetAtt", Value::String(path)) => {
                    let (resource, attribute) = path.split_once('.').context("!GetAtt without an attribute")?;
                    json!({ "Fn::GetAtt": [resource, attribute] })
                }
                (name, value) => json!({ format!("Fn::{name}"): value }),
            }
        }
    })
}

/// A template with the values of its parameters and pseudo parameters.
#[derive(Debug)]
pub struct Scope<'a> {
    template: &'a Value,
    values: BTreeMap<String, String>,
}

impl<'a> Scope<'a> {
    /// A template with these values; parameters that are not among them have their defaults.
    #[must_use]
    pub fn new(template: &'a Value, given: &BTreeMap<String, String>) -> Self {
        let mut values = BTreeMap::new();
        for (name, parameter) in template["Parameters"].as_object().into_iter().flatten() {
            match &parameter["Default"] {
                Value::String(text) => drop(values.insert(name.clone(), text.clone())),
                Value::Null => {}
                other => drop(values.insert(name.clone(), other.to_string())),
            }
        }
        values.extend(given.clone());
        Self { template, values }
    }

    /// Whether a condition of the template holds.
    ///
    /// # Errors
    ///
    /// Where the template has no such condition, or it depends on what isn't known.
    pub fn holds(&self, condition: &str) -> Result<bool> {
        let definition = &self.template["Conditions"][condition];
        if definition.is_null() {
            bail!("there is no condition {condition}");
        }
        self.truth(definition).with_context(|| format!("the condition {condition}"))
    }

    fn truth(&self, expression: &Value) -> Result<bool> {
        let (name, value) = function(expression).with_context(|| format!("{expression} is no condition"))?;
        let operands = || value.as_array().with_context(|| format!("{name} takes a list"));
        match name {
            "Condition" => self.holds(value.as_str().context("Condition takes a name")?),
            "Fn::Equals" => match operands()?.as_slice() {
                [left, right] => Ok(self.resolve(left)? == self.resolve(right)?),
                _ => bail!("Fn::Equals takes two values"),
            },
            "Fn::Not" => match operands()?.as_slice() {
                [operand] => Ok(!self.truth(operand)?),
                _ => bail!("Fn::Not takes one condition"),
            },
            "Fn::And" => operands()?.iter().try_fold(true, |all, operand| Ok(self.truth(operand)? && all)),
            "Fn::Or" => operands()?.iter().try_fold(false, |any, operand| Ok(self.truth(operand)? || any)),
            other => bail!("{other} is no condition"),
        }
    }

    /// A value with the functions worked out that the template itself can answer; what only a deployed stack knows
    /// (`Fn::GetAtt`, the `Ref` of a resource) stays as it is.
    ///
    /// # Errors
    ///
    /// Where a function is not as CloudFormation has it.
    pub fn resolve(&self, value: &Value) -> Result<Value> {
        if let Some((name, argument)) = function(value) {
            match name {
                "Ref" => {
                    let name = argument.as_str().context("Ref takes a name")?;
                    return Ok(self.values.get(name).map_or_else(|| value.clone(), |known| json!(known)));
                }
                "Fn::If" => {
                    let [condition, then, otherwise] = argument.as_array().map_or(&[][..], Vec::as_slice) else {
                        bail!("Fn::If takes a condition and two values");
                    };
                    let condition = condition.as_str().context("Fn::If takes a condition's name")?;
                    return self.resolve(if self.holds(condition)? { then } else { otherwise });
                }
                "Fn::Sub" => return self.substitute(argument),
                "Fn::Join" => return self.join(argument),
                _ => {}
            }
        }
        Ok(match value {
            Value::Array(items) => Value::Array(self.resolve_all(items)?),
            Value::Object(fields) => {
                let mut resolved = Map::new();
                for (name, value) in fields {
                    let value = self.resolve(value)?;
                    if !is_no_value(&value) {
                        resolved.insert(name.clone(), value);
                    }
                }
                Value::Object(resolved)
            }
            other => other.clone(),
        })
    }

    fn resolve_all(&self, items: &[Value]) -> Result<Vec<Value>> {
        let items = items.iter().map(|item| self.resolve(item)).filter(|item| !item.as_ref().is_ok_and(is_no_value));
        items.collect()
    }

    fn join(&self, argument: &Value) -> Result<Value> {
        let [Value::String(delimiter), items] = argument.as_array().map_or(&[][..], Vec::as_slice) else {
            bail!("Fn::Join takes a delimiter and a list");
        };
        let items = match self.resolve(items)? {
            Value::Array(items) => items,
            // The value of a list parameter.
            Value::String(list) => list.split(',').map(|item| json!(item)).collect(),
            other => bail!("Fn::Join takes a list, not {other}"),
        };
        let texts: Option<Vec<_>> = items.iter().map(Value::as_str).collect();
        Ok(texts.map_or_else(|| json!({ "Fn::Join": [delimiter, items] }), |all| json!(all.join(delimiter))))
    }

    fn substitute(&self, argument: &Value) -> Result<Value> {
        let (text, own) = match argument {
            Value::String(text) => (text, Value::Null),
            Value::Array(both) => match both.as_slice() {
                [Value::String(text), own] => (text, self.resolve(own)?),
                _ => bail!("Fn::Sub takes a text and its variables"),
            },
            _ => bail!("Fn::Sub takes a text"),
        };
        let own =
            own.as_object().into_iter().flatten().filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)));
        let values = self.values.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let known =
            own.chain(values).fold(text.clone(), |text, (name, value)| text.replace(&format!("${{{name}}}"), value));
        Ok(if known.contains("${") { json!({ "Fn::Sub": known }) } else { json!(known) })
    }

    /// The resources that are there, by logical id.
    ///
    /// # Errors
    ///
    /// As [`Scope::holds`].
    pub fn resources(&self) -> Result<BTreeMap<&'a str, &'a Value>> {
        let all = self.template["Resources"].as_object().ok_or_else(|| anyhow!("the template has no resources"))?;
        let mut present = BTreeMap::new();
        for (id, resource) in all {
            if resource["Condition"].as_str().map_or(Ok(true), |condition| self.holds(condition))? {
                present.insert(id.as_str(), resource);
            }
        }
        Ok(present)
    }
}

/// What stands where CloudFormation should find nothing.
fn is_no_value(value: &Value) -> bool {
    value["Ref"] == "AWS::NoValue"
}

/// A function of CloudFormation: its name and its argument.
fn function(value: &Value) -> Option<(&str, &Value)> {
    let fields = value.as_object().filter(|fields| fields.len() == 1)?;
    let (name, argument) = fields.iter().next()?;
    (matches!(name.as_str(), "Ref" | "Condition") || name.starts_with("Fn::")).then_some((name.as_str(), argument))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = r#"
Parameters:
  Pack: {Type: String, Default: "no"}
Conditions:
  On: !Equals [!Ref Pack, "yes"]
  Off: !Not [!Condition On]
  AtHome: !And [!Condition On, !Or [!Equals [!Ref AWS::Region, eu-west-1], !Condition Off]]
Resources:
  Always: {Type: A}
  Sometimes: {Type: B, Condition: On}
Outputs:
  Text: !Join ["", ["a ", !If [On, !Sub ["${Word} ${AWS::Region}", {Word: in}], !Ref AWS::NoValue], b]]
  Unknown: !Join ["", [!GetAtt Always.Outputs.Name]]
"#;

    fn scope(template: &Value, pack: Option<&str>) -> Result<(Vec<String>, Value)> {
        let mut given = BTreeMap::from([("AWS::Region".to_owned(), "eu-west-1".to_owned())]);
        given.extend(pack.map(|pack| ("Pack".to_owned(), pack.to_owned())));
        let scope = Scope::new(template, &given);
        let resources = scope.resources()?.keys().map(|&id| id.to_owned()).collect();
        assert_eq!(scope.holds("AtHome")?, pack == Some("yes"));
        Ok((resources, scope.resolve(&template["Outputs"])?))
    }

    #[test]
    fn a_template_is_resolved_as_cloudformation_would() {
        let template = parse(TEMPLATE).expect("it is a template");
        let unknown = json!({"Fn::Join": ["", [{"Fn::GetAtt": ["Always", "Outputs.Name"]}]]});
        let off = scope(&template, None).expect("it resolves");
        assert_eq!(off, (vec!["Always".to_owned()], json!({"Text": "a b", "Unknown": unknown})));
        let on = scope(&template, Some("yes")).expect("it resolves");
        let both = vec!["Always".to_owned(), "Sometimes".to_owned()];
        assert_eq!(on, (both, json!({"Text": "a in eu-west-1b", "Unknown": unknown})));
    }

    #[test]
    fn what_cloudformation_refuses_is_an_error() {
        for (text, error) in [
            ("Resources: {A: {Type: A, Condition: Missing}}", "there is no condition Missing"),
            ("Conditions: {C: 1}\nResources: {A: {Type: A, Condition: C}}", "1 is no condition"),
            ("Conditions: {C: !Not []}\nResources: {A: {Type: A, Condition: C}}", "Fn::Not takes one condition"),
        ] {
            let template = parse(text).expect(text);
            let found = Scope::new(&template, &BTreeMap::new()).resources().expect_err(text);
            assert!(format!("{found:#}").ends_with(error), "{found:#}");
        }
        assert!(parse("Resources: {A: !GetAtt B}").is_err());
        assert!(parse(": : :").is_err());
    }
}
