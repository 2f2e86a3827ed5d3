//! Ctrl-C in the middle of a long check.

use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::process::{Command, Stdio};

use crate::{command, said};

/// More than fits the pipe and what is read ahead, so that the check can't end before anybody reads its output.
const ITEMS: usize = 100_000;

#[test]
fn what_was_found_so_far_is_written_and_marked_incomplete() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("snapshot.json");
    let mut file = BufWriter::new(File::create(&path).expect("a file"));
    write!(file, r#"{{"configSnapshotId":"s","configurationItems":["#).expect("it is written");
    for number in 0..ITEMS {
        let comma = if number == 0 { "" } else { "," };
        let id = format!("vol-{number}");
        write!(
            file,
            r#"{comma}{{"resourceType":"AWS::EC2::Volume","resourceId":"{id}","configuration":{{"encrypted":true}}}}"#
        )
        .expect("it is written");
    }
    file.write_all(b"]}").and_then(|()| file.flush()).expect("it is written");

    let path = path.to_str().expect("UTF-8");
    let mut check = command(&["check", path, "--rules", "encrypted-volumes", "--format", "json"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("vitals starts");
    let mut first = [0];
    check.stdout.as_mut().expect("a pipe").read_exact(&mut first).expect("it writes while it judges");
    let killed = Command::new("kill").args(["-INT", &check.id().to_string()]).status().expect("kill runs");
    assert!(killed.success());
    let said = said(check.wait_with_output().expect("it ends"));

    assert_eq!(said.code, Some(130), "{}", said.err);
    assert_eq!(said.err, "error: interrupted: what follows was not judged\n");
    let out: serde_json::Value = serde_json::from_str(&format!("{{{}", said.out)).expect("the output is whole");
    let judged = out["verdicts"].as_array().expect("a list").len();
    assert!((1..ITEMS).contains(&judged), "{judged}");
    assert_eq!(out["totals"]["compliant"], judged);
    assert_eq!(out["complete"], false);
}
