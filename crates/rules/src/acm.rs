//! Rules about AWS Certificate Manager.

pub mod acm_certificate_expiration_check;

use config_rule::Entry;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[Entry::item::<acm_certificate_expiration_check::AcmCertificateExpirationCheck>()];
