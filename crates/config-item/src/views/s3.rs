//! Amazon S3.

use super::macros::{object, view};
use crate::Document;

view! {
    /// A bucket.
    pub struct Bucket("AWS::S3::Bucket") {
        configuration {
            /// The bucket's name.
            name: String = "name",
        }
        supplementary {
            /// The bucket's policy.
            policy: BucketPolicy = "BucketPolicy",
        }
    }
}

object! {
    /// The policy of a bucket.
    pub struct BucketPolicy at "supplementaryConfiguration.BucketPolicy" {
        /// The policy's document; absent where the bucket has no policy.
        policy_text: Document = "policyText",
    }
}
