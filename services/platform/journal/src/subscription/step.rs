//! One step: try again what is held and due, read what is new, act on it, move on.

use std::collections::BTreeSet;

use jiff::Timestamp;
use redress_kernel::clock;
use redress_store::DbError;

use super::{
    Fault, HandleFault, Handler, Source, SourceFault, Standing, Subscription, backoff,
    cursor::{self, Cursor, TRAIL},
    held::{self, Due, New},
};
use crate::{
    entry::{Entry, Stream},
    feed::Page,
};

/// What a step did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Entries acted on.
    pub handled: usize,
    /// Entries held back, because they failed or wait behind one that did.
    pub held: usize,
    /// Position up to which the source was read.
    pub position: i64,
    /// Position of the source's last entry; the difference is the lag.
    pub head: i64,
    /// Whether the source is trusted.
    pub standing: Standing,
}

/// The first entry of a batch that could not be acted on.
struct Stuck {
    at: usize,
    reason: String,
}

/// How applying a batch ended.
enum Applied {
    /// All done: so many acted on, so many held behind others.
    Done { handled: usize, held: usize, cursor: Cursor },
    /// One could not be acted on, and nothing was changed.
    Stuck(Stuck),
}

impl<S: Source, H: Handler> Subscription<S, H> {
    /// Does one step. `handled` and `held` are both zero when there was nothing to do.
    pub async fn step(&mut self) -> Result<Step, Fault> {
        let mut cursor = self.cursor().await?;
        let mut step = Step {
            handled: 0,
            held: 0,
            position: cursor.position,
            head: cursor.position,
            standing: cursor.standing.clone(),
        };
        if step.standing != Standing::Following {
            return Ok(step);
        }
        step.handled += self.try_again().await?;

        let page = match self.read(&cursor).await {
            Ok(page) => page,
            Err(SourceFault::BeyondHead { .. }) => {
                return self.quarantine(step, "the source has fewer entries than were taken from it").await;
            }
            Err(SourceFault::Unavailable) => return Err(Fault::Source(self.source.name().to_owned())),
        };
        if let Some(reason) = contradiction(&cursor, &page) {
            return self.quarantine(step, reason).await;
        }
        self.compared = true;
        step.head = page.head;

        cursor.epoch = Some(page.epoch);
        let new: Vec<Entry> =
            page.entries.into_iter().filter(|entry| entry.position > cursor.position).collect();
        let (mut start, mut end) = (0, new.len());
        while start < new.len() {
            let last = end == new.len();
            let upto = if last { page.scanned } else { new[end - 1].position };
            match self.apply(&cursor, &new[start..end], upto).await? {
                Applied::Done { handled, held, cursor: moved } => {
                    step.handled += handled;
                    step.held += held;
                    cursor = moved;
                    (start, end) = (end, new.len());
                }
                Applied::Stuck(Stuck { at: 0, reason }) => {
                    cursor = self.hold_first(&cursor, &new[start], &reason).await?;
                    step.held += 1;
                    start += 1;
                }
                Applied::Stuck(Stuck { at, .. }) => end = start + at,
            }
        }
        if page.scanned > cursor.position {
            cursor = self.pass_over(&cursor, page.scanned).await?;
        }
        step.position = cursor.position;
        Ok(step)
    }

    async fn cursor(&self) -> Result<Cursor, DbError> {
        let found = cursor::find(&mut self.db.read().await?, self.source.name()).await?;
        if let Some(found) = found {
            return Ok(found);
        }
        let mut tx = self.db.write().await?;
        cursor::create(&mut tx, self.source.name(), self.now()).await?;
        tx.commit().await?;
        let found = cursor::find(&mut self.db.read().await?, self.source.name()).await?;
        found.ok_or_else(|| DbError::Inconsistent {
            table: "subscriptions".to_owned(),
            column: "source".to_owned(),
            reason: "is gone again",
        })
    }

    /// Reads on; after a start, from a little before, so that the past can be compared.
    async fn read(&self, cursor: &Cursor) -> Result<Page, SourceFault> {
        match cursor.trail.before() {
            Some(before) if !self.compared => self.source.read(before, TRAIL + self.settings.batch).await,
            Some(_) | None => self.source.read(cursor.position, self.settings.batch).await,
        }
    }

    async fn quarantine(&self, mut step: Step, reason: &str) -> Result<Step, Fault> {
        tracing::error!(source = self.source.name(), reason, "a source is quarantined");
        let mut tx = self.db.write().await?;
        cursor::quarantine(&mut tx, self.source.name(), reason, self.now()).await?;
        tx.commit().await?;
        step.standing = Standing::Quarantined(reason.to_owned());
        Ok(step)
    }

    /// Acts on entries and moves the cursor, all in one transaction or not at all.
    async fn apply(&self, cursor: &Cursor, entries: &[Entry], upto: i64) -> Result<Applied, DbError> {
        let now = self.now();
        let mut moved = cursor.clone();
        moved.position = upto;
        for entry in entries {
            moved.trail.push(entry.position, entry.leaf());
        }
        let streams: Vec<Option<Stream>> = entries.iter().map(|entry| entry.stream().ok()).collect();
        let known: BTreeSet<Stream> = streams.iter().flatten().cloned().collect();

        let mut tx = self.db.write().await?;
        // First, so that of two processes the second one waits here and then finds that it came too late.
        cursor::advance(&mut tx, self.source.name(), cursor, &moved, now).await?;
        let blocked = held::blocked(&mut tx, self.source.name(), &known).await?;
        let mut waiting = Vec::new();
        for (at, (entry, stream)) in entries.iter().zip(streams).enumerate() {
            match stream {
                Some(stream) if blocked.contains(&stream) => waiting.push(New {
                    entry,
                    stream,
                    attempts: 0,
                    next_attempt_at: Some(now),
                    reason: "waits behind another",
                }),
                Some(_) | None => match self.handler.handle(&mut tx, entry).await {
                    Ok(()) => {}
                    Err(HandleFault::Database(error)) => return Err(error),
                    Err(HandleFault::Poison(reason)) => {
                        tx.rollback().await?;
                        return Ok(Applied::Stuck(Stuck { at, reason }));
                    }
                },
            }
        }
        let held = waiting.len();
        held::hold(&mut tx, self.source.name(), waiting, now).await?;
        tx.commit().await?;
        Ok(Applied::Done { handled: entries.len() - held, held, cursor: moved })
    }

    /// Sets an entry aside after its first failure.
    async fn hold_first(&self, cursor: &Cursor, entry: &Entry, reason: &str) -> Result<Cursor, DbError> {
        let now = self.now();
        let mut moved = cursor.clone();
        moved.position = entry.position;
        moved.trail.push(entry.position, entry.leaf());
        // An entry whose stream cannot be read is a stream of its own.
        let stream = entry
            .stream()
            .unwrap_or_else(|_| Stream { kind: entry.content.stream_kind.clone(), id: self.ids.next() });
        let next_attempt_at = self.next_attempt(1, now);
        tracing::warn!(source = self.source.name(), position = entry.position, reason, "an entry is held");
        let mut tx = self.db.write().await?;
        cursor::advance(&mut tx, self.source.name(), cursor, &moved, now).await?;
        let new = New { entry, stream, attempts: 1, next_attempt_at, reason };
        held::hold(&mut tx, self.source.name(), [new], now).await?;
        tx.commit().await?;
        Ok(moved)
    }

    /// Moves past what the source did not show.
    async fn pass_over(&self, cursor: &Cursor, upto: i64) -> Result<Cursor, DbError> {
        let mut moved = cursor.clone();
        moved.position = upto;
        let mut tx = self.db.write().await?;
        cursor::advance(&mut tx, self.source.name(), cursor, &moved, self.now()).await?;
        tx.commit().await?;
        Ok(moved)
    }

    /// Tries again what is due, and then what waited behind it, until there is nothing left that could succeed.
    async fn try_again(&self) -> Result<usize, DbError> {
        let mut handled = 0;
        loop {
            let now = self.now();
            let due = held::due(&mut self.db.read().await?, self.source.name(), now).await?;
            let mut progress = false;
            for Due { entry, attempts } in due {
                let mut tx = self.db.write().await?;
                held::take(&mut tx, self.source.name(), entry.position).await?;
                match self.handler.handle(&mut tx, &entry).await {
                    Ok(()) => {
                        tx.commit().await?;
                        handled += 1;
                        progress = true;
                    }
                    Err(HandleFault::Database(error)) => return Err(error),
                    Err(HandleFault::Poison(reason)) => {
                        tx.rollback().await?;
                        self.postpone(&entry, attempts + 1, &reason, now).await?;
                    }
                }
            }
            if !progress {
                return Ok(handled);
            }
        }
    }

    async fn postpone(
        &self,
        entry: &Entry,
        attempts: i64,
        reason: &str,
        now: Timestamp,
    ) -> Result<(), DbError> {
        let next = self.next_attempt(attempts, now);
        if next.is_none() {
            tracing::error!(
                source = self.source.name(),
                position = entry.position,
                reason,
                "an entry is parked"
            );
        }
        let mut tx = self.db.write().await?;
        held::postpone(&mut tx, self.source.name(), entry.position, attempts, next, reason).await?;
        tx.commit().await
    }

    /// When to try again after so many failures; never, after too many.
    fn next_attempt(&self, attempts: i64, now: Timestamp) -> Option<Timestamp> {
        if attempts >= self.settings.attempts {
            return None;
        }
        let (first, longest) = (self.settings.first_pause, self.settings.longest_pause);
        let pause = backoff::pause(attempts, first, longest, (self.draw)());
        Some(now.checked_add(pause).unwrap_or(now))
    }

    pub(super) fn now(&self) -> Timestamp {
        clock::to_microseconds(self.clock.now())
    }
}

/// What a page says against the source, if anything.
fn contradiction(cursor: &Cursor, page: &Page) -> Option<&'static str> {
    if cursor.epoch.is_some_and(|epoch| epoch != page.epoch) {
        return Some("the source lives another life: its database was restored or replaced");
    }
    if page.head < cursor.position {
        return Some("the source has fewer entries than were taken from it");
    }
    let changed = |entry: &Entry| cursor.trail.contradicts(entry.position, entry.leaf());
    if page.entries.iter().any(changed) {
        return Some("an entry that was taken from the source is another one now");
    }
    let mut before = None;
    let ordered = |entry: &Entry| before.replace(entry.position).is_none_or(|before| before < entry.position);
    if !page.entries.iter().all(ordered) {
        return Some("the source shows its entries out of order");
    }
    None
}
