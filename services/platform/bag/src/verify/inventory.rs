//! What a bag holds: of every file its size and digest, of a few the content.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Read},
};

use super::{Check, Finding, Verdict};
use crate::{
    hashing::{Hashing, PIECE},
    path::PathFault,
    statement::JSON,
    tar::read::{Archive, TarFault},
};

/// Most files that are looked at.
const MOST_FILES: usize = 100_000;
/// Most bytes of all files together whose content is held.
const MOST_HELD: u64 = 32 * 1024 * 1024;

/// Why a bag cannot be looked at any further.
#[derive(Debug, thiserror::Error)]
pub enum Malformed {
    /// The archive is not one.
    #[error("{0}")]
    Archive(#[from] TarFault),
    /// A file cannot be read.
    #[error("the file {path} cannot be read: {error}")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        error: io::Error,
    },
    /// Something that is not a plain file.
    #[error("the bag holds {what} named {path}, which a bag never does")]
    NotAFile {
        /// Where.
        path: String,
        /// What it is.
        what: &'static str,
    },
    /// A name that is not safe.
    #[error("the bag holds a file named {path:?}, which {fault}")]
    Path {
        /// The name, as far as it can be shown.
        path: String,
        /// What is wrong with it.
        fault: PathFault,
    },
    /// Two files that one name could mean.
    #[error("the bag holds {path} twice, or beside another name that some machines take for the same")]
    Twice {
        /// The name.
        path: String,
    },
    /// Files beside the one folder that an archived bag has.
    #[error("the archive holds {path:?} outside the one folder that is the bag")]
    Beside {
        /// The name.
        path: String,
    },
    /// More files than any honest bag.
    #[error("the bag holds more than {MOST_FILES} files")]
    TooMany,
    /// A file that says something about others and is larger than any honest one.
    #[error("the file {path} is larger than it can honestly be")]
    TooLarge {
        /// The file.
        path: String,
    },
    /// There is nothing.
    #[error("the bag is empty")]
    Empty,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) size: u64,
    pub(super) sha256: String,
}

/// Everything that was read.
#[derive(Debug, Default)]
pub(super) struct Inventory {
    pub(super) name: String,
    pub(super) files: BTreeMap<String, Found>,
    pub(super) held: BTreeMap<String, Vec<u8>>,
    folded: BTreeSet<String>,
    held_bytes: u64,
}

/// A file on its way into the inventory.
pub(super) struct Arriving {
    path: String,
    hashing: Hashing,
    held: Option<Vec<u8>>,
}

impl Inventory {
    /// An inventory without files.
    pub(super) fn named(name: String) -> Self {
        Self { name, ..Self::default() }
    }

    /// Reads an archive.
    pub(super) fn of_archive(input: impl Read) -> Result<Self, Malformed> {
        let mut archive = Archive::new(input);
        let mut inventory = Self::default();
        let mut buffer = vec![0; PIECE];
        while let Some(member) = archive.advance()? {
            let (folder, path) =
                member.path.split_once('/').ok_or_else(|| Malformed::Beside { path: member.path.clone() })?;
            if inventory.files.is_empty() {
                folder.clone_into(&mut inventory.name);
            } else if inventory.name != folder {
                return Err(Malformed::Beside { path: member.path });
            }
            let mut arriving = inventory.arrive(path, member.size)?;
            archive.content(&member, |piece| arriving.take(piece), &mut buffer)?;
            inventory.add(arriving);
        }
        if inventory.files.is_empty() { Err(Malformed::Empty) } else { Ok(inventory) }
    }

    /// A file begins that says it has so many bytes.
    pub(super) fn arrive(&mut self, path: &str, size: u64) -> Result<Arriving, Malformed> {
        if self.files.len() >= MOST_FILES {
            return Err(Malformed::TooMany);
        }
        if !self.folded.insert(path.to_ascii_lowercase()) {
            return Err(Malformed::Twice { path: path.to_owned() });
        }
        let tells = !path.contains('/') || path == JSON || path.starts_with("data/journal/");
        if tells {
            self.held_bytes = self.held_bytes.saturating_add(size);
            if self.held_bytes > MOST_HELD {
                return Err(Malformed::TooLarge { path: path.to_owned() });
            }
        }
        Ok(Arriving { path: path.to_owned(), hashing: Hashing::new(), held: tells.then(Vec::new) })
    }

    /// A file has arrived.
    pub(super) fn add(&mut self, arrived: Arriving) {
        let Arriving { path, hashing, held } = arrived;
        if let Some(bytes) = held {
            self.held.insert(path.clone(), bytes);
        }
        let size = hashing.count();
        self.files.insert(path, Found { size, sha256: hashing.finish() });
    }

    /// The content of a file that is held, as text.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        str::from_utf8(self.held.get(path)?).ok()
    }

    /// The files under `data/`.
    pub(super) fn payload(&self) -> impl Iterator<Item = (&String, &Found)> {
        self.files.iter().filter(|(path, _)| path.starts_with("data/"))
    }

    pub(super) fn finding(&self) -> Finding {
        let bytes: u64 = self.files.values().map(|found| found.size).sum();
        let words = format!(
            "The bag can be read to its end and holds nothing but plain files: {} of them, {bytes} bytes.",
            self.files.len()
        );
        Finding::new(Check::Archive, Verdict::Holds, words)
    }
}

impl Arriving {
    /// The next bytes of the file.
    pub(super) fn take(&mut self, piece: &[u8]) {
        self.hashing.update(piece);
        if let Some(held) = &mut self.held {
            held.extend_from_slice(piece);
        }
    }

    /// Bytes so far.
    pub(super) fn count(&self) -> u64 {
        self.hashing.count()
    }
}
