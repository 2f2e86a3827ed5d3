//! The payload of an invocation, as Lambda hands it over.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|payload: &[u8]| {
    if let Err(error) = lambda::fuzzing::decode(payload) {
        assert!(!error.is_empty() && error.len() < 1_000, "no message of one line: {error}");
    }
});
