//! One field of an item: absent, a value, or unreadable.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::json::Text;
use crate::scan::Scanner;

/// What an item says in one place.
///
/// A field that is `null` is absent: AWS Config writes one where another leaves it out.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Field<T> {
    /// The item doesn't have the field, or has `null` there.
    #[default]
    Absent,
    /// The field's value.
    Value(T),
    /// The field holds something else than it should.
    Unreadable {
        /// What belongs there: "a whole number".
        expected: &'static str,
        /// What is there: "a list". Never the value itself, which may be a secret.
        found: &'static str,
    },
}

impl<T> Field<T> {
    /// The value, `None` where the field is absent.
    ///
    /// # Errors
    ///
    /// [`Unreadable`], naming `path`, where the item holds something else there.
    pub fn get(&self, path: &'static str) -> Result<Option<&T>, Unreadable> {
        match self {
            Self::Absent => Ok(None),
            Self::Value(value) => Ok(Some(value)),
            Self::Unreadable { expected, found } => Err(Unreadable { path, expected, found }),
        }
    }
}

/// A field of the item that a rule needs holds something else than it should.
///
/// The message names the field and what is there, never the value itself.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path} is {found} where {expected} belongs")]
pub struct Unreadable {
    /// The field from the top of the item, without indices: `configuration.ipPermissions.fromPort`.
    pub path: &'static str,
    /// What belongs there.
    pub expected: &'static str,
    /// What is there.
    pub found: &'static str,
}

/// What came of reading one JSON value as a `T`: the value, or what was there instead.
pub type Reading<T> = Result<T, &'static str>;

/// A type that can stand in a field of an item.
///
/// Reading never fails for the *kind* of a JSON value: a list where a number belongs makes the field unreadable and
/// leaves the rest of the item alone. Only JSON that isn't well-formed is an error of the reader.
pub trait Wire: Sized {
    /// How rules see the value: numbers by value, strings and lists as slices.
    type Ref<'a>
    where
        Self: 'a;

    /// What belongs in such a field, for the message of [`Unreadable`].
    const EXPECTED: &'static str;

    /// The value as rules see it.
    fn as_seen(&self) -> Self::Ref<'_>;

    /// Reads `true` or `false`.
    ///
    /// # Errors
    ///
    /// What was found, where such a value doesn't belong. The same holds for the other readers.
    fn from_bool(_: bool) -> Reading<Self> {
        Err("a boolean")
    }

    /// Reads a whole number.
    ///
    /// # Errors
    ///
    /// As [`Wire::from_bool`].
    fn from_integer(_: i64) -> Reading<Self> {
        Err("a number")
    }

    /// Reads any other number.
    ///
    /// # Errors
    ///
    /// As [`Wire::from_bool`].
    fn from_float(_: f64) -> Reading<Self> {
        Err("a number")
    }

    /// Reads a string.
    ///
    /// # Errors
    ///
    /// As [`Wire::from_bool`].
    fn from_text(_: &str) -> Reading<Self> {
        Err("a string")
    }

    /// Reads a list.
    ///
    /// # Errors
    ///
    /// The outer one is the JSON reader's, the inner one as [`Wire::from_bool`].
    fn from_list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<Reading<Self>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Err("a list"))
    }

    /// Reads an object.
    ///
    /// # Errors
    ///
    /// The outer one is the JSON reader's, the inner one as [`Wire::from_bool`].
    fn from_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Reading<Self>, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Err("an object"))
    }

    /// Appends the paths of the fields that are read beneath `path`; a scalar is `path` itself.
    fn paths(path: &str, into: &mut Vec<String>) {
        into.push(path.to_owned());
    }
}

impl<'de, T: Wire> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FieldVisitor(PhantomData))
    }
}

struct FieldVisitor<T>(PhantomData<T>);

impl<T: Wire> FieldVisitor<T> {
    #[expect(clippy::unnecessary_wraps, reason = "it ends the methods of a visitor")]
    fn done<E>(reading: Reading<T>) -> Result<Field<T>, E> {
        Ok(match reading {
            Ok(value) => Field::Value(value),
            Err(found) => Field::Unreadable { expected: T::EXPECTED, found },
        })
    }
}

impl<'de, T: Wire> Visitor<'de> for FieldVisitor<T> {
    type Value = Field<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_unit<E: Error>(self) -> Result<Field<T>, E> {
        Ok(Field::Absent)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Field<T>, E> {
        Self::done(T::from_bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Field<T>, E> {
        Self::done(T::from_integer(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Field<T>, E> {
        Self::done(match i64::try_from(value) {
            Ok(value) => T::from_integer(value),
            Err(_) => Err("a number beyond 64 bits"),
        })
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Field<T>, E> {
        Self::done(T::from_float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Field<T>, E> {
        match T::from_text(value) {
            // A supplementary value that is `null` arrives in the API's shape as the JSON of it.
            Err(_) if value == "null" => Ok(Field::Absent),
            reading => Self::done(reading),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Field<T>, A::Error> {
        Self::done(T::from_list(list)?)
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Field<T>, A::Error> {
        Self::done(T::from_object(object)?)
    }
}

/// Reads a list or an object out of a string that holds its JSON.
///
/// AWS Config encodes the values of `supplementaryConfiguration` once more in the API's answers, and some of them (a
/// bucket's ACL) in every shape, so that in the API's they are encoded twice.
pub(crate) fn from_embedded<T: Wire>(text: &str) -> Reading<T> {
    if !text.trim_start().starts_with(['{', '[', '"']) || Scanner::default().end(text.as_bytes()).is_err() {
        return Err("a string");
    }
    match sonic_rs::from_str(text) {
        Ok(Field::Value(value)) => Ok(value),
        Ok(Field::Unreadable { found, .. }) => Err(found),
        Ok(Field::Absent) | Err(_) => Err("a string"),
    }
}

impl<T: Wire + 'static> Wire for Vec<T> {
    type Ref<'a> = &'a [T];
    const EXPECTED: &'static str = "a list";

    fn as_seen(&self) -> &[T] {
        self
    }

    fn from_text(text: &str) -> Reading<Self> {
        from_embedded(text)
    }

    fn from_list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<Reading<Self>, A::Error> {
        let mut values = Vec::new();
        let mut odd = None;
        while let Some(field) = list.next_element::<Field<T>>()? {
            match field {
                Field::Value(value) => values.push(value),
                Field::Absent => odd = Some("a list with null"),
                Field::Unreadable { .. } => odd = Some("a list with something else"),
            }
        }
        Ok(odd.map_or(Ok(values), Err))
    }

    fn paths(path: &str, into: &mut Vec<String>) {
        T::paths(path, into);
    }
}

impl<T: Wire + 'static> Wire for BTreeMap<String, T> {
    type Ref<'a> = &'a BTreeMap<String, T>;
    const EXPECTED: &'static str = "an object";

    fn as_seen(&self) -> &Self {
        self
    }

    fn from_text(text: &str) -> Reading<Self> {
        from_embedded(text)
    }

    fn from_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Reading<Self>, A::Error> {
        let mut values = BTreeMap::new();
        let mut odd = None;
        while let Some((Text(key), field)) = object.next_entry::<Text<'de>, Field<T>>()? {
            match field {
                Field::Value(value) => {
                    values.insert(key.into_owned(), value);
                }
                Field::Absent => odd = Some("an object with null"),
                Field::Unreadable { .. } => odd = Some("an object with something else"),
            }
        }
        Ok(odd.map_or(Ok(values), Err))
    }

    fn paths(path: &str, into: &mut Vec<String>) {
        T::paths(path, into);
    }
}
