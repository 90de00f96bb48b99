//! Case records: what the complaints service published.

use std::collections::BTreeSet;

use ice_liaison_domain::{CaseRecord, ComplaintId, OrganisationId};
use redress_store::{Batch, Cause, DbError, Parameter as _, Row, Table, Tx, document};

pub(crate) const SELECT: &str =
    "SELECT state, revision FROM case_records WHERE complaint_id IN ({keys}) AND ended = FALSE";

pub(crate) const SELECT_VISIBLE: &str = "SELECT state, revision FROM case_records AS c JOIN known_reach AS r \
     ON r.contract_id = c.contract_id AND r.below_id = c.organisation_id AND r.organisation_id = $2 \
     WHERE complaint_id = $1 AND ended = FALSE";

/// Changes nothing that is known, and moves the row on: whoever takes it out at the same time is met in it.
pub(crate) const MEET: &str =
    "UPDATE case_records SET revision = revision + 1 WHERE complaint_id IN ({keys}) AND ended = FALSE";

pub(crate) const SAVE: Table = Table::save(
    "case_records",
    &["complaint_id", "contract_id", "organisation_id", "state", "revision"],
    &["complaint_id"],
    "revision",
);

/// A case record as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// What is known.
    pub(crate) case: CaseRecord,
    /// How often the row was written; 0 for one that is new.
    pub(crate) revision: i64,
}

/// The records of these complaints, by bare id: for the world and the follower.
pub(crate) async fn find_many(tx: &mut Tx, ids: Vec<ComplaintId>) -> Result<Vec<Record>, DbError> {
    tx.query(SELECT).keys(ids).all(read).await
}

/// The record of a complaint that `caller` may see.
pub(crate) async fn find_visible(
    tx: &mut Tx,
    id: ComplaintId,
    caller: OrganisationId,
) -> Result<Option<Record>, DbError> {
    tx.query(SELECT_VISIBLE).bind(id).bind(caller).optional(read).await
}

/// Meets, in the rows of these complaints, whoever takes them out at the same time.
///
/// # Errors
/// [`DbError::Conflict`] where one is gone that was there when it was decided.
pub(crate) async fn meet(tx: &mut Tx, complaints: BTreeSet<ComplaintId>) -> Result<(), DbError> {
    if complaints.is_empty() {
        return Ok(());
    }
    let there = complaints.len() as u64;
    if tx.query(MEET).keys(Vec::from_iter(complaints)).execute().await? == there {
        Ok(())
    } else {
        Err(DbError::Conflict(Cause::new("case", "ended meanwhile")))
    }
}

/// Writes a new or changed record.
pub(crate) async fn save(tx: &mut Tx, record: &Record) -> Result<(), DbError> {
    let mut batch = Batch::new(&SAVE);
    batch.push([
        record.case.complaint.value(),
        record.case.contract.value(),
        record.case.organisation.value(),
        document::write(&record.case)?,
        (record.revision + 1).value(),
    ]);
    tx.save(batch).await
}

fn read(row: &Row<'_>) -> Result<Record, DbError> {
    Ok(Record { case: document::read(row)?, revision: row.get("revision")? })
}
