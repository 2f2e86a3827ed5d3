//! The kinds of values that stand in fields.

use std::any::Any;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use serde::de::{MapAccess, SeqAccess};
use serde_json::Value;

use crate::field::{Reading, Wire};
use crate::json::Text;
use crate::time::{from_epoch, from_epoch_seconds, parse_timestamp};

impl Wire for bool {
    type Ref<'a> = bool;
    const EXPECTED: &'static str = "true or false";

    fn as_seen(&self) -> bool {
        *self
    }

    fn from_bool(value: bool) -> Reading<Self> {
        Ok(value)
    }

    // Some services hand their booleans to AWS Config as strings, in either case.
    fn from_text(text: &str) -> Reading<Self> {
        // A supplementary value that is such a string arrives in the API's shape as the JSON of that string.
        let text = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
        if text.eq_ignore_ascii_case("true") {
            Ok(true)
        } else if text.eq_ignore_ascii_case("false") {
            Ok(false)
        } else {
            Err("a string")
        }
    }
}

impl Wire for i64 {
    type Ref<'a> = i64;
    const EXPECTED: &'static str = "a whole number";

    fn as_seen(&self) -> i64 {
        *self
    }

    fn from_integer(value: i64) -> Reading<Self> {
        Ok(value)
    }

    fn from_float(value: f64) -> Reading<Self> {
        // Beyond 2^53 a double no longer tells whole numbers apart.
        if value.fract() != 0.0 || value.abs() > 9_007_199_254_740_992.0 {
            return Err("a number that is not whole");
        }
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and its range was checked")]
        Ok(value as i64)
    }

    fn from_text(text: &str) -> Reading<Self> {
        text.trim().parse().map_err(|_| "a string")
    }
}

impl Wire for f64 {
    type Ref<'a> = f64;
    const EXPECTED: &'static str = "a number";

    fn as_seen(&self) -> f64 {
        *self
    }

    fn from_integer(value: i64) -> Reading<Self> {
        #[expect(clippy::cast_precision_loss, reason = "beyond 2^53 JSON itself promises no more")]
        Ok(value as f64)
    }

    fn from_float(value: f64) -> Reading<Self> {
        Ok(value)
    }

    fn from_text(text: &str) -> Reading<Self> {
        text.trim().parse().ok().filter(|value: &f64| value.is_finite()).ok_or("a string")
    }
}

impl Wire for String {
    type Ref<'a> = &'a str;
    const EXPECTED: &'static str = "a string";

    fn as_seen(&self) -> &str {
        self
    }

    fn from_text(text: &str) -> Reading<Self> {
        // A supplementary value that is a string arrives in the API's shape as the JSON of that string.
        if text.starts_with('"')
            && let Ok(inner) = sonic_rs::from_str(text)
        {
            return Ok(inner);
        }
        Ok(text.to_owned())
    }
}

impl Wire for Timestamp {
    type Ref<'a> = Timestamp;
    const EXPECTED: &'static str = "a time";

    fn as_seen(&self) -> Timestamp {
        *self
    }

    fn from_integer(value: i64) -> Reading<Self> {
        from_epoch(value).ok_or("a number that is no time")
    }

    fn from_float(value: f64) -> Reading<Self> {
        from_epoch_seconds(value).ok_or("a number that is no time")
    }

    fn from_text(text: &str) -> Reading<Self> {
        let epoch = || from_epoch(text.trim().parse().ok()?);
        parse_timestamp(text).or_else(epoch).ok_or("a string that is no time")
    }
}

/// A word that the resource schema describes as an object with a `value`, while items hold the bare word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Valued(String);

impl Wire for Valued {
    type Ref<'a> = &'a str;
    const EXPECTED: &'static str = "a string or an object with `value`";

    fn as_seen(&self) -> &str {
        &self.0
    }

    fn from_text(text: &str) -> Reading<Self> {
        String::from_text(text).map(Self)
    }

    fn from_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Reading<Self>, A::Error> {
        let mut reading = Err("an object without `value`");
        while let Some((Text(key), value)) = object.next_entry::<Text<'de>, Value>()? {
            if let (true, Value::String(text)) = (key == "value", value) {
                reading = Ok(Self(text));
            }
        }
        Ok(reading)
    }
}

/// A policy document, in whatever form the item holds it: an object, a list around the object, or a string.
///
/// What the forms mean is known to the policy language, not to the item.
#[derive(Clone, Debug)]
pub struct Document {
    value: Value,
    /// What the first rule made of it: several read the policy of one item.
    read: OnceLock<Arc<dyn Any + Send + Sync>>,
}

impl Document {
    fn of(value: Value) -> Self {
        Self { value, read: OnceLock::new() }
    }

    /// The document as the item holds it, where that is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        self.value.as_str()
    }

    /// What `read` makes of the document; it is asked the first time only.
    ///
    /// # Panics
    ///
    /// Where the document was read as another type before.
    pub fn read<T: Send + Sync + 'static>(&self, read: impl FnOnce(&Value) -> T) -> &T {
        let made = self.read.get_or_init(|| Arc::new(read(&self.value)));
        made.downcast_ref().expect("documents are read as one type")
    }
}

impl Wire for Document {
    type Ref<'a> = &'a Self;
    const EXPECTED: &'static str = "a policy document";

    fn as_seen(&self) -> &Self {
        self
    }

    fn from_text(text: &str) -> Reading<Self> {
        Ok(Self::of(Value::String(text.to_owned())))
    }

    fn from_list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<Reading<Self>, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Ok(Self::of(Value::Array(values))))
    }

    fn from_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Reading<Self>, A::Error> {
        let mut members = serde_json::Map::new();
        let mut twice = false;
        while let Some((key, value)) = object.next_entry::<String, Value>()? {
            twice |= members.insert(key, value).is_some();
        }
        Ok(if twice { Err("an object with the same key twice") } else { Ok(Self::of(Value::Object(members))) })
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use crate::Field;

    #[test]
    fn a_boolean_may_be_a_string_and_that_may_be_encoded_once_more() {
        for (json, value) in [("true", true), ("\"False\"", false), (r#""\"true\"""#, true)] {
            assert_eq!(sonic_rs::from_str::<Field<bool>>(json).expect(json), Field::Value(value), "{json}");
        }
        for json in ["1", "\"\"", "\"yes\"", r#""\"true""#] {
            let field = sonic_rs::from_str::<Field<bool>>(json).expect(json);
            assert!(matches!(field, Field::Unreadable { expected: "true or false", .. }), "{json}: {field:?}");
        }
    }

    #[test]
    fn a_time_may_be_a_number_and_that_may_be_a_string() {
        let time = "2024-03-01T10:02:26Z".parse().expect("a time");
        for json in ["1709287346", "1709287346.0", "1709287346000", "\"1709287346\"", "\"1709287346000\""] {
            assert_eq!(serde_json::from_str::<Field<Timestamp>>(json).expect(json), Field::Value(time), "{json}");
        }
    }

    #[test]
    fn a_number_may_have_a_fraction_and_may_be_a_string() {
        for (json, value) in [("80", 80.0), ("80.0", 80.0), ("-0.5", -0.5), ("\"1e3\"", 1000.0)] {
            assert_eq!(sonic_rs::from_str::<Field<f64>>(json).expect(json), Field::Value(value), "{json}");
        }
        for json in ["\"high\"", "\"NaN\"", "\"\"", "[80]", "true"] {
            let field = sonic_rs::from_str::<Field<f64>>(json).expect(json);
            assert!(matches!(field, Field::Unreadable { expected: "a number", .. }), "{json}: {field:?}");
        }
    }
}
