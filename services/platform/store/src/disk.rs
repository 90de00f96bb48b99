//! What is done to files that must be there after the power has gone, each thing by a name of its own: a test writes down what was done, and
//! cuts the power after any of it.

use std::{
    fmt,
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::Path,
};

/// A file system. What it does on its own is what the system's does.
pub trait Disk: fmt::Debug + Send + Sync {
    /// Makes a folder in one that is there. Its name survives once that one is synced.
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir(folder)
    }

    /// Makes the names in a folder survive.
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }

    /// Makes a file, empty, whatever it was.
    fn create(&self, path: &Path) -> io::Result<File> {
        File::create(path)
    }

    /// Opens a file to read it and write at its end, and makes it if it is not there.
    fn open_to_append(&self, path: &Path) -> io::Result<File> {
        OpenOptions::new().read(true).append(true).create(true).open(path)
    }

    /// Writes to a file that was opened at this path.
    fn write(&self, _path: &Path, mut file: &File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    /// Cuts a file that was opened at this path.
    fn cut(&self, _path: &Path, file: &File, length: u64) -> io::Result<()> {
        file.set_len(length)
    }

    /// Makes what was written to a file survive.
    fn sync(&self, _path: &Path, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    /// Puts a file in another's place. That survives once the folder is synced.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }
}

/// The system's own.
#[derive(Clone, Copy, Debug, Default)]
pub struct Local;

impl Disk for Local {}

/// Makes a folder and those above it, and syncs the folder in which each was made.
pub fn make_folders(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    let above = folder_of(folder);
    make_folders(disk, above)?;
    match disk.make_folder(folder) {
        // Someone else was first.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        made => made?,
    }
    disk.sync_folder(above)
}

/// The folder in which something is.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) => Path::new("."),
        None => Path::new("/"),
    }
}
