//! Documents: in a folder, or in an S3-compatible bucket, encrypted under the data key of their case.
//!
//! An object is named by the SHA-256 of what is stored, the ciphertext, so it is never overwritten and can be checked
//! without the key. It is written whole and durably before the row that names it is committed: what a crash leaves
//! in between is an object without a row, which [`Blobs::orphans`] finds. The digest of the document itself belongs
//! in that row.

mod cipher;
mod copy;
mod fault;
mod opening;
mod orphan;
mod place;
mod reader;
mod source;
mod writer;

use std::{fmt, str::FromStr, sync::Arc};

use object_store::{ObjectStore, ObjectStoreExt as _, path::Path};
use uuid::Uuid;

pub use fault::BlobFault;
pub use orphan::Orphan;
pub use reader::Reader;
pub use writer::{Stored, Writer};

use crate::seal::DataKey;

/// Where finished objects lie.
const OBJECTS: &str = "objects";

/// Where long uploads lie until they are finished.
const INCOMING: &str = "incoming";

/// The name of an object: the SHA-256 of its ciphertext.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectName([u8; 32]);

/// A document as its row knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its object.
    pub object: ObjectName,
    /// The id to which its content is bound.
    pub blob: Uuid,
    /// SHA-256 of the document.
    pub digest: [u8; 32],
}

/// The store of documents. Clones share it.
#[derive(Clone, Debug)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
    /// The folder, where it is one: an upload that a crash cut off leaves a file there that the store does not list.
    folder: Option<Arc<std::path::Path>>,
}

impl Blobs {
    /// Opens `file:path/to/folder` (made if missing) or `s3://bucket/prefix?endpoint=https://…&region=…`, whose credentials
    /// come from the environment as with every S3 client.
    pub fn open(url: &str) -> Result<Self, BlobFault> {
        place::open(url)
    }

    /// Begins a document of at most `most` bytes. `blob` is the id of its row, to which its content is bound.
    pub fn writer(&self, key: &DataKey, blob: Uuid, most: u64) -> Result<Writer, BlobFault> {
        Writer::new(Arc::clone(&self.store), key, blob, most)
    }

    /// Reads a document from its `from`th byte. Every chunk is checked before it is handed out; read from the start,
    /// the whole is checked against the document's digest as well.
    pub async fn reader(&self, kept: Kept, key: &DataKey, from: u64) -> Result<Reader, BlobFault> {
        Reader::open(self.store.as_ref(), kept, key, from).await
    }

    /// Whether an object is there.
    pub async fn exists(&self, object: ObjectName) -> Result<bool, BlobFault> {
        match self.store.head(&object.path()).await.map_err(BlobFault::from) {
            Ok(_) => Ok(true),
            Err(BlobFault::Missing) => Ok(false),
            Err(other) => Err(other),
        }
    }

    /// Removes an object; one that is not there is removed already.
    pub async fn delete(&self, object: ObjectName) -> Result<(), BlobFault> {
        match self.store.delete(&object.path()).await.map_err(BlobFault::from) {
            Ok(()) | Err(BlobFault::Missing) => Ok(()),
            Err(other) => Err(other),
        }
    }
}

impl ObjectName {
    /// Takes the bytes kept in a row.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The bytes to keep in a row.
    pub const fn bytes(&self) -> [u8; 32] {
        self.0
    }

    /// Two levels, so that no folder grows too long.
    fn path(self) -> Path {
        let name = self.to_string();
        Path::from_iter([OBJECTS, &name[..2], &name[2..]])
    }

    /// The object that lies at `path`.
    fn parse(path: &Path) -> Option<Self> {
        let mut parts = path.parts();
        let (folder, first, rest) = (parts.next()?, parts.next()?, parts.next()?);
        if folder.as_ref() != OBJECTS {
            return None;
        }
        format!("{}{}", first.as_ref(), rest.as_ref()).parse().ok()
    }
}

/// A text that is not the name of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the name of an object is 64 hexadecimal digits")]
pub struct NotAName;

impl FromStr for ObjectName {
    type Err = NotAName;

    fn from_str(text: &str) -> Result<Self, NotAName> {
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(NotAName);
        }
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).map_err(|_| NotAName)?;
        }
        Ok(Self(bytes))
    }
}

impl fmt::Display for ObjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ObjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
