//! Amazon Elasticsearch Service.
