//! What `check --format asff` writes is what Security Hub takes, as botocore's model and its documented limits say.

use std::fs;
use std::process::Command;

use crate::support::{project, run, venv, vitals};

#[test]
fn security_hub_takes_every_call() {
    let folder = tempfile::tempdir().expect("a folder");
    let calls = folder.path().join("calls.ndjson");
    let estate = project().join("examples/estate.json.gz");
    let arguments = ["check", estate.to_str().expect("UTF-8"), "--now", "2026-11-21T00:00:00Z", "--format", "asff"];
    let ended = run(&mut vitals(folder.path(), arguments), b"");
    assert_eq!(ended.code, Some(1), "{}", ended.stderr);
    fs::write(&calls, ended.stdout).expect("written");
    let checked = run(
        Command::new(venv("bin/python"))
            .arg(project().join("tests/asff_check.py"))
            .arg(&calls)
            .env_clear()
            .env("PYTHONDONTWRITEBYTECODE", "1"),
        b"",
    );
    assert_eq!((checked.code, checked.stderr.as_str()), (Some(0), ""));
    assert!(checked.stdout.contains(" findings in "), "{}", checked.stdout);
}
