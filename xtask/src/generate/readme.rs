//! The README's table of rules, between two marks.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::Files;

const BEGIN: &str = "<!-- rules: made by `cargo xtask generate` -->\n";
const END: &str = "<!-- rules end -->";

pub(super) fn make(root: &Path, files: &mut Files) -> Result<()> {
    let text = std::fs::read_to_string(root.join("README.md")).context("README.md")?;
    let (before, rest) = text.split_once(BEGIN).context("README.md has lost the mark before the table of rules")?;
    let (_, after) = rest.split_once(END).context("README.md has lost the mark after the table of rules")?;
    let made = format!("{before}{BEGIN}{}{END}{after}", table()?);
    files.insert(PathBuf::from("README.md"), made.into_bytes());
    Ok(())
}

fn table() -> Result<String> {
    let mut services: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for entry in rules::all() {
        services.entry(entry.metadata.service()).or_default().push(entry.metadata.id);
    }
    let mut table = String::from("| Service | Rules |\n|---|---|\n");
    for (service, ids) in services {
        let links: Vec<_> = ids.iter().map(|id| format!("[{id}](docs/rules/{id}.md)")).collect();
        writeln!(table, "| {service} | {} |", links.join(", "))?;
    }
    Ok(table)
}
