//! Whether a backup is what its manifest says: every file, the keys, and every document by its name.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use redress_journal::checkpoint::VerifierKey;

use crate::{
    digest,
    manifest::{Item, Manifest, ManifestFault},
};

/// The file with the names of the documents.
pub const OBJECTS: &str = "objects.txt";

/// Why a backup is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum CheckFault {
    /// Its manifest is not.
    #[error(transparent)]
    Manifest(#[from] ManifestFault),
    /// A file of it cannot be read.
    #[error("{path} of the backup cannot be read")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A file of it is not what it was.
    #[error("{path} of the backup is not what the manifest says")]
    Changed {
        /// Which.
        path: PathBuf,
    },
}

/// Reads the manifest in `folder` and checks every file it names, the keys where they lie in `keys`.
pub fn check(folder: &Path, keys: &Path, key: &VerifierKey) -> Result<Manifest, CheckFault> {
    let manifest = Manifest::read(folder, key)?;
    for item in &manifest.files {
        same(&folder.join(&item.path), item)?;
    }
    for item in &manifest.keys {
        same(&keys.join(&item.path), item)?;
    }
    let names = names(folder)?;
    if names.len() as u64 != manifest.objects {
        return Err(CheckFault::Changed { path: folder.join(OBJECTS) });
    }
    Ok(manifest)
}

/// The names of the documents of the backup in `folder`.
pub(crate) fn names(folder: &Path) -> Result<Vec<String>, CheckFault> {
    let path = folder.join(OBJECTS);
    let text = fs::read_to_string(&path).map_err(|source| CheckFault::Unreadable { path, source })?;
    Ok(text.lines().map(str::to_owned).collect())
}

fn same(path: &Path, item: &Item) -> Result<(), CheckFault> {
    let found = digest::of_file(path);
    let (bytes, sha256) = found.map_err(|source| CheckFault::Unreadable { path: path.to_owned(), source })?;
    if (bytes, &sha256) == (item.bytes, &item.sha256) {
        Ok(())
    } else {
        Err(CheckFault::Changed { path: path.to_owned() })
    }
}
