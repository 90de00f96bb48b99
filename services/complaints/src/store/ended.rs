//! Taking complaints and participants out of the tables at the end of their term. The row of the thing itself is blanked and
//! moved on to its next revision, never deleted: whoever read it before finds that it changed, and cannot write it back.

use complaints_domain::{ComplaintId, ParticipantId, complaint, complaint::StageName, participant};
use redress_store::{DbError, Document, Row, Tx};
use uuid::Uuid;

pub(crate) const SELECT_PARTIES: &str =
    "SELECT organisation_id FROM complaint_parties WHERE complaint_id = $1";

pub(crate) const SELECT_LETTERS: &str = "SELECT letter_id FROM letters WHERE complaint_id = $1";

pub(crate) const SELECT_DOCUMENTS: &str =
    "SELECT document_id, blob, key_id FROM documents WHERE parent_id = $1";

pub(crate) const SELECT_STAGE: &str = "SELECT stage FROM complaints WHERE complaint_id = $1";

pub(crate) const SELECT_STAGES: &str = "SELECT stage FROM complaints WHERE participant_id = $1";

pub(crate) const SELECT_RECORDED: &str =
    "SELECT key_id FROM participants WHERE participant_id = $1 AND ended = FALSE";

pub(crate) const SELECT_KEY: &str = "SELECT key_id FROM complaints WHERE complaint_id = $1";

/// Changes nothing, and holds the row to the end of the transaction: what is found now stays so.
pub(crate) const LOCK_COMPLAINT: &str = "UPDATE complaints SET revision = revision WHERE complaint_id = $1";

/// The same for every complaint of a participant.
pub(crate) const LOCK_COMPLAINTS: &str =
    "UPDATE complaints SET revision = revision WHERE participant_id = $1";

pub(crate) const SELECT_REFERENCE: &str = "SELECT reference FROM participants WHERE participant_id = $1";

/// Changes what the participant is known by, and with it a key of the row.
pub(crate) const RENAME_PARTICIPANT: &str =
    "UPDATE participants SET reference = $2 WHERE participant_id = $1";

pub(crate) const SELECT_ABOVE: &str = "SELECT r.organisation_id FROM reach AS r JOIN participants AS p \
     ON r.contract_id = p.contract_id AND r.below_id = p.organisation_id WHERE p.participant_id = $1";

pub(crate) const DELETE_PARTIES: &str = "DELETE FROM complaint_parties WHERE complaint_id = $1";

pub(crate) const DELETE_LETTERS: &str = "DELETE FROM letters WHERE complaint_id = $1";

pub(crate) const DELETE_DOCUMENTS: &str = "DELETE FROM documents WHERE parent_id = $1";

pub(crate) const BLANK_COMPLAINT: &str = "UPDATE complaints SET reference = NULL, fingerprint = $2, stage = $3, \
     next_due_kind = NULL, next_due_on = NULL, wake_on = NULL, handler = NULL, persons_complained_about = $4, state = $5, \
     revision = revision + 1 WHERE complaint_id = $1";

pub(crate) const BLANK_PARTICIPANT: &str = "UPDATE participants SET reference = $2, state = $3, ended = TRUE, \
     revision = revision + 1 WHERE participant_id = $1";

/// A document that goes with its parent.
pub(crate) struct Paper {
    /// Which one.
    pub(crate) id: Uuid,
    /// Its object.
    pub(crate) object: Vec<u8>,
    /// Its key.
    pub(crate) key: Uuid,
}

/// Who may see a complaint.
pub(crate) async fn parties(tx: &mut Tx, complaint: ComplaintId) -> Result<Vec<Uuid>, DbError> {
    tx.query(SELECT_PARTIES).bind(complaint).all(|row| row.get("organisation_id")).await
}

/// Who sees a participant.
pub(crate) async fn above(tx: &mut Tx, participant: ParticipantId) -> Result<Vec<Uuid>, DbError> {
    tx.query(SELECT_ABOVE).bind(participant).all(|row| row.get("organisation_id")).await
}

/// The letters of a complaint.
pub(crate) async fn letters(tx: &mut Tx, complaint: ComplaintId) -> Result<Vec<Uuid>, DbError> {
    tx.query(SELECT_LETTERS).bind(complaint).all(|row| row.get("letter_id")).await
}

/// The documents of a complaint or participant.
pub(crate) async fn papers(tx: &mut Tx, parent: Uuid) -> Result<Vec<Paper>, DbError> {
    let read = |row: &Row<'_>| {
        Ok(Paper { id: row.get("document_id")?, object: row.get("blob")?, key: row.get("key_id")? })
    };
    tx.query(SELECT_DOCUMENTS).bind(parent).all(read).await
}

/// The stage of a complaint, held until the end of the transaction.
pub(crate) async fn stage(tx: &mut Tx, complaint: ComplaintId) -> Result<Option<StageName>, DbError> {
    tx.query(LOCK_COMPLAINT).bind(complaint).execute().await?;
    tx.query(SELECT_STAGE).bind(complaint).optional(super::stage::read).await
}

/// The stages of a participant's complaints, held until the end of the transaction; nothing where the participant is not here.
pub(crate) async fn stages(
    tx: &mut Tx,
    participant: ParticipantId,
) -> Result<Option<Vec<StageName>>, DbError> {
    hold(tx, participant).await?;
    tx.query(LOCK_COMPLAINTS).bind(participant).execute().await?;
    if participant_key(tx, participant).await?.is_none() {
        return Ok(None);
    }
    tx.query(SELECT_STAGES).bind(participant).all(super::stage::read).await.map(Some)
}

/// Holds a participant against complaints to come. One that is being registered holds the key of its participant, because it
/// refers to it, and on PostgreSQL nothing waits for that but the change of a key: so a key is changed, and changed back.
async fn hold(tx: &mut Tx, participant: ParticipantId) -> Result<(), DbError> {
    let reference = tx.query(SELECT_REFERENCE).bind(participant);
    let Some(reference) = reference.optional(|row| row.get::<String>("reference")).await? else {
        return Ok(());
    };
    for known_by in [participant.name(), reference] {
        tx.query(RENAME_PARTICIPANT).bind(participant).bind(known_by).execute().await?;
    }
    Ok(())
}

/// The key of a complaint.
pub(crate) async fn complaint_key(tx: &mut Tx, complaint: ComplaintId) -> Result<Option<Uuid>, DbError> {
    tx.query(SELECT_KEY).bind(complaint).optional(|row| row.get("key_id")).await
}

/// The key of a participant who is here.
pub(crate) async fn participant_key(
    tx: &mut Tx,
    participant: ParticipantId,
) -> Result<Option<Uuid>, DbError> {
    tx.query(SELECT_RECORDED).bind(participant).optional(|row| row.get("key_id")).await
}

/// Deletes what belongs to a complaint, and blanks its row.
pub(crate) async fn end_complaint(tx: &mut Tx, complaint: ComplaintId) -> Result<(), DbError> {
    tx.query(DELETE_PARTIES).bind(complaint).execute().await?;
    tx.query(DELETE_LETTERS).bind(complaint).execute().await?;
    tx.query(DELETE_DOCUMENTS).bind(complaint).execute().await?;
    // A fingerprint of its own, from which no words can be guessed and which no words will have.
    let fingerprint = complaint.uuid().as_bytes().to_vec();
    tx.query(BLANK_COMPLAINT)
        .bind(complaint)
        .bind(fingerprint)
        .bind(StageName::Unregistered.as_str())
        .bind(Document::of(&[(); 0], "state")?)
        .bind(Document::of(&complaint::State::Unregistered, "state")?)
        .execute()
        .await
        .map(drop)
}

/// Deletes what belongs to a participant, and blanks the row.
pub(crate) async fn end_participant(tx: &mut Tx, participant: ParticipantId) -> Result<(), DbError> {
    tx.query(DELETE_DOCUMENTS).bind(participant).execute().await?;
    tx.query(BLANK_PARTICIPANT)
        .bind(participant)
        // Unique as references are, and nobody's.
        .bind(participant.name())
        .bind(Document::of(&participant::State::Unrecorded, "state")?)
        .execute()
        .await
        .map(drop)
}
