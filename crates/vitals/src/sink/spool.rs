//! Text that comes in the items' order and is written rule by rule.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};

use anyhow::{Context as _, Result};

/// How much text of a rule is kept in memory before it goes to the temporary file.
const CHUNK: usize = 32 * 1024;

/// Text by rule. Where it is much, it waits in a temporary file, so that an estate of any size fits.
#[derive(Default)]
pub(crate) struct Spool {
    rules: HashMap<&'static str, Text>,
    file: Option<File>,
    /// The length of the file.
    end: u64,
}

#[derive(Default)]
struct Text {
    /// Where earlier text stands in the file, and how long it is.
    chunks: Vec<(u64, u64)>,
    recent: Vec<u8>,
}

impl Spool {
    /// Adds to the text of a rule.
    pub(crate) fn add(&mut self, rule: &'static str, text: &[u8]) -> Result<()> {
        let kept = self.rules.entry(rule).or_default();
        kept.recent.extend_from_slice(text);
        if kept.recent.len() < CHUNK {
            return Ok(());
        }
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile().context("a temporary file can't be made")?),
        };
        file.write_all(&kept.recent).context("the temporary file can't be written")?;
        let length = kept.recent.len() as u64;
        kept.chunks.push((self.end, length));
        self.end += length;
        kept.recent.clear();
        Ok(())
    }

    /// Whether a rule has any text.
    pub(crate) fn holds(&self, rule: &str) -> bool {
        self.rules.contains_key(rule)
    }

    /// Writes the text of a rule.
    pub(crate) fn copy(&mut self, rule: &str, out: &mut dyn Write) -> Result<()> {
        let Some(text) = self.rules.get(rule) else { return Ok(()) };
        for (start, length) in &text.chunks {
            let file = self.file.as_mut().expect("what was spooled is in the file");
            let mut chunk = Vec::new();
            file.seek(SeekFrom::Start(*start))
                .and_then(|_| file.take(*length).read_to_end(&mut chunk))
                .context("the temporary file can't be read")?;
            out.write_all(&chunk)?;
        }
        out.write_all(&text.recent)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_comes_back_rule_by_rule_and_in_order() {
        let mut spool = Spool::default();
        let (mut a, mut b) = (String::new(), String::new());
        for number in 0..20_000 {
            let line = format!("line {number}\n");
            let (rule, text) = if number % 3 == 0 { ("a", &mut a) } else { ("b", &mut b) };
            spool.add(rule, line.as_bytes()).expect("a temporary file");
            text.push_str(&line);
        }
        assert!(spool.file.is_some(), "the text should be more than memory holds");
        for (rule, text) in [("a", a), ("b", b), ("c", String::new())] {
            assert_eq!(spool.holds(rule), !text.is_empty());
            let mut copied = Vec::new();
            spool.copy(rule, &mut copied).expect("the temporary file");
            assert_eq!(String::from_utf8(copied).expect("text"), text);
        }
    }
}
