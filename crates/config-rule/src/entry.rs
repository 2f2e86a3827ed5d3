//! A rule in the registry: its metadata and its logic behind one type.

use std::any::{Any, TypeId};

use config_item::{ConfigurationItem, Item, Status, Unreadable, View, ViewError};

use crate::context::Context;
use crate::metadata::Metadata;
use crate::parameters::{ParameterError, ParameterMap, Parameters};
use crate::rule::{FactsRule, Rule};
use crate::verdict::{Finding, Verdict};

/// One rule of the registry.
pub struct Entry {
    /// Everything known of the rule besides its logic.
    pub metadata: &'static Metadata,
    /// The types of the resources that the rule reports on.
    pub resource_types: &'static [&'static str],
    /// The rule's logic.
    pub kind: Kind,
}

/// The logic of a rule, by what it judges.
pub enum Kind {
    /// It judges one configuration item.
    Item {
        /// Binds the rule to parameters.
        configure: fn(&ParameterMap) -> Result<Box<dyn ConfiguredItemRule>, ParameterError>,
        /// The fields that the rule's view reads, as `(resource type, path)`.
        fields: fn() -> Vec<(&'static str, String)>,
    },
    /// It judges facts gathered from an API.
    Facts {
        /// Binds the rule to parameters.
        configure: fn(&ParameterMap) -> Result<Box<dyn ConfiguredFactsRule>, ParameterError>,
        /// The IAM actions that gathering needs.
        actions: &'static [&'static str],
        /// The function that gathers the facts, as a path in Rust.
        gatherer: &'static str,
    },
}

impl Entry {
    /// The entry of an item rule.
    #[must_use]
    pub const fn item<R: Rule>() -> Self {
        Self {
            metadata: &R::METADATA,
            resource_types: R::View::TYPES,
            kind: Kind::Item {
                configure: |map| Ok(Box::new(Bound::<R>(R::Params::read(map)?))),
                fields: R::View::paths,
            },
        }
    }

    /// The entry of a facts rule.
    #[must_use]
    pub const fn facts<R: FactsRule>() -> Self {
        Self {
            metadata: &R::METADATA,
            resource_types: R::RESOURCE_TYPES,
            kind: Kind::Facts {
                configure: |map| Ok(Box::new(BoundFacts::<R>(R::Params::read(map)?))),
                actions: R::ACTIONS,
                gatherer: R::GATHERER,
            },
        }
    }
}

/// Why a rule has no verdict on a resource. It is reported, never turned into one.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CannotJudge {
    /// The item can't be read as the rule's view.
    #[error(transparent)]
    View(#[from] ViewError),
    /// A field that the rule needs holds something else than it should.
    #[error(transparent)]
    Field(#[from] Unreadable),
    /// A field is of the right kind, but what it says can't be understood.
    #[error("{path}: {reason}")]
    Content {
        /// The field.
        path: &'static str,
        /// What is wrong with it, without quoting it.
        reason: String,
    },
    /// Recorded facts aren't those of the rule.
    #[error("the facts are not those of this rule: {0}")]
    Facts(String),
}

/// An item rule bound to its parameters.
pub trait ConfiguredItemRule: Send + Sync {
    /// Which view the rule reads: rules with the same one can share what was read.
    fn view(&self) -> TypeId;

    /// Reads the rule's view.
    ///
    /// # Errors
    ///
    /// [`ViewError`] as [`View::read`].
    fn read(&self, item: &ConfigurationItem<'_>) -> Result<Box<dyn Any + Send + Sync>, ViewError>;

    /// Judges a recorded item whose view was read before, by this or another rule with the same [`Self::view`].
    ///
    /// # Errors
    ///
    /// [`CannotJudge`] as [`Rule::evaluate`].
    ///
    /// # Panics
    ///
    /// Where `view` is not this rule's view.
    fn evaluate(&self, item: &ConfigurationItem<'_>, view: &dyn Any, cx: &Context) -> Result<Verdict, CannotJudge>;

    /// Judges one item: status first, then the rule.
    ///
    /// # Errors
    ///
    /// [`CannotJudge`] as [`Rule::evaluate`].
    fn judge(&self, item: &ConfigurationItem<'_>, cx: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = not_recorded(item) {
            return Ok(verdict);
        }
        let view = self.read(item)?;
        self.evaluate(item, view.as_ref(), cx)
    }
}

/// A facts rule bound to its parameters.
pub trait ConfiguredFactsRule: Send + Sync {
    /// Judges facts that were recorded as JSON.
    ///
    /// # Errors
    ///
    /// [`CannotJudge`] where the JSON isn't this rule's facts, and as [`FactsRule::judge`].
    fn judge(&self, facts: &str, cx: &Context) -> Result<Vec<Finding>, CannotJudge>;
}

/// The verdict on an item that has no recorded configuration to judge: the resource is gone, or not recorded.
///
/// The answer must be `NOT_APPLICABLE`, or AWS Config keeps the last verdict for ever (developer guide, "Rules reporting
/// on deleted resources").
#[must_use]
pub fn not_recorded(item: &ConfigurationItem<'_>) -> Option<Verdict> {
    match item.status()? {
        Status::Ok | Status::ResourceDiscovered => None,
        Status::ResourceDeleted | Status::ResourceDeletedNotRecorded => {
            Some(Verdict::not_applicable("the resource is deleted"))
        }
        Status::ResourceNotRecorded => Some(Verdict::not_applicable("AWS Config does not record the resource")),
    }
}

struct Bound<R: Rule>(R::Params);

impl<R: Rule> ConfiguredItemRule for Bound<R> {
    fn view(&self) -> TypeId {
        TypeId::of::<R::View>()
    }

    fn read(&self, item: &ConfigurationItem<'_>) -> Result<Box<dyn Any + Send + Sync>, ViewError> {
        Ok(Box::new(R::View::read(item)?))
    }

    fn evaluate(&self, item: &ConfigurationItem<'_>, view: &dyn Any, cx: &Context) -> Result<Verdict, CannotJudge> {
        let view = view.downcast_ref::<R::View>().expect("the caller hands over this rule's view");
        R::evaluate(&Item::new(item, view), &self.0, cx)
    }
}

struct BoundFacts<R: FactsRule>(R::Params);

impl<R: FactsRule> ConfiguredFactsRule for BoundFacts<R> {
    fn judge(&self, facts: &str, cx: &Context) -> Result<Vec<Finding>, CannotJudge> {
        let facts = serde_json::from_str(facts).map_err(|error| CannotJudge::Facts(error.to_string()))?;
        R::judge(&facts, &self.0, cx)
    }
}
