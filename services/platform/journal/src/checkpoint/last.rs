//! The last checkpoint that was published, kept outside the database.
//!
//! A database that was restored from a backup has forgotten its last entries and would sign a second history over them.
//! The file remembers: before anything new is signed, the tree must still contain what the file says.

use std::{
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use uuid::Uuid;

use super::SignedNote;

/// A file with the signed note that was published last.
#[derive(Clone, Debug)]
pub struct LastCheckpoint {
    path: PathBuf,
    /// Where the next note is written before it takes the place of the last.
    new: PathBuf,
}

impl LastCheckpoint {
    /// Keeps the note at `path`, in a folder that exists.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let new = path.with_extension("new");
        Self { path, new }
    }

    /// The same, written by one of several that keep it at one place: what one has half written, no other may move.
    #[must_use]
    pub fn written_by(self, writer: Uuid) -> Self {
        Self { new: self.path.with_extension(format!("{writer}.new")), ..self }
    }

    /// Where it is kept.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The note published last; `None` when none ever was.
    pub fn read(&self) -> io::Result<Option<String>> {
        match std::fs::read_to_string(&self.path) {
            Ok(note) => Ok(Some(note)),
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    /// Puts the note of a restored log in place of the one that was published last, which is kept beside it, named after the
    /// restore. Returns the size that was published.
    pub fn set_back(&self, note: Option<&str>, restore: Uuid) -> io::Result<Option<u64>> {
        let published = self.read()?;
        let size = published
            .as_deref()
            .and_then(|note| SignedNote::parse(note).ok()?.body().lines().nth(1)?.parse().ok());
        if published.is_some() {
            std::fs::rename(&self.path, self.path.with_extension(format!("before-{restore}.note")))?;
        }
        if let Some(folder) = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)?;
        }
        if let Some(note) = note {
            self.write(note)?;
        }
        Ok(size)
    }

    /// Replaces the note; returns once it survives a loss of power.
    pub fn write(&self, note: &str) -> io::Result<()> {
        let mut file = std::fs::File::create(&self.new)?;
        file.write_all(note.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&self.new, &self.path)?;
        if let Some(folder) = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::File::open(folder)?.sync_all()?;
        }
        Ok(())
    }
}
