//! `--output`: a file that is written whole or not at all.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use tempfile::NamedTempFile;

/// A file under a temporary name beside its place, until all of it is written.
pub(crate) struct Output {
    path: PathBuf,
    file: BufWriter<NamedTempFile>,
}

impl Output {
    pub(crate) fn create(path: &Path) -> Result<Self> {
        let place = path.display();
        // A device, a pipe or a folder can't be replaced by a file.
        if path.exists() && !path.is_file() {
            bail!("--output {place} is no ordinary file; redirect the standard output to it instead");
        }
        let folder = match path.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        let file = temporary_in(folder).with_context(|| format!("--output {place} can't be written"))?;
        Ok(Self { path: path.to_owned(), file: BufWriter::new(file) })
    }

    /// Puts the file in its place.
    pub(crate) fn keep(self) -> Result<()> {
        let place = self.path.display();
        let context = || format!("--output {place} can't be written");
        let file = self.file.into_inner().map_err(std::io::IntoInnerError::into_error).with_context(context)?;
        file.persist(&self.path).map_err(|error| error.error).with_context(context)?;
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

/// A temporary file that gets the permissions of any new file, not those of a secret one.
fn temporary_in(folder: &Path) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".vitals-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}
