//! The operators of `Condition`.

use std::cmp::Ordering;

use crate::pattern::Pattern;
use crate::request::Fact;
use crate::truth::Truth;

/// A condition operator, taken apart: `ForAnyValue:StringNotLikeIfExists`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Operator {
    quantifier: Option<Quantifier>,
    comparison: Comparison,
    negated: bool,
    if_exists: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quantifier {
    ForAnyValue,
    ForAllValues,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Null,
    Bool,
    StringEquals,
    StringEqualsIgnoreCase,
    StringLike,
    NumericEquals,
    NumericLess,
    NumericLessOrEqual,
    NumericGreater,
    NumericGreaterOrEqual,
    /// ARNs and addresses: what an absent key means is known, values are not compared.
    Arn,
    IpAddress,
    /// Dates and binary: as ARNs and addresses.
    Uncompared,
    /// No operator of the guide: nothing is known about it.
    Unknown,
}

/// What kind of values an operator takes that looks a key's value up in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Listed {
    /// Strings and ARNs.
    Text,
    /// Ranges of addresses.
    Address,
}

impl Operator {
    /// Reads an operator's name. Letter case is ignored: AWS doesn't say whether it counts, and no two operators
    /// differ by it alone.
    pub(crate) fn read(name: &str) -> Operator {
        let name = name.to_ascii_lowercase();
        let (quantifier, name) = if let Some(rest) = name.strip_prefix("foranyvalue:") {
            (Some(Quantifier::ForAnyValue), rest)
        } else if let Some(rest) = name.strip_prefix("forallvalues:") {
            (Some(Quantifier::ForAllValues), rest)
        } else {
            (None, name.as_str())
        };
        let (base, if_exists) = match name.strip_suffix("ifexists") {
            Some(base) => (base, true),
            None => (name, false),
        };
        let (comparison, negated) = match base {
            // There is no `NullIfExists`.
            "null" if !if_exists => (Comparison::Null, false),
            "bool" => (Comparison::Bool, false),
            "stringequals" => (Comparison::StringEquals, false),
            "stringnotequals" => (Comparison::StringEquals, true),
            "stringequalsignorecase" => (Comparison::StringEqualsIgnoreCase, false),
            "stringnotequalsignorecase" => (Comparison::StringEqualsIgnoreCase, true),
            "stringlike" => (Comparison::StringLike, false),
            "stringnotlike" => (Comparison::StringLike, true),
            "numericequals" => (Comparison::NumericEquals, false),
            "numericnotequals" => (Comparison::NumericEquals, true),
            "numericlessthan" => (Comparison::NumericLess, false),
            "numericlessthanequals" => (Comparison::NumericLessOrEqual, false),
            "numericgreaterthan" => (Comparison::NumericGreater, false),
            "numericgreaterthanequals" => (Comparison::NumericGreaterOrEqual, false),
            "ipaddress" => (Comparison::IpAddress, false),
            "notipaddress" => (Comparison::IpAddress, true),
            "arnequals" | "arnlike" => (Comparison::Arn, false),
            "arnnotequals" | "arnnotlike" => (Comparison::Arn, true),
            "dateequals"
            | "datelessthan"
            | "datelessthanequals"
            | "dategreaterthan"
            | "dategreaterthanequals"
            | "binaryequals" => (Comparison::Uncompared, false),
            "datenotequals" => (Comparison::Uncompared, true),
            _ => (Comparison::Unknown, false),
        };
        Operator { quantifier, comparison, negated, if_exists }
    }

    /// Whether the test of one key holds.
    pub(crate) fn holds(self, fact: Fact<'_>, values: &[String]) -> Truth {
        // An empty list matches nothing (Access Analyzer's policy check reference); whether a negated operator then
        // holds is said nowhere.
        if self.negated && values.is_empty() {
            return Truth::Depends;
        }
        match (self.comparison, fact) {
            // A quantified `Null` answers the same for every request, says the policy check reference too.
            (Comparison::Null, _) if self.quantifier.is_some() => self.holds_without_key().into(),
            (Comparison::Unknown, _) | (_, Fact::Unknown) => Truth::Depends,
            (Comparison::Null, fact) => any(values, |value| same_bool(value, fact == Fact::Absent)),
            (_, Fact::Absent) => self.holds_without_key().into(),
            (_, Fact::Present(actual)) => {
                let matched = any(values, |value| self.compare(value, actual));
                // A negated operator holds if none of its values matches.
                if self.negated { matched.negate() } else { matched }
            }
        }
    }

    /// An absent key matches nothing, so a negated operator holds; quantifiers take it as an empty set, of which
    /// everything is true for all and nothing for any.
    pub(crate) fn holds_without_key(self) -> bool {
        self.if_exists
            || match self.quantifier {
                Some(Quantifier::ForAllValues) => true,
                Some(Quantifier::ForAnyValue) => false,
                None => self.negated,
            }
    }

    /// Whether the request's one value matches one value of the policy. With one value, both quantifiers ask the same.
    fn compare(self, value: &str, actual: &str) -> Truth {
        // A variable is filled in from the request. (Under the language's version of 2008 it is plain text; a policy
        // that relies on that is not worth a wrong answer.)
        if value.contains("${") {
            return Truth::Depends;
        }
        match self.comparison {
            Comparison::Bool => parse_bool(actual).map_or(Truth::Depends, |actual| same_bool(value, actual)),
            Comparison::StringEquals => (value == actual).into(),
            Comparison::StringEqualsIgnoreCase => (value.to_lowercase() == actual.to_lowercase()).into(),
            Comparison::StringLike => Pattern::new(value).matches(actual).into(),
            Comparison::NumericEquals => numeric(actual, value, Ordering::is_eq),
            Comparison::NumericLess => numeric(actual, value, Ordering::is_lt),
            Comparison::NumericLessOrEqual => numeric(actual, value, Ordering::is_le),
            Comparison::NumericGreater => numeric(actual, value, Ordering::is_gt),
            Comparison::NumericGreaterOrEqual => numeric(actual, value, Ordering::is_ge),
            Comparison::Null
            | Comparison::Arn
            | Comparison::IpAddress
            | Comparison::Uncompared
            | Comparison::Unknown => Truth::Depends,
        }
    }

    /// Whether it asks for the key to be there (`false`) or to be missing (`true`), by its value.
    pub(crate) fn is_null(self) -> bool {
        self.comparison == Comparison::Null && self.quantifier.is_none()
    }

    /// What a test with it asks of the key's value, if that is to be, or not to be, one of a list.
    pub(crate) fn listed(self) -> Option<Listed> {
        match self.comparison {
            Comparison::StringEquals
            | Comparison::StringEqualsIgnoreCase
            | Comparison::StringLike
            | Comparison::Arn => Some(Listed::Text),
            Comparison::IpAddress => Some(Listed::Address),
            _ => None,
        }
    }

    /// Whether it is one of the `Not` operators.
    pub(crate) fn is_negated(self) -> bool {
        self.negated
    }
}

fn any(values: &[String], test: impl Fn(&str) -> Truth) -> Truth {
    values.iter().map(|value| test(value)).fold(Truth::Never, Truth::or)
}

/// What is neither true nor false decides nothing.
fn same_bool(value: &str, actual: bool) -> Truth {
    parse_bool(value).map_or(Truth::Depends, |value| (value == actual).into())
}

fn parse_bool(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

/// What is no number decides nothing.
fn numeric(actual: &str, value: &str, test: impl Fn(Ordering) -> bool) -> Truth {
    let (Ok(actual), Ok(value)) = (actual.parse::<f64>(), value.parse::<f64>()) else {
        return Truth::Depends;
    };
    actual.partial_cmp(&value).map_or(Truth::Depends, |ordering| test(ordering).into())
}
