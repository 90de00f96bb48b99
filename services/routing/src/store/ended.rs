//! Taking contacts out of the tables at the end of their term, with all that they opened. The rows of the contact, its mixed complaint
//! and its letter are blanked and moved on to their next revision, never deleted: whoever read them before finds that they changed,
//! and cannot write them back.

use redress_store::{DbError, Document, Row, Tx};
use routing_domain::{ContactId, contact, letter, mixed};
use uuid::Uuid;

use super::{contact::Contact, letter::Letter, mixed::Mixed};

/// Changes nothing, and holds the row to the end of the transaction: what is found now stays so.
pub(crate) const LOCK_CONTACT: &str = "UPDATE contacts SET revision = revision WHERE contact_id = $1";

/// The same for its mixed complaints.
pub(crate) const LOCK_MIXED: &str = "UPDATE mixed_complaints SET revision = revision WHERE contact_id = $1";

/// The same for its letters.
pub(crate) const LOCK_LETTERS: &str = "UPDATE member_letters SET revision = revision WHERE contact_id = $1";

pub(crate) const SELECT_MIXED: &str = "SELECT mixed_complaint_id FROM mixed_complaints WHERE contact_id = $1";

pub(crate) const SELECT_LETTERS: &str = "SELECT member_letter_id FROM member_letters WHERE contact_id = $1";

pub(crate) const SELECT_PAPERS: &str = "SELECT paper_id, blob, key_id FROM papers WHERE contact_id = $1";

pub(crate) const SELECT_PARTIES: &str = "SELECT organisation_id FROM parties WHERE thing_id = $1";

pub(crate) const DELETE_PAPERS: &str = "DELETE FROM papers WHERE contact_id = $1";

pub(crate) const DELETE_PARTIES: &str = "DELETE FROM parties WHERE thing_id IN ({keys})";

pub(crate) const BLANK_CONTACT: &str = "UPDATE contacts SET reference = NULL, participant_reference = NULL, \
     fingerprint = $2, stage = $3, fate = NULL, complaint_id = NULL, persons_complained_about = $4, state = $5, \
     revision = revision + 1 WHERE contact_id = $1";

pub(crate) const BLANK_MIXED: &str = "UPDATE mixed_complaints SET stage = $2, next_due_kind = NULL, next_due_on = NULL, \
     wake_on = NULL, contribution_due_on = NULL, reply_due_on = NULL, complaint_id = NULL, texts = $3, state = $4, revision = revision + 1 WHERE contact_id = $1";

pub(crate) const BLANK_LETTERS: &str = "UPDATE member_letters SET stage = $2, next_due_kind = NULL, next_due_on = NULL, \
     wake_on = NULL, title = '', office_reference = NULL, persons_complained_about = $3, texts = $4, state = $5, \
     revision = revision + 1 WHERE contact_id = $1";

/// A contact and all that it opened.
pub(crate) struct Family {
    /// The contact.
    pub(crate) contact: Contact,
    /// Its mixed complaints, those that were given up too.
    pub(crate) mixed: Vec<Mixed>,
    /// Its letters, likewise.
    pub(crate) letters: Vec<Letter>,
}

/// A paper that goes with its contact.
pub(crate) struct Paper {
    /// Which one.
    pub(crate) id: Uuid,
    /// Its object.
    pub(crate) object: Vec<u8>,
    /// Its key.
    pub(crate) key: Uuid,
}

/// A contact and all that it opened, held until the end of the transaction.
pub(crate) async fn family(tx: &mut Tx, id: ContactId) -> Result<Option<Family>, DbError> {
    for lock in [LOCK_CONTACT, LOCK_MIXED, LOCK_LETTERS] {
        tx.query(lock).bind(id).execute().await?;
    }
    let Some(contact) = super::contact::find_many(tx, vec![id]).await?.pop() else { return Ok(None) };
    let read = |row: &Row<'_>| row.get::<Uuid>("mixed_complaint_id").map(redress_kernel::Id::new);
    let mixed = tx.query(SELECT_MIXED).bind(id).all(read).await?;
    let mixed = super::mixed::find_many(tx, mixed).await?;
    let read = |row: &Row<'_>| row.get::<Uuid>("member_letter_id").map(redress_kernel::Id::new);
    let letters = tx.query(SELECT_LETTERS).bind(id).all(read).await?;
    let letters = super::letter::find_many(tx, letters).await?;
    Ok(Some(Family { contact, mixed, letters }))
}

/// The papers of a contact.
pub(crate) async fn papers(tx: &mut Tx, id: ContactId) -> Result<Vec<Paper>, DbError> {
    let read = |row: &Row<'_>| {
        Ok(Paper { id: row.get("paper_id")?, object: row.get("blob")?, key: row.get("key_id")? })
    };
    tx.query(SELECT_PAPERS).bind(id).all(read).await
}

/// Who may see a contact.
pub(crate) async fn parties(tx: &mut Tx, id: ContactId) -> Result<Vec<Uuid>, DbError> {
    tx.query(SELECT_PARTIES).bind(id).all(|row| row.get("organisation_id")).await
}

/// Deletes what belongs to a contact, and blanks its rows.
pub(crate) async fn end(tx: &mut Tx, id: ContactId, things: &[Uuid]) -> Result<(), DbError> {
    tx.query(DELETE_PAPERS).bind(id).execute().await?;
    tx.query(DELETE_PARTIES).keys(things.to_vec()).execute().await?;
    tx.query(BLANK_MIXED)
        .bind(id)
        .bind(mixed::StageName::Unraised.as_str())
        .bind(Document::of(&super::texts::Texts::default(), "state")?)
        .bind(Document::of(&mixed::State::Unraised, "state")?)
        .execute()
        .await?;
    tx.query(BLANK_LETTERS)
        .bind(id)
        .bind(letter::StageName::Unlogged.as_str())
        .bind(Document::of(&[(); 0], "state")?)
        .bind(Document::of(&super::texts::Texts::default(), "state")?)
        .bind(Document::of(&letter::State::Unlogged, "state")?)
        .execute()
        .await?;
    // A fingerprint of its own, from which no words can be guessed and which no words will have.
    let fingerprint = id.uuid().as_bytes().to_vec();
    tx.query(BLANK_CONTACT)
        .bind(id)
        .bind(fingerprint)
        .bind(contact::StageName::Unrecorded.as_str())
        .bind(Document::of(&[(); 0], "state")?)
        .bind(Document::of(&contact::State::Unrecorded, "state")?)
        .execute()
        .await
        .map(drop)
}
