//! AWS Certificate Manager.

use jiff::Timestamp;

use super::macros::{object, view};

view! {
    /// A certificate, issued by ACM or imported.
    pub struct Certificate("AWS::ACM::Certificate") {
        configuration {
            /// The time after which the certificate is no longer valid; absent until it is issued.
            not_after: Timestamp = "notAfter",
            /// `ISSUED`, `EXPIRED`, `PENDING_VALIDATION`, `FAILED`, ….
            status: String = "status",
            /// The ARNs of the resources that use the certificate.
            in_use_by: Vec<String> = "inUseBy",
            /// `AMAZON_ISSUED`, `IMPORTED` or `PRIVATE`.
            kind: String = "type",
            /// The algorithm and size of the key: `RSA-2048` in items, `RSA_2048` in the API.
            key_algorithm: String = "keyAlgorithm",
            /// `ELIGIBLE` or `INELIGIBLE`.
            renewal_eligibility: String = "renewalEligibility",
            /// How the last renewal went; absent before the first.
            renewal_summary: RenewalSummary = "renewalSummary",
        }
    }
}

object! {
    /// How a renewal by ACM went.
    pub struct RenewalSummary at "configuration.renewalSummary" {
        /// `PENDING_AUTO_RENEWAL`, `PENDING_VALIDATION`, `SUCCESS` or `FAILED`.
        renewal_status: String = "renewalStatus",
    }
}
