//! A bag before its first byte is sent: every file with its size and digest, the manifests, and the signature.
//!
//! Everything but the documents is small and rendered here; the documents' digests were taken when they were filed. So
//! the whole bag is known beforehand, can be shown and named by its digest, and is refused at once where something is
//! amiss, not after gigabytes.

mod apparatus;
mod layout;

pub(crate) use layout::letter_paths;

use redress_journal::checkpoint::{Signer, VerifierKey, sign_note};
use redress_kernel::Digest;

use crate::{case::Case, hashing, path, statement::Statement};

/// The note in which the manifest is signed, and what its text begins with: no checkpoint begins so, and none is
/// followed by a name, so that neither can pass for the other.
pub const SIGNATURE: &str = "signature.txt";
/// The manifest of the tag files, which is what is signed: it covers the manifest, which covers everything else.
pub const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
/// The manifest of everything under `data/`.
pub const MANIFEST: &str = "manifest-sha256.txt";

/// What a bag will be.
#[derive(Clone, Debug)]
pub struct Plan {
    name: String,
    seconds: u64,
    digest: Digest,
    key: VerifierKey,
    statement: Statement,
    members: Vec<Member>,
}

/// One file of a bag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Where it lies.
    pub path: String,
    /// Its length in bytes.
    pub size: u64,
    /// Its digest, in hexadecimal.
    pub sha256: String,
    /// Where its bytes come from.
    pub content: Content,
}

/// Where the bytes of a file come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// They are at hand.
    Held(Vec<u8>),
    /// They are this document's, which comes by the stream.
    Document(String),
}

/// Why a case makes no bag.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanFault {
    /// Two papers go by one name.
    #[error("{id} is listed twice")]
    Twice {
        /// The resource name, or the name of the record.
        id: String,
    },
    /// Something is withheld on nobody's word.
    #[error("{id} is withheld without an authority")]
    NoAuthority {
        /// The resource name.
        id: String,
    },
    /// The journals say nothing of the case, so nothing could be proved.
    #[error("no journal entry about the case was given")]
    NoEntries,
    /// The index cannot be drawn.
    #[error("the index cannot be drawn")]
    Index(#[from] redress_letter::pdf::Failure),
    /// A digest cannot be read back.
    #[error("a digest is not one")]
    Digest,
}

impl Plan {
    /// Plans the bag of a case. This renders two documents; call it where blocking is allowed.
    pub fn of(case: &Case, signer: &Signer) -> Result<Self, PlanFault> {
        let position = position(case)?;
        let laid = layout::lay_out(case)?;
        let statement = Statement::of(case, laid.items, laid.journals);
        let name = path::bag(&case.reference, position);
        let mut payload = apparatus::readable(case, &statement)?;
        payload.extend(laid.members);

        let mut members = apparatus::tags(case, &name, &payload);
        let tags: Vec<&Member> = members.iter().collect();
        let manifest = Member::held(MANIFEST, apparatus::lines(payload.iter()));
        let tag_manifest = Member::held(TAG_MANIFEST, apparatus::lines(tags.into_iter().chain([&manifest])));
        let digest = Digest::parse(&tag_manifest.sha256).map_err(|_| PlanFault::Digest)?;
        let body = signed(&name, &tag_manifest.sha256, signer.verifier());
        let signature = Member::held(SIGNATURE, sign_note(&body, signer).into_bytes());
        members.extend(payload);
        members.extend([manifest, tag_manifest, signature]);

        let seconds = u64::try_from(case.as_of.as_second()).unwrap_or_default();
        Ok(Self { name, seconds, digest, key: signer.verifier().clone(), statement, members })
    }

    /// The name of the bag and of its outermost folder; its file is called so, with `.tar`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What names the bag: the digest of the tag manifest, which covers every byte of it but the signature's.
    pub const fn digest(&self) -> &Digest {
        &self.digest
    }

    /// The key that signs it.
    pub const fn key(&self) -> &VerifierKey {
        &self.key
    }

    /// What is inside and what is not.
    pub const fn statement(&self) -> &Statement {
        &self.statement
    }

    /// The files, in the order in which they come.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The time that every file bears, in seconds since 1970.
    pub(crate) const fn seconds(&self) -> u64 {
        self.seconds
    }
}

impl Member {
    fn held(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self {
            path: path.into(),
            size: bytes.len() as u64,
            sha256: hashing::of(&bytes),
            content: Content::Held(bytes),
        }
    }
}

/// The text that is signed.
pub(crate) fn signed(name: &str, tag_manifest: &str, key: &VerifierKey) -> String {
    format!("{}\n{name}\n{TAG_MANIFEST} {tag_manifest}\n{key}\n", crate::statement::FORMAT)
}

/// The newest entry of the case in the first journal, which is the complaint's own: as of it everything is told.
fn position(case: &Case) -> Result<u64, PlanFault> {
    let newest = case.extracts.first().and_then(|extract| extract.entries.last());
    newest.map(|proved| proved.entry.position.unsigned_abs()).ok_or(PlanFault::NoEntries)
}
