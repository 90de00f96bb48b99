//! Charges. One for an examination and one for a complaint: the table itself refuses another.

use ice_liaison_domain::{ChargeId, ComplaintId, ContractId, ExaminationId, OrganisationId, charge};
use jiff::Timestamp;
use redress_kernel::Id;
use redress_store::{Batch, Cause, DbError, Parameter as _, Row, Table, Tx, document};

pub(crate) const SELECT: &str = "SELECT charge_id, examination_id, contract_id, liable_id, state, version, revision, \
     created_at FROM charges WHERE charge_id IN ({keys})";

pub(crate) const SELECT_OF_EXAMINATIONS: &str = "SELECT charge_id, examination_id, contract_id, liable_id, state, \
     version, revision, created_at FROM charges WHERE examination_id IN ({keys})";

/// One for a complaint, whichever of its examinations it is of.
pub(crate) const SELECT_OF_COMPLAINTS: &str = "SELECT charge_id, examination_id, contract_id, liable_id, state, \
     version, revision, created_at FROM charges WHERE complaint_id IN ({keys})";

pub(crate) const SELECT_VISIBLE: &str = "SELECT charge_id, examination_id, c.contract_id, liable_id, state, version, \
     revision, created_at FROM charges AS c JOIN known_reach AS r ON r.contract_id = c.contract_id \
     AND r.below_id = c.liable_id AND r.organisation_id = $2 WHERE charge_id = $1";

/// Newest first.
pub(crate) const SELECT_PAGE: &str = "SELECT charge_id, examination_id, c.contract_id, liable_id, state, version, \
     revision, created_at FROM charges AS c JOIN known_reach AS r ON r.contract_id = c.contract_id \
     AND r.below_id = c.liable_id AND r.organisation_id = $2 WHERE charge_id < $1 \
     AND (liable_id = $3 OR $3 IS NULL) ORDER BY charge_id DESC LIMIT $4";

/// Examinations of one standing whose complaint was never charged or excused, oldest first.
pub(crate) const SELECT_DUE: &str = "SELECT e.examination_id FROM examinations AS e JOIN known_reach AS r \
     ON r.contract_id = e.contract_id AND r.below_id = e.organisation_id AND r.organisation_id = $1 \
     WHERE charge_standing = $2 AND NOT EXISTS (SELECT 1 FROM charges AS c WHERE c.complaint_id = e.complaint_id) \
     ORDER BY e.examination_id LIMIT $3";

pub(crate) const SAVE: Table = Table::save(
    "charges",
    &[
        "charge_id",
        "examination_id",
        "complaint_id",
        "contract_id",
        "liable_id",
        "state",
        "version",
        "revision",
        "created_at",
    ],
    &["charge_id"],
    "revision",
);

/// A charge as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Charge {
    /// Which one.
    pub(crate) id: ChargeId,
    /// The examination.
    pub(crate) examination: ExaminationId,
    /// Its contract.
    pub(crate) contract: ContractId,
    /// Who owes it.
    pub(crate) liable: OrganisationId,
    /// Where it stands.
    pub(crate) state: charge::State,
    /// Version: how many things have happened to it.
    pub(crate) version: i64,
    /// How often the row was written; 0 for one that is new.
    pub(crate) revision: i64,
    /// When it was recorded.
    pub(crate) created_at: Timestamp,
}

/// Those with these ids, by bare id: for the world.
pub(crate) async fn find_many(tx: &mut Tx, ids: Vec<ChargeId>) -> Result<Vec<Charge>, DbError> {
    tx.query(SELECT).keys(ids).all(read).await
}

/// Those of these examinations, by bare id: for the world.
pub(crate) async fn find_of_examinations(
    tx: &mut Tx,
    ids: Vec<ExaminationId>,
) -> Result<Vec<Charge>, DbError> {
    tx.query(SELECT_OF_EXAMINATIONS).keys(ids).all(read).await
}

/// Those of these complaints, by bare id: for the world.
pub(crate) async fn find_of_complaints(tx: &mut Tx, ids: Vec<ComplaintId>) -> Result<Vec<Charge>, DbError> {
    tx.query(SELECT_OF_COMPLAINTS).keys(ids).all(read).await
}

/// One that `caller` may see.
pub(crate) async fn find_visible(
    tx: &mut Tx,
    id: ChargeId,
    caller: OrganisationId,
) -> Result<Option<Charge>, DbError> {
    tx.query(SELECT_VISIBLE).bind(id).bind(caller).optional(read).await
}

/// Those before `before` that `caller` may see, newest first.
pub(crate) async fn page(
    tx: &mut Tx,
    before: ChargeId,
    caller: OrganisationId,
    liable: Option<OrganisationId>,
    limit: i64,
) -> Result<Vec<Charge>, DbError> {
    tx.query(SELECT_PAGE).bind(before).bind(caller).bind(liable).bind(limit).all(read).await
}

/// Examinations whose charge stands at `standing` and waits for somebody.
pub(crate) async fn find_due(
    tx: &mut Tx,
    caller: OrganisationId,
    standing: &str,
    limit: i64,
) -> Result<Vec<ExaminationId>, DbError> {
    let read = |row: &Row<'_>| Ok(Id::new(row.get("examination_id")?));
    tx.query(SELECT_DUE).bind(caller).bind(standing).bind(limit).all(read).await
}

/// Writes new and changed ones.
pub(crate) async fn save(tx: &mut Tx, rows: impl Iterator<Item = &Charge>) -> Result<(), DbError> {
    let mut batch = Batch::new(&SAVE);
    for row in rows {
        let Some(upheld) = row.state.upheld() else {
            return Err(DbError::Refused(Cause::new(
                "state",
                "a charge on which nobody decided is not kept",
            )));
        };
        batch.push([
            row.id.value(),
            row.examination.value(),
            upheld.complaint.value(),
            row.contract.value(),
            row.liable.value(),
            document::write(&row.state)?,
            row.version.value(),
            (row.revision + 1).value(),
            row.created_at.value(),
        ]);
    }
    tx.save(batch).await
}

fn read(row: &Row<'_>) -> Result<Charge, DbError> {
    Ok(Charge {
        id: Id::new(row.get("charge_id")?),
        examination: Id::new(row.get("examination_id")?),
        contract: Id::new(row.get("contract_id")?),
        liable: Id::new(row.get("liable_id")?),
        state: document::read(row)?,
        version: row.get("version")?,
        revision: row.get("revision")?,
        created_at: row.get("created_at")?,
    })
}
