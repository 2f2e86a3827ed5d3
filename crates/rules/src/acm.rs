//! Rules about AWS Certificate Manager.

mod acm_certificate_expiration_check;

use config_rule::Entry;

pub use acm_certificate_expiration_check::AcmCertificateExpirationCheck;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[Entry::item::<AcmCertificateExpirationCheck>()];
