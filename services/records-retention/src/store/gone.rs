//! Content that was destroyed, by its keyed digest.

use jiff::civil::Date;
use records_retention_domain::{OrganisationId, RecordId, record::Gone};
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx};

pub(crate) const SELECT: &str = "SELECT organisation_id, digest, record_id, destroyed_on FROM gone_contents \
     WHERE (organisation_id, digest) IN (VALUES {rows UUID, TEXT})";

pub(crate) const INSERT: Table =
    Table::insert_new("gone_contents", &["organisation_id", "digest", "record_id", "destroyed_on"]);

/// Whose content, by its digest.
pub(crate) type Content = (OrganisationId, String);

/// Content that was destroyed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GoneContent {
    /// Whose it was, by its digest.
    pub(crate) content: Content,
    /// The record in which it lay.
    pub(crate) record: RecordId,
    /// Day on which that was destroyed.
    pub(crate) destroyed_on: Date,
}

/// Which of these were destroyed.
pub(crate) async fn find(tx: &mut Tx, contents: Vec<Content>) -> Result<Vec<(Content, Gone)>, DbError> {
    let read = |row: &Row<'_>| {
        let organisation = Id::new(row.get("organisation_id")?);
        let gone = Gone { record: Id::new(row.get("record_id")?), destroyed_on: row.get("destroyed_on")? };
        Ok(((organisation, row.get("digest")?), gone))
    };
    let rows = contents.into_iter().map(|(organisation, digest)| [organisation.value(), digest.value()]);
    tx.query(SELECT).rows(rows).all(read).await
}

/// Writes down what was destroyed. What was destroyed twice was destroyed first when it was.
pub(crate) async fn insert(tx: &mut Tx, gone: &[GoneContent]) -> Result<(), DbError> {
    let mut batch = Batch::new(&INSERT);
    for each in gone {
        batch.push([
            each.content.0.value(),
            each.content.1.clone().value(),
            each.record.value(),
            each.destroyed_on.value(),
        ]);
    }
    tx.flush(batch).await.map(drop)
}
