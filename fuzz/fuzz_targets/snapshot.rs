//! A file of items, packed or not. How its bytes arrive makes no difference to what is read.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    let whole = vitals::fuzzing::split(file, usize::MAX);
    let pieces = vitals::fuzzing::split(file, 61);
    match (&whole, &pieces) {
        (Ok(whole), Ok(pieces)) => assert_eq!(whole, pieces),
        // Of several faults, the one that is met first, and where, depends on how far the file was unpacked.
        (Err(whole), Err(pieces)) => {
            for error in [whole, pieces] {
                assert!(!error.is_empty() && error.len() < 1_000, "no message of one line: {error}");
            }
        }
        _ => panic!("whole: {whole:?}, in pieces: {pieces:?}"),
    }
});
