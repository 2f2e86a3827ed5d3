//! AWS Certificate Manager.

use jiff::Timestamp;

use super::macros::view;

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
        }
    }
}
