//! Reading a document, piece by piece, in constant memory: nothing is handed out before it was checked.
//!
//! Reading, opening and hashing are done on a thread for such work. From a folder, the next piece is made while the one
//! before it is sent: two pieces are in memory, and whoever takes long to send one holds no thread.

use std::{fmt, mem};

use bytes::Bytes;
use object_store::{GetOptions, ObjectStore, ObjectStoreExt as _};
use tokio::task::{JoinHandle, spawn_blocking};

use super::{
    BlobFault, Kept,
    cipher::{CHUNK, Cipher, HEADER},
    fault,
    opening::{Opening, STORED},
    source::Source,
};
use crate::seal::DataKey;

/// A document on its way out.
pub struct Reader {
    turn: Turn,
}

/// Whose turn it is.
enum Turn {
    /// The reader's: nothing is on its way.
    Reader(Box<Opening>),
    /// The thread's, which is at the next piece.
    Thread(Work),
    /// Nobody's: everything was handed out, or there is no going on.
    Over(Result<(), BlobFault>),
}

type Work = JoinHandle<(Box<Opening>, Result<Bytes, BlobFault>)>;

impl Reader {
    pub(super) async fn open(
        store: &dyn ObjectStore,
        kept: Kept,
        key: &DataKey,
        from: u64,
    ) -> Result<Self, BlobFault> {
        let path = kept.object.path();
        if from == 0 {
            let (source, header, held) = Source::of(store.get(&path).await?)?.header().await?;
            let cipher = Cipher::resume(key, kept.blob, &header)?;
            return Ok(Self::of(Opening::whole(cipher, source, held, kept.digest)));
        }
        let whole = store.head(&path).await?.size;
        let (first, skip) = (from / CHUNK as u64, from % CHUNK as u64);
        let skip = usize::try_from(skip).map_err(|_| BlobFault::PastEnd)?;
        let start = first
            .checked_mul(STORED as u64)
            .and_then(|start| start.checked_add(HEADER as u64))
            .filter(|start| *start < whole)
            .ok_or(BlobFault::PastEnd)?;
        let header = store.get_range(&path, 0..HEADER as u64).await?;
        let cipher = Cipher::resume(key, kept.blob, &header)?;
        let options = GetOptions { range: Some((start..whole).into()), ..GetOptions::default() };
        let source = Source::of(store.get_opts(&path, options).await?)?;
        Ok(Self::of(Opening::part(cipher, source, first, skip)))
    }

    fn of(opening: Opening) -> Self {
        Self { turn: Turn::Reader(Box::new(opening)) }
    }

    /// The next bytes, at most 256 KiB; `None` once the document has come to its proper end.
    ///
    /// # Errors
    /// [`BlobFault::Tampered`] when the object is not as it was written, or not the document that is on record. What
    /// was handed out before was genuine.
    pub async fn next(&mut self) -> Result<Option<Bytes>, BlobFault> {
        // What is awaited stays in its place, so that a caller who stops waiting may ask again.
        loop {
            match &mut self.turn {
                Turn::Over(outcome) => return outcome.clone().map(|()| None),
                Turn::Reader(opening) => {
                    if let Err(fault) = opening.gather().await {
                        self.turn = Turn::Over(Err(fault));
                    } else if let Turn::Reader(opening) = mem::replace(&mut self.turn, Turn::Over(Ok(()))) {
                        self.turn = Turn::Thread(begin(opening));
                    }
                }
                Turn::Thread(work) => {
                    let (turn, piece) = match work.await.map_err(fault::cut_off) {
                        Ok((opening, Ok(piece))) => (after(opening), Ok(piece)),
                        Ok((_, Err(fault))) | Err(fault) => (Turn::Over(Err(fault.clone())), Err(fault)),
                    };
                    self.turn = turn;
                    match piece {
                        Ok(piece) if piece.is_empty() => {}
                        piece => return piece.map(Some),
                    }
                }
            }
        }
    }
}

fn begin(mut opening: Box<Opening>) -> Work {
    spawn_blocking(move || {
        let piece = opening.piece();
        (opening, piece)
    })
}

/// Whose turn it is when a piece was made.
fn after(opening: Box<Opening>) -> Turn {
    if opening.is_over() {
        Turn::Over(Ok(()))
    } else if opening.is_at_hand() {
        Turn::Thread(begin(opening))
    } else {
        Turn::Reader(opening)
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").finish_non_exhaustive()
    }
}
