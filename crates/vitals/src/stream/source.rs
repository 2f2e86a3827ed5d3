//! Where items come from: files, folders of them, and standard input.

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use flate2::bufread::MultiGzDecoder;

use super::progress::watched;

/// How large input may be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Most bytes of one item.
    pub(crate) item: u64,
    /// Most bytes of one file, unpacked.
    pub(crate) unpacked: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { item: 64 << 20, unpacked: 256 << 30 }
    }
}

/// One file of items; it can be read more than once.
#[derive(Debug)]
pub(crate) struct Source {
    name: String,
    place: Place,
}

#[derive(Debug)]
enum Place {
    File(PathBuf),
    /// Standard input or a pipe, written to a temporary file that nobody else sees.
    Spooled(File),
}

impl Source {
    /// What to call the file in messages.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Opens the file as it is, gzip or not.
    pub(crate) fn as_it_is(&self) -> Result<File> {
        let unreadable = || format!("{} can't be read", self.name);
        let mut file = match &self.place {
            Place::File(path) => File::open(path),
            Place::Spooled(file) => file.try_clone(),
        }
        .with_context(unreadable)?;
        // A clone of the spooled file shares its position with whoever read it before.
        file.rewind().with_context(unreadable)?;
        Ok(file)
    }

    /// Opens the file, unpacking it if its content is gzip; gzip of several members is read to its end.
    pub(crate) fn open(&self) -> Result<Box<dyn Read + Send>> {
        let unreadable = || format!("{} can't be read", self.name);
        let mut file = self.as_it_is()?;
        let mut magic = [0; 2];
        let read = read_up_to(&mut file, &mut magic).with_context(unreadable)?;
        file.rewind().with_context(unreadable)?;
        if magic[..read] == [0x1f, 0x8b] {
            let packed = BufReader::with_capacity(256 << 10, watched(file));
            return Ok(Box::new(MultiGzDecoder::new(packed)));
        }
        Ok(watched(file))
    }

    /// Its size in bytes, for the eyes only.
    pub(super) fn size(&self) -> u64 {
        let metadata = match &self.place {
            Place::File(path) => path.metadata(),
            Place::Spooled(file) => file.metadata(),
        };
        metadata.map_or(0, |metadata| metadata.len())
    }
}

fn read_up_to(file: &mut File, bytes: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while filled < bytes.len() {
        match file.read(&mut bytes[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

/// The files that the paths name, folders with all that is in them, sorted by path.
pub(crate) fn find(paths: &[PathBuf]) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for path in paths {
        if path == Path::new("-") {
            sources.push(spool("standard input".to_owned(), &mut std::io::stdin().lock())?);
        } else if path.is_dir() {
            let before = sources.len();
            walk(path, &mut sources)?;
            if sources.len() == before {
                bail!("{} has no file ending in .json, .ndjson or these and .gz", path.display());
            }
        } else {
            let unreadable = || format!("{} can't be read", path.display());
            let metadata = path.metadata().with_context(unreadable)?;
            sources.push(if metadata.is_file() {
                file(path)
            } else {
                spool(path.display().to_string(), &mut File::open(path).with_context(unreadable)?)?
            });
        }
    }
    Ok(sources)
}

/// The file at this path.
pub(crate) fn file(path: &Path) -> Source {
    Source { name: path.display().to_string(), place: Place::File(path.to_owned()) }
}

/// AWS Config writes other files beside its own, such as `ConfigWritabilityCheckFile`; what holds items ends in `.json.gz`.
fn walk(folder: &Path, into: &mut Vec<Source>) -> Result<()> {
    let unreadable = || format!("{} can't be read", folder.display());
    let mut entries = std::fs::read_dir(folder)
        .with_context(unreadable)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<Vec<_>>>()
        .with_context(unreadable)?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(&path, into)?;
            continue;
        }
        let name = path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        let plain = name.strip_suffix(".gz").unwrap_or(&name);
        if Path::new(plain).extension().is_some_and(|extension| extension == "json" || extension == "ndjson") {
            into.push(file(&path));
        }
    }
    Ok(())
}

/// Standard input or a pipe, kept in a temporary file: it may have to be read twice.
fn spool(name: String, input: &mut impl Read) -> Result<Source> {
    let mut file = tempfile::tempfile().with_context(|| format!("{name} can't be kept in a temporary file"))?;
    std::io::copy(input, &mut file).with_context(|| format!("{name} can't be read"))?;
    Ok(Source { name, place: Place::Spooled(file) })
}
