//! People, as far as cases of theirs hold everything that is kept about them, and as far as a contact named them before anyone told of them.

use std::sync::Arc;

use jiff::civil::Date;
use records_retention_domain::{
    ComplaintId, ContractId, ExaminationId, Hold, HoldReason, Matter as Case, OrganisationId, ParticipantId,
    RecordId, person::State as Held,
};
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx, document};
use serde::{Deserialize, Serialize};

use super::record::FOR_NOW;

pub(crate) const SELECT: &str = "SELECT participant_id, contract_id, organisation_id, known, named, held, state, version, revision \
     FROM persons WHERE participant_id IN ({keys})";

pub(crate) const SAVE: Table = Table::save(
    "persons",
    &[
        "participant_id",
        "contract_id",
        "organisation_id",
        "held_until",
        "review_on",
        "known",
        "named",
        "held",
        "state",
        "version",
        "revision",
    ],
    &["participant_id"],
    "revision",
);

/// A person, as far as open cases hold what is kept about them.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    /// Who.
    pub(crate) id: ParticipantId,
    /// Under which contract; before they are known that of whoever named them.
    pub(crate) contract: ContractId,
    /// Who recorded them, or named them.
    pub(crate) organisation: OrganisationId,
    /// What holds everything about them.
    pub(crate) held: Arc<Held>,
    /// What was open while each record was held for itself; there is nothing new here.
    pub(crate) matters: Vec<Matter>,
    /// Whether the complaints service has told of them. A name that a contact gives may be anyone's, or nobody's.
    pub(crate) known: bool,
    /// Records of contacts that named them before they were known.
    pub(crate) named: Vec<RecordId>,
    /// Version: how many things have happened to what holds them.
    pub(crate) version: i64,
    /// How often the row was written; 0 for one that is new.
    pub(crate) revision: i64,
}

impl Person {
    /// One of whom nobody told yet.
    pub(crate) fn unknown(id: ParticipantId, contract: ContractId, organisation: OrganisationId) -> Self {
        Self {
            id,
            contract,
            organisation,
            held: Arc::default(),
            matters: Vec::new(),
            known: false,
            named: Vec::new(),
            version: 0,
            revision: 0,
        }
    }
}

/// Something about a complaint that is open.
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
            held_until(&row.held).value(),
            review_on(&row.held).value(),
            row.known.value(),
            document::write_as(&row.named, "named")?,
            document::write_as(row.held.as_ref(), "held")?,
            document::write(&row.matters)?,
            row.version.value(),
            (row.revision + 1).value(),
        ]);
    }
    tx.save(batch).await
}

/// Holds that nobody released. Until when they hold tells the day on which it is asked.
fn unreleased(held: &Held) -> impl Iterator<Item = &Hold> {
    held.holds.iter().filter(|hold| hold.released_on.is_none())
}

/// The last day on which one of them holds; [`FOR_NOW`] where no end is known.
fn held_until(held: &Held) -> Option<Date> {
    unreleased(held).map(|hold| hold.holds_until.unwrap_or(FOR_NOW)).max()
}

/// The first day on which one that does not end by itself is to be looked at again.
fn review_on(held: &Held) -> Option<Date> {
    unreleased(held).filter(|hold| hold.holds_until.is_none()).map(|hold| hold.review_on).min()
}

fn read(row: &Row<'_>) -> Result<Person, DbError> {
    Ok(Person {
        id: Id::new(row.get("participant_id")?),
        contract: Id::new(row.get("contract_id")?),
        organisation: Id::new(row.get("organisation_id")?),
        held: Arc::new(document::read_as(row, "held")?),
        matters: document::read(row)?,
        known: row.get("known")?,
        named: document::read_as(row, "named")?,
        version: row.get("version")?,
        revision: row.get("revision")?,
    })
}
