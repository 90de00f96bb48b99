//! The switches that stop all destruction, one an organisation.

use records_retention_domain::{DisposalControlId, control::State};
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx, document};

pub(crate) const SELECT: &str = "SELECT disposal_control_id, state, version, revision FROM disposal_controls \
     WHERE disposal_control_id IN ({keys})";

pub(crate) const SAVE: Table = Table::save(
    "disposal_controls",
    &["disposal_control_id", "state", "version", "revision"],
    &["disposal_control_id"],
    "revision",
);

/// A switch as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Control {
    /// Whose.
    pub(crate) id: DisposalControlId,
    /// How it stands.
    pub(crate) state: State,
    /// Version: how many things have happened to it.
    pub(crate) version: i64,
    /// How often the row was written; 0 for one that is new.
    pub(crate) revision: i64,
}

impl Control {
    /// One that nobody has touched.
    pub(crate) fn new(id: DisposalControlId) -> Self {
        Self { id, state: State::default(), version: 0, revision: 0 }
    }
}

/// Those with these ids.
pub(crate) async fn find_many(tx: &mut Tx, ids: Vec<DisposalControlId>) -> Result<Vec<Control>, DbError> {
    tx.query(SELECT).keys(ids).all(read).await
}

/// Writes new and changed ones.
pub(crate) async fn save(tx: &mut Tx, rows: impl Iterator<Item = &Control>) -> Result<(), DbError> {
    let mut batch = Batch::new(&SAVE);
    for row in rows {
        batch.push([
            row.id.value(),
            document::write(&row.state)?,
            row.version.value(),
            (row.revision + 1).value(),
        ]);
    }
    tx.save(batch).await
}

fn read(row: &Row<'_>) -> Result<Control, DbError> {
    Ok(Control {
        id: Id::new(row.get("disposal_control_id")?),
        state: document::read(row)?,
        version: row.get("version")?,
        revision: row.get("revision")?,
    })
}
