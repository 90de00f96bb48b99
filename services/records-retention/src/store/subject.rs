//! What other services call a thing, and the record that it belongs to.

use records_retention_domain::RecordId;
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx};
use uuid::Uuid;

pub(crate) const SELECT: &str =
    "SELECT subject_id, record_id FROM record_subjects WHERE subject_id IN ({keys})";

pub(crate) const INSERT: Table = Table::insert("record_subjects", &["subject_id", "record_id"]);

/// The records of these things, as far as there are any.
pub(crate) async fn find_many(tx: &mut Tx, subjects: Vec<Uuid>) -> Result<Vec<(Uuid, RecordId)>, DbError> {
    let read = |row: &Row<'_>| Ok((row.get("subject_id")?, Id::new(row.get("record_id")?)));
    tx.query(SELECT).keys(subjects).all(read).await
}

/// Writes new ones.
pub(crate) async fn insert(tx: &mut Tx, rows: &[(Uuid, RecordId)]) -> Result<(), DbError> {
    let mut batch = Batch::new(&INSERT);
    for (subject, record) in rows {
        batch.push([subject.value(), record.value()]);
    }
    tx.flush(batch).await.map(drop)
}
