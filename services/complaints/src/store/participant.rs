//! Participants, without what identifies them, which is sealed.

use complaints_domain::{ContractId, OrganisationId, ParticipantId, participant};
use jiff::Timestamp;
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx, document};
use uuid::Uuid;

pub(crate) const SELECT_KEY_PAGE: &str = "SELECT participant_id AS id, key_id FROM participants WHERE participant_id > $1 ORDER BY participant_id LIMIT $2";

pub(crate) const SELECT: &str = "SELECT participant_id, contract_id, organisation_id, reference, state, key_id, \
     version, revision, created_at FROM participants WHERE participant_id IN ({keys})";

pub(crate) const SELECT_BY_REFERENCE: &str = "SELECT contract_id, reference, participant_id FROM participants \
     WHERE (contract_id, reference) IN (VALUES {rows UUID, TEXT})";

pub(crate) const SELECT_VISIBLE: &str = "SELECT participant_id, p.contract_id, p.organisation_id, reference, state, \
     key_id, version, revision, created_at FROM participants AS p JOIN reach AS r ON r.contract_id = p.contract_id \
     AND r.below_id = p.organisation_id AND r.organisation_id = $2 WHERE participant_id = $1 AND ended = FALSE";

pub(crate) const SELECT_PAGE: &str = "SELECT participant_id, p.contract_id, p.organisation_id, reference, state, \
     key_id, version, revision, created_at FROM participants AS p JOIN reach AS r ON r.contract_id = p.contract_id \
     AND r.below_id = p.organisation_id AND r.organisation_id = $2 WHERE participant_id > $1 AND ended = FALSE \
     AND (p.contract_id = $3 OR $3 IS NULL) AND (explained = $4 OR $4 IS NULL) AND (reference = $5 OR $5 IS NULL) \
     ORDER BY participant_id LIMIT $6";

pub(crate) const SAVE: Table = Table::save(
    "participants",
    &[
        "participant_id",
        "contract_id",
        "organisation_id",
        "reference",
        "explained",
        "state",
        "key_id",
        "version",
        "revision",
        "created_at",
    ],
    &["participant_id"],
    "revision",
);

/// A participant as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Participant {
    /// Which one.
    pub(crate) id: ParticipantId,
    /// Contract of the programme.
    pub(crate) contract: ContractId,
    /// Organisation that deals with the person.
    pub(crate) organisation: OrganisationId,
    /// Reference at that organisation, in its one form.
    pub(crate) reference: String,
    /// What is known of the first contact.
    pub(crate) state: participant::State,
    /// Key of the person's data.
    pub(crate) key: Uuid,
    /// Version: how many things have happened to it.
    pub(crate) version: i64,
    /// How often the row was written; 0 for one that is new.
    pub(crate) revision: i64,
    /// When it was recorded.
    pub(crate) created_at: Timestamp,
}

/// Which of those that a caller may see are wanted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    /// Under this contract.
    pub(crate) contract: Option<ContractId>,
    /// Told of the process, or not.
    pub(crate) explained: Option<bool>,
    /// With this reference.
    pub(crate) reference: Option<String>,
}

/// Those with these ids, by bare id: for the world.
pub(crate) async fn find_many(tx: &mut Tx, ids: Vec<ParticipantId>) -> Result<Vec<Participant>, DbError> {
    tx.query(SELECT).keys(ids).all(read).await
}

/// Who has these references.
pub(crate) async fn find_references(
    tx: &mut Tx,
    references: Vec<(ContractId, String)>,
) -> Result<Vec<((ContractId, String), ParticipantId)>, DbError> {
    let rows = references.into_iter().map(|(contract, reference)| [contract.value(), reference.value()]);
    let found = |row: &Row<'_>| {
        Ok(((Id::new(row.get("contract_id")?), row.get("reference")?), Id::new(row.get("participant_id")?)))
    };
    tx.query(SELECT_BY_REFERENCE).rows(rows).all(found).await
}

/// One that `caller` may see.
pub(crate) async fn find_visible(
    tx: &mut Tx,
    id: ParticipantId,
    caller: OrganisationId,
) -> Result<Option<Participant>, DbError> {
    tx.query(SELECT_VISIBLE).bind(id).bind(caller).optional(read).await
}

/// Those after `after` that `caller` may see.
pub(crate) async fn page(
    tx: &mut Tx,
    after: ParticipantId,
    caller: OrganisationId,
    filter: Filter,
    limit: i64,
) -> Result<Vec<Participant>, DbError> {
    tx.query(SELECT_PAGE)
        .bind(after)
        .bind(caller)
        .bind(filter.contract)
        .bind(filter.explained)
        .bind(filter.reference)
        .bind(limit)
        .all(read)
        .await
}

/// Writes new and changed ones.
pub(crate) async fn save(tx: &mut Tx, rows: impl Iterator<Item = &Participant>) -> Result<(), DbError> {
    let mut batch = Batch::new(&SAVE);
    for row in rows {
        batch.push([
            row.id.value(),
            row.contract.value(),
            row.organisation.value(),
            row.reference.clone().value(),
            row.state.participant().is_some_and(|person| person.first_contact.is_some()).value(),
            document::write(&row.state)?,
            row.key.value(),
            row.version.value(),
            (row.revision + 1).value(),
            row.created_at.value(),
        ]);
    }
    tx.save(batch).await
}

fn read(row: &Row<'_>) -> Result<Participant, DbError> {
    Ok(Participant {
        id: Id::new(row.get("participant_id")?),
        contract: Id::new(row.get("contract_id")?),
        organisation: Id::new(row.get("organisation_id")?),
        reference: row.get("reference")?,
        state: document::read(row)?,
        key: row.get("key_id")?,
        version: row.get("version")?,
        revision: row.get("revision")?,
        created_at: row.get("created_at")?,
    })
}
