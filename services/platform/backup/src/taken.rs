//! What the database knows of its own backups.

use jiff::Timestamp;
use redress_store::{Batch, DbError, Kind, Parameter as _, Row, Table, Tx, Value};
use uuid::Uuid;

pub(crate) const INSERT: Table =
    Table::insert("backups", &["backup_id", "begun_at", "finished_at", "manifest"]);

pub(crate) const FINISH: &str = "UPDATE backups SET finished_at = $1, manifest = $2 WHERE backup_id = $3";

pub(crate) const SELECT_NEWEST: &str =
    "SELECT MAX(begun_at) AS at FROM backups WHERE finished_at IS NOT NULL";

/// The first thing there was to lose.
pub(crate) const SELECT_UNPROTECTED: &str = "SELECT MIN(signed_at) AS at FROM journal_checkpoints";

/// Also those that never ended: a copy may have been left of them.
pub(crate) const SELECT_BEGUN: &str = "SELECT MAX(begun_at) AS at FROM backups";

/// A backup begins: before its first byte is copied.
pub async fn begin(tx: &mut Tx, backup: Uuid, at: Timestamp) -> Result<(), DbError> {
    let mut batch = Batch::new(&INSERT);
    batch.push([backup.value(), at.value(), Value::Null(Kind::Timestamp), Value::Null(Kind::Bytes)]);
    tx.flush(batch).await.map(drop)
}

/// It is whole, with a manifest of this digest.
pub async fn finish(tx: &mut Tx, backup: Uuid, at: Timestamp, manifest: &[u8]) -> Result<(), DbError> {
    tx.query(FINISH).bind(at).bind(manifest).bind(backup).execute().await.map(drop)
}

/// Since when anything would be lost with the disk: since the newest backup, or since there is anything. `None` where there
/// is nothing to lose.
pub async fn unprotected_since(tx: &mut Tx) -> Result<Option<Timestamp>, DbError> {
    match tx.query(SELECT_NEWEST).one(at).await? {
        Some(newest) => Ok(Some(newest)),
        None => tx.query(SELECT_UNPROTECTED).one(at).await,
    }
}

/// When the last backup began in which something may lie that was there until now. `None` where none was ever taken.
pub async fn last_begun(tx: &mut Tx) -> Result<Option<Timestamp>, DbError> {
    tx.query(SELECT_BEGUN).one(at).await
}

fn at(row: &Row<'_>) -> Result<Option<Timestamp>, DbError> {
    row.get("at")
}
