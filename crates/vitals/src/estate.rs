//! Reading files of configuration items: snapshots, history files, API answers, lists, single items.

use std::io::Read;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow, bail};
use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use serde_json::value::RawValue;

/// A file of configuration items, read and unpacked.
#[derive(Debug)]
pub struct Estate {
    name: String,
    text: String,
}

/// The objects that hold items, by what AWS calls the list.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Container<'a> {
    #[serde(borrow)]
    configuration_items: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    base_configuration_items: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    resource_type: Option<&'a RawValue>,
    #[serde(borrow)]
    invoking_event: Option<&'a RawValue>,
}

impl Estate {
    /// Reads a file; `-` is standard input. Gzip is recognised by its content.
    ///
    /// # Errors
    ///
    /// One sentence that names the file and what is wrong with it.
    pub fn read(path: &Path) -> Result<Self> {
        let (name, bytes) = if path == Path::new("-") {
            let mut bytes = Vec::new();
            std::io::stdin().read_to_end(&mut bytes).context("standard input can't be read")?;
            ("standard input".to_owned(), bytes)
        } else {
            let name = path.display().to_string();
            if path.is_dir() {
                bail!("{name} is a directory; name the files in it");
            }
            let bytes = std::fs::read(path).with_context(|| format!("{name} can't be read"))?;
            (name, bytes)
        };
        let bytes = if bytes.starts_with(&[0x1f, 0x8b]) { unpack(&name, &bytes)? } else { bytes };
        let text = String::from_utf8(bytes)
            .map_err(|error| anyhow!("{name} is not UTF-8 text (byte {})", error.utf8_error().valid_up_to()))?;
        Ok(Self { name, text })
    }

    /// What to call the file in messages.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The JSON text of each item, in the file's order. Whether it *is* an item shows when it is read as one.
    ///
    /// # Errors
    ///
    /// One sentence that names the file and what is wrong with it.
    pub fn items(&self) -> Result<Vec<&RawValue>> {
        let text = self.text.trim_start_matches('\u{feff}');
        if text.trim().is_empty() {
            bail!("{} is empty", self.name);
        }
        let mut items = Vec::new();
        for value in serde_json::Deserializer::from_str(text).into_iter::<&RawValue>() {
            let value = value.map_err(|error| self.not_json(&error))?;
            match value.get().as_bytes().first() {
                Some(b'[') => items.extend(self.list(value)?),
                Some(b'{') => items.extend(self.object(value)?),
                _ => return Err(self.not_config_data()),
            }
        }
        Ok(items)
    }

    fn list<'a>(&self, value: &'a RawValue) -> Result<Vec<&'a RawValue>> {
        serde_json::from_str(value.get()).map_err(|error| self.not_json(&error))
    }

    fn object<'a>(&self, value: &'a RawValue) -> Result<Vec<&'a RawValue>> {
        let container: Container<'_> = serde_json::from_str(value.get())
            .map_err(|error| anyhow!("{} holds items in an unknown form: {error}", self.name))?;
        match container {
            Container { configuration_items: Some(items), .. }
            | Container { base_configuration_items: Some(items), .. } => Ok(items),
            Container { resource_type: Some(_), .. } => Ok(vec![value]),
            Container { invoking_event: Some(_), .. } => {
                bail!(
                    "{} is an event of AWS Config; hand it to a rule with `vitals invoke RULE --event FILE`",
                    self.name
                )
            }
            _ => Err(self.not_config_data()),
        }
    }

    fn not_json(&self, error: &serde_json::Error) -> anyhow::Error {
        anyhow!("{} is not JSON: {error}", self.name)
    }

    fn not_config_data(&self) -> anyhow::Error {
        anyhow!(
            "{} is JSON, but no data of AWS Config: expected a snapshot, a history file, an item or a list of items",
            self.name
        )
    }
}

/// Unpacks gzip, of one member or several.
fn unpack(name: &str, bytes: &[u8]) -> Result<Vec<u8>> {
    let mut unpacked = Vec::new();
    MultiGzDecoder::new(bytes).read_to_end(&mut unpacked).map_err(|error| {
        anyhow!("{name} is truncated or corrupt gzip: {error}, after {} unpacked bytes", unpacked.len())
    })?;
    Ok(unpacked)
}
