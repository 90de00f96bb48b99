//! From what is stored to the document: several chunks at a time, each authenticated, all of them hashed.

use aws_lc_rs::digest;
use bytes::Bytes;

use super::{
    BlobFault,
    cipher::{CHUNK, Cipher, TAG},
    fault,
    source::{Source, fill, gather},
    writer::sum,
};

/// The length of a full chunk as it is stored.
pub(super) const STORED: usize = CHUNK + TAG;

/// Chunks of a piece: so many that to hand one on costs nothing beside making it.
const CHUNKS: usize = 4;

/// What is read for a piece. The one byte more tells that its chunks are not the last.
const ENOUGH: usize = CHUNKS * STORED + 1;

/// What has come of an object, and what is known of the rest.
pub(super) struct Opening {
    cipher: Cipher,
    source: Source,
    /// What has come and was not opened.
    held: Vec<u8>,
    /// Whether nothing more comes.
    ended: bool,
    /// Number of the next chunk.
    next: u64,
    /// How many bytes of the next chunk were not asked for.
    skip: usize,
    /// What the document comes to so far and what it must come to, where it is read from its start.
    seen: Option<(digest::Context, [u8; 32])>,
    over: bool,
}

impl Opening {
    /// From the first byte, of which `held` came with the header.
    pub(super) fn whole(cipher: Cipher, source: Source, held: Vec<u8>, digest: [u8; 32]) -> Self {
        let seen = Some((digest::Context::new(&digest::SHA256), digest));
        Self { cipher, source, held, ended: false, next: 0, skip: 0, seen, over: false }
    }

    /// From `skip` bytes into the chunk with number `next`, where `source` begins.
    pub(super) fn part(cipher: Cipher, source: Source, next: u64, skip: usize) -> Self {
        Self { cipher, source, held: Vec::new(), ended: false, next, skip, seen: None, over: false }
    }

    /// Whether the last piece was made.
    pub(super) const fn is_over(&self) -> bool {
        self.over
    }

    /// Whether a thread can make the next piece by itself.
    pub(super) const fn is_at_hand(&self) -> bool {
        matches!(self.source, Source::File(_))
    }

    /// Waits for what the next piece is made of, where it must be waited for.
    pub(super) async fn gather(&mut self) -> Result<(), BlobFault> {
        match &mut self.source {
            Source::Stream(parts) if !self.ended => {
                self.ended = gather(parts, &mut self.held, ENOUGH).await?;
            }
            Source::Stream(_) | Source::File(_) => {}
        }
        Ok(())
    }

    /// The next piece; an empty one only at the end.
    pub(super) fn piece(&mut self) -> Result<Bytes, BlobFault> {
        match &mut self.source {
            Source::File(file) if !self.ended => {
                self.ended = fill(file, &mut self.held, ENOUGH).map_err(|error| fault::io(&error))?;
            }
            Source::File(_) | Source::Stream(_) => {}
        }
        let is_end = self.held.len() < ENOUGH;
        let stored = self.held.len().min(CHUNKS * STORED);
        let mut piece = self.opened(stored, is_end)?;
        self.held.drain(..stored);
        if let Some((seen, _)) = &mut self.seen {
            seen.update(&piece);
        }
        if is_end {
            self.over = true;
            if self.seen.take().is_some_and(|(seen, digest)| sum(seen) != digest) {
                return Err(BlobFault::Tampered);
            }
        }
        let skip = std::mem::take(&mut self.skip);
        if skip > 0 && piece.len() <= skip {
            return Err(BlobFault::PastEnd);
        }
        Ok(piece.split_off(skip))
    }

    /// Opens the first `stored` bytes of what is held.
    fn opened(&mut self, stored: usize, is_end: bool) -> Result<Bytes, BlobFault> {
        let chunks = stored.div_ceil(STORED);
        if chunks == 0 {
            // Even an empty document has its tag.
            return Err(BlobFault::Tampered);
        }
        let mut piece = Vec::with_capacity(stored);
        for (at, chunk) in self.held[..stored].chunks(STORED).enumerate() {
            let begun = piece.len();
            piece.extend_from_slice(chunk);
            let is_last = is_end && at + 1 == chunks;
            let length = self.cipher.open(self.next, is_last, &mut piece[begun..])?;
            piece.truncate(begun + length);
            self.next += 1;
        }
        Ok(piece.into())
    }
}
