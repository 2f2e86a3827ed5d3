//! Rules about AWS Certificate Manager.

mod acm_certificate_expiration_check;
mod acm_certificate_in_use_validated;
mod acm_certificate_rsa_check;

use config_rule::Entry;

pub use acm_certificate_expiration_check::AcmCertificateExpirationCheck;
pub use acm_certificate_in_use_validated::AcmCertificateInUseValidated;
pub use acm_certificate_rsa_check::AcmCertificateRsaCheck;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[
    Entry::item::<AcmCertificateExpirationCheck>(),
    Entry::item::<AcmCertificateInUseValidated>(),
    Entry::item::<AcmCertificateRsaCheck>(),
];
