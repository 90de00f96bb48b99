//! A line of the ledger: numbered, chained to the one before, and signed.

use redress_journal::{
    checkpoint::{NoteFault, SignedNote, Signer, VerifierKey, sign_note},
    merkle::Hash,
};
use serde::{Deserialize, Serialize};

use crate::Erasure;

/// First line of what is signed. It is no log's name, so that no head of a ledger passes for a checkpoint.
const TITLE: &str = "redress erasure ledger";

/// How far a ledger goes: the number of its last line, and a hash over that line and all before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// How many erasures there are.
    pub number: u64,
    /// The hash over all of them.
    pub hash: Hash,
}

/// A line as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Line {
    pub(crate) number: u64,
    pub(crate) erasure: Erasure,
    /// The head that the ledger reaches with it, as a signed note.
    pub(crate) head: String,
}

impl Head {
    /// That of a ledger without a line.
    pub fn empty() -> Self {
        Self { number: 0, hash: Hash::empty_root() }
    }

    /// The head that `erasure` leads to.
    pub(crate) fn then(self, erasure: &Erasure) -> Result<Self, serde_json::Error> {
        let content = serde_json::to_vec(erasure)?;
        let hash = Hash::leaf(&[self.hash.bytes().as_slice(), &content].concat());
        Ok(Self { number: self.number + 1, hash })
    }

    /// The text that is signed.
    fn body(&self, origin: &str) -> String {
        format!("{TITLE}\n{origin}\n{}\n{}\n", self.number, self.hash)
    }

    pub(crate) fn sign(&self, signer: &Signer) -> String {
        sign_note(&self.body(signer.verifier().name()), signer)
    }

    /// Checks that `note` is this head, signed by `key`.
    pub(crate) fn verify(&self, note: &str, key: &VerifierKey) -> Result<(), NoteFault> {
        let note = SignedNote::parse(note)?;
        note.verify(key)?;
        if note.body() == self.body(key.name()) { Ok(()) } else { Err(NoteFault::WrongOrigin) }
    }
}
