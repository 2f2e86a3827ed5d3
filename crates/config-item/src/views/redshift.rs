//! Amazon Redshift.
