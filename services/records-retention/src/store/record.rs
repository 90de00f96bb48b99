//! Records: the machine's state with what it is found by.

use jiff::{Timestamp, civil::Date};
use records_retention_domain::{
    ComplaintId, ContractId, OrganisationId, ParticipantId, RecordClass, RecordId, record::State,
};
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx, document, word};
use uuid::Uuid;

pub(crate) const SELECT: &str = "SELECT record_id, contract_id, organisation_id, participant_id, complaint_id, class, \
     reference, due_from, look_on, held_until, review_on, judge_on, without_basis, state, key_id, version, revision, created_at FROM records \
     WHERE record_id IN ({keys})";

pub(crate) const SELECT_OF_PERSONS: &str = "SELECT record_id, contract_id, organisation_id, participant_id, complaint_id, \
     class, reference, due_from, look_on, held_until, review_on, judge_on, without_basis, state, key_id, version, revision, created_at FROM records \
     WHERE participant_id IN ({keys})";

pub(crate) const SELECT_OF_COMPLAINTS: &str = "SELECT record_id, contract_id, organisation_id, participant_id, \
     complaint_id, class, reference, due_from, look_on, held_until, review_on, judge_on, without_basis, state, key_id, version, revision, created_at FROM records \
     WHERE complaint_id IN ({keys})";

pub(crate) const SELECT_BY_REFERENCE: &str = "SELECT organisation_id, reference, record_id FROM records \
     WHERE (organisation_id, reference) IN (VALUES {rows UUID, TEXT})";

/// A record is seen by the organisation that keeps it and by those above it.
pub(crate) const SELECT_VISIBLE: &str = "SELECT record_id, m.contract_id, m.organisation_id, participant_id, complaint_id, \
     class, reference, due_from, look_on, held_until, review_on, judge_on, without_basis, state, key_id, version, revision, created_at FROM records AS m \
     JOIN known_reach AS r ON r.contract_id = m.contract_id AND r.below_id = m.organisation_id \
     AND r.organisation_id = $2 WHERE record_id = $1";

/// Newest first.
pub(crate) const SELECT_PAGE: &str = "SELECT record_id, m.contract_id, m.organisation_id, participant_id, complaint_id, \
     class, reference, due_from, look_on, held_until, review_on, judge_on, without_basis, state, key_id, version, revision, created_at FROM records AS m \
     JOIN known_reach AS r ON r.contract_id = m.contract_id AND r.below_id = m.organisation_id \
     AND r.organisation_id = $2 WHERE record_id < $1 AND (m.contract_id = $3 OR $3 IS NULL) \
     ORDER BY record_id DESC LIMIT $4";

/// Those whose term ends first, first.
pub(crate) const SELECT_DUE_PAGE: &str = "SELECT record_id, m.contract_id, m.organisation_id, participant_id, \
     complaint_id, class, reference, due_from, look_on, held_until, review_on, judge_on, without_basis, state, key_id, version, revision, created_at FROM records AS m \
     JOIN known_reach AS r ON r.contract_id = m.contract_id AND r.below_id = m.organisation_id \
     AND r.organisation_id = $1 WHERE (due_from, record_id) > ($2, $3) AND due_from <= $4 \
     AND (m.contract_id = $5 OR $5 IS NULL) ORDER BY due_from, record_id LIMIT $6";

/// Records at which it is time to look, the longest waiting first.
pub(crate) const SELECT_AWAKE: &str = "SELECT record_id, look_on FROM records WHERE look_on <= $1 \
     AND (look_on, record_id) > ($2, $3) ORDER BY look_on, record_id LIMIT $4";

/// The records of a contract, in the order of their ids.
pub(crate) const SELECT_OF_CONTRACT: &str = "SELECT record_id FROM records WHERE contract_id = $1 AND record_id > $2 \
     ORDER BY record_id LIMIT $3";

pub(crate) const SELECT_ANY: &str = "SELECT record_id FROM records LIMIT 1";

pub(crate) const SAVE: Table = Table::save(
    "records",
    &[
        "record_id",
        "contract_id",
        "organisation_id",
        "participant_id",
        "complaint_id",
        "class",
        "reference",
        "standing",
        "due_from",
        "look_on",
        "held_until",
        "review_on",
        "judge_on",
        "without_basis",
        "state",
        "key_id",
        "version",
        "revision",
        "created_at",
    ],
    &["record_id"],
    "revision",
);

/// A record as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// Which one.
    pub(crate) id: RecordId,
    /// Contract under which it arose.
    pub(crate) contract: ContractId,
    /// Organisation that keeps it.
    pub(crate) organisation: OrganisationId,
    /// Person it is about.
    pub(crate) participant: Option<ParticipantId>,
    /// Complaint it is the file of.
    pub(crate) complaint: Option<ComplaintId>,
    /// What it is.
    pub(crate) class: RecordClass,
    /// The caller's reference, in its one form; forgotten when the record ends.
    pub(crate) reference: Option<String>,
    /// Where it stands.
    pub(crate) state: State,
    /// The first day on which it may be destroyed, for lists; nothing once it is ordered.
    pub(crate) due_from: Option<Date>,
    /// When time does something to it next.
    pub(crate) look_on: Option<Date>,
    /// What those who watch are told of it.
    pub(crate) watched: Watched,
    /// Key of what lies with it.
    pub(crate) key: Option<Uuid>,
    /// Version: how many things have happened to it.
    pub(crate) version: i64,
    /// How often the row was written; 0 for one that is new.
    pub(crate) revision: i64,
    /// When it was recorded.
    pub(crate) created_at: Timestamp,
}

/// What those who watch are told of a record; a cache, like its dates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Watched {
    /// The last day on which something holds it; [`FOR_NOW`] where no end is known.
    pub(crate) held_until: Option<Date>,
    /// The first day on which one of its holds is to be looked at again.
    pub(crate) review_on: Option<Date>,
    /// The day on which somebody is to judge again whether it is anonymous.
    pub(crate) judge_on: Option<Date>,
    /// Whether no term is known for what it is.
    pub(crate) without_basis: bool,
}

/// The day until which a hold holds whose end nobody knows.
pub(crate) const FOR_NOW: Date = Date::constant(9999, 12, 31);

/// Those with these ids, by bare id: for the world.
pub(crate) async fn find_many(tx: &mut Tx, ids: Vec<RecordId>) -> Result<Vec<Record>, DbError> {
    tx.query(SELECT).keys(ids).all(read).await
}

/// Those about these people, for the world.
pub(crate) async fn find_of_persons(
    tx: &mut Tx,
    persons: Vec<ParticipantId>,
) -> Result<Vec<Record>, DbError> {
    tx.query(SELECT_OF_PERSONS).keys(persons).all(read).await
}

/// The files of these complaints, for the world.
pub(crate) async fn find_of_complaints(
    tx: &mut Tx,
    complaints: Vec<ComplaintId>,
) -> Result<Vec<Record>, DbError> {
    tx.query(SELECT_OF_COMPLAINTS).keys(complaints).all(read).await
}

/// Which records have these references with these organisations.
pub(crate) async fn find_references(
    tx: &mut Tx,
    references: Vec<(OrganisationId, String)>,
) -> Result<Vec<((OrganisationId, String), RecordId)>, DbError> {
    let rows =
        references.into_iter().map(|(organisation, reference)| [organisation.value(), reference.value()]);
    let found = |row: &Row<'_>| {
        let key = (Id::new(row.get("organisation_id")?), row.get("reference")?);
        Ok((key, Id::new(row.get("record_id")?)))
    };
    tx.query(SELECT_BY_REFERENCE).rows(rows).all(found).await
}

/// One that `caller` may see.
pub(crate) async fn find_visible(
    tx: &mut Tx,
    id: RecordId,
    caller: OrganisationId,
) -> Result<Option<Record>, DbError> {
    tx.query(SELECT_VISIBLE).bind(id).bind(caller).optional(read).await
}

/// Those before `before` that `caller` may see, newest first.
pub(crate) async fn page(
    tx: &mut Tx,
    before: RecordId,
    caller: OrganisationId,
    contract: Option<ContractId>,
    limit: i64,
) -> Result<Vec<Record>, DbError> {
    tx.query(SELECT_PAGE).bind(before).bind(caller).bind(contract).bind(limit).all(read).await
}

/// Those that `caller` may see, that may be destroyed from a day up to `until`, after the one at `after`.
pub(crate) async fn due_page(
    tx: &mut Tx,
    caller: OrganisationId,
    after: (Date, RecordId),
    until: Date,
    contract: Option<ContractId>,
    limit: i64,
) -> Result<Vec<Record>, DbError> {
    let query = tx.query(SELECT_DUE_PAGE).bind(caller).bind(after.0).bind(after.1).bind(until);
    query.bind(contract).bind(limit).all(read).await
}

/// Those at which it is time to look on `today`, after the one at `after`.
pub(crate) async fn find_awake(
    tx: &mut Tx,
    today: Date,
    after: (Date, RecordId),
    limit: i64,
) -> Result<Vec<(Date, RecordId)>, DbError> {
    let read = |row: &Row<'_>| Ok((row.get("look_on")?, Id::new(row.get("record_id")?)));
    tx.query(SELECT_AWAKE).bind(today).bind(after.0).bind(after.1).bind(limit).all(read).await
}

/// Records of a contract after one of them.
pub(crate) async fn find_of_contract(
    tx: &mut Tx,
    contract: ContractId,
    after: RecordId,
    limit: i64,
) -> Result<Vec<RecordId>, DbError> {
    let read = |row: &Row<'_>| Ok(Id::new(row.get("record_id")?));
    tx.query(SELECT_OF_CONTRACT).bind(contract).bind(after).bind(limit).all(read).await
}

/// Whether any is kept.
pub(crate) async fn any(tx: &mut Tx) -> Result<bool, DbError> {
    Ok(tx.query(SELECT_ANY).optional(|_| Ok(())).await?.is_some())
}

/// Writes new and changed ones.
pub(crate) async fn save(tx: &mut Tx, rows: impl Iterator<Item = &Record>) -> Result<(), DbError> {
    let mut batch = Batch::new(&SAVE);
    for row in rows {
        batch.push([
            row.id.value(),
            row.contract.value(),
            row.organisation.value(),
            row.participant.map(Id::uuid).value(),
            row.complaint.map(Id::uuid).value(),
            word::of(&row.class).value(),
            row.reference.clone().value(),
            standing(&row.state).value(),
            row.due_from.value(),
            row.look_on.value(),
            row.watched.held_until.value(),
            row.watched.review_on.value(),
            row.watched.judge_on.value(),
            row.watched.without_basis.value(),
            document::write(&row.state)?,
            row.key.value(),
            row.version.value(),
            (row.revision + 1).value(),
            row.created_at.value(),
        ]);
    }
    tx.save(batch).await
}

const fn standing(state: &State) -> &'static str {
    match state {
        State::Unregistered => "UNREGISTERED",
        State::Kept(_) => "KEPT",
        State::Ordered(_) => "ORDERED",
        State::Destroyed(_) => "DESTROYED",
    }
}

fn read(row: &Row<'_>) -> Result<Record, DbError> {
    let participant: Option<Uuid> = row.get("participant_id")?;
    let complaint: Option<Uuid> = row.get("complaint_id")?;
    Ok(Record {
        id: Id::new(row.get("record_id")?),
        contract: Id::new(row.get("contract_id")?),
        organisation: Id::new(row.get("organisation_id")?),
        participant: participant.map(Id::new),
        complaint: complaint.map(Id::new),
        class: word::read(row, "class")?,
        reference: row.get("reference")?,
        state: document::read(row)?,
        due_from: row.get("due_from")?,
        look_on: row.get("look_on")?,
        watched: Watched {
            held_until: row.get("held_until")?,
            review_on: row.get("review_on")?,
            judge_on: row.get("judge_on")?,
            without_basis: row.get("without_basis")?,
        },
        key: row.get("key_id")?,
        version: row.get("version")?,
        revision: row.get("revision")?,
        created_at: row.get("created_at")?,
    })
}
