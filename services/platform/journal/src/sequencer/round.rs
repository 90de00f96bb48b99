//! One round: take the turn, number what waits, grow the tree, sign, commit, and tell the world.

use std::io;

use redress_kernel::clock;
use redress_store::{Batch, Cause, DbError, Parameter as _, Row, Table, Tx};

use super::{
    Fault, Memory, Published, Sequencer,
    order::{Waiting, ordered},
};
use crate::{
    checkpoint::Checkpoint,
    entry::Stream,
    log::{
        head,
        tree::{self, signed, unsigned},
    },
    merkle::{Hash, Tiles, plan},
};

pub(crate) const SELECT_ANY: &str = "SELECT entry_id FROM journal_pending LIMIT 1";

pub(crate) const TAKE_TURN: &str =
    "UPDATE journal_log SET turn = turn + 1, turn_of = $1 WHERE log_id = 1 RETURNING turn";

// Lower versions first: a batch that ends anywhere then holds no version without those before it.
pub(crate) const SELECT_BATCH: &str = "SELECT entry_id, stream_kind, stream_id, stream_version, leaf, recorded_at FROM journal_pending \
     ORDER BY stream_version, recorded_at, entry_id LIMIT $1";

pub(crate) const DELETE_PENDING: &str = "DELETE FROM journal_pending WHERE entry_id IN ({keys})";

pub(crate) const POSITIONS: Table = Table::insert("journal_positions", &["position", "entry_id", "leaf"]);

pub(crate) const CHECKPOINTS: Table =
    Table::insert("journal_checkpoints", &["tree_size", "root", "note", "signed_at"]);

/// What a round did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    /// Entries that were given their position.
    pub sequenced: usize,
    /// The batch was full, so there may be more.
    pub may_be_more: bool,
}

const NOTHING: Round = Round { sequenced: 0, may_be_more: false };

impl Sequencer {
    /// Does one round.
    pub async fn round(&mut self) -> Result<Round, Fault> {
        self.settle_with_outside().await?;
        if self.memory.is_some() && !self.anything_waits().await? {
            return Ok(NOTHING);
        }
        let mut tx = self.db.write().await?;
        match self.in_transaction(&mut tx).await {
            Ok(None) => {
                tx.rollback().await?;
                Ok(NOTHING)
            }
            Ok(Some(Signed { round, memory, checkpoint, note })) => {
                tx.commit().await?;
                self.memory = Some(memory);
                let size = signed(checkpoint.size);
                // Until the file says so too, nobody is told.
                self.published = Published::Owed(note, checkpoint);
                self.settle_with_outside().await?;
                self.hint.sequenced(size);
                Ok(round)
            }
            Err(fault) => {
                drop(tx.rollback().await);
                Err(fault)
            }
        }
    }

    async fn in_transaction(&mut self, tx: &mut Tx) -> Result<Option<Signed>, Fault> {
        let turn: i64 = tx.query(TAKE_TURN).bind(self.id).one(|row| row.get("turn")).await?;
        // What is remembered is gone unless this round succeeds: a half-grown tree must not survive a failure.
        let (size, mut tiles) = match self.memory.take() {
            Some(memory) if memory.turn + 1 == turn => (memory.size, memory.tiles),
            Some(_) | None => self.recollect(tx).await?,
        };
        let batch = ordered(tx.query(SELECT_BATCH).bind(self.settings.batch).all(waiting).await?);
        if batch.is_empty() {
            // The turn is given back with the transaction.
            self.memory = Some(Memory { turn: turn - 1, size, tiles });
            return Ok(None);
        }
        number(tx, size, &batch).await?;
        let leaves: Vec<Hash> = batch.iter().map(|entry| entry.leaf).collect();
        let new_size = tiles.append(unsigned(size), &leaves)?;
        tree::store(tx, &mut tiles).await?;
        let root = plan::root(&tiles, new_size)?;
        tiles.forget_full();

        let origin = self.signer.verifier().name().to_owned();
        let checkpoint = Checkpoint { origin, size: new_size, root };
        let note = checkpoint.sign(&self.signer);
        let now = clock::to_microseconds(self.clock.now());
        let mut heads = Batch::new(&CHECKPOINTS);
        heads.push([
            signed(new_size).value(),
            root.bytes().as_slice().value(),
            note.as_str().value(),
            now.value(),
        ]);
        tx.flush(heads).await?;
        let round = Round {
            sequenced: batch.len(),
            may_be_more: i64::try_from(batch.len()).is_ok_and(|count| count >= self.settings.batch),
        };
        let memory = Memory { turn, size: signed(new_size), tiles };
        Ok(Some(Signed { round, memory, checkpoint, note }))
    }

    /// Reads the tree anew, and checks it against what was signed here and published outside.
    async fn recollect(&self, tx: &mut Tx) -> Result<(i64, Tiles), Fault> {
        let head = head::newest(tx).await?;
        let size = head.as_ref().map_or(0, |head| head.size);
        let tiles = tree::load(tx, Tiles::growing(unsigned(size))).await?;
        if let Some(head) = head
            && plan::root(&tiles, unsigned(size))? != head.root
        {
            return Err(Fault::Damaged);
        }
        if let Published::Known(Some(published)) = &self.published {
            let forked = Fault::Forked { log_size: size, published_size: published.size };
            if published.size > unsigned(size) || tree::root(tx, published.size).await? != published.root {
                return Err(forked);
            }
        }
        Ok((size, tiles))
    }

    async fn anything_waits(&self) -> Result<bool, DbError> {
        let mut tx = self.db.read().await?;
        Ok(tx.query(SELECT_ANY).optional(|_| Ok(())).await?.is_some())
    }

    /// Makes the file outside the database say what was signed last, or finds out what it says.
    async fn settle_with_outside(&mut self) -> Result<(), Fault> {
        match &self.published {
            Published::Known(_) => {}
            Published::Unread => {
                let last = self.last.clone();
                let note = blocking(move || last.read()).await?;
                let key = self.signer.verifier();
                let checkpoint = note.map(|note| Checkpoint::open(&note, key)).transpose();
                self.published = Published::Known(checkpoint.map_err(|_| Fault::ForeignCheckpoint)?);
            }
            Published::Owed(note, checkpoint) => {
                let (last, note, checkpoint) = (self.last.clone(), note.clone(), checkpoint.clone());
                blocking(move || last.write(&note)).await?;
                self.published = Published::Known(Some(checkpoint));
            }
        }
        Ok(())
    }
}

/// What a round is about to commit.
struct Signed {
    round: Round,
    memory: Memory,
    checkpoint: Checkpoint,
    note: String,
}

async fn number(tx: &mut Tx, size: i64, batch: &[Waiting]) -> Result<(), DbError> {
    let mut positions = Batch::new(&POSITIONS);
    for (entry, position) in batch.iter().zip(size + 1..) {
        positions.push([position.value(), entry.entry_id.value(), entry.leaf.bytes().as_slice().value()]);
    }
    tx.flush(positions).await?;
    let deleted = tx.query(DELETE_PENDING).keys(batch.iter().map(|entry| entry.entry_id)).execute().await?;
    if deleted == batch.len() as u64 {
        Ok(())
    } else {
        Err(DbError::Conflict(Cause::new("sequencer", "another process took entries out of turn")))
    }
}

fn waiting(row: &Row<'_>) -> Result<Waiting, DbError> {
    Ok(Waiting {
        entry_id: row.get("entry_id")?,
        stream: Stream { kind: row.get("stream_kind")?, id: row.get("stream_id")? },
        version: row.get("stream_version")?,
        leaf: head::hash(row, "leaf")?,
        recorded_at: row.get("recorded_at")?,
    })
}

/// Touches the file system without holding up the other tasks of the thread.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Fault> {
    let done =
        tokio::task::spawn_blocking(work).await.map_err(|_| Fault::Outside(io::ErrorKind::Interrupted))?;
    done.map_err(|error| Fault::Outside(error.kind()))
}
