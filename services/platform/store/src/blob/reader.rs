//! Reading a document, chunk by chunk, in constant memory, checking each before it is handed out.

use std::fmt;

use aws_lc_rs::digest;
use bytes::Bytes;
use futures::{StreamExt as _, stream::BoxStream};
use object_store::{GetOptions, ObjectStore, ObjectStoreExt as _};
use uuid::Uuid;

use super::{
    BlobFault, ObjectName,
    cipher::{CHUNK, Cipher, HEADER, TAG},
    writer::sum,
};
use crate::seal::DataKey;

/// The length of a full chunk as it is stored.
const STORED: usize = CHUNK + TAG;

/// A document on its way out.
pub struct Reader {
    cipher: Cipher,
    object: ObjectName,
    /// The digest of what is stored, where reading began at the start.
    seen: Option<digest::Context>,
    parts: BoxStream<'static, object_store::Result<Bytes>>,
    /// What has come of the next chunk, and perhaps more.
    held: Vec<u8>,
    next: u64,
    /// How many bytes of the next chunk were not asked for.
    skip: usize,
    stage: Stage,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The object's bytes are still coming.
    Coming,
    /// All bytes have come; what is held is the last chunk.
    Last,
    /// Everything was handed out.
    Done,
}

impl Reader {
    pub(super) async fn open(
        store: &dyn ObjectStore,
        object: ObjectName,
        key: &DataKey,
        blob: Uuid,
        from: u64,
    ) -> Result<Self, BlobFault> {
        let path = object.path();
        let (first, skip) = (from / CHUNK as u64, from % CHUNK as u64);
        let skip = usize::try_from(skip).map_err(|_| BlobFault::PastEnd)?;
        let reader = |cipher, parts, held, seen| Self {
            cipher,
            object,
            seen,
            parts,
            held,
            next: first,
            skip,
            stage: Stage::Coming,
        };
        if from == 0 {
            let mut parts = store.get(&path).await?.into_stream();
            let mut held = Vec::with_capacity(2 * STORED);
            while held.len() < HEADER {
                held.extend_from_slice(&parts.next().await.ok_or(BlobFault::Tampered)??);
            }
            let mut seen = digest::Context::new(&digest::SHA256);
            seen.update(&held);
            let body = held.split_off(HEADER);
            let cipher = Cipher::resume(key, blob, &held)?;
            return Ok(reader(cipher, parts, body, Some(seen)));
        }
        let whole = store.head(&path).await?.size;
        let start = first
            .checked_mul(STORED as u64)
            .and_then(|start| start.checked_add(HEADER as u64))
            .filter(|start| *start < whole)
            .ok_or(BlobFault::PastEnd)?;
        let header = store.get_range(&path, 0..HEADER as u64).await?;
        let cipher = Cipher::resume(key, blob, &header)?;
        let options = GetOptions { range: Some((start..whole).into()), ..GetOptions::default() };
        let parts = store.get_opts(&path, options).await?.into_stream();
        Ok(reader(cipher, parts, Vec::with_capacity(2 * STORED), None))
    }

    /// The next bytes, at most 64 KiB; `None` once the document has come to its proper end.
    ///
    /// # Errors
    /// [`BlobFault::Tampered`] when the object is not as it was written. What was handed out before was genuine.
    pub async fn next(&mut self) -> Result<Option<Bytes>, BlobFault> {
        // One byte more than a chunk tells that it is not the last.
        while self.stage == Stage::Coming && self.held.len() <= STORED {
            match self.parts.next().await {
                Some(part) => {
                    let part = part?;
                    if let Some(seen) = &mut self.seen {
                        seen.update(&part);
                    }
                    self.held.extend_from_slice(&part);
                }
                None => self.stage = Stage::Last,
            }
        }
        let (mut chunk, is_last) = match self.stage {
            Stage::Coming => {
                let rest = self.held.split_off(STORED);
                (std::mem::replace(&mut self.held, rest), false)
            }
            Stage::Last => (std::mem::take(&mut self.held), true),
            Stage::Done => return Ok(None),
        };
        self.cipher.open(self.next, is_last, &mut chunk)?;
        self.next += 1;
        if self.skip > 0 && chunk.len() <= self.skip {
            return Err(BlobFault::PastEnd);
        }
        if is_last {
            if self.seen.take().is_some_and(|seen| sum(seen) != self.object.bytes()) {
                return Err(BlobFault::Tampered);
            }
            self.stage = Stage::Done;
        }
        chunk.drain(..std::mem::take(&mut self.skip));
        if chunk.is_empty() && is_last { Ok(None) } else { Ok(Some(chunk.into())) }
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("object", &self.object).finish_non_exhaustive()
    }
}
