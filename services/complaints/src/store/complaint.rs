//! Complaints: the machine's state with what it is found by.

use std::collections::{BTreeSet, HashMap};

use complaints_domain::{
    ComplaintId, ContractId, OrganisationId, ParticipantId,
    complaint::{self, StageName},
};
use jiff::{Timestamp, civil::Date};
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Query, Row, Table, Tx, document};
use uuid::Uuid;

use super::stage;

pub(crate) const SELECT: &str = "SELECT complaint_id, contract_id, participant_id, organisation_id, case_reference, \
     reference, fingerprint, stage, stage_number, received_on, next_due_kind, next_due_on, wake_on, handler, \
     persons_complained_about, state, key_id, version, revision, created_at, updated_at FROM complaints WHERE complaint_id IN ({keys})";

pub(crate) const SELECT_BY_REFERENCE: &str = "SELECT reference, contract_id, complaint_id FROM complaints \
     WHERE (reference, contract_id) IN (VALUES {rows TEXT, UUID})";

pub(crate) const SELECT_BY_FINGERPRINT: &str = "SELECT participant_id, fingerprint, complaint_id FROM complaints \
     WHERE (participant_id, fingerprint) IN (VALUES {rows UUID, BYTEA})";

pub(crate) const SELECT_VISIBLE: &str = "SELECT c.complaint_id, c.contract_id, participant_id, c.organisation_id, \
     case_reference, reference, fingerprint, c.stage, stage_number, received_on, next_due_kind, c.next_due_on, wake_on, \
     handler, persons_complained_about, state, key_id, version, revision, created_at, updated_at FROM complaints AS c JOIN complaint_parties AS p \
     ON p.complaint_id = c.complaint_id AND p.organisation_id = $2 WHERE c.complaint_id = $1";

/// Which of these complaints their callers may see, and the revision at which each is.
pub(crate) const SELECT_REVISIONS: &str = "SELECT p.complaint_id, p.organisation_id, c.revision \
     FROM complaint_parties AS p JOIN complaints AS c ON c.complaint_id = p.complaint_id \
     WHERE (p.complaint_id, p.organisation_id) IN (VALUES {rows UUID, UUID})";

/// What a caller must see of a case before it can seal anything for it.
pub(crate) const SELECT_KEY: &str = "SELECT key_id FROM complaints AS c JOIN complaint_parties AS p \
     ON p.complaint_id = c.complaint_id AND p.organisation_id = $2 WHERE c.complaint_id = $1";

pub(crate) const SELECT_KEY_PAGE: &str = "SELECT complaint_id AS id, key_id FROM complaints WHERE complaint_id > $1 ORDER BY complaint_id LIMIT $2";

/// Cases at which it is time to look again, the longest waiting first.
pub(crate) const SELECT_AWAKE: &str = "SELECT complaint_id, wake_on FROM complaints \
     WHERE wake_on <= $1 AND (wake_on, complaint_id) > ($2, $3) ORDER BY wake_on, complaint_id LIMIT $4";

pub(crate) const SAVE: Table = Table::save(
    "complaints",
    &[
        "complaint_id",
        "contract_id",
        "participant_id",
        "organisation_id",
        "case_reference",
        "reference",
        "fingerprint",
        "stage",
        "stage_number",
        "received_on",
        "next_due_kind",
        "next_due_on",
        "wake_on",
        "handler",
        "persons_complained_about",
        "state",
        "key_id",
        "version",
        "revision",
        "created_at",
        "updated_at",
    ],
    &["complaint_id"],
    "revision",
);

/// A complaint as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Complaint {
    /// Which one.
    pub(crate) id: ComplaintId,
    /// Its contract.
    pub(crate) contract: ContractId,
    /// Whose it is.
    pub(crate) participant: ParticipantId,
    /// Who works it.
    pub(crate) organisation: OrganisationId,
    /// Reference people can read out.
    pub(crate) case_reference: String,
    /// Reference in the caller's own system, in its one form.
    pub(crate) reference: Option<String>,
    /// Keyed digest of whose words it is in, by which a second copy is known.
    pub(crate) fingerprint: Vec<u8>,
    /// Opaque ids of the people complained about (CMP-27).
    pub(crate) persons_complained_about: Vec<String>,
    /// The machine.
    pub(crate) state: complaint::State,
    /// What the state and the clocks come to, for lists and the reactor.
    pub(crate) summary: Summary,
    /// Key of the case.
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

/// What the state and the clocks of a complaint come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Summary {
    /// Its stage.
    pub(crate) stage: StageName,
    /// Number of the procedure's stage.
    pub(crate) stage_number: i64,
    /// Day of receipt.
    pub(crate) received_on: Date,
    /// Kind of the next clock.
    pub(crate) next_due_kind: Option<String>,
    /// When the next clock falls due.
    pub(crate) next_due_on: Option<Date>,
    /// When the reactor must look again.
    pub(crate) wake_on: Option<Date>,
    /// Who handles it.
    pub(crate) handler: Option<String>,
}

/// Those with these ids, by bare id: for the world.
pub(crate) async fn find_many(tx: &mut Tx, ids: Vec<ComplaintId>) -> Result<Vec<Complaint>, DbError> {
    tx.query(SELECT).keys(ids).all(read).await
}

/// Which complaints have these references under these contracts.
pub(crate) async fn find_references(
    tx: &mut Tx,
    references: Vec<(String, ContractId)>,
) -> Result<Vec<((String, ContractId), ComplaintId)>, DbError> {
    let rows = references.into_iter().map(|(reference, contract)| [reference.value(), contract.value()]);
    let found = |row: &Row<'_>| {
        Ok(((row.get("reference")?, Id::new(row.get("contract_id")?)), Id::new(row.get("complaint_id")?)))
    };
    tx.query(SELECT_BY_REFERENCE).rows(rows).all(found).await
}

/// Which complaints of these participants are in these words.
pub(crate) async fn find_fingerprints(
    tx: &mut Tx,
    fingerprints: Vec<(ParticipantId, Vec<u8>)>,
) -> Result<Vec<((ParticipantId, Vec<u8>), ComplaintId)>, DbError> {
    let rows =
        fingerprints.into_iter().map(|(participant, fingerprint)| [participant.value(), fingerprint.value()]);
    let found = |row: &Row<'_>| {
        Ok((
            (Id::new(row.get("participant_id")?), row.get("fingerprint")?),
            Id::new(row.get("complaint_id")?),
        ))
    };
    tx.query(SELECT_BY_FINGERPRINT).rows(rows).all(found).await
}

/// One to which `caller` is a party.
pub(crate) async fn find_visible(
    tx: &mut Tx,
    id: ComplaintId,
    caller: OrganisationId,
) -> Result<Option<Complaint>, DbError> {
    tx.query(SELECT_VISIBLE).bind(id).bind(caller).optional(read).await
}

/// The revisions of those of these to which their callers are parties; `query` is [`SELECT_REVISIONS`].
pub(crate) async fn find_revisions(
    query: Query<'_>,
    asked: BTreeSet<(ComplaintId, OrganisationId)>,
) -> Result<HashMap<(ComplaintId, OrganisationId), i64>, DbError> {
    let rows = asked.into_iter().map(|(complaint, caller)| [complaint.value(), caller.value()]);
    let found = |row: &Row<'_>| {
        let seen = (Id::new(row.get("complaint_id")?), Id::new(row.get("organisation_id")?));
        Ok((seen, row.get("revision")?))
    };
    Ok(query.rows(rows).all(found).await?.into_iter().collect())
}

/// The key of one to which `caller` is a party.
pub(crate) async fn find_key(
    tx: &mut Tx,
    id: ComplaintId,
    caller: OrganisationId,
) -> Result<Option<Uuid>, DbError> {
    tx.query(SELECT_KEY).bind(id).bind(caller).optional(|row| row.get("key_id")).await
}

/// Those at which it is time to look on `today`, after the one at `after`.
pub(crate) async fn find_awake(
    tx: &mut Tx,
    today: Date,
    after: (Date, ComplaintId),
    limit: i64,
) -> Result<Vec<(Date, ComplaintId)>, DbError> {
    let read = |row: &Row<'_>| Ok((row.get("wake_on")?, Id::new(row.get("complaint_id")?)));
    tx.query(SELECT_AWAKE).bind(today).bind(after.0).bind(after.1).bind(limit).all(read).await
}

/// Writes new and changed ones.
pub(crate) async fn save(tx: &mut Tx, rows: impl Iterator<Item = &Complaint>) -> Result<(), DbError> {
    let mut batch = Batch::new(&SAVE);
    for row in rows {
        let summary = &row.summary;
        batch.push([
            row.id.value(),
            row.contract.value(),
            row.participant.value(),
            row.organisation.value(),
            row.case_reference.clone().value(),
            row.reference.clone().value(),
            row.fingerprint.clone().value(),
            summary.stage.as_str().value(),
            summary.stage_number.value(),
            summary.received_on.value(),
            summary.next_due_kind.clone().value(),
            summary.next_due_on.value(),
            summary.wake_on.value(),
            summary.handler.clone().value(),
            document::write_as(&row.persons_complained_about, "persons_complained_about")?,
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

fn read(row: &Row<'_>) -> Result<Complaint, DbError> {
    Ok(Complaint {
        id: Id::new(row.get("complaint_id")?),
        contract: Id::new(row.get("contract_id")?),
        participant: Id::new(row.get("participant_id")?),
        organisation: Id::new(row.get("organisation_id")?),
        case_reference: row.get("case_reference")?,
        reference: row.get("reference")?,
        fingerprint: row.get("fingerprint")?,
        persons_complained_about: document::read_as(row, "persons_complained_about")?,
        state: document::read(row)?,
        summary: Summary {
            stage: stage::read(row)?,
            stage_number: row.get("stage_number")?,
            received_on: row.get("received_on")?,
            next_due_kind: row.get("next_due_kind")?,
            next_due_on: row.get("next_due_on")?,
            wake_on: row.get("wake_on")?,
            handler: row.get("handler")?,
        },
        key: row.get("key_id")?,
        version: row.get("version")?,
        revision: row.get("revision")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}
