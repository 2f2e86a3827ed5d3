//! Views by service, each field with its name on the wire.

mod macros;

pub mod acm;
pub mod ec2;
pub mod iam;
pub mod rds;
pub mod s3;
