//! Deletes backups whose time has passed, and the documents that no other backup names. The certificates of what was destroyed
//! say until when copies may lie in backups; this keeps that promise.

use std::{collections::BTreeSet, fs, io, path::Path};

use jiff::Timestamp;
use redress_journal::checkpoint::VerifierKey;

use crate::{Fault, Manifest, Place, check};

/// Deletes what is past, and returns the names of the backups that were. One that is not whole, or not signed by `key`, is left
/// for a person.
pub async fn prune(place: &Place, key: &VerifierKey, now: Timestamp) -> Result<Vec<String>, Fault> {
    let (mut gone, mut named) = (Vec::new(), BTreeSet::new());
    let mut certain = true;
    for name in place.names()? {
        let folder = place.backup(&name);
        match Manifest::read(&folder, key) {
            Ok(manifest) if manifest.keep_until < now => {
                remove(&place.keys_of(&name))?;
                remove(&folder)?;
                gone.push(name);
            }
            Ok(_) => named.extend(check::names(&folder)?),
            // Nobody knows which documents it needs.
            Err(_) => certain = false,
        }
    }
    if certain && !gone.is_empty() {
        let blobs = place.blobs()?;
        for object in blobs.names().await? {
            if !named.contains(&object.to_string()) {
                blobs.delete(object).await?;
            }
        }
    }
    Ok(gone)
}

fn remove(folder: &Path) -> Result<(), Fault> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Fault::io(folder)(error)),
        Ok(()) | Err(_) => Ok(()),
    }
}
