//! The configuration item, read from any of its wire shapes.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use serde::de::IgnoredAny;

use crate::field::{Field, Unreadable, Wire as _};
use crate::members::{Fault, Members, Raw};
use crate::scan::{Scanner, TooDeep};

/// A configuration item: what AWS Config knows of one resource at one time.
///
/// `configuration` and `supplementaryConfiguration` are kept as JSON text until a [`View`](crate::View) asks for the
/// few fields it needs; so are tags and relationships, which most rules never look at.
#[derive(Clone, Debug)]
pub struct ConfigurationItem<'a> {
    resource_type: Cow<'a, str>,
    resource_id: Cow<'a, str>,
    resource_name: Option<Cow<'a, str>>,
    arn: Option<Cow<'a, str>>,
    account_id: Option<Cow<'a, str>>,
    region: Option<Cow<'a, str>>,
    status: Option<Status>,
    capture_time: Cow<'a, str>,
    configuration: Cow<'a, str>,
    supplementary: Cow<'a, str>,
    tags: Cow<'a, str>,
    relationships: Cow<'a, str>,
}

/// The recording state of a resource: `configurationItemStatus`, as the service model of AWS Config lists its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The configuration was recorded after a change.
    Ok,
    /// The resource was recorded for the first time.
    ResourceDiscovered,
    /// The resource was discovered, but its type isn't recorded.
    ResourceNotRecorded,
    /// The resource is gone.
    ResourceDeleted,
    /// The resource is gone, and its type wasn't recorded.
    ResourceDeletedNotRecorded,
}

impl Status {
    /// The status as AWS Config writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::ResourceDiscovered => "ResourceDiscovered",
            Self::ResourceNotRecorded => "ResourceNotRecorded",
            Self::ResourceDeleted => "ResourceDeleted",
            Self::ResourceDeletedNotRecorded => "ResourceDeletedNotRecorded",
        }
    }

    /// Whether there is a recorded configuration to judge. For every other status a rule answers `NOT_APPLICABLE`.
    #[must_use]
    pub fn is_recorded(self) -> bool {
        matches!(self, Self::Ok | Self::ResourceDiscovered)
    }

    fn parse(text: &str) -> Option<Self> {
        [
            Self::Ok,
            Self::ResourceDiscovered,
            Self::ResourceNotRecorded,
            Self::ResourceDeleted,
            Self::ResourceDeletedNotRecorded,
        ]
        .into_iter()
        .find(|status| status.as_str() == text)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How the resource is related to another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relationship {
    /// The other resource's type.
    pub resource_type: Option<String>,
    /// The other resource's id; some relationships give only a name.
    pub resource_id: Option<String>,
    /// The other resource's name.
    pub resource_name: Option<String>,
    /// The kind of relationship, for example `Is contained in Vpc`.
    pub name: Option<String>,
}

/// What is read as one item is none. No message quotes the text, which may hold secrets.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ItemError {
    /// The text isn't one JSON object.
    #[error("not a configuration item: no JSON object, or not a well-formed one, at line {line} column {column}")]
    Json {
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1.
        column: usize,
    },
    /// It is nested too deep to be read.
    #[error("not a configuration item: {0}")]
    TooDeep(#[from] TooDeep),
    /// A field that every item has is missing.
    #[error("not a configuration item: `{0}` is missing")]
    Missing(&'static str),
    /// A field that every item has is no string.
    #[error("not a configuration item: `{0}` is no string")]
    NoString(&'static str),
    /// The status is none that AWS Config defines.
    #[error("not a configuration item: `configurationItemStatus` is none that AWS Config defines")]
    Status,
}

impl From<sonic_rs::Error> for ItemError {
    fn from(error: sonic_rs::Error) -> Self {
        Self::Json { line: error.line(), column: error.column() }
    }
}

impl<'a> ConfigurationItem<'a> {
    /// Reads an item from JSON, in whichever shape it is.
    ///
    /// # Errors
    ///
    /// [`ItemError`] where the text isn't one JSON object with `resourceType` and `resourceId`, or its status is none
    /// that AWS Config defines. Every other field may be odd: that is the concern of those who read it.
    pub fn from_json(text: &'a str) -> Result<Self, ItemError> {
        Scanner::default().end(text.as_bytes())?;
        Self::from_shallow_json(text)
    }

    /// As [`ConfigurationItem::from_json`], for text that a [`Scanner`] found to be no deeper than it allows.
    ///
    /// # Errors
    ///
    /// As [`ConfigurationItem::from_json`].
    pub fn from_shallow_json(text: &'a str) -> Result<Self, ItemError> {
        well_formed(text)?;
        Self::from_unchecked_json(text)
    }

    /// As [`ConfigurationItem::from_shallow_json`], except that nobody has looked into `configuration` and
    /// `supplementaryConfiguration` where they are objects: whether they are well-formed shows when a
    /// [`View`](crate::View) reads them. Who reads none, or one that fails, asks
    /// [`is_well_formed`](ConfigurationItem::is_well_formed).
    ///
    /// # Errors
    ///
    /// As [`ConfigurationItem::from_json`], as far as the text is looked into.
    pub fn from_unchecked_json(text: &'a str) -> Result<Self, ItemError> {
        let mut resource_type = None;
        let mut resource_id = None;
        let mut item = ConfigurationItem {
            resource_type: Cow::Borrowed(""),
            resource_id: Cow::Borrowed(""),
            resource_name: None,
            arn: None,
            account_id: None,
            region: None,
            status: None,
            capture_time: Cow::Borrowed("null"),
            configuration: Cow::Borrowed("null"),
            supplementary: Cow::Borrowed("null"),
            tags: Cow::Borrowed("null"),
            relationships: Cow::Borrowed("null"),
        };
        let mut members = Members::of(text);
        while let Some((name, raw)) = members.next().map_err(|fault| fault_in(text, &fault))? {
            let held = match &*name {
                "configuration" => Some(&item.configuration),
                "supplementaryConfiguration" => Some(&item.supplementary),
                _ => None,
            };
            // Of two members of one name the last counts, so this is the time to look into the first.
            let replaces_json = held.is_none_or(|held| !is_object(held) || well_formed(held).is_ok());
            let put_off = held.is_some() && is_object(raw.text);
            if !replaces_json || !(put_off || raw.plain.is_some() || well_formed(raw.text).is_ok()) {
                return Err(fault_in(text, &Fault::Malformed));
            }
            // Where two names stand for one field, the first is the event's and the second the API's.
            match &*name {
                "resourceType" => resource_type = Some(string(raw)?.ok_or(ItemError::NoString("resourceType"))?),
                "resourceId" => resource_id = Some(string(raw)?.ok_or(ItemError::NoString("resourceId"))?),
                "resourceName" => item.resource_name = string(raw)?,
                "ARN" | "arn" => item.arn = string(raw)?,
                "awsAccountId" | "accountId" => item.account_id = string(raw)?,
                "awsRegion" => item.region = string(raw)?,
                "configurationItemStatus" => item.status = status(raw)?,
                "configurationItemCaptureTime" => item.capture_time = Cow::Borrowed(raw.text),
                "configuration" => item.configuration = decoded(raw),
                "supplementaryConfiguration" => item.supplementary = decoded(raw),
                "tags" => item.tags = decoded(raw),
                "relationships" => item.relationships = decoded(raw),
                _ => {}
            }
        }
        item.resource_type = resource_type.ok_or(ItemError::Missing("resourceType"))?;
        item.resource_id = resource_id.ok_or(ItemError::Missing("resourceId"))?;
        Ok(item)
    }

    /// Whether what [`from_unchecked_json`](ConfigurationItem::from_unchecked_json) didn't look into is JSON.
    #[must_use]
    pub fn is_well_formed(&self) -> bool {
        [&self.configuration, &self.supplementary].iter().all(|part| !is_object(part) || well_formed(part).is_ok())
    }

    /// The resource's type: `AWS::S3::Bucket`.
    #[must_use]
    pub fn resource_type(&self) -> &str {
        &self.resource_type
    }

    /// The id under which AWS Config knows the resource; not always its name.
    #[must_use]
    pub fn resource_id(&self) -> &str {
        &self.resource_id
    }

    /// The resource's own name, where it has one.
    #[must_use]
    pub fn resource_name(&self) -> Option<&str> {
        self.resource_name.as_deref()
    }

    /// The resource's ARN.
    #[must_use]
    pub fn arn(&self) -> Option<&str> {
        self.arn.as_deref()
    }

    /// The account that the resource is in.
    #[must_use]
    pub fn account_id(&self) -> Option<&str> {
        self.account_id.as_deref()
    }

    /// The region that the resource is in; `global` for IAM and CloudFront.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.region.as_deref()
    }

    /// The recording state; absent only in hand-made items.
    #[must_use]
    pub fn status(&self) -> Option<Status> {
        self.status
    }

    /// When the recording of this change began: the time by which states of a resource are ordered.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] where the item holds something that is no time.
    pub fn capture_time(&self) -> Result<Option<Timestamp>, Unreadable> {
        let path = "configurationItemCaptureTime";
        match sonic_rs::from_str::<Field<Timestamp>>(&self.capture_time) {
            Ok(time) => Ok(time.get(path)?.copied()),
            Err(_) => Err(Unreadable { path, expected: Timestamp::EXPECTED, found: "a string that is no time" }),
        }
    }

    /// The resource's tags.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] where the item holds neither a map nor a list of keys and values.
    pub fn tags(&self) -> Result<BTreeMap<String, String>, Unreadable> {
        let unreadable = Unreadable { path: "tags", expected: "an object of strings", found: "something else" };
        if let Ok(field) = sonic_rs::from_str::<Field<BTreeMap<String, String>>>(&self.tags) {
            match field {
                Field::Absent => return Ok(BTreeMap::new()),
                Field::Value(tags) => return Ok(tags),
                Field::Unreadable { .. } => {}
            }
        }
        let list: Vec<BTreeMap<String, Option<String>>> = sonic_rs::from_str(&self.tags).map_err(|_| unreadable)?;
        Ok(list.into_iter().filter_map(tag).collect())
    }

    /// The resource's relationships.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] where the item holds no list of objects.
    pub fn relationships(&self) -> Result<Vec<Relationship>, Unreadable> {
        let list: Option<Vec<BTreeMap<String, Option<String>>>> =
            sonic_rs::from_str(&self.relationships).map_err(|_| Unreadable {
                path: "relationships",
                expected: "a list of objects",
                found: "something else",
            })?;
        let list = list.unwrap_or_default();
        Ok(list
            .into_iter()
            .map(|mut fields| {
                let mut take = |key: &str| fields.remove(key).flatten();
                Relationship {
                    resource_type: take("resourceType"),
                    resource_id: take("resourceId"),
                    resource_name: take("resourceName"),
                    // The event calls it `name`, the API `relationshipName`.
                    name: take("relationshipName").or_else(|| take("name")),
                }
            })
            .collect())
    }

    /// The JSON text of `configuration`: `null` where the item has none.
    #[must_use]
    pub fn configuration(&self) -> &str {
        &self.configuration
    }

    /// The JSON text of `supplementaryConfiguration`: `null` where the item has none.
    #[must_use]
    pub fn supplementary(&self) -> &str {
        &self.supplementary
    }

    /// The same item, independent of the text that it was read from.
    #[must_use]
    pub fn into_owned(self) -> ConfigurationItem<'static> {
        let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        ConfigurationItem {
            resource_type: own(self.resource_type),
            resource_id: own(self.resource_id),
            resource_name: self.resource_name.map(own),
            arn: self.arn.map(own),
            account_id: self.account_id.map(own),
            region: self.region.map(own),
            status: self.status,
            capture_time: own(self.capture_time),
            configuration: own(self.configuration),
            supplementary: own(self.supplementary),
            tags: own(self.tags),
            relationships: own(self.relationships),
        }
    }
}

/// One tag of a list: `{key, value}`, `{Key, Value}` or `{tagKey, tagValue}`.
fn tag(mut fields: BTreeMap<String, Option<String>>) -> Option<(String, String)> {
    let mut take = |names: [&str; 3]| names.into_iter().find_map(|name| fields.remove(name).flatten());
    Some((take(["key", "Key", "tagKey"])?, take(["value", "Value", "tagValue"]).unwrap_or_default()))
}

/// Whether a text is JSON, which is no deeper than a [`Scanner`] allows.
///
/// # Errors
///
/// [`ItemError::Json`], with the place of the fault.
pub fn well_formed(text: &str) -> Result<(), ItemError> {
    sonic_rs::from_str::<IgnoredAny>(text).map(drop).map_err(ItemError::from)
}

/// Where a fault is, as a reader of JSON says.
fn fault_in(text: &str, fault: &Fault) -> ItemError {
    match fault {
        Fault::TooDeep(error) => ItemError::TooDeep(*error),
        Fault::Malformed => well_formed(text).err().unwrap_or(ItemError::Json { line: 1, column: 1 }),
    }
}

fn is_object(text: &str) -> bool {
    text.starts_with('{')
}

fn status(raw: Raw<'_>) -> Result<Option<Status>, ItemError> {
    if raw.text == "null" {
        return Ok(None);
    }
    let text = string(raw)?.ok_or(ItemError::Status)?;
    Status::parse(&text).map(Some).ok_or(ItemError::Status)
}

/// A string, borrowed from the text where it holds no escapes; `None` for every other kind of value.
fn string(raw: Raw<'_>) -> Result<Option<Cow<'_, str>>, ItemError> {
    match raw.plain {
        Some(text) => Ok(Some(Cow::Borrowed(text))),
        None if raw.text.starts_with('"') => Ok(Some(Cow::Owned(sonic_rs::from_str(raw.text)?))),
        None => Ok(None),
    }
}

/// The JSON text of a value that the API encodes in a string once more.
fn decoded(raw: Raw<'_>) -> Cow<'_, str> {
    let raw = raw.text;
    if raw.starts_with('"')
        && let Ok(inner) = sonic_rs::from_str::<String>(raw)
        && Scanner::default().end(inner.as_bytes()).is_ok()
        && well_formed(&inner).is_ok()
    {
        return Cow::Owned(inner);
    }
    Cow::Borrowed(raw)
}
