//! AWS CloudFormation.
