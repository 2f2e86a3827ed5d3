//! The policy language of IAM: what identity policies, trust policies and the policies of buckets, topics and keys say.
//!
//! [`Policy::from_value`] and [`Policy::parse`] read a document in every form in which AWS Config delivers one. The
//! parts of a [`Statement`] answer set questions ("does it cover every action of `s3`?") and
//! [`Condition::holds`] answers in three values for a request of which only some facts are known. What rules ask of a
//! whole policy stands in one module a question: [`admin_statements`], [`plain_http_gap`], [`public_statements`] and so on.
//!
//! Every answer is about what is *certain*: "covers" means that each request in question falls under the element.
//! So a policy is public unless it surely isn't, and a grant stands unless a `Deny` surely takes it back.
//! Patterns of one list are looked at one by one, so a list that covers something only together (`s3:G*`, `s3:P*`, …
//! through the alphabet) is not recognised, and an ARN with fewer than six parts is not completed as IAM does it.
//!
//! AWS's facts are from the IAM user guide, reference of JSON policy elements, unless a comment names another source.
//! No I/O, no clock, no AWS SDK.

mod action;
mod condition;
mod document;
mod error;
mod narrowing;
mod operator;
mod pattern;
mod principal;
mod questions;
mod request;
mod resource;
mod selection;
mod statement;
mod truth;

pub use action::Actions;
pub use condition::Condition;
pub use document::Policy;
pub use error::{Fault, PolicyError};
pub use pattern::Pattern;
pub use principal::{Principal, PrincipalKind, Principals};
pub use questions::{
    Gap, Narrowing, OutsideGrant, Outsider, admin_statements, denies_unencrypted_puts, every_key_statements,
    full_access_statements, outside_grants, outsiders, plain_http_gap, public_statements,
};
pub use request::Request;
pub use resource::Resources;
pub use statement::{Effect, Label, Statement};
pub use truth::Truth;
