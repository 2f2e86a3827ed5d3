//! Amazon OpenSearch Service.
