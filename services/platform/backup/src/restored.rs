//! What the database knows of the restores that led to it.

use std::io;

use jiff::Timestamp;
use redress_journal::{checkpoint::LastCheckpoint, log::Head};
use redress_store::{Batch, Cause, DbError, Kind, Parameter as _, Row, Table, Tx, Value};
use uuid::Uuid;

pub(crate) const INSERT: Table = Table::insert(
    "restores",
    &[
        "restore_id",
        "backup_id",
        "restored_at",
        "taken_at",
        "epoch_before",
        "log_size",
        "published_size",
        "lifted_at",
    ],
);

pub(crate) const SELECT: &str = "SELECT restore_id, backup_id, restored_at, taken_at, epoch_before, log_size, published_size \
     FROM restores WHERE lifted_at IS NULL ORDER BY restored_at DESC LIMIT 1";

pub(crate) const SELECT_NEWEST: &str = "SELECT restored_at FROM restores ORDER BY restored_at DESC LIMIT 1";

pub(crate) const LIFT: &str = "UPDATE restores SET lifted_at = $1 WHERE lifted_at IS NULL";

/// A restore.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restore {
    /// Which one.
    pub id: Uuid,
    /// The backup that was put back.
    pub backup: Uuid,
    /// When it was put back.
    pub at: Timestamp,
    /// When the backup was taken.
    pub taken_at: Timestamp,
    /// Which life of the database the backup was taken of.
    pub epoch_before: Uuid,
    /// Entries of the journal in the backup.
    pub log_size: i64,
    /// Entries that were published before everything was lost, as far as that is known.
    pub published_size: i64,
}

/// Puts the head of a restored log in place of the checkpoint that was published last; returns how many entries that had.
pub fn set_back(checkpoint: &LastCheckpoint, head: Option<&Head>, restore: Uuid) -> Result<i64, DbError> {
    let note = head.map(|head| head.note.as_str());
    let published = checkpoint.set_back(note, restore).map_err(unreadable)?;
    Ok(published.and_then(|size| i64::try_from(size).ok()).unwrap_or(0))
}

/// Whether more was published of a log than its head knows, because the database was put back from a copy. Such a log does not go on.
pub fn is_behind(checkpoint: &LastCheckpoint, head: Option<&Head>) -> Result<bool, DbError> {
    let published = checkpoint.size().map_err(unreadable)?.unwrap_or(0);
    Ok(head.map_or(0, |head| head.size.unsigned_abs()) < published)
}

/// Writes down that this database was put back.
pub async fn mark(tx: &mut Tx, restore: &Restore) -> Result<(), DbError> {
    let mut batch = Batch::new(&INSERT);
    batch.push([
        restore.id.value(),
        restore.backup.value(),
        restore.at.value(),
        restore.taken_at.value(),
        restore.epoch_before.value(),
        restore.log_size.value(),
        restore.published_size.value(),
        Value::Null(Kind::Timestamp),
    ]);
    tx.flush(batch).await.map(drop)
}

/// The restore after which not everything is erased again yet.
pub async fn open(tx: &mut Tx) -> Result<Option<Restore>, DbError> {
    tx.query(SELECT).optional(read).await
}

/// When the database was last put back, if it ever was.
pub async fn newest(tx: &mut Tx) -> Result<Option<Timestamp>, DbError> {
    tx.query(SELECT_NEWEST).optional(|row| row.get("restored_at")).await
}

/// Everything is erased again; the service may be called.
pub async fn lift(tx: &mut Tx, at: Timestamp) -> Result<(), DbError> {
    tx.query(LIFT).bind(at).execute().await.map(drop)
}

fn read(row: &Row<'_>) -> Result<Restore, DbError> {
    Ok(Restore {
        id: row.get("restore_id")?,
        backup: row.get("backup_id")?,
        at: row.get("restored_at")?,
        taken_at: row.get("taken_at")?,
        epoch_before: row.get("epoch_before")?,
        log_size: row.get("log_size")?,
        published_size: row.get("published_size")?,
    })
}

#[expect(clippy::needless_pass_by_value, reason = "made to be handed to `map_err`")]
fn unreadable(error: io::Error) -> DbError {
    DbError::Unavailable(Cause::new("checkpoint", error.kind().to_string()))
}
