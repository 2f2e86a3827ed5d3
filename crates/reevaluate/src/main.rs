//! Has rules evaluated anew when their exceptions begin, change or end.

use std::process::ExitCode;

fn main() -> ExitCode {
    lambda::reevaluate()
}
