//! Amazon CloudFront.
