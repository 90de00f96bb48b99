//! Entries that could not be acted on, and those that wait behind them in their stream.

use std::collections::BTreeSet;

use jiff::Timestamp;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx, Value};
use uuid::Uuid;

use super::cursor::only_one;
use crate::entry::{Entry, Stream};

pub(crate) const HELD: Table = Table::insert(
    "held_entries",
    &[
        "source",
        "position",
        "stream_kind",
        "stream_id",
        "content",
        "traceparent",
        "attempts",
        "next_attempt_at",
        "reason",
        "held_at",
    ],
);

pub(crate) const SELECT_BLOCKED: &str = "SELECT DISTINCT stream_kind, stream_id FROM held_entries \
     WHERE source = $1 AND (stream_kind, stream_id) IN (VALUES {rows TEXT, UUID})";

pub(crate) const SELECT_DUE: &str = "SELECT h.position, h.content, h.traceparent, h.attempts FROM held_entries h \
     WHERE h.source = $1 AND h.next_attempt_at <= $2 AND NOT EXISTS (SELECT 1 FROM held_entries b \
     WHERE b.source = h.source AND b.stream_kind = h.stream_kind AND b.stream_id = h.stream_id \
     AND b.position < h.position) ORDER BY h.position LIMIT 64";

pub(crate) const DELETE: &str = "DELETE FROM held_entries WHERE source = $1 AND position = $2";

pub(crate) const POSTPONE: &str = "UPDATE held_entries SET attempts = $1, next_attempt_at = $2, reason = $3 \
     WHERE source = $4 AND position = $5 AND attempts = $1 - 1";

pub(crate) const SELECT_AT: &str = "SELECT position, content, traceparent, attempts FROM held_entries \
     WHERE source = $1 AND position = $2 AND next_attempt_at IS NULL";

pub(crate) const REDRIVE: &str = "UPDATE held_entries SET attempts = 0, next_attempt_at = $1 \
     WHERE source = $2 AND position = $3 AND next_attempt_at IS NULL";

pub(crate) const SKIP: &str =
    "DELETE FROM held_entries WHERE source = $1 AND position = $2 AND next_attempt_at IS NULL";

pub(crate) const FORGET: &str = "DELETE FROM held_entries WHERE source = $1 AND position > $2";

/// An entry to be tried again.
pub(super) struct Due {
    pub(super) entry: Entry,
    pub(super) attempts: i64,
}

/// An entry on its way into the table.
pub(super) struct New<'e> {
    pub(super) entry: &'e Entry,
    pub(super) stream: Stream,
    pub(super) attempts: i64,
    pub(super) next_attempt_at: Option<Timestamp>,
    pub(super) reason: &'e str,
}

/// Of these streams, the ones that wait behind a held entry.
pub(super) async fn blocked(
    tx: &mut Tx,
    source: &str,
    streams: &BTreeSet<Stream>,
) -> Result<BTreeSet<Stream>, DbError> {
    let rows = streams.iter().map(|stream| [stream.kind.as_str().value(), stream.id.value()]);
    let found = tx.query(SELECT_BLOCKED).bind(source).rows(rows).all(stream).await?;
    Ok(found.into_iter().collect())
}

pub(super) async fn hold(
    tx: &mut Tx,
    source: &str,
    new: impl IntoIterator<Item = New<'_>>,
    now: Timestamp,
) -> Result<(), DbError> {
    let mut batch = Batch::new(&HELD);
    for New { entry, stream, attempts, next_attempt_at, reason } in new {
        let row: [Value; 10] = [
            source.value(),
            entry.position.value(),
            stream.kind.value(),
            stream.id.value(),
            entry.bytes.as_slice().value(),
            entry.traceparent.as_str().value(),
            attempts.value(),
            next_attempt_at.value(),
            reason.value(),
            now.value(),
        ];
        batch.push(row);
    }
    tx.flush(batch).await.map(drop)
}

pub(super) async fn due(tx: &mut Tx, source: &str, now: Timestamp) -> Result<Vec<Due>, DbError> {
    tx.query(SELECT_DUE).bind(source).bind(now).all(read_due).await
}

/// Takes an entry out of the table, to act on it in the same transaction.
pub(super) async fn take(tx: &mut Tx, source: &str, position: i64) -> Result<(), DbError> {
    only_one(tx.query(DELETE).bind(source).bind(position).execute().await?)
}

/// Counts a failed attempt; no next one parks the entry.
pub(super) async fn postpone(
    tx: &mut Tx,
    source: &str,
    position: i64,
    attempts: i64,
    next: Option<Timestamp>,
    reason: &str,
) -> Result<(), DbError> {
    let query = tx.query(POSTPONE).bind(attempts).bind(next).bind(reason).bind(source).bind(position);
    only_one(query.execute().await?)
}

/// Lets a parked entry be tried again at once.
pub(super) async fn redrive(tx: &mut Tx, source: &str, position: i64, now: Timestamp) -> Result<(), DbError> {
    only_one(tx.query(REDRIVE).bind(now).bind(source).bind(position).execute().await?)
}

/// Gives a parked entry up.
pub(super) async fn skip(tx: &mut Tx, source: &str, position: i64) -> Result<(), DbError> {
    only_one(tx.query(SKIP).bind(source).bind(position).execute().await?)
}

/// Forgets what is held of a source after a position: it will be taken again.
pub(super) async fn forget(tx: &mut Tx, source: &str, after: i64) -> Result<(), DbError> {
    tx.query(FORGET).bind(source).bind(after).execute().await.map(drop)
}

/// A parked entry.
pub(super) async fn parked_at(tx: &mut Tx, source: &str, position: i64) -> Result<Option<Entry>, DbError> {
    let due = tx.query(SELECT_AT).bind(source).bind(position).optional(read_due).await?;
    Ok(due.map(|due| due.entry))
}

fn stream(row: &Row<'_>) -> Result<Stream, DbError> {
    Ok(Stream { kind: row.get("stream_kind")?, id: row.get::<Uuid>("stream_id")? })
}

fn read_due(row: &Row<'_>) -> Result<Due, DbError> {
    Ok(Due { entry: crate::feed::entry(row)?, attempts: row.get("attempts")? })
}
