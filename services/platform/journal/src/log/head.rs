//! The log at one size, as it was signed.

use jiff::Timestamp;
use redress_store::{DbError, Row, Tx};

use crate::merkle::Hash;

pub(crate) const SELECT_NEWEST: &str =
    "SELECT tree_size, root, note, signed_at FROM journal_checkpoints ORDER BY tree_size DESC LIMIT 1";

pub(crate) const SELECT_PENDING: &str =
    "SELECT COUNT(*) AS depth, MIN(recorded_at) AS oldest FROM journal_pending";

/// A head of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Number of entries; also the position of the last one.
    pub size: i64,
    /// The root over them.
    pub root: Hash,
    /// The signed note.
    pub note: String,
    /// When it was signed.
    pub signed_at: Timestamp,
}

/// How the sequencer is doing, for the metrics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gauges {
    /// Entries that wait for their position.
    pub unsequenced: i64,
    /// When the oldest of them was recorded.
    pub oldest_unsequenced: Option<Timestamp>,
    /// Number of entries that have theirs.
    pub head: i64,
    /// When that head was signed.
    pub head_signed_at: Option<Timestamp>,
}

/// The newest head; none while nothing was sequenced.
pub(crate) async fn newest(tx: &mut Tx) -> Result<Option<Head>, DbError> {
    tx.query(SELECT_NEWEST).optional(read).await
}

pub(crate) fn read(row: &Row<'_>) -> Result<Head, DbError> {
    Ok(Head {
        size: row.get("tree_size")?,
        root: hash(row, "root")?,
        note: row.get("note")?,
        signed_at: row.get("signed_at")?,
    })
}

pub(crate) fn hash(row: &Row<'_>, column: &str) -> Result<Hash, DbError> {
    let bytes: Vec<u8> = row.get(column)?;
    Hash::try_from(bytes.as_slice()).map_err(|_| row.inconsistent(column, "is not a hash"))
}

/// The error for a position without an entry.
pub(crate) fn hole(position: i64) -> DbError {
    DbError::Inconsistent {
        table: "journal_positions".to_owned(),
        column: format!("position {position}"),
        reason: "has no entry",
    }
}

impl super::Log {
    /// The newest head; none while the log is empty.
    pub async fn head(&self) -> Result<Option<Head>, DbError> {
        let mut tx = self.db().read().await?;
        newest(&mut tx).await
    }

    /// How the sequencer is doing.
    pub async fn gauges(&self) -> Result<Gauges, DbError> {
        let mut tx = self.db().read().await?;
        let head = newest(&mut tx).await?;
        let waiting = |row: &Row<'_>| Ok((row.get("depth")?, row.get("oldest")?));
        let (unsequenced, oldest_unsequenced) = tx.query(SELECT_PENDING).one(waiting).await?;
        Ok(Gauges {
            unsequenced,
            oldest_unsequenced,
            head: head.as_ref().map_or(0, |head| head.size),
            head_signed_at: head.map(|head| head.signed_at),
        })
    }
}
