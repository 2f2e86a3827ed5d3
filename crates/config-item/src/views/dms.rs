//! AWS Database Migration Service.
