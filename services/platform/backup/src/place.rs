//! Where the backups of a service lie: a folder for each, the documents of all of them beside, the keys in a folder apart.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use jiff::{Timestamp, tz::TimeZone};
use redress_store::Blobs;
use uuid::Uuid;

use crate::{Fault, manifest::SIGNATURE};

/// Where the database's files lie in a backup.
pub(crate) const DATABASE: &str = "database";

/// Where the documents lie beside the backups.
const BLOBS: &str = "blobs";

const LOCK: &str = ".lock";

/// Where the backups of one service lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    service: String,
    folder: PathBuf,
    keys: PathBuf,
}

impl Place {
    /// The place of `service` under `to`, its keys under `keys_to`.
    pub fn of(service: &str, to: &Path, keys_to: &Path) -> Self {
        let service = service.to_owned();
        Self { folder: to.join(&service), keys: keys_to.join(&service), service }
    }

    /// The folder of the backup of this name.
    pub fn backup(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The folder of its keys.
    pub fn keys_of(&self, name: &str) -> PathBuf {
        self.keys.join(name)
    }

    /// The documents of all backups.
    pub fn blobs(&self) -> Result<Blobs, Fault> {
        Ok(Blobs::open(&format!("file:{}", self.folder.join(BLOBS).display()))?)
    }

    /// The names of all backups, whole or not, oldest first.
    pub fn names(&self) -> Result<Vec<String>, Fault> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Fault::io(&self.folder)(error)),
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry.map_err(Fault::io(&self.folder))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name != BLOBS && entry.path().is_dir() {
                names.push(name);
            }
        }
        names.sort_unstable();
        Ok(names)
    }

    /// The newest whole backup.
    pub fn newest(&self) -> Result<String, Fault> {
        let whole = |name: &String| self.backup(name).join(SIGNATURE).is_file();
        self.names()?
            .into_iter()
            .rfind(whole)
            .ok_or_else(|| Fault::None { service: self.service.clone(), path: self.folder.clone() })
    }

    /// The name of a backup that begins at `at`: names sort as time does.
    pub(crate) fn name(id: Uuid, at: Timestamp) -> String {
        let stamp = at.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string();
        let id = id.simple().to_string();
        format!("{stamp}-{}", &id[24..])
    }

    /// Keeps others from taking backups here for as long as what is returned lives.
    pub(crate) fn alone(&self) -> Result<File, Fault> {
        fs::create_dir_all(&self.folder).map_err(Fault::io(&self.folder))?;
        let path = self.folder.join(LOCK);
        let lock = File::create(&path).map_err(Fault::io(&path))?;
        match lock.try_lock() {
            Ok(()) => Ok(lock),
            Err(fs::TryLockError::WouldBlock) => Err(Fault::Busy { path: self.folder.clone() }),
            Err(fs::TryLockError::Error(error)) => Err(Fault::io(&path)(error)),
        }
    }
}
