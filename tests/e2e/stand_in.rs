//! The stand-in must not merely agree with itself: botocore drives it, and botocore's model of AWS Config judges it.

use std::process::Command;

use local_config::Operation;

use crate::support::{Stage, project, run, venv};

#[test]
fn botocore_agrees_with_every_answer() {
    let stage = Stage::new();
    let ended = run(
        Command::new(venv("bin/python"))
            .arg(project().join("tests/botocore_check.py"))
            .arg(stage.url())
            .args(Operation::ALL.map(Operation::name))
            .env_clear()
            .env("PYTHONDONTWRITEBYTECODE", "1"),
        b"",
    );
    eprintln!("{}", ended.stdout);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    for operation in Operation::ALL {
        assert!(ended.stdout.contains(&format!("\n{}: ", operation.name())), "{operation:?} was not compared");
    }
}
