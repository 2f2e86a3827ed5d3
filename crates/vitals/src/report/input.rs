//! The files that a report is made of, told apart by their SHA-256.

use std::fmt::{self, Write as _};
use std::io::{ErrorKind, Read};

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::stream::Source;

/// One file that was read. Scripts rely on these names.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(super) struct Input {
    pub(super) kind: Kind,
    /// What the file was called on the command line.
    pub(super) name: String,
    /// Of the file as it is, gzipped or not.
    pub(super) sha256: String,
    pub(super) bytes: u64,
}

/// What a file is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Items,
    Parameters,
    Exceptions,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Items => "a file of items",
            Self::Parameters => "--parameters",
            Self::Exceptions => "--exceptions",
        })
    }
}

impl Input {
    /// Whether it is the same content, read for the same.
    pub(super) fn is(&self, other: &Self) -> bool {
        (self.kind, &self.sha256) == (other.kind, &other.sha256)
    }

    pub(super) fn of(kind: Kind, source: &Source) -> Result<Self> {
        let name = source.name();
        let (sha256, bytes) = digest(source.as_it_is()?).with_context(|| format!("{name} can't be read"))?;
        Ok(Self { kind, name: name.to_owned(), sha256, bytes })
    }
}

fn digest(mut file: impl Read) -> std::io::Result<(String, u64)> {
    let mut hash = Sha256::new();
    let mut chunk = vec![0; 256 << 10];
    let mut bytes = 0;
    loop {
        match file.read(&mut chunk) {
            Ok(0) => break,
            Ok(read) => {
                hash.update(&chunk[..read]);
                bytes += read as u64;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let mut hex = String::new();
    for byte in hash.finalize() {
        write!(hex, "{byte:02x}").expect("a string takes any text");
    }
    Ok((hex, bytes))
}

#[cfg(test)]
mod tests {
    use super::digest;

    #[test]
    fn the_digest_is_the_one_that_everybody_knows() {
        let (hex, bytes) = digest(b"abc".as_slice()).expect("memory can be read");
        // FIPS 180-4, the example of one block.
        assert_eq!(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(bytes, 3);
    }
}
