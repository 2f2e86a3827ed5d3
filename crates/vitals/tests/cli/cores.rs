//! The same answer on one core and on all.

use std::io::Write as _;
use std::process::{Command, Output};

/// Enough volumes for a dozen batches, every third without encryption.
fn estate() -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    let padding = "x".repeat(1000);
    for number in 0..6000 {
        writeln!(
            file,
            r#"{{"resourceType": "AWS::EC2::Volume", "resourceId": "vol-{number}", "configuration": {{"encrypted": {}, "padding": "{padding}"}}}}"#,
            number % 3 != 0
        )
        .expect("it can be written to");
    }
    file
}

#[test]
#[cfg(target_os = "linux")]
fn one_core_says_what_all_say() {
    let estate = estate();
    let check = |mut command: Command, format: &str| -> Output {
        command.arg("check").arg(estate.path()).args(["--rules", "encrypted-volumes", "--format", format]);
        command.args(["--now", "2026-11-21T00:00:00Z"]).output().expect("it runs")
    };
    // The first core that this process may use.
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux tells");
    let allowed = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:")).expect("Linux tells");
    let first = allowed.trim().split([',', '-']).next().expect("there is one");
    for format in ["ndjson", "json", "csv", "junit", "sarif", "table"] {
        let mut one = Command::new("taskset");
        one.args(["--cpu-list", first, env!("CARGO_BIN_EXE_vitals")]);
        let one = check(one, format);
        let all = check(Command::new(env!("CARGO_BIN_EXE_vitals")), format);
        assert_eq!(one.status.code(), Some(1), "{format}: {}", String::from_utf8_lossy(&one.stderr));
        assert!(one.stdout == all.stdout, "{format} differs");
        let ids = String::from_utf8_lossy(&all.stdout).matches("vol-").count();
        assert!(ids >= 2000, "{format}: {ids} volumes");
    }
}
