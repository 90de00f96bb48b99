//! From what is stored to the document: several chunks at a time, each authenticated, all of them hashed.

use std::io::Read as _;

use aws_lc_rs::digest;
use bytes::{Bytes, BytesMut};

use super::{
    BlobFault,
    cipher::{CHUNK, Cipher, TAG},
    fault,
    source::{Source, gather},
    writer::sum,
};

/// The length of a full chunk as it is stored.
pub(super) const STORED: usize = CHUNK + TAG;

/// Chunks of a piece: so many that to hand one on costs nothing beside making it.
const CHUNKS: usize = 4;

/// What is read at once.
pub(super) const PIECE: usize = CHUNKS * STORED;

/// What is waited for before a piece is made. The one byte more tells that its chunks are not the last.
const ENOUGH: usize = PIECE + 1;

/// What a piece takes while it is made: its chunks, and of the last of them the tag and the byte that follows.
const LONGEST: usize = CHUNKS * CHUNK + TAG + 1;

/// What has come of an object, and what is known of the rest.
pub(super) struct Opening {
    cipher: Cipher,
    source: Source,
    /// What has come and was not opened.
    held: BytesMut,
    /// Whether the stream has nothing more.
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
    pub(super) fn whole(cipher: Cipher, source: Source, held: BytesMut, digest: [u8; 32]) -> Self {
        let seen = Some((digest::Context::new(&digest::SHA256), digest));
        Self { cipher, source, held, ended: false, next: 0, skip: 0, seen, over: false }
    }

    /// From `skip` bytes into the chunk with number `next`, where `source` begins.
    pub(super) fn part(cipher: Cipher, source: Source, next: u64, skip: usize) -> Self {
        Self { cipher, source, held: BytesMut::new(), ended: false, next, skip, seen: None, over: false }
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
        let mut piece = Vec::with_capacity(LONGEST);
        for _ in 0..CHUNKS {
            if !self.over {
                self.chunk(&mut piece)?;
            }
        }
        if let Some((seen, _)) = &mut self.seen {
            seen.update(&piece);
        }
        if self.over && self.seen.take().is_some_and(|(seen, digest)| sum(seen) != digest) {
            return Err(BlobFault::Tampered);
        }
        let skip = std::mem::take(&mut self.skip);
        if skip > 0 && piece.len() <= skip {
            return Err(BlobFault::PastEnd);
        }
        Ok(Bytes::from(piece).split_off(skip))
    }

    /// Adds the next chunk to a piece. It is read to where it will lie and opened there; what comes after it takes the
    /// place of its tag.
    fn chunk(&mut self, piece: &mut Vec<u8>) -> Result<(), BlobFault> {
        let begun = piece.len();
        self.take(piece)?;
        if piece.len() == begun {
            // Even an empty document has its tag.
            return Err(BlobFault::Tampered);
        }
        let is_last = self.held.is_empty();
        let length = self.cipher.open(self.next, is_last, &mut piece[begun..])?;
        piece.truncate(begun + length);
        self.next += 1;
        self.over = is_last;
        Ok(())
    }

    /// Moves a chunk as it is stored to the end of a piece. Of what follows it something is held, so that the last is known.
    fn take(&mut self, piece: &mut Vec<u8>) -> Result<(), BlobFault> {
        let begun = piece.len();
        let held = self.held.len().min(STORED);
        piece.extend_from_slice(&self.held.split_to(held));
        match &mut self.source {
            Source::File(file) if self.held.is_empty() => {
                let wanted = STORED + 1 - held;
                file.take(wanted as u64).read_to_end(piece).map_err(|error| fault::io(&error))?;
                let more = piece.len().min(begun + STORED);
                self.held.extend(piece.drain(more..));
            }
            Source::File(_) | Source::Stream(_) => {}
        }
        Ok(())
    }
}
