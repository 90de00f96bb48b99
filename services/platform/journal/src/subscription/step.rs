//! One step: try again what is held and due, read what is new, act on it, move on.

use jiff::Timestamp;
use redress_kernel::clock;
use redress_store::DbError;

use super::{
    Fault, Handler, Source, SourceFault, Standing, Subscription,
    apply::{Applied, Why},
    backoff,
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

        let read_at = self.now();
        let page = match self.read(&cursor).await? {
            Ok(page) => page,
            Err(SourceFault::BeyondHead { .. }) => {
                return self.quarantine(step, "the source has fewer entries than were taken from it").await;
            }
            Err(SourceFault::Unavailable(why)) => {
                return Err(Fault::Source { source_name: self.source.name().to_owned(), why });
            }
        };
        if let Some(reason) = contradiction(&cursor, &page) {
            return self.quarantine(step, reason).await;
        }
        self.compared = true;
        step.head = page.head;

        cursor.epoch = Some(page.epoch);
        let new: Vec<Entry> =
            page.entries.into_iter().filter(|entry| entry.position > cursor.position).collect();
        let (mut start, mut end) = (0, new.len().min(self.stride));
        while start < new.len() {
            let last = end == new.len();
            let upto = if last { page.scanned } else { new[end - 1].position };
            match self
                .apply(&cursor, &new[start..end], upto)
                .await
                .inspect_err(|_| self.shorten(end - start))?
            {
                Applied::Done { handled, held, cursor: moved } => {
                    step.handled += handled;
                    step.held += held;
                    cursor = moved;
                    (start, end) = (end, new.len().min(end + self.stride));
                }
                Applied::Stuck { at: 0, why: Why::Poison(reason) } => {
                    cursor = self.hold_first(&cursor, &new[start], &reason).await?;
                    step.held += 1;
                    start += 1;
                    end = new.len().min(start + self.stride);
                }
                Applied::Stuck { at: 0, why: Why::Unavailable } => return Err(self.unreachable(&new[start])),
                // What comes before it is acted on by itself.
                Applied::Stuck { at, .. } => end = start + at,
            }
        }
        if page.scanned > cursor.position {
            cursor = self.pass_over(&cursor, page.scanned).await?;
        }
        self.stride = (self.stride * 2).min(self.settings.batch);
        step.position = cursor.position;
        self.parts.watcher.moved(step.position, step.head, read_at);
        Ok(step)
    }

    /// Takes less upon itself next time: what the database gave up on for its length would be given up on again and again.
    fn shorten(&mut self, tried: usize) {
        self.stride = (tried / 2).max(1);
    }

    fn unreachable(&self, entry: &Entry) -> Fault {
        Fault::Peer { source_name: self.source.name().to_owned(), position: entry.position }
    }

    async fn cursor(&self) -> Result<Cursor, DbError> {
        let found = cursor::find(&mut self.parts.db.read().await?, self.source.name()).await?;
        if let Some(found) = found {
            return Ok(found);
        }
        let mut tx = self.parts.db.write().await?;
        cursor::create(&mut tx, self.source.name(), self.now()).await?;
        tx.commit().await?;
        let found = cursor::find(&mut self.parts.db.read().await?, self.source.name()).await?;
        found.ok_or_else(|| DbError::Inconsistent {
            table: "subscriptions".to_owned(),
            column: "source".to_owned(),
            reason: "is gone again",
        })
    }

    /// Reads on; after a start, from a little before, so that the past can be compared. The end of the process does not
    /// wait for the source.
    async fn read(&self, cursor: &Cursor) -> Result<Result<Page, SourceFault>, Fault> {
        let (after, limit) = match cursor.trail.before() {
            Some(before) if !self.compared => (before, TRAIL + self.settings.batch),
            Some(_) | None => (cursor.position, self.settings.batch),
        };
        self.stop.run_until_cancelled(self.source.read(after, limit)).await.ok_or(Fault::Stopping)
    }

    async fn quarantine(&self, mut step: Step, reason: &str) -> Result<Step, Fault> {
        tracing::error!(source = self.source.name(), reason, "a source is quarantined");
        let mut tx = self.parts.db.write().await?;
        cursor::quarantine(&mut tx, self.source.name(), reason, self.now()).await?;
        tx.commit().await?;
        step.standing = Standing::Quarantined(reason.to_owned());
        Ok(step)
    }

    /// Sets an entry aside after its first failure.
    async fn hold_first(&self, cursor: &Cursor, entry: &Entry, reason: &str) -> Result<Cursor, DbError> {
        let now = self.now();
        let mut moved = cursor.clone();
        moved.position = entry.position;
        moved.trail.push(entry.position, entry.leaf());
        // An entry whose stream cannot be read is a stream of its own.
        let stream = entry.stream().unwrap_or_else(|_| Stream {
            kind: entry.content.stream_kind.clone(),
            id: self.parts.ids.next(),
        });
        let next_attempt_at = self.next_attempt(1, now);
        tracing::warn!(source = self.source.name(), position = entry.position, reason, "an entry is held");
        let mut tx = self.parts.db.write().await?;
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
        let mut tx = self.parts.db.write().await?;
        cursor::advance(&mut tx, self.source.name(), cursor, &moved, self.now()).await?;
        tx.commit().await?;
        Ok(moved)
    }

    /// Tries again what is due, and then what waited behind it, until there is nothing left that could succeed.
    async fn try_again(&self) -> Result<usize, Fault> {
        let mut handled = 0;
        loop {
            let now = self.now();
            let due = held::due(&mut self.parts.db.read().await?, self.source.name(), now).await?;
            let mut progress = false;
            for Due { entry, attempts } in due {
                match self.act_alone(&entry).await? {
                    None => {
                        handled += 1;
                        progress = true;
                    }
                    Some(Why::Poison(reason)) => self.postpone(&entry, attempts + 1, &reason, now).await?,
                    Some(Why::Unavailable) => return Err(self.unreachable(&entry)),
                }
            }
            if !progress {
                return Ok(handled);
            }
        }
    }

    /// Acts on a held entry in a transaction of its own.
    async fn act_alone(&self, entry: &Entry) -> Result<Option<Why>, Fault> {
        let prepared = match self.prepare(entry).await? {
            Ok(prepared) => prepared,
            Err(fault) => return Ok(Some(Why::of(fault)?)),
        };
        let mut tx = self.parts.db.write().await?;
        held::take(&mut tx, self.source.name(), entry.position).await?;
        match self.handler.handle(&mut tx, entry, prepared).await {
            Ok(()) => {
                tx.commit().await?;
                self.acted(std::iter::once(entry));
                Ok(None)
            }
            Err(fault) => {
                tx.rollback().await?;
                Ok(Some(Why::of(fault)?))
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
        let mut tx = self.parts.db.write().await?;
        held::postpone(&mut tx, self.source.name(), entry.position, attempts, next, reason).await?;
        tx.commit().await
    }

    /// When to try again after so many failures; never, after too many.
    fn next_attempt(&self, attempts: i64, now: Timestamp) -> Option<Timestamp> {
        if attempts >= self.settings.attempts {
            return None;
        }
        let (first, longest) = (self.settings.first_pause, self.settings.longest_pause);
        let pause = backoff::pause(attempts, first, longest, (self.parts.draw)());
        Some(now.checked_add(pause).unwrap_or(now))
    }

    pub(super) fn now(&self) -> Timestamp {
        clock::to_microseconds(self.parts.clock.now())
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
