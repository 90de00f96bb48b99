//! What an operator is shown of the subscriptions of a database, whether or not they run in this process.

use jiff::Timestamp;
use redress_store::{DbError, Row, Tx};
use uuid::Uuid;

use super::cursor::{self, Standing};
use crate::entry::{Entry, Stream};

pub(crate) const SELECT_ALL: &str = "SELECT s.source, s.position, s.standing, s.reason, s.moved_at, \
     (SELECT COUNT(*) FROM held_entries h WHERE h.source = s.source) AS held, \
     (SELECT COUNT(*) FROM held_entries h WHERE h.source = s.source AND h.next_attempt_at IS NULL) AS parked \
     FROM subscriptions s ORDER BY s.source";

pub(crate) const SELECT_PARKED: &str = "SELECT source, position, stream_kind, stream_id, content, traceparent, attempts, \
     reason, held_at FROM held_entries WHERE next_attempt_at IS NULL AND ($1 = '' OR source = $1) \
     AND (source, position) > ($2, $3) ORDER BY source, position LIMIT $4";

/// How a subscription is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gauges {
    /// The source.
    pub source: String,
    /// Position up to which the source was acted on.
    pub position: i64,
    /// Entries that wait for another attempt, or behind another entry.
    pub held: i64,
    /// Entries that wait for a person.
    pub parked: i64,
    /// Whether the source is trusted.
    pub standing: Standing,
    /// When the cursor or the standing last changed.
    pub moved_at: Timestamp,
}

/// An entry that nobody tries any more until a person has looked.
#[derive(Clone, Debug, PartialEq)]
pub struct Parked {
    /// Where it comes from.
    pub source: String,
    /// Its stream, which waits behind it.
    pub stream: Stream,
    /// The entry itself.
    pub entry: Entry,
    /// How often it was tried.
    pub attempts: i64,
    /// Why the last attempt failed, as a code.
    pub reason: String,
    /// Since when it is held.
    pub held_at: Timestamp,
}

/// Every subscription that was ever begun, by source.
pub async fn gauges(tx: &mut Tx) -> Result<Vec<Gauges>, DbError> {
    tx.query(SELECT_ALL).all(read_gauges).await
}

/// The parked entries of a source, or of all where it is empty, after one of them in the order of source and position.
pub async fn parked(
    tx: &mut Tx,
    source: &str,
    after: (&str, i64),
    limit: i64,
) -> Result<Vec<Parked>, DbError> {
    tx.query(SELECT_PARKED).bind(source).bind(after.0).bind(after.1).bind(limit).all(read_parked).await
}

fn read_gauges(row: &Row<'_>) -> Result<Gauges, DbError> {
    let (held, parked): (i64, i64) = (row.get("held")?, row.get("parked")?);
    Ok(Gauges {
        source: row.get("source")?,
        position: row.get("position")?,
        held: held - parked,
        parked,
        standing: cursor::standing(row)?,
        moved_at: row.get("moved_at")?,
    })
}

fn read_parked(row: &Row<'_>) -> Result<Parked, DbError> {
    Ok(Parked {
        source: row.get("source")?,
        stream: Stream { kind: row.get("stream_kind")?, id: row.get::<Uuid>("stream_id")? },
        entry: crate::feed::entry(row)?,
        attempts: row.get("attempts")?,
        reason: row.get("reason")?,
        held_at: row.get("held_at")?,
    })
}
