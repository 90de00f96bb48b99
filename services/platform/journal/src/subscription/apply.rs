//! Acting on a batch: everything is fetched first, then all effects and the cursor go in one transaction, or nothing.

use std::collections::BTreeSet;

use redress_store::DbError;

use super::{
    Fault, HandleFault, Handler, Source, Subscription,
    cursor::{self, Cursor},
    held::{self, New},
};
use crate::entry::{Entry, Stream};

/// How applying a batch ended.
pub(super) enum Applied {
    /// All done: so many acted on, so many held behind others.
    Done { handled: usize, held: usize, cursor: Cursor },
    /// The entry at this index could not be acted on, and nothing was changed.
    Stuck { at: usize, why: Why },
}

/// Why an entry could not be acted on.
pub(super) enum Why {
    /// It is the entry's own fault.
    Poison(String),
    /// It is not.
    Unavailable,
}

/// What becomes of an entry of a batch.
enum Ready<P> {
    Act(P),
    WaitBehindAnother(Stream),
}

impl Why {
    pub(super) fn of(fault: HandleFault) -> Result<Self, DbError> {
        match fault {
            HandleFault::Database(error) => Err(error),
            HandleFault::Poison(reason) => Ok(Self::Poison(reason)),
            HandleFault::Unavailable => Ok(Self::Unavailable),
        }
    }
}

impl<S: Source, H: Handler> Subscription<S, H> {
    /// Acts on entries and moves the cursor up to `upto`.
    pub(super) async fn apply(
        &self,
        cursor: &Cursor,
        entries: &[Entry],
        upto: i64,
    ) -> Result<Applied, Fault> {
        let blocked = self.blocked(entries).await?;
        let mut ready = Vec::with_capacity(entries.len());
        for entry in entries {
            ready.push(match entry.stream().ok().filter(|stream| blocked.contains(stream)) {
                Some(stream) => Ready::WaitBehindAnother(stream),
                None => match self.prepare(entry).await? {
                    Ok(prepared) => Ready::Act(prepared),
                    Err(fault) => return Ok(Applied::Stuck { at: ready.len(), why: Why::of(fault)? }),
                },
            });
        }

        let now = self.now();
        let mut moved = cursor.clone();
        moved.position = upto;
        for entry in entries {
            moved.trail.push(entry.position, entry.leaf());
        }
        let mut tx = self.parts.db.write().await?;
        // Whoever moves the cursor also holds entries; so what was found blocked above still is, or this is a conflict.
        cursor::advance(&mut tx, self.source.name(), cursor, &moved, now).await?;
        let (mut waiting, mut acted) = (Vec::new(), Vec::new());
        for (at, (entry, ready)) in entries.iter().zip(ready).enumerate() {
            let prepared = match ready {
                Ready::Act(prepared) => prepared,
                Ready::WaitBehindAnother(stream) => {
                    let next_attempt_at = Some(now);
                    let reason = "waits behind another";
                    waiting.push(New { entry, stream, attempts: 0, next_attempt_at, reason });
                    continue;
                }
            };
            match self.handler.handle(&mut tx, entry, prepared).await {
                Ok(()) => acted.push(entry),
                Err(fault) => {
                    let why = Why::of(fault)?;
                    tx.rollback().await?;
                    return Ok(Applied::Stuck { at, why });
                }
            }
        }
        let held = waiting.len();
        held::hold(&mut tx, self.source.name(), waiting, now).await?;
        tx.commit().await?;
        self.acted(acted.iter().copied());
        Ok(Applied::Done { handled: acted.len(), held, cursor: moved })
    }

    /// The streams of these entries that wait behind a held one.
    async fn blocked(&self, entries: &[Entry]) -> Result<BTreeSet<Stream>, DbError> {
        let streams: BTreeSet<Stream> = entries.iter().filter_map(|entry| entry.stream().ok()).collect();
        let mut tx = self.parts.db.read().await?;
        held::blocked(&mut tx, self.source.name(), &streams).await
    }

    /// Fetches what an entry needs; the end of the process does not wait for it.
    pub(super) async fn prepare(&self, entry: &Entry) -> Result<Result<H::Prepared, HandleFault>, Fault> {
        self.stop.run_until_cancelled(self.handler.prepare(entry)).await.ok_or(Fault::Stopping)
    }

    /// Tells of effects that are durable.
    pub(super) fn acted<'e>(&self, entries: impl Iterator<Item = &'e Entry>) {
        self.parts.hint.committed();
        let now = self.now();
        for entry in entries {
            self.parts.watcher.acted(entry, now);
        }
    }
}
