//! Everything that is made from the rules' metadata, checked in and checked.

mod deploy;
mod docs;
mod estate;
mod events;
mod functions;
mod managed;
mod packs;
mod readme;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// The folders in which every file is generated: others in them are left over.
const OWNED: [&str; 5] = ["crates/functions/src/bin", "events", "deploy/rules", "deploy/packs", "docs/rules"];

/// The generated files, by their path from the root.
type Files = BTreeMap<PathBuf, Vec<u8>>;

fn files(root: &Path) -> Result<Files> {
    let mut files = Files::new();
    functions::make(&mut files);
    events::make(root, &mut files)?;
    deploy::make(&mut files)?;
    docs::make(&mut files)?;
    readme::make(root, &mut files)?;
    estate::make(root, &mut files)?;
    Ok(files)
}

/// Writes what is out of date and removes what is left over. Returns the paths.
pub(crate) fn write(root: &Path) -> Result<Vec<PathBuf>> {
    let files = files(root)?;
    let stale = differing(root, &files)?;
    for path in &stale {
        let target = root.join(path);
        match files.get(path) {
            Some(content) => {
                if let Some(folder) = target.parent() {
                    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
                }
                std::fs::write(&target, content).with_context(|| target.display().to_string())?;
            }
            None => std::fs::remove_file(&target).with_context(|| target.display().to_string())?,
        }
    }
    Ok(stale)
}

/// The paths that are out of date or left over.
pub(crate) fn stale(root: &Path) -> Result<Vec<PathBuf>> {
    differing(root, &files(root)?)
}

fn differing(root: &Path, files: &Files) -> Result<Vec<PathBuf>> {
    let mut differing: Vec<_> = files
        .iter()
        .filter(|(path, content)| {
            std::fs::read(root.join(path)).map_or(true, |present| !estate::same(path, &present, content))
        })
        .map(|(path, _)| path.clone())
        .collect();
    for folder in OWNED {
        let Ok(entries) = std::fs::read_dir(root.join(folder)) else { continue };
        for entry in entries {
            let path = Path::new(folder).join(entry?.file_name());
            if !files.contains_key(&path) {
                differing.push(path);
            }
        }
    }
    Ok(differing)
}

/// The items of the sample estate.
pub(crate) fn estate_items(root: &Path) -> Result<Vec<serde_json::Value>> {
    estate::items(root)
}

/// The engine for the files in `xtask/templates/`.
fn templates() -> minijinja::Environment<'static> {
    let mut templates = minijinja::Environment::new();
    templates.set_keep_trailing_newline(true);
    templates
}

#[cfg(test)]
mod tests {
    #[test]
    fn generated_files_are_up_to_date() {
        let stale = super::stale(&crate::root()).expect("generating works");
        assert!(stale.is_empty(), "run `cargo xtask generate`: {stale:?}");
    }
}
