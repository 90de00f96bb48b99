//! Examinations: the machine's state with what it is found by.

use ice_liaison_domain::{
    ComplaintId, ContractId, ExaminationId, OrganisationId,
    examination::{self, StageName, due},
};
use jiff::{Timestamp, civil::Date};
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx, document};
use uuid::Uuid;

/// What is left of one that ended is not read: it is no examination any more.
pub(crate) const SELECT: &str = "SELECT examination_id, complaint_id, contract_id, organisation_id, reference, state, \
     key_id, version, revision, created_at, updated_at FROM examinations WHERE examination_id IN ({keys}) \
     AND stage <> 'UNOPENED'";

pub(crate) const SELECT_LIVE: &str =
    "SELECT complaint_id, examination_id FROM examinations WHERE is_live AND complaint_id IN ({keys})";

pub(crate) const SELECT_VISIBLE: &str = "SELECT examination_id, complaint_id, e.contract_id, e.organisation_id, \
     reference, state, key_id, version, revision, created_at, updated_at FROM examinations AS e JOIN known_reach AS r \
     ON r.contract_id = e.contract_id AND r.below_id = e.organisation_id AND r.organisation_id = $2 \
     WHERE examination_id = $1 AND stage <> 'UNOPENED'";

/// What a caller must see of a case before it can seal anything for it.
pub(crate) const SELECT_KEY: &str = "SELECT key_id FROM examinations AS e JOIN known_reach AS r \
     ON r.contract_id = e.contract_id AND r.below_id = e.organisation_id AND r.organisation_id = $2 \
     WHERE examination_id = $1 AND stage <> 'UNOPENED'";

/// Newest first.
pub(crate) const SELECT_PAGE: &str = "SELECT examination_id, complaint_id, e.contract_id, e.organisation_id, \
     reference, state, key_id, version, revision, created_at, updated_at FROM examinations AS e JOIN known_reach AS r \
     ON r.contract_id = e.contract_id AND r.below_id = e.organisation_id AND r.organisation_id = $2 \
     WHERE examination_id < $1 AND stage <> 'UNOPENED' AND (complaint_id = $3 OR $3 IS NULL) AND (stage = $4 OR $4 IS NULL) \
     ORDER BY examination_id DESC LIMIT $5";

/// Cases at which it is time to look again, the longest waiting first.
pub(crate) const SELECT_AWAKE: &str = "SELECT examination_id, wake_on FROM examinations \
     WHERE wake_on <= $1 AND (wake_on, examination_id) > ($2, $3) ORDER BY wake_on, examination_id LIMIT $4";

pub(crate) const SAVE: Table = Table::save(
    "examinations",
    &[
        "examination_id",
        "complaint_id",
        "contract_id",
        "organisation_id",
        "stage",
        "is_live",
        "charge_standing",
        "reference",
        "wake_on",
        "state",
        "key_id",
        "version",
        "revision",
        "created_at",
        "updated_at",
    ],
    &["examination_id"],
    "revision",
);

/// An examination as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Examination {
    /// Which one.
    pub(crate) id: ExaminationId,
    /// The complaint.
    pub(crate) complaint: ComplaintId,
    /// Its contract.
    pub(crate) contract: ContractId,
    /// Organisation that works the complaint.
    pub(crate) organisation: OrganisationId,
    /// ICE's own reference, in its one form.
    pub(crate) reference: Option<String>,
    /// Where it stands.
    pub(crate) state: examination::State,
    /// Key of its texts.
    pub(crate) key: Uuid,
    /// Version: how many things have happened to it.
    pub(crate) version: i64,
    /// How often the row was written; 0 for one that is new.
    pub(crate) revision: i64,
    /// When it was recorded.
    pub(crate) created_at: Timestamp,
    /// When it last changed.
    pub(crate) updated_at: Timestamp,
}

/// Those with these ids, by bare id: for the world.
pub(crate) async fn find_many(tx: &mut Tx, ids: Vec<ExaminationId>) -> Result<Vec<Examination>, DbError> {
    tx.query(SELECT).keys(ids).all(read).await
}

/// Which examination of each of these complaints is live.
pub(crate) async fn find_live(
    tx: &mut Tx,
    complaints: Vec<ComplaintId>,
) -> Result<Vec<(ComplaintId, ExaminationId)>, DbError> {
    let pair = |row: &Row<'_>| Ok((Id::new(row.get("complaint_id")?), Id::new(row.get("examination_id")?)));
    tx.query(SELECT_LIVE).keys(complaints).all(pair).await
}

/// One that `caller` may see.
pub(crate) async fn find_visible(
    tx: &mut Tx,
    id: ExaminationId,
    caller: OrganisationId,
) -> Result<Option<Examination>, DbError> {
    tx.query(SELECT_VISIBLE).bind(id).bind(caller).optional(read).await
}

/// The key of one that `caller` may see.
pub(crate) async fn find_key(
    tx: &mut Tx,
    id: ExaminationId,
    caller: OrganisationId,
) -> Result<Option<Uuid>, DbError> {
    tx.query(SELECT_KEY).bind(id).bind(caller).optional(|row| row.get("key_id")).await
}

/// Those before `before` that `caller` may see, newest first.
pub(crate) async fn page(
    tx: &mut Tx,
    before: ExaminationId,
    caller: OrganisationId,
    (complaint, stage): (Option<ComplaintId>, Option<StageName>),
    limit: i64,
) -> Result<Vec<Examination>, DbError> {
    let stage = stage.map(StageName::as_str).map(str::to_owned);
    let query = tx.query(SELECT_PAGE).bind(before).bind(caller).bind(complaint).bind(stage).bind(limit);
    query.all(read).await
}

/// Cases at which it is time to look, after `after`.
pub(crate) async fn find_awake(
    tx: &mut Tx,
    until: Date,
    after: (Date, ExaminationId),
    limit: i64,
) -> Result<Vec<(Date, ExaminationId)>, DbError> {
    let read = |row: &Row<'_>| Ok((row.get("wake_on")?, Id::new(row.get("examination_id")?)));
    tx.query(SELECT_AWAKE).bind(until).bind(after.0).bind(after.1).bind(limit).all(read).await
}

/// Writes new and changed ones.
pub(crate) async fn save(tx: &mut Tx, rows: impl Iterator<Item = &Examination>) -> Result<(), DbError> {
    let mut batch = Batch::new(&SAVE);
    for row in rows {
        let stage = row.state.stage_name();
        let report = row.state.case().and_then(|case| case.file.report.as_ref());
        batch.push([
            row.id.value(),
            row.complaint.value(),
            row.contract.value(),
            row.organisation.value(),
            stage.as_str().to_owned().value(),
            (!stage.is_terminal()).value(),
            report.map(|report| report.charge.as_str().to_owned()).value(),
            row.reference.clone().value(),
            due::wake_on(&row.state).value(),
            document::write(&row.state)?,
            row.key.value(),
            row.version.value(),
            (row.revision + 1).value(),
            row.created_at.value(),
            row.updated_at.value(),
        ]);
    }
    tx.save(batch).await
}

fn read(row: &Row<'_>) -> Result<Examination, DbError> {
    Ok(Examination {
        id: Id::new(row.get("examination_id")?),
        complaint: Id::new(row.get("complaint_id")?),
        contract: Id::new(row.get("contract_id")?),
        organisation: Id::new(row.get("organisation_id")?),
        reference: row.get("reference")?,
        state: document::read(row)?,
        key: row.get("key_id")?,
        version: row.get("version")?,
        revision: row.get("revision")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}
