//! The macros that declare views: a line a field, with its documentation, its type and its name on the wire.

/// Declares the view of one resource type.
///
/// Each field becomes an accessor that gives `Ok(None)` where the item lacks the field and an
/// [`Unreadable`](crate::Unreadable) that names it where the item holds something else.
macro_rules! view {
    (
        $(#[doc = $doc:literal])+
        pub struct $View:ident($type:literal) {
            $(configuration { $($(#[doc = $cdoc:literal])+ $cfield:ident: $Ctype:ty = $cwire:literal,)* })?
            $(supplementary { $($(#[doc = $sdoc:literal])+ $sfield:ident: $Stype:ty = $swire:literal,)* })?
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, Default)]
        pub struct $View {
            $($($cfield: $crate::Field<$Ctype>,)*)?
            $($($sfield: $crate::Field<$Stype>,)*)?
        }

        impl $View {
            $($(
                $(#[doc = $cdoc])+
                ///
                /// # Errors
                ///
                /// [`Unreadable`](crate::Unreadable) where the item holds something else there.
                pub fn $cfield(
                    &self,
                ) -> Result<Option<<$Ctype as $crate::Wire>::Ref<'_>>, $crate::Unreadable> {
                    Ok(self.$cfield.get(concat!("configuration.", $cwire))?.map($crate::Wire::as_seen))
                }
            )*)?
            $($(
                $(#[doc = $sdoc])+
                ///
                /// # Errors
                ///
                /// [`Unreadable`](crate::Unreadable) where the item holds something else there.
                pub fn $sfield(
                    &self,
                ) -> Result<Option<<$Stype as $crate::Wire>::Ref<'_>>, $crate::Unreadable> {
                    Ok(self.$sfield.get(concat!("supplementaryConfiguration.", $swire))?.map($crate::Wire::as_seen))
                }
            )*)?
        }

        impl $crate::view::Fill for $View {
            fn fill_configuration<'de, A: serde::de::MapAccess<'de>>(
                &mut self,
                key: &str,
                map: &mut A,
            ) -> Result<(), A::Error> {
                match key {
                    $($($cwire => self.$cfield = map.next_value()?,)*)?
                    _ => $crate::view::skip(map)?,
                }
                Ok(())
            }

            fn fill_supplementary<'de, A: serde::de::MapAccess<'de>>(
                &mut self,
                key: &str,
                map: &mut A,
            ) -> Result<(), A::Error> {
                match key {
                    $($($swire => self.$sfield = map.next_value()?,)*)?
                    _ => $crate::view::skip(map)?,
                }
                Ok(())
            }
        }

        impl $crate::View for $View {
            const TYPES: &'static [&'static str] = &[$type];

            fn read(item: &$crate::ConfigurationItem<'_>) -> Result<Self, $crate::ViewError> {
                if item.resource_type() != $type {
                    return Err($crate::ViewError::OtherType(Self::TYPES));
                }
                $crate::view::read_view(item)
            }

            fn paths() -> Vec<(&'static str, String)> {
                let mut paths = Vec::new();
                $($(<$Ctype as $crate::Wire>::paths(concat!("configuration.", $cwire), &mut paths);)*)?
                $($(<$Stype as $crate::Wire>::paths(concat!("supplementaryConfiguration.", $swire), &mut paths);)*)?
                paths.into_iter().map(|path| ($type, path)).collect()
            }
        }
    };
}

/// Declares an object inside a view; `at` is its place in the item, for errors.
macro_rules! object {
    (
        $(#[doc = $doc:literal])+
        pub struct $Object:ident at $at:literal {
            $($(#[doc = $fdoc:literal])+ $field:ident: $Type:ty = $wire:literal,)*
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, Default)]
        pub struct $Object {
            $($field: $crate::Field<$Type>,)*
        }

        impl $Object {
            $(
                $(#[doc = $fdoc])+
                ///
                /// # Errors
                ///
                /// [`Unreadable`](crate::Unreadable) where the item holds something else there.
                pub fn $field(&self) -> Result<Option<<$Type as $crate::Wire>::Ref<'_>>, $crate::Unreadable> {
                    Ok(self.$field.get(concat!($at, ".", $wire))?.map($crate::Wire::as_seen))
                }
            )*
        }

        impl $crate::Wire for $Object {
            type Ref<'a> = &'a Self;
            const EXPECTED: &'static str = "an object";

            fn as_seen(&self) -> &Self {
                self
            }

            fn from_text(text: &str) -> $crate::Reading<Self> {
                $crate::field::from_embedded(text)
            }

            fn from_object<'de, A: serde::de::MapAccess<'de>>(
                mut map: A,
            ) -> Result<$crate::Reading<Self>, A::Error> {
                let mut object = Self::default();
                while let Some($crate::json::Text(key)) = map.next_key()? {
                    match key.as_ref() {
                        $($wire => object.$field = map.next_value()?,)*
                        _ => $crate::view::skip(&mut map)?,
                    }
                }
                Ok(Ok(object))
            }

            fn paths(path: &str, into: &mut Vec<String>) {
                $(<$Type as $crate::Wire>::paths(&format!("{path}.{}", $wire), into);)*
            }
        }
    };
}

/// Declares a view over several resource types, each with a view of its own.
macro_rules! one_of {
    (
        $(#[doc = $doc:literal])+
        pub enum $View:ident {
            $($(#[doc = $vdoc:literal])+ $Variant:ident($Inner:ident) = $type:literal,)+
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug)]
        #[allow(clippy::large_enum_variant, reason = "an item has one view, and the host boxes it")]
        pub enum $View {
            $($(#[doc = $vdoc])+ $Variant($Inner),)+
        }

        impl $crate::View for $View {
            const TYPES: &'static [&'static str] = &[$($type),+];

            fn read(item: &$crate::ConfigurationItem<'_>) -> Result<Self, $crate::ViewError> {
                match item.resource_type() {
                    $($type => Ok(Self::$Variant($Inner::read(item)?)),)+
                    _ => Err($crate::ViewError::OtherType(Self::TYPES)),
                }
            }

            fn paths() -> Vec<(&'static str, String)> {
                let mut paths = Vec::new();
                $(paths.extend($Inner::paths());)+
                paths
            }
        }
    };
}

pub(crate) use {object, one_of, view};
