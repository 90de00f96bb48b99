//! Why a backup was not taken, or not put back.

use std::{io, path::PathBuf};

use jiff::Timestamp;
use redress_store::{DbError, KeyringFault, blob::BlobFault};

use crate::{check::CheckFault, manifest::ManifestFault};

/// Why a backup was not taken, or not put back.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// A database failed, or is not empty.
    #[error(transparent)]
    Database(#[from] DbError),
    /// The keys cannot be opened, or not be destroyed.
    #[error("the keys of the backup do not open under the master key at hand")]
    Keyring(#[from] KeyringFault),
    /// A document cannot be copied.
    #[error("document {name} cannot be copied")]
    Document {
        /// Its object.
        name: String,
        /// Why.
        #[source]
        source: BlobFault,
    },
    /// The store of documents cannot be read.
    #[error("the documents cannot be listed")]
    Documents(#[from] BlobFault),
    /// The erasure ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] redress_ledger::Fault),
    /// The manifest cannot be written.
    #[error(transparent)]
    Manifest(#[from] ManifestFault),
    /// The backup is not what its manifest says.
    #[error(transparent)]
    Backup(#[from] CheckFault),
    /// A file or folder cannot be read or written.
    #[error("{path} cannot be read or written")]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Another backup of the service is being taken into the same folder.
    #[error("another backup is being taken into {path}")]
    Busy {
        /// Which folder.
        path: PathBuf,
    },
    /// There is no whole backup.
    #[error("there is no whole backup of {service} in {path}")]
    None {
        /// Of which service.
        service: String,
        /// Where it was looked for.
        path: PathBuf,
    },
    /// It is one of another service.
    #[error("the backup is one of {found}, not of {wanted}")]
    Foreign {
        /// Whose it is.
        found: String,
        /// Whose was wanted.
        wanted: String,
    },
    /// Its time has passed; what was destroyed since is promised to be in no backup any more.
    #[error("the backup was to be kept until {keep_until} and may be restored no more")]
    Expired {
        /// Until when it was kept.
        keep_until: Timestamp,
    },
    /// Its schema is none that this program knows.
    #[error("the backup has the schema of another version ({step}); restore it with that version")]
    Schema {
        /// The first step that is not known.
        step: String,
    },
    /// The erasure ledger does not reach what the backup knows.
    #[error(
        "the erasure ledger at {path} does not contain what had been erased when the backup was taken (number {number}); without it \
         what was erased since would come back"
    )]
    LedgerLost {
        /// Where it was looked for.
        path: String,
        /// How far it went.
        number: u64,
    },
}

impl Fault {
    pub(crate) fn io(path: &std::path::Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}
