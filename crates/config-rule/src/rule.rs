//! The two kinds of rule, and the macro that declares them.

use config_item::{Item, View};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::context::Context;
use crate::entry::CannotJudge;
use crate::metadata::Metadata;
use crate::parameters::Parameters;
use crate::verdict::{Finding, Verdict};

/// Gives a rule its metadata; implemented by [`rule!`](crate::rule!).
pub trait Describe {
    /// Everything known of the rule besides its logic.
    const METADATA: Metadata;
}

/// A rule that judges one configuration item.
///
/// A change brings the item; on a schedule the host lists the items of the view's types and judges each, so that a
/// rule that needs both triggers is written no differently.
pub trait Rule: Describe + Sized + 'static {
    /// The fields that the rule reads; its types are the rule's scope.
    type View: View;
    /// The rule's parameters.
    type Params: Parameters;

    /// Judges the item. Only recorded items of the view's types arrive here.
    ///
    /// # Errors
    ///
    /// [`CannotJudge`] where a field that the rule needs holds something unreadable. A verdict is never guessed.
    fn evaluate(item: &Item<'_, Self::View>, params: &Self::Params, cx: &Context) -> Result<Verdict, CannotJudge>;
}

/// A rule that judges facts gathered from an API. Gathering is I/O and lives with the API's client; judging is pure.
pub trait FactsRule: Describe + Sized + 'static {
    /// What is gathered. It can be written to a file and judged again.
    type Facts: Serialize + DeserializeOwned + Send + 'static;
    /// The rule's parameters.
    type Params: Parameters;

    /// The types of the resources that the rule reports on.
    const RESOURCE_TYPES: &'static [&'static str];
    /// The IAM actions that gathering needs.
    const ACTIONS: &'static [&'static str];
    /// The function that gathers the facts, as a path in Rust: what the rule's binary calls.
    const GATHERER: &'static str;

    /// Judges the facts: one finding a resource.
    ///
    /// # Errors
    ///
    /// [`CannotJudge`] where the facts don't say what the rule needs to know.
    fn judge(facts: &Self::Facts, params: &Self::Params, cx: &Context) -> Result<Vec<Finding>, CannotJudge>;
}

/// Declares a rule: its documentation, metadata and parameters. The logic follows in an `impl` of
/// [`Rule`](crate::Rule) or [`FactsRule`](crate::FactsRule).
///
/// The doc comment's first line is the rule's title; all of it is rustdoc *and* data (the rule's page,
/// `vitals explain`). A field left out is a compile error, save `deployed_name`, which stands after `id` where that is
/// too long for a rule on a schedule ([`Metadata::deployed_name`](crate::Metadata::deployed_name)). A parameter is one
/// line: its documentation, the name in Rust, the type, the default, and the name on the wire. Without a default it is
/// optional and becomes an `Option`.
///
/// ```
/// use config_rule::{Home, Managed, Severity, Trigger, rule};
///
/// rule! {
///     /// Buckets have a name that starts as the company's do.
///     ///
///     /// Names tell owners apart.
///     pub struct S3BucketNamed {
///         id: "s3-bucket-named",
///         since: "0.1.0",
///         severity: Severity::Low,
///         trigger: Trigger::OnChange,
///         home: Home::Regional,
///         managed: Managed::None,
///         remediation: "Make a bucket with the right name and move the objects.",
///     }
///     params {
///         /// The beginning of the name.
///         prefix: String = "acme-", "prefix";
///         /// Longest name accepted.
///         longest: u32, "longest";
///     }
/// }
/// # use config_rule::{Describe, ParameterMap, Parameters};
/// let params = Params::read(&ParameterMap::default())?;
/// assert_eq!(params.prefix, "acme-");
/// assert_eq!(params.longest, None);
/// assert_eq!(S3BucketNamed::METADATA.title(), "Buckets have a name that starts as the company's do");
/// # Ok::<(), config_rule::ParameterError>(())
/// ```
#[macro_export]
macro_rules! rule {
    (
        $(#[doc = $docs:literal])+
        pub struct $Rule:ident {
            id: $id:literal,
            $(deployed_name: $deployed_name:literal,)?
            since: $since:literal,
            severity: $severity:expr,
            trigger: $trigger:expr,
            home: $home:expr,
            managed: $managed:expr,
            remediation: $remediation:literal,
        }
        $(params {
            $($(#[doc = $pdocs:literal])+ $param:ident: $Type:ty $(= $default:expr)?, $wire:literal;)+
        })?
    ) => {
        $(#[doc = $docs])+
        pub struct $Rule;

        impl $crate::Describe for $Rule {
            const METADATA: $crate::Metadata = $crate::Metadata {
                id: $id,
                deployed_name: $crate::rule!(@named $($deployed_name)?),
                since: $since,
                severity: $severity,
                trigger: $trigger,
                home: $home,
                managed: $managed,
                remediation: $remediation,
                parameters: &[$($($crate::ParameterSpec {
                    name: $wire,
                    docs: concat!($($pdocs, "\n"),+),
                    accepts: <$Type as $crate::Parameter>::ACCEPTS,
                    default: || $crate::rule!(@shown $Type $(= $default)?),
                },)+)?],
                docs: concat!($($docs, "\n"),+),
                module: module_path!(),
            };
        }

        /// The rule's parameters.
        #[derive(Clone, Debug)]
        pub struct Params {
            $($($(#[doc = $pdocs])+ pub $param: $crate::rule!(@type $Type $(= $default)?),)+)?
        }

        impl $crate::Parameters for Params {
            fn read(map: &$crate::ParameterMap) -> Result<Self, $crate::ParameterError> {
                $crate::private::unknown(map, &[$($($wire),+)?])?;
                Ok(Self {
                    $($($param: $crate::rule!(@take map, $wire, $Type $(= $default)?)?,)+)?
                })
            }
        }
    };
    (@named) => { None };
    (@named $deployed_name:literal) => { Some($deployed_name) };
    (@type $Type:ty) => { Option<$Type> };
    (@type $Type:ty = $default:expr) => { $Type };
    (@shown $Type:ty) => { None };
    (@shown $Type:ty = $default:expr) => { Some($crate::private::default_of::<$Type>($default)) };
    (@take $map:ident, $wire:literal, $Type:ty) => { $crate::private::take_optional::<$Type>($map, $wire) };
    (@take $map:ident, $wire:literal, $Type:ty = $default:expr) => {
        $crate::private::take::<$Type>($map, $wire, $default)
    };
}
