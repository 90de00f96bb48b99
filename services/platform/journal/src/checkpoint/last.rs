//! The last checkpoint that was published, kept outside the database.
//!
//! A database that was restored from a backup has forgotten its last entries and would sign a second history over them.
//! The file remembers: before anything new is signed, the tree must still contain what the file says.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use redress_store::disk::{Disk, Local, folder_of, make_folders};
use uuid::Uuid;

use super::SignedNote;

/// A file with the signed note that was published last.
#[derive(Clone, Debug)]
pub struct LastCheckpoint {
    path: PathBuf,
    /// Where the next note is written before it takes the place of the last.
    new: PathBuf,
    disk: Arc<dyn Disk>,
}

impl LastCheckpoint {
    /// Keeps the note at `path`, in a folder that exists.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let new = path.with_extension("new");
        Self { path, new, disk: Arc::new(Local) }
    }

    /// The same, written to another disk.
    #[must_use]
    pub fn on(self, disk: Arc<dyn Disk>) -> Self {
        Self { disk, ..self }
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

    /// How many entries the note published last is over; `None` when none ever was.
    pub fn size(&self) -> io::Result<Option<u64>> {
        Ok(self.read()?.as_deref().and_then(size))
    }

    /// Puts the note of a restored log in place of the one that was published last, which is kept beside it, named after the
    /// restore. Returns the size that was published.
    pub fn set_back(&self, note: Option<&str>, restore: Uuid) -> io::Result<Option<u64>> {
        let published = self.read()?;
        let size = published.as_deref().and_then(size);
        if published.is_some() {
            let beside = self.path.with_extension(format!("before-{restore}.note"));
            self.disk.rename(&self.path, &beside)?;
        }
        let folder = folder_of(&self.path);
        make_folders(&*self.disk, folder)?;
        match note {
            Some(note) => self.write(note)?,
            None => self.disk.sync_folder(folder)?,
        }
        Ok(size)
    }

    /// Replaces the note; returns once it survives a loss of power.
    pub fn write(&self, note: &str) -> io::Result<()> {
        let file = self.disk.create(&self.new)?;
        self.disk.write(&self.new, &file, note.as_bytes())?;
        self.disk.sync(&self.new, &file)?;
        self.disk.rename(&self.new, &self.path)?;
        self.disk.sync_folder(folder_of(&self.path))
    }
}

fn size(note: &str) -> Option<u64> {
    SignedNote::parse(note).ok()?.body().lines().nth(1)?.parse().ok()
}
