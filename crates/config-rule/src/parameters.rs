//! A rule's parameters: strings on the wire, typed in the rule.

use std::collections::BTreeMap;

use regex_lite::Regex;
use serde_json::Value;

/// Parameters as they came: name to value, each value a string.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParameterMap(BTreeMap<String, String>);

/// What is wrong with a rule's parameters. Whoever set them must act; no verdict is put.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParameterError {
    /// The parameters are no JSON object.
    #[error("the rule's parameters are no JSON object")]
    NotAnObject,
    /// A value is a list or an object.
    #[error("parameter `{name}` is {found}; write its value as a string")]
    Kind {
        /// The parameter.
        name: String,
        /// What was found.
        found: &'static str,
    },
    /// The rule has no such parameter.
    #[error("unknown parameter `{name}`{}", accepted(.suggestion.as_deref(), .known))]
    Unknown {
        /// The parameter.
        name: String,
        /// The known name nearest to it, if one is near.
        suggestion: Option<String>,
        /// All names that the rule knows.
        known: Vec<&'static str>,
    },
    /// The value isn't of the parameter's type.
    #[error("parameter `{name}` is `{value}`, but it must be {accepts}")]
    Unreadable {
        /// The parameter.
        name: &'static str,
        /// The value as given.
        value: String,
        /// What is accepted.
        accepts: &'static str,
    },
}

fn accepted(suggestion: Option<&str>, known: &[&str]) -> String {
    match suggestion {
        Some(name) => format!("; did you mean `{name}`?"),
        None if known.is_empty() => "; the rule takes none".to_owned(),
        None => format!("; the rule takes {}", known.join(", ")),
    }
}

impl ParameterMap {
    /// Reads the parameters of an event: `ruleParameters` may be absent, and an empty string means none, as does `null`.
    /// Values are strings; numbers and booleans are taken as if they were, and `null` as not given.
    ///
    /// # Errors
    ///
    /// [`ParameterError`] where the text is no JSON object or a value is a list or an object.
    pub fn from_json(text: Option<&str>) -> Result<Self, ParameterError> {
        let text = text.unwrap_or_default().trim();
        if text.is_empty() {
            return Ok(Self::default());
        }
        Self::from_value(&serde_json::from_str(text).map_err(|_| ParameterError::NotAnObject)?)
    }

    /// As [`ParameterMap::from_json`], from a value already parsed.
    ///
    /// # Errors
    ///
    /// As [`ParameterMap::from_json`].
    pub fn from_value(value: &Value) -> Result<Self, ParameterError> {
        let members = match value {
            Value::Null => return Ok(Self::default()),
            Value::Object(members) => members,
            _ => return Err(ParameterError::NotAnObject),
        };
        let mut map = BTreeMap::new();
        for (name, value) in members {
            let text = match value {
                Value::Null => continue,
                Value::String(text) => text.clone(),
                Value::Bool(_) | Value::Number(_) => value.to_string(),
                Value::Array(_) => return Err(ParameterError::Kind { name: name.clone(), found: "a list" }),
                Value::Object(_) => return Err(ParameterError::Kind { name: name.clone(), found: "an object" }),
            };
            map.insert(name.clone(), text);
        }
        Ok(Self(map))
    }
}

/// A rule's typed parameters; [`rule!`](crate::rule!) implements it.
pub trait Parameters: Sized + Send + Sync + 'static {
    /// Reads the parameters.
    ///
    /// # Errors
    ///
    /// [`ParameterError`] where one is unknown or can't be read.
    fn read(map: &ParameterMap) -> Result<Self, ParameterError>;
}

/// A type that a parameter can have.
pub trait Parameter: Sized {
    /// What is accepted, in words.
    const ACCEPTS: &'static str;

    /// Reads the value, or `None` where it is not accepted.
    fn parse(text: &str) -> Option<Self>;

    /// Writes the value as it would be given.
    fn show(&self) -> String;
}

impl Parameter for u32 {
    const ACCEPTS: &'static str = "a whole number";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl Parameter for f64 {
    const ACCEPTS: &'static str = "a number";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok().filter(|number: &Self| number.is_finite())
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl Parameter for u16 {
    const ACCEPTS: &'static str = "a whole number up to 65535";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl Parameter for bool {
    const ACCEPTS: &'static str = "true or false";

    // CloudFormation and people write `True` and `TRUE` as well.
    fn parse(text: &str) -> Option<Self> {
        text.to_ascii_lowercase().parse().ok()
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl Parameter for String {
    const ACCEPTS: &'static str = "a string that is not empty";

    fn parse(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn show(&self) -> String {
        self.clone()
    }
}

impl Parameter for Regex {
    const ACCEPTS: &'static str = "a regular expression";

    // The empty one matches everything, which nobody who gives a pattern means.
    fn parse(text: &str) -> Option<Self> {
        if text.is_empty() { None } else { Self::new(text).ok() }
    }

    fn show(&self) -> String {
        self.as_str().to_owned()
    }
}

impl Parameter for Vec<String> {
    const ACCEPTS: &'static str = "a comma-separated list without empty entries";

    fn parse(text: &str) -> Option<Self> {
        text.split(',').map(|entry| String::parse(entry.trim())).collect()
    }

    fn show(&self) -> String {
        self.join(",")
    }
}

impl Parameter for Vec<u16> {
    const ACCEPTS: &'static str = "a comma-separated list of whole numbers up to 65535";

    fn parse(text: &str) -> Option<Self> {
        text.split(',').map(|entry| u16::parse(entry.trim())).collect()
    }

    fn show(&self) -> String {
        self.iter().map(u16::to_string).collect::<Vec<_>>().join(",")
    }
}

/// A parameter that knows whether it was given, for a default that gives way to another parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice<T> {
    /// The user chose the value.
    Given(T),
    /// It is the default.
    Default(T),
}

impl<T> From<T> for Choice<T> {
    fn from(default: T) -> Self {
        Self::Default(default)
    }
}

impl<T: Parameter> Parameter for Choice<T> {
    const ACCEPTS: &'static str = T::ACCEPTS;

    fn parse(text: &str) -> Option<Self> {
        T::parse(text).map(Self::Given)
    }

    fn show(&self) -> String {
        match self {
            Self::Given(value) | Self::Default(value) => value.show(),
        }
    }
}

/// Fails for the first parameter that isn't among `known`.
#[doc(hidden)]
pub fn unknown(map: &ParameterMap, known: &[&'static str]) -> Result<(), ParameterError> {
    let Some(name) = map.0.keys().find(|name| !known.contains(&name.as_str())) else { return Ok(()) };
    let suggestion = known
        .iter()
        .map(|candidate| (strsim::jaro_winkler(&name.to_lowercase(), &candidate.to_lowercase()), candidate))
        .filter(|(similarity, _)| *similarity > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| (*candidate).to_owned());
    Err(ParameterError::Unknown { name: name.clone(), suggestion, known: known.to_vec() })
}

/// Reads one parameter, if it was given.
#[doc(hidden)]
pub fn take_optional<T: Parameter>(map: &ParameterMap, name: &'static str) -> Result<Option<T>, ParameterError> {
    let Some(value) = map.0.get(name) else { return Ok(None) };
    match T::parse(value.trim()) {
        Some(parsed) => Ok(Some(parsed)),
        None => Err(ParameterError::Unreadable { name, value: value.clone(), accepts: T::ACCEPTS }),
    }
}

/// Reads one parameter, or takes its default.
#[doc(hidden)]
pub fn take<T: Parameter>(map: &ParameterMap, name: &'static str, default: impl Into<T>) -> Result<T, ParameterError> {
    Ok(take_optional(map, name)?.unwrap_or_else(|| default.into()))
}

/// The default of a parameter, as it would be given.
#[doc(hidden)]
pub fn default_of<T: Parameter>(default: impl Into<T>) -> String {
    default.into().show()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(text: &str) -> ParameterMap {
        ParameterMap::from_json(Some(text)).expect(text)
    }

    #[test]
    fn nothing_given_is_nothing() {
        for text in [None, Some(""), Some("  "), Some("{}"), Some("null"), Some(r#"{"a":null}"#)] {
            assert_eq!(ParameterMap::from_json(text), Ok(ParameterMap::default()), "{text:?}");
        }
    }

    #[test]
    fn numbers_and_booleans_are_taken_as_strings() {
        let map = map(r#"{"n": 35, "s": " 7 ", "b": "TRUE", "t": true}"#);
        assert_eq!(take_optional(&map, "n"), Ok(Some(35_u32)));
        assert_eq!(take_optional(&map, "s"), Ok(Some(7_u32)));
        assert_eq!(take_optional(&map, "b"), Ok(Some(true)));
        assert_eq!(take_optional(&map, "t"), Ok(Some(true)));
        assert_eq!(take_optional::<u32>(&map, "absent"), Ok(None));
    }

    #[test]
    fn each_mistake_names_the_parameter_and_what_is_accepted() {
        for (text, message) in [
            ("[]", "the rule's parameters are no JSON object"),
            ("{", "the rule's parameters are no JSON object"),
            (r#"{"days": [1]}"#, "parameter `days` is a list; write its value as a string"),
            (r#"{"dayz": "1"}"#, "unknown parameter `dayz`; did you mean `days`?"),
            (r#"{"retention": "1"}"#, "unknown parameter `retention`; the rule takes days"),
            (r#"{"days": "many"}"#, "parameter `days` is `many`, but it must be a whole number"),
            (r#"{"days": "-1"}"#, "parameter `days` is `-1`, but it must be a whole number"),
            (r#"{"days": ""}"#, "parameter `days` is ``, but it must be a whole number"),
        ] {
            let result = ParameterMap::from_json(Some(text)).and_then(|map| {
                unknown(&map, &["days"])?;
                take_optional::<u32>(&map, "days")
            });
            assert_eq!(result.expect_err(text).to_string(), message);
        }
        let error = unknown(&map(r#"{"days": "1"}"#), &[]).expect_err("a rule without parameters");
        assert_eq!(error.to_string(), "unknown parameter `days`; the rule takes none");
    }

    #[test]
    fn what_is_shown_is_what_would_be_given() {
        fn again<T: Parameter>(text: &str) -> Option<String> {
            T::parse(text).map(|value| value.show())
        }
        for (shown, text) in [
            (again::<u16>("443"), "443"),
            (again::<u32>("35"), "35"),
            (again::<f64>("0.5"), "0.5"),
            (again::<bool>("TRUE"), "true"),
            (again::<String>("logs/"), "logs/"),
            (again::<Vec<String>>("a, b"), "a,b"),
            (again::<Vec<u16>>("22, 3389"), "22,3389"),
            (again::<Regex>("^a+$"), "^a+$"),
            (again::<Choice<u32>>("35"), "35"),
        ] {
            assert_eq!(shown.as_deref(), Some(text));
        }
    }

    #[test]
    fn a_choice_knows_whether_it_was_given() {
        let map = map(r#"{"days": "35"}"#);
        assert_eq!(take::<Choice<u32>>(&map, "days", 35_u32), Ok(Choice::Given(35)));
        assert_eq!(take::<Choice<u32>>(&map, "hours", 24_u32), Ok(Choice::Default(24)));
        assert_eq!(default_of::<Choice<u32>>(35_u32), "35");
    }

    #[test]
    fn lists_lose_the_spaces_around_entries() {
        let map = map(r#"{"ports": "22, 3389", "gap": "a,,b"}"#);
        assert_eq!(take_optional(&map, "ports"), Ok(Some(vec!["22".to_owned(), "3389".to_owned()])));
        take_optional::<Vec<String>>(&map, "gap").expect_err("an empty entry is a mistake");
    }

    #[test]
    fn numbers_may_have_a_fraction_but_no_word() {
        for (text, number) in [("80", Some(80.0)), ("-0.5", Some(-0.5)), ("NaN", None), ("inf", None), ("high", None)] {
            assert_eq!(f64::parse(text), number, "{text}");
        }
        assert_eq!(f64::show(&80.0), "80");
    }

    #[test]
    fn a_pattern_is_a_regular_expression_and_not_empty() {
        let pattern = Regex::parse("(?i)^corretto").expect("a pattern");
        assert!(pattern.is_match("Corretto 21"));
        assert_eq!(pattern.show(), "(?i)^corretto");
        assert!(Regex::parse("").is_none());
        assert!(Regex::parse("(").is_none());
    }

    #[test]
    fn ports_are_numbers_up_to_65535() {
        let map = map(r#"{"ports": "443, 65535", "beyond": "65536", "word": "443,https"}"#);
        assert_eq!(take_optional(&map, "ports"), Ok(Some(vec![443_u16, 65_535])));
        assert_eq!(default_of::<Vec<u16>>([443_u16, 9200]), "443,9200");
        take_optional::<u16>(&map, "beyond").expect_err("there is no such port");
        take_optional::<Vec<u16>>(&map, "word").expect_err("ports are numbers");
    }
}
