//! Ed25519 keys of a log, in the form that signed notes use.

use std::fmt;

use aws_lc_rs::{
    digest::{Context, SHA256},
    signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};

/// The signature type of Ed25519 in a signed note.
const ED25519_TYPE: u8 = 1;

/// Signs the checkpoints of one log.
pub struct Signer {
    pair: Ed25519KeyPair,
    verifier: VerifierKey,
}

/// Checks the signatures of one log; its text form may be handed to anyone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    hash: [u8; 4],
    public: [u8; 32],
}

/// Something that is not a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// Names have neither white space nor `+`, and are not empty.
    #[error("the name of a key must be visible text without white space or plus signs")]
    Name,
    /// The seed was not taken.
    #[error("an Ed25519 seed is 32 bytes")]
    Seed,
    /// Not of the form name, hash and key, or the hash is another key's.
    #[error("a verifier key is of the form name+hash+key, with the hash of that name and key")]
    Text,
}

impl Signer {
    /// The key made from a secret seed, for the log of this name.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, KeyFault> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| KeyFault::Seed)?;
        let public = pair.public_key().as_ref().try_into().map_err(|_| KeyFault::Seed)?;
        Ok(Self { pair, verifier: VerifierKey::new(name, public)? })
    }

    /// The other half, to be published.
    pub const fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    /// Key hash and signature, as a note carries them.
    pub(super) fn sign(&self, body: &str) -> Vec<u8> {
        let mut bytes = self.verifier.hash.to_vec();
        bytes.extend_from_slice(self.pair.sign(body.as_bytes()).as_ref());
        bytes
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.verifier)
    }
}

impl VerifierKey {
    /// Names a public key.
    pub fn new(name: &str, public: [u8; 32]) -> Result<Self, KeyFault> {
        if name.is_empty() || name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+') {
            return Err(KeyFault::Name);
        }
        let mut context = Context::new(&SHA256);
        context.update(name.as_bytes());
        context.update(&[b'\n', ED25519_TYPE]);
        context.update(&public);
        let digest = context.finish();
        let mut hash = [0; 4];
        hash.copy_from_slice(&digest.as_ref()[..4]);
        Ok(Self { name: name.to_owned(), hash, public })
    }

    /// The name of the key, which is the origin of its log.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Reads the form `name+hash+base64(type and key)`.
    pub fn parse(text: &str) -> Result<Self, KeyFault> {
        let (name, rest) = text.split_once('+').ok_or(KeyFault::Text)?;
        let (_, key) = rest.split_once('+').ok_or(KeyFault::Text)?;
        let key = STANDARD.decode(key).map_err(|_| KeyFault::Text)?;
        let [ED25519_TYPE, public @ ..] = key.as_slice() else { return Err(KeyFault::Text) };
        let parsed = Self::new(name, public.try_into().map_err(|_| KeyFault::Text)?)?;
        // The hash is read by comparing the whole text, so that one key has one form.
        if parsed.to_string() == text { Ok(parsed) } else { Err(KeyFault::Text) }
    }

    /// Whether `bytes` (key hash and signature) were made by this key over `body`; `None` when by another key.
    pub(super) fn check(&self, body: &str, bytes: &[u8]) -> Option<bool> {
        let signature = bytes.strip_prefix(&self.hash)?;
        Some(UnparsedPublicKey::new(&ED25519, self.public).verify(body.as_bytes(), signature).is_ok())
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut key = vec![ED25519_TYPE];
        key.extend_from_slice(&self.public);
        write!(f, "{}+{:08x}+{}", self.name, u32::from_be_bytes(self.hash), STANDARD.encode(key))
    }
}
