//! What the log publishes about itself: a C2SP `tlog-checkpoint` (origin, size, root) as a signed note.

pub mod key;
pub mod last;
pub mod note;

pub use key::{Signer, VerifierKey};
pub use last::LastCheckpoint;
pub use note::{NoteFault, SignedNote, sign as sign_note};

use crate::merkle::Hash;

/// The head of a log at some size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log, such as `redress.example/complaints`; also the name of its key.
    pub origin: String,
    /// Number of leaves.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}

/// A text that is not a checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a checkpoint is an origin, a size and a root in base64, each on a line of its own")]
pub struct NotACheckpoint;

impl Checkpoint {
    /// The text that is signed.
    pub fn body(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, self.root)
    }

    /// Reads the text that was signed. Lines after the root are extensions of the format; they are passed over.
    pub fn parse(body: &str) -> Result<Self, NotACheckpoint> {
        let lines = body.strip_suffix('\n').ok_or(NotACheckpoint)?;
        let mut lines = lines.split('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(NotACheckpoint);
        };
        if origin.is_empty() || lines.any(str::is_empty) {
            return Err(NotACheckpoint);
        }
        let canonical = |size: &u64| size.to_string();
        let parsed: u64 = size.parse().map_err(|_| NotACheckpoint)?;
        if canonical(&parsed) != size {
            return Err(NotACheckpoint);
        }
        let root = Hash::parse(root).map_err(|_| NotACheckpoint)?;
        Ok(Self { origin: origin.to_owned(), size: parsed, root })
    }

    /// Signs the checkpoint as a note.
    pub fn sign(&self, signer: &Signer) -> String {
        note::sign(&self.body(), signer)
    }

    /// Reads a signed note and accepts the checkpoint in it only under the signature of `key`.
    pub fn open(note: &str, key: &VerifierKey) -> Result<Self, NoteFault> {
        let note = SignedNote::parse(note)?;
        note.verify(key)?;
        let checkpoint = Self::parse(note.body()).map_err(|_| NoteFault::Malformed)?;
        // A log signs only for itself: a valid signature under another log's text proves nothing about this one.
        if checkpoint.origin == key.name() { Ok(checkpoint) } else { Err(NoteFault::WrongOrigin) }
    }
}
