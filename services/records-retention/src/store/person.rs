//! People, as far as open cases of theirs hold their records.

use jiff::civil::Date;
use records_retention_domain::{
    ComplaintId, ContractId, ExaminationId, HoldReason, Matter as Case, OrganisationId, ParticipantId,
};
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx, document};
use serde::{Deserialize, Serialize};

pub(crate) const SELECT: &str = "SELECT participant_id, contract_id, organisation_id, state, revision FROM persons \
     WHERE participant_id IN ({keys})";

pub(crate) const SAVE: Table = Table::save(
    "persons",
    &["participant_id", "contract_id", "organisation_id", "state", "revision"],
    &["participant_id"],
    "revision",
);

/// A person, as far as open cases hold what is kept about them.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    /// Who.
    pub(crate) id: ParticipantId,
    /// Under which contract.
    pub(crate) contract: ContractId,
    /// Who recorded them.
    pub(crate) organisation: OrganisationId,
    /// What is open.
    pub(crate) matters: Vec<Matter>,
    /// How often the row was written; 0 for one that is new.
    pub(crate) revision: i64,
}

/// Something about a person that is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Matter {
    /// The complaint.
    pub(crate) complaint: ComplaintId,
    /// Its examination, where that is what is open.
    #[serde(default)]
    pub(crate) examination: Option<ExaminationId>,
    /// How it holds.
    pub(crate) reason: HoldReason,
    /// Until when, where it ends by itself.
    pub(crate) until: Option<Date>,
}

impl Matter {
    /// The case behind it.
    pub(crate) fn case(&self) -> Case {
        self.examination.map_or(Case::Complaint(self.complaint), Case::Examination)
    }

    /// Whether the other is the same case in the same way; how long it holds may differ.
    pub(crate) fn is_of(&self, other: &Self) -> bool {
        self.case() == other.case() && self.reason == other.reason
    }

    /// Whether it holds on `today`.
    pub(crate) fn is_open(&self, today: Date) -> bool {
        self.until.is_none_or(|until| today <= until)
    }
}

/// Those with these ids.
pub(crate) async fn find_many(tx: &mut Tx, ids: Vec<ParticipantId>) -> Result<Vec<Person>, DbError> {
    tx.query(SELECT).keys(ids).all(read).await
}

/// Writes new and changed ones.
pub(crate) async fn save(tx: &mut Tx, rows: impl Iterator<Item = &Person>) -> Result<(), DbError> {
    let mut batch = Batch::new(&SAVE);
    for row in rows {
        batch.push([
            row.id.value(),
            row.contract.value(),
            row.organisation.value(),
            document::write(&row.matters)?,
            (row.revision + 1).value(),
        ]);
    }
    tx.save(batch).await
}

fn read(row: &Row<'_>) -> Result<Person, DbError> {
    Ok(Person {
        id: Id::new(row.get("participant_id")?),
        contract: Id::new(row.get("contract_id")?),
        organisation: Id::new(row.get("organisation_id")?),
        matters: document::read(row)?,
        revision: row.get("revision")?,
    })
}
