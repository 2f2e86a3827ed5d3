//! The functions' binaries as Lambda will take them.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use object::Endianness;
use object::elf::{self, FileHeader64};
use object::read::elf::{Dyn as _, FileHeader as _};

use super::Report;

/// The newest glibc that Lambda's `provided.al2023` has.
const GLIBC: [u32; 2] = [2, 34];

/// What `provided.al2023` has of libraries.
const LIBRARIES: [&str; 4] = ["libc.so.6", "libgcc_s.so.1", "libm.so.6", "ld-linux-x86-64.so.2"];

/// Most bytes of a packed function. Lambda takes far more, but the download is part of every cold start.
const PACKED: usize = 4_000_000;

/// Checks the binary of each function, which is named as the function is without `vitals-`.
pub(super) fn check(folder: &Path, functions: &BTreeSet<String>, report: &mut Report) -> Result<()> {
    let mut largest: Option<(String, Vec<u8>)> = None;
    for function in functions {
        let binary = function.strip_prefix("vitals-").unwrap_or(function);
        let path = folder.join(binary);
        if !path.exists() {
            report.violation(function, format!("it has no binary at {}", path.display()), "run `make functions`");
            continue;
        }
        let bytes = std::fs::read(&path).with_context(|| path.display().to_string())?;
        match foreign_needs(&bytes) {
            Ok(needs) => {
                for need in needs {
                    report.violation(function, need, "build it where glibc is 2.34 or older, for x86-64 Linux");
                }
            }
            Err(error) => {
                report.violation(function, format!("its binary is not for Linux: {error}"), "build it on x86-64 Linux");
            }
        }
        // The functions differ in their rules alone, so the largest one speaks for all.
        if largest.as_ref().is_none_or(|(_, other)| other.len() < bytes.len()) {
            largest = Some((function.clone(), bytes));
        }
    }
    if let Some((function, bytes)) = largest {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(&bytes)?;
        let packed = packed.finish()?.len();
        if packed > PACKED {
            let problem = format!("it has {packed} bytes when packed, {PACKED} are allowed");
            report.violation(function, problem, "see what it links: `cargo tree -p functions`");
        }
    }
    Ok(())
}

/// What a binary needs that Lambda's image does not have.
fn foreign_needs(bytes: &[u8]) -> object::Result<Vec<String>> {
    let file = FileHeader64::<Endianness>::parse(bytes)?;
    let endian = file.endian()?;
    let mut needs = Vec::new();
    if file.e_machine(endian) != elf::EM_X86_64 {
        needs.push(format!("it is built for machine {}, not x86-64", file.e_machine(endian)));
    }
    let sections = file.sections(endian, bytes)?;
    if let Some((entries, link)) = sections.dynamic(endian, bytes)? {
        let strings = sections.strings(endian, bytes, link)?;
        for entry in entries.iter().filter(|entry| entry.d_tag(endian) == elf::DT_NEEDED) {
            let library = String::from_utf8_lossy(entry.string(endian, strings)?);
            if !LIBRARIES.contains(&library.as_ref()) {
                needs.push(format!("it needs {library}, which Lambda's image has not"));
            }
        }
    }
    if let Some((mut libraries, link)) = sections.gnu_verneed(endian, bytes)? {
        let strings = sections.strings(endian, bytes, link)?;
        while let Some((_, mut versions)) = libraries.next()? {
            while let Some(version) = versions.next()? {
                let version = String::from_utf8_lossy(version.name(endian, strings)?);
                let numbers = version
                    .strip_prefix("GLIBC_")
                    .map(|text| text.split('.').filter_map(|number| number.parse().ok()).collect::<Vec<u32>>());
                if numbers.is_some_and(|numbers| numbers.as_slice() > GLIBC.as_slice()) {
                    needs.push(format!("it needs {version}, Lambda's image has GLIBC_2.34"));
                }
            }
        }
    }
    Ok(needs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lambda_can_not_run_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("text"), "#!/bin/sh").expect("a file");
        let mut report = Report::default();
        let functions = BTreeSet::from(["vitals-text".to_owned(), "vitals-missing".to_owned()]);
        check(folder.path(), &functions, &mut report).expect("the folder can be read");
        let found: Vec<_> =
            report.violations.iter().map(|violation| (violation.place.as_str(), violation.advice.as_str())).collect();
        assert_eq!(found, [("vitals-missing", "run `make functions`"), ("vitals-text", "build it on x86-64 Linux")]);
    }

    #[test]
    fn a_library_that_lambda_has_not_is_named() {
        // The test itself runs on whatever glibc this machine has; only its being read is asserted.
        let own = std::fs::read(std::env::current_exe().expect("a path")).expect("it can be read");
        assert!(foreign_needs(&own).is_ok() || !cfg!(target_os = "linux"));
    }
}
