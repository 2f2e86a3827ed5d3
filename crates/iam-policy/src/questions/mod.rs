//! What rules ask of a whole policy, one module a question.

mod admin;
mod every_key;
mod full_access;
mod outsiders;
mod plain_http;
mod public;
mod unencrypted_put;

pub use admin::admin_statements;
pub use every_key::every_key_statements;
pub use full_access::full_access_statements;
pub use outsiders::{OutsideGrant, Outsider, outside_grants, outsiders};
pub use plain_http::{Gap, Narrowing, plain_http_gap};
pub use public::public_statements;
pub use unencrypted_put::denies_unencrypted_puts;
