//! Which organisations may see a complaint, with what their lists are filtered and ordered by.

use complaints_domain::{ComplaintId, ContractId, OrganisationId, complaint::StageName};
use jiff::civil::Date;
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx};

pub(crate) const SELECT: &str =
    "SELECT complaint_id, organisation_id FROM complaint_parties WHERE complaint_id IN ({keys})";

pub(crate) const SAVE: Table = Table::replace(
    "complaint_parties",
    &["complaint_id", "organisation_id", "contract_id", "worked_by_id", "stage", "next_due_on"],
    &["complaint_id", "organisation_id"],
);

/// A complaint as one organisation's lists have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Party {
    /// The complaint.
    pub(crate) complaint: ComplaintId,
    /// The organisation that may see it.
    pub(crate) organisation: OrganisationId,
    /// Its contract.
    pub(crate) contract: ContractId,
    /// Who works it.
    pub(crate) worked_by: OrganisationId,
    /// Its stage.
    pub(crate) stage: StageName,
    /// Its next clock.
    pub(crate) next_due_on: Option<Date>,
}

/// The organisations that may see these complaints.
pub(crate) async fn find_many(
    tx: &mut Tx,
    complaints: Vec<ComplaintId>,
) -> Result<Vec<(ComplaintId, OrganisationId)>, DbError> {
    tx.query(SELECT).keys(complaints).all(read).await
}

/// Writes rows, new and changed.
pub(crate) async fn save(tx: &mut Tx, rows: impl Iterator<Item = Party>) -> Result<(), DbError> {
    let mut batch = Batch::new(&SAVE);
    for row in rows {
        batch.push([
            row.complaint.value(),
            row.organisation.value(),
            row.contract.value(),
            row.worked_by.value(),
            row.stage.as_str().value(),
            row.next_due_on.value(),
        ]);
    }
    tx.flush(batch).await.map(drop)
}

fn read(row: &Row<'_>) -> Result<(ComplaintId, OrganisationId), DbError> {
    Ok((Id::new(row.get("complaint_id")?), Id::new(row.get("organisation_id")?)))
}
