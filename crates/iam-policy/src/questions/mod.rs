//! What rules ask of a whole policy, one module a question.

mod admin;
mod every_key;
mod full_access;
mod outsiders;
mod plain_http;
mod public;
mod unencrypted_put;

pub use admin::admin_statement;
pub use every_key::every_key_statement;
pub use full_access::full_access_statement;
pub use outsiders::{OutsideGrant, Outsider, outside_grant, outsiders};
pub use plain_http::{Gap, Narrowing, plain_http_gap};
pub use public::public_statement;
pub use unencrypted_put::denies_unencrypted_puts;
