//! A file of items, packed or not. How its bytes arrive makes no difference.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    let whole = vitals::fuzzing::split(file, usize::MAX);
    assert_eq!(whole, vitals::fuzzing::split(file, 7));
    if let Err(error) = whole {
        assert!(!error.is_empty() && error.len() < 1_000, "no message of one line: {error}");
    }
});
