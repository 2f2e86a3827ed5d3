//! Identifiers that are unique and look like AWS's.

use std::hash::{BuildHasher, Hasher, RandomState};

/// A random UUID (version 4 in form). It only has to be unique on this machine, so the standard library's seeded hasher
/// is random enough and no generator is needed.
pub(crate) fn uuid() -> String {
    let (high, low) = (random(), random());
    format!(
        "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        low >> 52,
        low & 0xffff_ffff_ffff,
    )
}

/// An X-Ray header of an invocation that is not sampled.
pub(crate) fn trace(seconds: i64) -> String {
    format!("Root=1-{seconds:08x}-{:024x};Parent={:016x};Sampled=0", random(), random())
}

/// Six letters and digits that always are the same for the same name, as in `config-rule-0a1b2c`.
pub(crate) fn short(name: &str) -> String {
    // FNV-1a: the standard hasher promises no stability between versions, and a rule's id stands in sample events.
    let hash = name
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{:06x}", hash & 0xff_ffff)
}

fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}
