//! RFC 6962 section 2.1: leaves and nodes are hashed under different prefixes, so that neither passes for the other.

use std::fmt;

use aws_lc_rs::digest::{Context, SHA256, digest};
use base64::{Engine as _, engine::general_purpose::STANDARD};

/// Length of a hash in bytes.
pub const LENGTH: usize = 32;

/// A SHA-256 hash of a leaf, a node or a whole tree.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, std::hash::Hash)]
pub struct Hash([u8; LENGTH]);

/// Bytes that are not a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a hash is 32 bytes, in base64 where it is text")]
pub struct NotAHash;

impl Hash {
    /// Takes 32 bytes as a hash.
    pub const fn new(bytes: [u8; LENGTH]) -> Self {
        Self(bytes)
    }

    /// The root of the tree without leaves.
    pub fn empty_root() -> Self {
        Self::of(digest(&SHA256, b"").as_ref())
    }

    /// The hash of a leaf with this content.
    pub fn leaf(content: &[u8]) -> Self {
        let mut hashing = Context::new(&SHA256);
        hashing.update(&[0]);
        hashing.update(content);
        Self::of(hashing.finish().as_ref())
    }

    /// The hash of the node over two others.
    pub fn node(left: Self, right: Self) -> Self {
        let mut bytes = [1; 1 + 2 * LENGTH];
        bytes[1..=LENGTH].copy_from_slice(&left.0);
        bytes[1 + LENGTH..].copy_from_slice(&right.0);
        Self::of(digest(&SHA256, &bytes).as_ref())
    }

    /// The bytes.
    pub const fn bytes(&self) -> &[u8; LENGTH] {
        &self.0
    }

    /// Reads the base64 form.
    pub fn parse(text: &str) -> Result<Self, NotAHash> {
        Self::try_from(STANDARD.decode(text).map_err(|_| NotAHash)?.as_slice())
    }

    fn of(bytes: &[u8]) -> Self {
        let mut hash = [0; LENGTH];
        hash.copy_from_slice(bytes);
        Self(hash)
    }
}

impl TryFrom<&[u8]> for Hash {
    type Error = NotAHash;

    fn try_from(bytes: &[u8]) -> Result<Self, NotAHash> {
        bytes.try_into().map(Self).map_err(|_| NotAHash)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl serde::Serialize for Hash {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Hash {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}
