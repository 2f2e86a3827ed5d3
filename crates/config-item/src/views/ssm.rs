//! AWS Systems Manager.
