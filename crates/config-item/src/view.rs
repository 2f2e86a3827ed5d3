//! Typed views: the few fields of a resource type that rules read.

use std::fmt;
use std::ops::Deref;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::item::ConfigurationItem;
use crate::json::Text;

/// The fields of one resource type, or of a few that rules treat alike, that rules read.
///
/// Views are made by the macros [`view!`](crate::views) of the modules in [`views`](crate::views).
pub trait View: Sized + Send + Sync + 'static {
    /// The resource types that the view reads: the only place that names them.
    const TYPES: &'static [&'static str];

    /// Reads the view's fields out of an item.
    ///
    /// # Errors
    ///
    /// [`ViewError`] where the item has no configuration to read, or is of another type.
    fn read(item: &ConfigurationItem<'_>) -> Result<Self, ViewError>;

    /// The paths of all fields of the view, as `(resource type, path)`.
    fn paths() -> Vec<(&'static str, String)>;
}

/// An item can't be read as a view.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ViewError {
    /// The item is recorded, yet says nothing of the resource.
    #[error("the item has no configuration")]
    NoConfiguration,
    /// `configuration` is there, but it is no object.
    #[error("the item's configuration is no JSON object")]
    Configuration,
    /// `supplementaryConfiguration` is there, but it is no object.
    #[error("the item's supplementaryConfiguration is no JSON object")]
    Supplementary,
    /// The item is of a type that the view doesn't read.
    #[error("the item's type is none of {}", .0.join(", "))]
    OtherType(&'static [&'static str]),
}

/// An item together with its view: what an item rule judges. The view's fields are reached directly.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a, V> {
    source: &'a ConfigurationItem<'a>,
    view: &'a V,
}

impl<'a, V> Item<'a, V> {
    /// Joins an item and the view that was read from it.
    #[inline]
    #[must_use]
    pub fn new(source: &'a ConfigurationItem<'a>, view: &'a V) -> Self {
        Self { source, view }
    }

    /// The item itself: id, name, tags, relationships.
    #[inline]
    #[must_use]
    pub fn source(&self) -> &'a ConfigurationItem<'a> {
        self.source
    }
}

impl<V> Deref for Item<'_, V> {
    type Target = V;

    #[inline]
    fn deref(&self) -> &V {
        self.view
    }
}

/// One of the two parts of an item that a view reads, filled into the view field by field.
pub(crate) struct Part<'v, V>(pub(crate) &'v mut V, pub(crate) PartKind);

#[derive(Clone, Copy)]
pub(crate) enum PartKind {
    Configuration,
    Supplementary,
}

/// What the `view!` macro generates for each view.
pub(crate) trait Fill {
    fn fill_configuration<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error>;
    fn fill_supplementary<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error>;
}

impl<'de, V: Fill> DeserializeSeed<'de> for Part<'_, V> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, V: Fill> Visitor<'de> for Part<'_, V> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(Text(key)) = map.next_key()? {
            match self.1 {
                PartKind::Configuration => self.0.fill_configuration(&key, &mut map)?,
                PartKind::Supplementary => self.0.fill_supplementary(&key, &mut map)?,
            }
        }
        Ok(())
    }
}

/// Fills a view from an item's two parts.
pub(crate) fn read_view<V: Fill + Default>(item: &ConfigurationItem<'_>) -> Result<V, ViewError> {
    let mut view = V::default();
    if item.configuration() == "null" {
        return Err(ViewError::NoConfiguration);
    }
    fill(item.configuration(), Part(&mut view, PartKind::Configuration)).map_err(|_| ViewError::Configuration)?;
    if item.supplementary() != "null" {
        fill(item.supplementary(), Part(&mut view, PartKind::Supplementary)).map_err(|_| ViewError::Supplementary)?;
    }
    Ok(view)
}

fn fill<V: Fill>(text: &str, part: Part<'_, V>) -> Result<(), sonic_rs::Error> {
    part.deserialize(&mut sonic_rs::Deserializer::from_str(text))
}

/// Passes over a value that no rule reads.
pub(crate) fn skip<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(|_| ())
}
