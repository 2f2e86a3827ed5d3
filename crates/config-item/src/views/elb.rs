//! Elastic Load Balancing.
