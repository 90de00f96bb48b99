//! What a backup holds. It is signed by the key of the service's journal, so that nobody slips another one under.

use std::{fs, io, path::Path};

use jiff::Timestamp;
use redress_journal::{
    checkpoint::{NoteFault, SignedNote, Signer, VerifierKey, sign_note},
    merkle::Hash,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::digest;

/// The manifest's file.
pub const FILE: &str = "manifest.json";

/// The file of its signature, written last: a backup without it is not whole.
pub const SIGNATURE: &str = "manifest.note";

/// First line of what is signed. It is no log's name, so that it passes for no checkpoint.
const TITLE: &str = "redress backup manifest";

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Which backup.
    pub id: Uuid,
    /// Of which service.
    pub service: String,
    /// The log of its journal.
    pub origin: String,
    /// Which life of the database.
    pub epoch: Uuid,
    /// When it was begun: nothing that was erased before is in it.
    pub begun_at: Timestamp,
    /// When it was whole.
    pub finished_at: Timestamp,
    /// Until when it is kept; then it is to be deleted, and may be restored no more.
    pub keep_until: Timestamp,
    /// The database it was taken from: `sqlite` or `postgresql`.
    pub engine: String,
    /// Schema of the database.
    pub schema: Vec<Step>,
    /// Schema of the keys' database.
    pub keys_schema: Vec<Step>,
    /// Entries of the journal.
    pub log_size: i64,
    /// Its root over them, where there are any.
    pub log_root: Option<Hash>,
    /// How far the erasure ledger went when the copy was begun.
    pub ledger_number: u64,
    /// The ledger's hash there.
    pub ledger_hash: Hash,
    /// Files of the backup but for this one and the keys, by their path in its folder.
    pub files: Vec<Item>,
    /// Files of the keys, by their path in the folder of the keys.
    pub keys: Vec<Item>,
    /// How many documents belong to it; the list of their names is among the files.
    pub objects: u64,
    /// Bytes of all of them.
    pub object_bytes: u64,
}

/// A step of a schema that was applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Whose.
    pub list: String,
    /// Which.
    pub version: i64,
    /// SHA-256 of its text.
    pub checksum: String,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its path.
    pub path: String,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its content.
    pub sha256: String,
}

/// Why a manifest is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum ManifestFault {
    /// It cannot be read.
    #[error("the manifest of the backup cannot be read")]
    Io(#[from] io::Error),
    /// It is not a manifest.
    #[error("the manifest of the backup is not one")]
    Form(#[from] serde_json::Error),
    /// Its signature is not the expected key's.
    #[error("the manifest of the backup is not accepted: {0}")]
    Signature(NoteFault),
    /// It was changed after it was signed.
    #[error("the manifest of the backup is not the one that was signed")]
    Changed,
}

impl Manifest {
    /// Writes it into a folder, signed; returns the digest of its text.
    pub fn write(&self, folder: &Path, signer: &Signer) -> Result<String, ManifestFault> {
        let text = serde_json::to_string_pretty(self)?;
        let digest = digest::of_text(&text);
        durable(&folder.join(FILE), text.as_bytes())?;
        let note = sign_note(&body(signer.verifier().name(), &digest), signer);
        durable(&folder.join(SIGNATURE), note.as_bytes())?;
        fs::File::open(folder)?.sync_all()?;
        Ok(digest)
    }

    /// Reads the one in a folder, and accepts it only under the signature of `key`.
    pub fn read(folder: &Path, key: &VerifierKey) -> Result<Self, ManifestFault> {
        let text = fs::read_to_string(folder.join(FILE))?;
        let note = fs::read_to_string(folder.join(SIGNATURE))?;
        let note = SignedNote::parse(&note).map_err(ManifestFault::Signature)?;
        note.verify(key).map_err(ManifestFault::Signature)?;
        if note.body() != body(key.name(), &digest::of_text(&text)) {
            return Err(ManifestFault::Changed);
        }
        Ok(serde_json::from_str(&text)?)
    }
}

fn body(origin: &str, digest: &str) -> String {
    format!("{TITLE}\n{origin}\n{digest}\n")
}

/// Writes a file that survives a loss of power; its folder is synced by the caller.
pub(crate) fn durable(path: &Path, content: &[u8]) -> io::Result<()> {
    use io::Write as _;
    let mut file = fs::File::create(path)?;
    file.write_all(content)?;
    file.sync_all()
}
