//! Erasure requests: the machine's state with what it is found by.

use jiff::{Timestamp, civil::Date};
use records_retention_domain::{
    ContractId, ErasureRequestId, OrganisationId, ParticipantId,
    erasure::{Request, State},
};
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx, document};

pub(crate) const SELECT: &str = "SELECT erasure_request_id, contract_id, organisation_id, participant_id, look_on, state, version, \
     revision, created_at FROM erasure_requests WHERE erasure_request_id IN ({keys})";

/// Those of some people that hold their records, or make them due.
pub(crate) const SELECT_OF_PERSONS: &str = "SELECT erasure_request_id, contract_id, organisation_id, participant_id, look_on, state, \
     version, revision, created_at FROM erasure_requests WHERE standing <> 'REFUSED' AND participant_id IN ({keys})";

/// A request is seen by the organisation that received it and by those above it.
pub(crate) const SELECT_VISIBLE: &str = "SELECT erasure_request_id, m.contract_id, m.organisation_id, participant_id, look_on, state, \
     version, revision, created_at FROM erasure_requests AS m JOIN known_reach AS r ON r.contract_id = m.contract_id \
     AND r.below_id = m.organisation_id AND r.organisation_id = $2 WHERE erasure_request_id = $1";

/// Newest first.
pub(crate) const SELECT_PAGE: &str = "SELECT erasure_request_id, m.contract_id, m.organisation_id, participant_id, look_on, state, \
     version, revision, created_at FROM erasure_requests AS m JOIN known_reach AS r ON r.contract_id = m.contract_id \
     AND r.below_id = m.organisation_id AND r.organisation_id = $2 WHERE erasure_request_id < $1 \
     AND (m.contract_id = $3 OR $3 IS NULL) ORDER BY erasure_request_id DESC LIMIT $4";

/// Requests that time moves on, the longest waiting first.
pub(crate) const SELECT_AWAKE: &str = "SELECT erasure_request_id, participant_id, look_on FROM erasure_requests WHERE look_on <= $1 \
     AND (look_on, erasure_request_id) > ($2, $3) ORDER BY look_on, erasure_request_id LIMIT $4";

pub(crate) const SAVE: Table = Table::save(
    "erasure_requests",
    &[
        "erasure_request_id",
        "contract_id",
        "organisation_id",
        "participant_id",
        "look_on",
        "answer_by",
        "remind_on",
        "standing",
        "state",
        "version",
        "revision",
        "created_at",
    ],
    &["erasure_request_id"],
    "revision",
);

/// An erasure request as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct ErasureRequest {
    /// Which one.
    pub(crate) id: ErasureRequestId,
    /// Contract under which the person is known.
    pub(crate) contract: ContractId,
    /// Organisation that received it.
    pub(crate) organisation: OrganisationId,
    /// Who asks.
    pub(crate) participant: ParticipantId,
    /// When time moves it on.
    pub(crate) look_on: Option<Date>,
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
pub(crate) async fn find_many(
    tx: &mut Tx,
    ids: Vec<ErasureRequestId>,
) -> Result<Vec<ErasureRequest>, DbError> {
    tx.query(SELECT).keys(ids).all(read).await
}

/// Those of these people that hold their records or make them due, for the world.
pub(crate) async fn find_of_persons(
    tx: &mut Tx,
    persons: Vec<ParticipantId>,
) -> Result<Vec<ErasureRequest>, DbError> {
    tx.query(SELECT_OF_PERSONS).keys(persons).all(read).await
}

/// One that `caller` may see.
pub(crate) async fn find_visible(
    tx: &mut Tx,
    id: ErasureRequestId,
    caller: OrganisationId,
) -> Result<Option<ErasureRequest>, DbError> {
    tx.query(SELECT_VISIBLE).bind(id).bind(caller).optional(read).await
}

/// Those before `before` that `caller` may see, newest first.
pub(crate) async fn page(
    tx: &mut Tx,
    before: ErasureRequestId,
    caller: OrganisationId,
    contract: Option<ContractId>,
    limit: i64,
) -> Result<Vec<ErasureRequest>, DbError> {
    tx.query(SELECT_PAGE).bind(before).bind(caller).bind(contract).bind(limit).all(read).await
}

/// Those that time moves on by `today`, after the one at `after`, each with its person.
pub(crate) async fn find_awake(
    tx: &mut Tx,
    today: Date,
    after: (Date, ErasureRequestId),
    limit: i64,
) -> Result<Vec<(Date, ErasureRequestId, ParticipantId)>, DbError> {
    let read = |row: &Row<'_>| {
        Ok((
            row.get("look_on")?,
            Id::new(row.get("erasure_request_id")?),
            Id::new(row.get("participant_id")?),
        ))
    };
    tx.query(SELECT_AWAKE).bind(today).bind(after.0).bind(after.1).bind(limit).all(read).await
}

/// Writes new and changed ones.
pub(crate) async fn save(tx: &mut Tx, rows: impl Iterator<Item = &ErasureRequest>) -> Result<(), DbError> {
    let mut batch = Batch::new(&SAVE);
    for row in rows {
        batch.push([
            row.id.value(),
            row.contract.value(),
            row.organisation.value(),
            row.participant.value(),
            row.look_on.value(),
            waiting(row).map(|asked| asked.answer_by).value(),
            waiting(row).and_then(|asked| asked.remind_on).value(),
            row.state.stage_name().as_str().value(),
            document::write(&row.state)?,
            row.version.value(),
            (row.revision + 1).value(),
            row.created_at.value(),
        ]);
    }
    tx.save(batch).await
}

/// The request, while it waits for its answer.
fn waiting(row: &ErasureRequest) -> Option<&Request> {
    row.state.request().filter(|_| row.state.is_pending())
}

fn read(row: &Row<'_>) -> Result<ErasureRequest, DbError> {
    Ok(ErasureRequest {
        id: Id::new(row.get("erasure_request_id")?),
        contract: Id::new(row.get("contract_id")?),
        organisation: Id::new(row.get("organisation_id")?),
        participant: Id::new(row.get("participant_id")?),
        look_on: row.get("look_on")?,
        state: document::read(row)?,
        version: row.get("version")?,
        revision: row.get("revision")?,
        created_at: row.get("created_at")?,
    })
}
