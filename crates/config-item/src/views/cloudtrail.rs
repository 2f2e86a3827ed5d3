//! AWS CloudTrail.
