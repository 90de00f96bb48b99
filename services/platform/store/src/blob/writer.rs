//! Writing a document, chunk by chunk, in constant memory.

use std::{fmt, sync::Arc};

use aws_lc_rs::digest;
use object_store::{ObjectStore, ObjectStoreExt as _, PutPayload, WriteMultipart, path::Path};
use uuid::Uuid;

use super::{
    BlobFault, INCOMING, ObjectName,
    cipher::{CHUNK, Cipher, TAG},
};
use crate::seal::DataKey;

/// As much ciphertext as is held before an upload in parts begins; also the size of a part, of which S3 wants at
/// least 5 MiB. A document that fits goes to its final name in one request.
const PART: usize = 6 * 1024 * 1024;

/// Parts on their way at a time.
const PARTS: usize = 2;

/// A document on its way in. Dropping it leaves nothing that anyone can read.
pub struct Writer {
    store: Arc<dyn ObjectStore>,
    cipher: Cipher,
    most: u64,
    /// The chunk that is not yet full.
    chunk: Vec<u8>,
    chunks: u64,
    length: u64,
    document: digest::Context,
    object: digest::Context,
    out: Out,
}

/// Where the ciphertext goes.
enum Out {
    /// Held until it is long enough for parts.
    Held { bytes: Vec<u8>, incoming: Path },
    /// On its way in parts, under a name for the time being.
    Parts { upload: WriteMultipart, incoming: Path },
}

/// A document that is durably stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its object.
    pub object: ObjectName,
    /// SHA-256 of the document.
    pub digest: [u8; 32],
    /// Length of the document in bytes.
    pub length: u64,
}

impl Writer {
    pub(super) fn new(
        store: Arc<dyn ObjectStore>,
        key: &DataKey,
        blob: Uuid,
        most: u64,
    ) -> Result<Self, BlobFault> {
        let (cipher, header) = Cipher::begin(key, blob)?;
        let mut object = digest::Context::new(&digest::SHA256);
        object.update(&header);
        let incoming = Path::from_iter([INCOMING.to_owned(), blob.to_string()]);
        Ok(Self {
            store,
            cipher,
            most,
            chunk: Vec::with_capacity(CHUNK + TAG),
            chunks: 0,
            length: 0,
            document: digest::Context::new(&digest::SHA256),
            object,
            out: Out::Held { bytes: header, incoming },
        })
    }

    /// How many bytes have come so far.
    pub const fn length(&self) -> u64 {
        self.length
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// [`BlobFault::TooLong`] as soon as the document is longer than it may be; then [`Writer::abort`] it.
    pub async fn write(&mut self, mut bytes: &[u8]) -> Result<(), BlobFault> {
        self.length += bytes.len() as u64;
        if self.length > self.most {
            return Err(BlobFault::TooLong { most: self.most });
        }
        self.document.update(bytes);
        while !bytes.is_empty() {
            // A full chunk waits until more comes, because the last one is marked as such.
            if self.chunk.len() == CHUNK {
                self.seal(false).await?;
            }
            let (now, later) = bytes.split_at(bytes.len().min(CHUNK - self.chunk.len()));
            self.chunk.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    /// Makes the document durable under the name of its content. Only then may a row that names it be committed.
    pub async fn finish(mut self) -> Result<Stored, BlobFault> {
        self.seal(true).await?;
        let object = ObjectName(sum(self.object));
        match self.out {
            Out::Held { bytes, .. } => {
                self.store.put(&object.path(), PutPayload::from(bytes)).await?;
            }
            Out::Parts { upload, incoming } => {
                upload.finish().await?;
                self.store.rename(&incoming, &object.path()).await?;
            }
        }
        Ok(Stored { object, digest: sum(self.document), length: self.length })
    }

    /// Gives the document up and removes what was written of it.
    pub async fn abort(self) -> Result<(), BlobFault> {
        match self.out {
            Out::Held { .. } => Ok(()),
            Out::Parts { upload, .. } => Ok(upload.abort().await?),
        }
    }

    async fn seal(&mut self, is_last: bool) -> Result<(), BlobFault> {
        self.cipher.seal(self.chunks, is_last, &mut self.chunk)?;
        self.object.update(&self.chunk);
        self.chunks += 1;
        match &mut self.out {
            Out::Held { bytes, incoming } => {
                bytes.append(&mut self.chunk);
                if bytes.len() >= PART && !is_last {
                    let upload = self.store.put_multipart(incoming).await?;
                    let mut upload = WriteMultipart::new_with_chunk_size(upload, PART);
                    upload.write(bytes);
                    let incoming = incoming.clone();
                    self.out = Out::Parts { upload, incoming };
                }
            }
            Out::Parts { upload, .. } => {
                upload.wait_for_capacity(PARTS).await?;
                upload.write(&self.chunk);
                self.chunk.clear();
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").field("length", &self.length).finish_non_exhaustive()
    }
}

pub(super) fn sum(context: digest::Context) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(context.finish().as_ref());
    bytes
}
