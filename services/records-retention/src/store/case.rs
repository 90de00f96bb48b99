//! Complaints, as far as what is open about them holds records.

use records_retention_domain::{ComplaintId, ParticipantId, RecordId};
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx, document};
use serde::{Deserialize, Serialize};

use super::person::Matter;

pub(crate) const SELECT: &str =
    "SELECT complaint_id, state, revision FROM cases WHERE complaint_id IN ({keys})";

pub(crate) const SAVE: Table =
    Table::save("cases", &["complaint_id", "state", "revision"], &["complaint_id"], "revision");

/// A complaint, and what is open about it.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// Which complaint.
    pub(crate) id: ComplaintId,
    /// What is known of it.
    pub(crate) state: State,
    /// How often the row was written; 0 for one that is new.
    pub(crate) revision: i64,
}

/// What is known of a complaint, from whichever service told it first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    /// Whose it is, once the complaints service told.
    pub(crate) participant: Option<ParticipantId>,
    /// Records beside those of the person: of the contact it came with, of its examinations.
    pub(crate) records: Vec<RecordId>,
    /// What is open.
    pub(crate) matters: Vec<Matter>,
}

impl Case {
    /// One of which nothing is known yet.
    pub(crate) fn new(id: ComplaintId) -> Self {
        Self { id, state: State::default(), revision: 0 }
    }
}

/// Those with these ids.
pub(crate) async fn find_many(tx: &mut Tx, ids: Vec<ComplaintId>) -> Result<Vec<Case>, DbError> {
    tx.query(SELECT).keys(ids).all(read).await
}

/// Writes new and changed ones.
pub(crate) async fn save(tx: &mut Tx, rows: impl Iterator<Item = &Case>) -> Result<(), DbError> {
    let mut batch = Batch::new(&SAVE);
    for row in rows {
        batch.push([row.id.value(), document::write(&row.state)?, (row.revision + 1).value()]);
    }
    tx.save(batch).await
}

fn read(row: &Row<'_>) -> Result<Case, DbError> {
    Ok(Case {
        id: Id::new(row.get("complaint_id")?),
        state: document::read(row)?,
        revision: row.get("revision")?,
    })
}
