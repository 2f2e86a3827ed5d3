//! What a terminal shows while a check runs.

use std::fs::File;
use std::io::Read;
use std::process::Stdio;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use crate::command;

#[test]
fn a_terminal_shows_progress_and_a_pipe_does_not() {
    let args = ["check", "estate.json", "--rules", "encrypted-volumes", "--now", "2026-11-21T00:00:00Z"];
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a pseudo-terminal");
    grantpt(&ours).and_then(|()| unlockpt(&ours)).expect("it can be opened");
    let theirs = ptsname(&ours, Vec::new()).expect("it has a name");
    let theirs = File::options().write(true).open(theirs.to_str().expect("UTF-8")).expect("it opens");
    let ended = command(&args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(theirs).status();
    assert_eq!(ended.expect("vitals runs").code(), Some(1));
    let mut shown = Vec::new();
    // Linux ends the reading of a terminal that nobody writes to any more with an error.
    let _ = File::from(ours).read_to_end(&mut shown);
    assert!(String::from_utf8_lossy(&shown).contains("items a second"), "{}", shown.escape_ascii());

    let piped = command(&args).stdin(Stdio::null()).output().expect("vitals runs");
    assert_eq!(String::from_utf8_lossy(&piped.stderr), "");
}
