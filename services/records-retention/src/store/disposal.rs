//! Disposals: the machine's state, and the day on which time moves it on.

use jiff::{Timestamp, civil::Date};
use records_retention_domain::{ContractId, DisposalId, OrganisationId, disposal::State};
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx, document};

pub(crate) const SELECT: &str = "SELECT disposal_id, contract_id, organisation_id, act_on, since, state, version, revision, \
     created_at FROM disposals WHERE disposal_id IN ({keys})";

/// A disposal is seen by the organisation for which it was proposed and by those above it.
pub(crate) const SELECT_VISIBLE: &str = "SELECT disposal_id, d.contract_id, d.organisation_id, act_on, since, state, version, \
     revision, created_at FROM disposals AS d JOIN known_reach AS r ON r.contract_id = d.contract_id \
     AND r.below_id = d.organisation_id AND r.organisation_id = $2 WHERE disposal_id = $1";

/// Newest first.
pub(crate) const SELECT_PAGE: &str = "SELECT disposal_id, d.contract_id, d.organisation_id, act_on, since, state, version, \
     revision, created_at FROM disposals AS d JOIN known_reach AS r ON r.contract_id = d.contract_id \
     AND r.below_id = d.organisation_id AND r.organisation_id = $2 WHERE disposal_id < $1 \
     AND (d.contract_id = $3 OR $3 IS NULL) ORDER BY disposal_id DESC LIMIT $4";

/// Disposals that time moves on, those of the longest waiting first.
pub(crate) const SELECT_AWAKE: &str = "SELECT disposal_id, act_on FROM disposals WHERE act_on <= $1 \
     AND (act_on, disposal_id) > ($2, $3) ORDER BY act_on, disposal_id LIMIT $4";

pub(crate) const SAVE: Table = Table::save(
    "disposals",
    &[
        "disposal_id",
        "contract_id",
        "organisation_id",
        "act_on",
        "stage",
        "since",
        "state",
        "version",
        "revision",
        "created_at",
    ],
    &["disposal_id"],
    "revision",
);

/// A disposal as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Disposal {
    /// Which one.
    pub(crate) id: DisposalId,
    /// Contract of its records.
    pub(crate) contract: ContractId,
    /// For whom it was proposed.
    pub(crate) organisation: OrganisationId,
    /// Where it stands.
    pub(crate) state: State,
    /// When time moves it on.
    pub(crate) act_on: Option<Date>,
    /// Since when it stands there.
    pub(crate) since: Option<Date>,
    /// Version: how many things have happened to it.
    pub(crate) version: i64,
    /// How often the row was written; 0 for one that is new.
    pub(crate) revision: i64,
    /// When it was recorded.
    pub(crate) created_at: Timestamp,
}

/// Those with these ids, by bare id: for the world.
pub(crate) async fn find_many(tx: &mut Tx, ids: Vec<DisposalId>) -> Result<Vec<Disposal>, DbError> {
    tx.query(SELECT).keys(ids).all(read).await
}

/// One that `caller` may see.
pub(crate) async fn find_visible(
    tx: &mut Tx,
    id: DisposalId,
    caller: OrganisationId,
) -> Result<Option<Disposal>, DbError> {
    tx.query(SELECT_VISIBLE).bind(id).bind(caller).optional(read).await
}

/// Those before `before` that `caller` may see, newest first.
pub(crate) async fn page(
    tx: &mut Tx,
    before: DisposalId,
    caller: OrganisationId,
    contract: Option<ContractId>,
    limit: i64,
) -> Result<Vec<Disposal>, DbError> {
    tx.query(SELECT_PAGE).bind(before).bind(caller).bind(contract).bind(limit).all(read).await
}

/// Those that time moves on by `today`, after the one at `after`.
pub(crate) async fn find_awake(
    tx: &mut Tx,
    today: Date,
    after: (Date, DisposalId),
    limit: i64,
) -> Result<Vec<(Date, DisposalId)>, DbError> {
    let read = |row: &Row<'_>| Ok((row.get("act_on")?, Id::new(row.get("disposal_id")?)));
    tx.query(SELECT_AWAKE).bind(today).bind(after.0).bind(after.1).bind(limit).all(read).await
}

/// Writes new and changed ones.
pub(crate) async fn save(tx: &mut Tx, rows: impl Iterator<Item = &Disposal>) -> Result<(), DbError> {
    let mut batch = Batch::new(&SAVE);
    for row in rows {
        batch.push([
            row.id.value(),
            row.contract.value(),
            row.organisation.value(),
            row.act_on.value(),
            row.state.stage_name().as_str().value(),
            row.since.value(),
            document::write(&row.state)?,
            row.version.value(),
            (row.revision + 1).value(),
            row.created_at.value(),
        ]);
    }
    tx.save(batch).await
}

fn read(row: &Row<'_>) -> Result<Disposal, DbError> {
    Ok(Disposal {
        id: Id::new(row.get("disposal_id")?),
        contract: Id::new(row.get("contract_id")?),
        organisation: Id::new(row.get("organisation_id")?),
        act_on: row.get("act_on")?,
        since: row.get("since")?,
        state: document::read(row)?,
        version: row.get("version")?,
        revision: row.get("revision")?,
        created_at: row.get("created_at")?,
    })
}
