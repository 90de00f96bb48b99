//! Letters of elected members and peers: the state with what it is found by.

use jiff::{Timestamp, civil::Date};
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx, document};
use routing_domain::{ContactId, ContractId, MemberLetterId, OrganisationId, letter};
use uuid::Uuid;

use super::{
    due::{self, Due},
    texts::Texts,
};

pub(crate) const SELECT: &str = "SELECT member_letter_id, contact_id, contract_id, next_due_kind, next_due_on, wake_on, \
     title, office_reference, persons_complained_about, texts, state, key_id, version, revision, created_at, updated_at \
     FROM member_letters WHERE member_letter_id IN ({keys})";

pub(crate) const SELECT_VISIBLE: &str = "SELECT l.member_letter_id, contact_id, l.contract_id, next_due_kind, \
     next_due_on, wake_on, title, office_reference, persons_complained_about, texts, state, key_id, version, revision, \
     created_at, updated_at FROM member_letters AS l JOIN parties AS p ON p.thing_id = l.member_letter_id \
     AND p.organisation_id = $2 WHERE l.member_letter_id = $1";

/// Those at which it is time to look again, the longest waiting first.
pub(crate) const SELECT_AWAKE: &str = "SELECT member_letter_id, wake_on FROM member_letters \
     WHERE wake_on <= $1 AND (wake_on, member_letter_id) > ($2, $3) ORDER BY wake_on, member_letter_id LIMIT $4";

pub(crate) const SAVE: Table = Table::save(
    "member_letters",
    &[
        "member_letter_id",
        "contact_id",
        "contract_id",
        "organisation_id",
        "stage",
        "standing",
        "received_on",
        "next_due_kind",
        "next_due_on",
        "wake_on",
        "title",
        "office_reference",
        "persons_complained_about",
        "texts",
        "state",
        "key_id",
        "version",
        "revision",
        "created_at",
        "updated_at",
    ],
    &["member_letter_id"],
    "revision",
);

/// A letter as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Letter {
    /// Which one.
    pub(crate) id: MemberLetterId,
    /// The contact it came with.
    pub(crate) contact: ContactId,
    /// Its contract.
    pub(crate) contract: ContractId,
    /// What the clocks come to.
    pub(crate) due: Due,
    /// Title of the writer.
    pub(crate) title: String,
    /// Reference at the office it came from.
    pub(crate) office_reference: Option<String>,
    /// Opaque ids of the people complained about (CMP-27).
    pub(crate) persons_complained_about: Vec<String>,
    /// With which versions its texts came.
    pub(crate) texts: Texts,
    /// The machine.
    pub(crate) state: letter::State,
    /// Key of its contact.
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
pub(crate) async fn find_many(tx: &mut Tx, ids: Vec<MemberLetterId>) -> Result<Vec<Letter>, DbError> {
    tx.query(SELECT).keys(ids).all(read).await
}

/// One to which `caller` is a party.
pub(crate) async fn find_visible(
    tx: &mut Tx,
    id: MemberLetterId,
    caller: OrganisationId,
) -> Result<Option<Letter>, DbError> {
    tx.query(SELECT_VISIBLE).bind(id).bind(caller).optional(read).await
}

/// Those at which it is time to look on `today`, after the one at `after`.
pub(crate) async fn find_awake(
    tx: &mut Tx,
    today: Date,
    after: (Date, MemberLetterId),
    limit: i64,
) -> Result<Vec<(Date, MemberLetterId)>, DbError> {
    let read = |row: &Row<'_>| Ok((row.get("wake_on")?, Id::new(row.get("member_letter_id")?)));
    tx.query(SELECT_AWAKE).bind(today).bind(after.0).bind(after.1).bind(limit).all(read).await
}

/// Writes new and changed ones.
pub(crate) async fn save(tx: &mut Tx, rows: impl Iterator<Item = &Letter>) -> Result<(), DbError> {
    let mut batch = Batch::new(&SAVE);
    for row in rows {
        let Some(letter) = row.state.letter() else { continue };
        batch.push([
            row.id.value(),
            row.contact.value(),
            row.contract.value(),
            letter.organisation.value(),
            letter.stage.name().as_str().value(),
            letter.standing.as_str().value(),
            letter.received_on.value(),
            row.due.kind.clone().value(),
            row.due.on.value(),
            row.due.wake_on.value(),
            row.title.clone().value(),
            row.office_reference.clone().value(),
            document::write_as(&row.persons_complained_about, "persons_complained_about")?,
            document::write_as(&row.texts, "texts")?,
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

fn read(row: &Row<'_>) -> Result<Letter, DbError> {
    Ok(Letter {
        id: Id::new(row.get("member_letter_id")?),
        contact: Id::new(row.get("contact_id")?),
        contract: Id::new(row.get("contract_id")?),
        due: due::read(row)?,
        title: row.get("title")?,
        office_reference: row.get("office_reference")?,
        persons_complained_about: document::read_as(row, "persons_complained_about")?,
        texts: document::read_as(row, "texts")?,
        state: document::read(row)?,
        key: row.get("key_id")?,
        version: row.get("version")?,
        revision: row.get("revision")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}
