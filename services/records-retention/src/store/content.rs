//! What was laid by with records as bytes; the bytes lie in the object store, the names of their files under seal.

use records_retention_domain::{PartId, RecordId};
use redress_kernel::Id;
use redress_papers::{
    Stage,
    sweep::{Rows, object},
};
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx, blob::ObjectName, word};
use uuid::Uuid;

/// For a caller who was found to see the record, and for the holder.
pub(crate) const SELECT: &str = "SELECT part_id, record_id, stage, size_bytes, sha256, blob, key_id FROM part_contents \
     WHERE part_id = $1";

/// Which of these objects a row names.
pub(crate) const SELECT_BLOBS: &str = "SELECT blob FROM part_contents WHERE blob IN ({keys})";

/// Which objects there must be.
pub(crate) const SELECT_BLOB_PAGE: &str =
    "SELECT part_id AS id, blob FROM part_contents WHERE part_id > $1 ORDER BY part_id LIMIT $2";

pub(crate) const DELETE: &str = "DELETE FROM part_contents WHERE part_id = $1";

pub(crate) const INSERT: Table = Table::insert(
    "part_contents",
    &["part_id", "record_id", "stage", "size_bytes", "sha256", "blob", "key_id"],
);

/// What was laid by, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PartContent {
    /// The part that it is.
    pub(crate) part: PartId,
    /// The record it lies with.
    pub(crate) record: RecordId,
    /// Whether it may be read.
    pub(crate) stage: Stage,
    /// Size.
    pub(crate) size_bytes: i64,
    /// Digest of the bytes.
    pub(crate) sha256: Vec<u8>,
    /// Its object in the store.
    pub(crate) blob: ObjectName,
    /// Key it is sealed with.
    pub(crate) key: Uuid,
}

/// That of a part; whether the caller sees its record has been asked.
pub(crate) async fn find(tx: &mut Tx, part: PartId) -> Result<Option<PartContent>, DbError> {
    tx.query(SELECT).bind(part).optional(read).await
}

/// Deletes that of a part.
pub(crate) async fn delete(tx: &mut Tx, part: PartId) -> Result<(), DbError> {
    tx.query(DELETE).bind(part).execute().await.map(drop)
}

/// Writes new ones.
pub(crate) async fn insert(tx: &mut Tx, rows: &[PartContent]) -> Result<(), DbError> {
    let mut batch = Batch::new(&INSERT);
    for row in rows {
        batch.push([
            row.part.value(),
            row.record.value(),
            word::of(&row.stage).value(),
            row.size_bytes.value(),
            row.sha256.clone().value(),
            row.blob.bytes().as_slice().value(),
            row.key.value(),
        ]);
    }
    tx.flush(batch).await.map(drop)
}

/// The contents as the sweep asks for them.
pub(crate) enum Swept {}

impl Rows for Swept {
    const NAMED: &'static str = SELECT_BLOBS;
    const PAGE: &'static str = SELECT_BLOB_PAGE;
}

fn read(row: &Row<'_>) -> Result<PartContent, DbError> {
    Ok(PartContent {
        part: Id::new(row.get("part_id")?),
        record: Id::new(row.get("record_id")?),
        stage: word::read(row, "stage")?,
        size_bytes: row.get("size_bytes")?,
        sha256: row.get("sha256")?,
        blob: object(row)?,
        key: row.get("key_id")?,
    })
}
