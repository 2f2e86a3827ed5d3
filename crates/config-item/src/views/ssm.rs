//! AWS Systems Manager.

use serde::de::{MapAccess, SeqAccess};

use super::macros::{object, view};
use crate::json::Text;
use crate::{Field, Reading, Wire};

view! {
    /// The inventory of a managed instance.
    pub struct ManagedInstanceInventory("AWS::SSM::ManagedInstanceInventory") {
        configuration {
            /// The section on installed applications.
            applications: ApplicationSection = "AWS:Application",
            /// The section on the instance itself.
            instance_information: InstanceInformationSection = "AWS:InstanceInformation",
        }
        supplementary {
            /// What the instance does: `Active`, `Stopped`, `Terminated`, …
            instance_status: String = "instanceStatus",
        }
    }
}

object! {
    /// The section of an inventory on installed applications.
    pub struct ApplicationSection at "configuration.AWS:Application" {
        /// The applications, by name.
        content: Content<Application> = "Content",
    }
}

object! {
    /// An installed application.
    pub struct Application at "configuration.AWS:Application.Content" {
        /// The package's name.
        name: String = "Name",
        /// The package's version.
        version: String = "Version",
    }
}

object! {
    /// The section of an inventory on the instance itself.
    pub struct InstanceInformationSection at "configuration.AWS:InstanceInformation" {
        /// The instance, by its id.
        content: Content<InstanceInformation> = "Content",
    }
}

object! {
    /// What an inventory says of the instance itself.
    pub struct InstanceInformation at "configuration.AWS:InstanceInformation.Content" {
        /// `Linux`, `Windows` or `MacOS`.
        platform_type: String = "PlatformType",
    }
}

/// The content of a section: entries in a list, or in an object by their key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content<T>(Vec<Keyed<T>>);

/// An entry of a section, with its key where it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyed<T> {
    /// The key; for an application, its name.
    pub key: Option<String>,
    /// The entry.
    pub entry: T,
}

impl<T: Wire + 'static> Wire for Content<T> {
    type Ref<'a> = &'a [Keyed<T>];
    const EXPECTED: &'static str = "a list or an object";

    fn as_seen(&self) -> &[Keyed<T>] {
        &self.0
    }

    fn from_text(text: &str) -> Reading<Self> {
        crate::field::from_embedded(text)
    }

    fn from_list<'de, A: SeqAccess<'de>>(list: A) -> Result<Reading<Self>, A::Error> {
        let entries: Reading<Vec<T>> = Vec::from_list(list)?;
        Ok(entries.map(|entries| Self(entries.into_iter().map(|entry| Keyed { key: None, entry }).collect())))
    }

    fn from_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Reading<Self>, A::Error> {
        let mut entries = Vec::new();
        let mut odd = None;
        while let Some((Text(key), field)) = object.next_entry::<Text<'de>, Field<T>>()? {
            match field {
                Field::Value(entry) => entries.push(Keyed { key: Some(key.into_owned()), entry }),
                Field::Absent => odd = Some("an object with null"),
                Field::Unreadable { .. } => odd = Some("an object with something else"),
            }
        }
        Ok(odd.map_or(Ok(Self(entries)), Err))
    }

    fn paths(path: &str, into: &mut Vec<String>) {
        T::paths(path, into);
    }
}
