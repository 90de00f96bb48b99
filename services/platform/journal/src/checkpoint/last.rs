//! The last checkpoint that was published, kept outside the database.
//!
//! A database that was restored from a backup has forgotten its last entries and would sign a second history over them.
//! The file remembers: before anything new is signed, the tree must still contain what the file says.

use std::{
    io::{self, Write as _},
    path::{Path, PathBuf},
};

/// A file with the signed note that was published last.
#[derive(Clone, Debug)]
pub struct LastCheckpoint {
    path: PathBuf,
}

impl LastCheckpoint {
    /// Keeps the note at `path`, in a folder that exists.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
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

    /// Replaces the note; returns once it survives a loss of power.
    pub fn write(&self, note: &str) -> io::Result<()> {
        let new = self.path.with_extension("new");
        let mut file = std::fs::File::create(&new)?;
        file.write_all(note.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&new, &self.path)?;
        if let Some(folder) = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::File::open(folder)?.sync_all()?;
        }
        Ok(())
    }
}
