//! Small inputs, held in memory as a whole: what `run`, `invoke` and `local` work with.

use std::path::PathBuf;

use anyhow::{Context as _, Result, anyhow};

use crate::stream::{self, Limits, Splitter};

/// The text of an item and where it stands, for messages.
#[derive(Debug)]
pub struct Found {
    /// The item's JSON.
    pub text: String,
    /// The file and the item's number in it.
    pub place: String,
}

/// Reads all items of the given files: snapshots, history files, API answers, lists, lines, single items; gzipped or not.
///
/// # Errors
///
/// One sentence that names the file and what is wrong with it.
pub fn read(paths: &[PathBuf]) -> Result<Vec<Found>> {
    let mut items = Vec::new();
    for source in stream::find(paths)? {
        let mut splitter = Splitter::new(source.open()?, Limits::default());
        let mut number = 0;
        while let Some(batch) = splitter.next_batch().with_context(|| source.name().to_owned())? {
            for (text, _) in batch.items() {
                number += 1;
                let place = format!("{}, item {number}", source.name());
                let text = String::from_utf8(text.to_vec()).map_err(|_| anyhow!("{place} is not UTF-8 text"))?;
                items.push(Found { text, place });
            }
        }
    }
    Ok(items)
}
