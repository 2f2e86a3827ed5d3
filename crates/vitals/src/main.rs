//! `vitals`: AWS Config rules over a snapshot, an event or an estate, offline.

use std::process::ExitCode;

fn main() -> ExitCode {
    vitals::run()
}
