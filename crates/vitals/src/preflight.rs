//! `vitals preflight`: what would go wrong with a deployment, found before it.

pub mod deployment;
pub mod template;
