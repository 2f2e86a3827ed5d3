//! What rules ask of a whole policy, one module a question.

mod admin;
mod plain_http;

pub use admin::admin_statement;
pub use plain_http::{Gap, Narrowing, plain_http_gap};
