//! Changes of schedules: the machine's state, and the day on which time moves one on.

use jiff::{Timestamp, civil::Date};
use records_retention_domain::{ContractId, OrganisationId, ScheduleChangeId, change::State};
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx, document};

pub(crate) const SELECT: &str = "SELECT schedule_change_id, contract_id, organisation_id, state, version, revision, created_at \
     FROM schedule_changes WHERE schedule_change_id IN ({keys})";

/// A change is seen by the holder of the contract and by those above it.
pub(crate) const SELECT_VISIBLE: &str = "SELECT schedule_change_id, c.contract_id, c.organisation_id, state, version, revision, \
     created_at FROM schedule_changes AS c JOIN known_reach AS r ON r.contract_id = c.contract_id \
     AND r.below_id = c.organisation_id AND r.organisation_id = $2 WHERE schedule_change_id = $1";

/// Newest first.
pub(crate) const SELECT_PAGE: &str = "SELECT schedule_change_id, c.contract_id, c.organisation_id, state, version, revision, \
     created_at FROM schedule_changes AS c JOIN known_reach AS r ON r.contract_id = c.contract_id \
     AND r.below_id = c.organisation_id AND r.organisation_id = $2 WHERE schedule_change_id < $1 \
     AND (c.contract_id = $3 OR $3 IS NULL) ORDER BY schedule_change_id DESC LIMIT $4";

/// Changes that time moves on, those of the longest waiting first.
pub(crate) const SELECT_AWAKE: &str = "SELECT schedule_change_id, act_on FROM schedule_changes WHERE act_on <= $1 \
     AND (act_on, schedule_change_id) > ($2, $3) ORDER BY act_on, schedule_change_id LIMIT $4";

pub(crate) const SAVE: Table = Table::save(
    "schedule_changes",
    &[
        "schedule_change_id",
        "contract_id",
        "organisation_id",
        "act_on",
        "state",
        "version",
        "revision",
        "created_at",
    ],
    &["schedule_change_id"],
    "revision",
);

/// A change as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    /// Which one.
    pub(crate) id: ScheduleChangeId,
    /// The contract.
    pub(crate) contract: ContractId,
    /// The holder of the contract when it was asked for.
    pub(crate) organisation: OrganisationId,
    /// Where it stands.
    pub(crate) state: State,
    /// Version: how many things have happened to it.
    pub(crate) version: i64,
    /// How often the row was written; 0 for one that is new.
    pub(crate) revision: i64,
    /// When it was recorded.
    pub(crate) created_at: Timestamp,
}

/// Those with these ids, by bare id: for the world.
pub(crate) async fn find_many(tx: &mut Tx, ids: Vec<ScheduleChangeId>) -> Result<Vec<Change>, DbError> {
    tx.query(SELECT).keys(ids).all(read).await
}

/// One that `caller` may see.
pub(crate) async fn find_visible(
    tx: &mut Tx,
    id: ScheduleChangeId,
    caller: OrganisationId,
) -> Result<Option<Change>, DbError> {
    tx.query(SELECT_VISIBLE).bind(id).bind(caller).optional(read).await
}

/// Those before `before` that `caller` may see, newest first.
pub(crate) async fn page(
    tx: &mut Tx,
    before: ScheduleChangeId,
    caller: OrganisationId,
    contract: Option<ContractId>,
    limit: i64,
) -> Result<Vec<Change>, DbError> {
    tx.query(SELECT_PAGE).bind(before).bind(caller).bind(contract).bind(limit).all(read).await
}

/// Those that time moves on by `today`, after the one at `after`.
pub(crate) async fn find_awake(
    tx: &mut Tx,
    today: Date,
    after: (Date, ScheduleChangeId),
    limit: i64,
) -> Result<Vec<(Date, ScheduleChangeId)>, DbError> {
    let read = |row: &Row<'_>| Ok((row.get("act_on")?, Id::new(row.get("schedule_change_id")?)));
    tx.query(SELECT_AWAKE).bind(today).bind(after.0).bind(after.1).bind(limit).all(read).await
}

/// Writes new and changed ones.
pub(crate) async fn save(tx: &mut Tx, rows: impl Iterator<Item = &Change>) -> Result<(), DbError> {
    let mut batch = Batch::new(&SAVE);
    for row in rows {
        batch.push([
            row.id.value(),
            row.contract.value(),
            row.organisation.value(),
            row.state.act_on().value(),
            document::write(&row.state)?,
            row.version.value(),
            (row.revision + 1).value(),
            row.created_at.value(),
        ]);
    }
    tx.save(batch).await
}

fn read(row: &Row<'_>) -> Result<Change, DbError> {
    Ok(Change {
        id: Id::new(row.get("schedule_change_id")?),
        contract: Id::new(row.get("contract_id")?),
        organisation: Id::new(row.get("organisation_id")?),
        state: document::read(row)?,
        version: row.get("version")?,
        revision: row.get("revision")?,
        created_at: row.get("created_at")?,
    })
}
