//! Rules about Amazon EBS.

mod ebs_volume_encrypted_with_customer_key;
mod ec2_volume_inuse_check;
mod encrypted_volumes;

use config_item::views::ec2::Volume;
use config_rule::{CannotJudge, Entry, Verdict};

pub use ebs_volume_encrypted_with_customer_key::EbsVolumeEncryptedWithCustomerKey;
pub use ec2_volume_inuse_check::Ec2VolumeInuseCheck;
pub use encrypted_volumes::EncryptedVolumes;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[
    Entry::item::<EbsVolumeEncryptedWithCustomerKey>(),
    Entry::item::<Ec2VolumeInuseCheck>(),
    Entry::item::<EncryptedVolumes>(),
];

/// The verdict on a volume by what decides before its key: noncompliant if it is not encrypted, not applicable if it is
/// not attached.
fn before_the_key(volume: &Volume) -> Result<Option<Verdict>, CannotJudge> {
    if !is_attached(volume)? {
        let state = volume.state()?.unwrap_or("unknown");
        return Ok(Some(Verdict::not_applicable(format!("the volume is not attached (state {state})"))));
    }
    Ok(match volume.encrypted()? {
        Some(true) => None,
        Some(false) => Some(Verdict::non_compliant("the volume is not encrypted")),
        None => Some(Verdict::non_compliant("the item does not say whether the volume is encrypted")),
    })
}

/// An item that says neither the state nor the attachments is judged as if it were attached.
fn is_attached(volume: &Volume) -> Result<bool, CannotJudge> {
    let attachments = volume.attachments()?;
    if attachments.is_some_and(|attachments| !attachments.is_empty()) {
        return Ok(true);
    }
    Ok(match volume.state()? {
        Some(state) => state == "in-use",
        None => attachments.is_none(),
    })
}
