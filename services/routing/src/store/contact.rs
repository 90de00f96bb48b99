//! Contacts: the state with what it is found by.

use jiff::{Timestamp, civil::Date};
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx, document, word};
use routing_domain::{ComplaintId, ContactId, ContractId, Fate, OrganisationId, contact};
use uuid::Uuid;

pub(crate) const SELECT: &str = "SELECT contact_id, contract_id, recorded_by_id, reference, participant_reference, \
     fingerprint, persons_complained_about, state, key_id, version, revision, created_at, updated_at FROM contacts \
     WHERE contact_id IN ({keys})";

pub(crate) const SELECT_BY_REFERENCE: &str = "SELECT recorded_by_id, reference, contact_id FROM contacts \
     WHERE (recorded_by_id, reference) IN (VALUES {rows UUID, TEXT})";

pub(crate) const SELECT_BY_COMPLAINT: &str =
    "SELECT complaint_id, contact_id FROM contacts WHERE complaint_id IN ({keys})";

pub(crate) const SELECT_VISIBLE: &str = "SELECT c.contact_id, c.contract_id, recorded_by_id, reference, \
     participant_reference, fingerprint, persons_complained_about, state, key_id, version, revision, created_at, updated_at \
     FROM contacts AS c JOIN parties AS p ON p.thing_id = c.contact_id AND p.organisation_id = $2 WHERE c.contact_id = $1";

pub(crate) const SAVE: Table = Table::save(
    "contacts",
    &[
        "contact_id",
        "contract_id",
        "recorded_by_id",
        "reference",
        "participant_reference",
        "fingerprint",
        "writer",
        "outcome",
        "stage",
        "fate",
        "received_on",
        "complaint_id",
        "persons_complained_about",
        "state",
        "key_id",
        "version",
        "revision",
        "created_at",
        "updated_at",
    ],
    &["contact_id"],
    "revision",
);

/// A contact as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Contact {
    /// Which one.
    pub(crate) id: ContactId,
    /// Its contract.
    pub(crate) contract: ContractId,
    /// Who recorded it.
    pub(crate) recorded_by: OrganisationId,
    /// Reference in the system that recorded it, in its one form.
    pub(crate) reference: Option<String>,
    /// Reference of the participant at the provider, in its one form.
    pub(crate) participant_reference: Option<String>,
    /// Keyed digest of what was sent, by which a second copy is known.
    pub(crate) fingerprint: Vec<u8>,
    /// Opaque ids of the people complained about (CMP-27).
    pub(crate) persons_complained_about: Vec<String>,
    /// The machine.
    pub(crate) state: contact::State,
    /// Key of everything that is sealed about it.
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
pub(crate) async fn find_many(tx: &mut Tx, ids: Vec<ContactId>) -> Result<Vec<Contact>, DbError> {
    tx.query(SELECT).keys(ids).all(read).await
}

/// Which contacts have these references of these organisations.
pub(crate) async fn find_references(
    tx: &mut Tx,
    references: Vec<(OrganisationId, String)>,
) -> Result<Vec<((OrganisationId, String), ContactId)>, DbError> {
    let rows =
        references.into_iter().map(|(organisation, reference)| [organisation.value(), reference.value()]);
    let found = |row: &Row<'_>| {
        Ok(((Id::new(row.get("recorded_by_id")?), row.get("reference")?), Id::new(row.get("contact_id")?)))
    };
    tx.query(SELECT_BY_REFERENCE).rows(rows).all(found).await
}

/// Which contacts opened these complaints.
pub(crate) async fn find_complaints(
    tx: &mut Tx,
    complaints: Vec<ComplaintId>,
) -> Result<Vec<(ComplaintId, ContactId)>, DbError> {
    let found = |row: &Row<'_>| Ok((Id::new(row.get("complaint_id")?), Id::new(row.get("contact_id")?)));
    tx.query(SELECT_BY_COMPLAINT).keys(complaints).all(found).await
}

/// One to which `caller` is a party.
pub(crate) async fn find_visible(
    tx: &mut Tx,
    id: ContactId,
    caller: OrganisationId,
) -> Result<Option<Contact>, DbError> {
    tx.query(SELECT_VISIBLE).bind(id).bind(caller).optional(read).await
}

/// Writes new and changed ones.
pub(crate) async fn save(tx: &mut Tx, rows: impl Iterator<Item = &Contact>) -> Result<(), DbError> {
    let mut batch = Batch::new(&SAVE);
    for row in rows {
        let Some(contact) = row.state.contact() else { continue };
        let received_on: Date = contact.route.question.received_on;
        batch.push([
            row.id.value(),
            row.contract.value(),
            row.recorded_by.value(),
            row.reference.clone().value(),
            row.participant_reference.clone().value(),
            row.fingerprint.clone().value(),
            word::of(&contact.route.question.writer).value(),
            contact.route.outcome.as_str().value(),
            contact.stage.name().as_str().value(),
            contact.fate().map(Fate::as_str).map(str::to_owned).value(),
            received_on.value(),
            contact.complaint.map(|(complaint, _)| complaint).value(),
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

fn read(row: &Row<'_>) -> Result<Contact, DbError> {
    Ok(Contact {
        id: Id::new(row.get("contact_id")?),
        contract: Id::new(row.get("contract_id")?),
        recorded_by: Id::new(row.get("recorded_by_id")?),
        reference: row.get("reference")?,
        participant_reference: row.get("participant_reference")?,
        fingerprint: row.get("fingerprint")?,
        persons_complained_about: document::read_as(row, "persons_complained_about")?,
        state: document::read(row)?,
        key: row.get("key_id")?,
        version: row.get("version")?,
        revision: row.get("revision")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}
