//! What is known of documents; their bytes lie in the object store, their names under seal.

use complaints_domain::{ContractId, DocumentId, OrganisationId};
use jiff::Timestamp;
use redress_kernel::Id;
use redress_papers::{
    Stage,
    sweep::{Rows, object},
};
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx, blob::ObjectName, word};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Visible to the parties of the complaint, or to those who see the participant.
pub(crate) const SELECT_VISIBLE: &str = "SELECT document_id, parent_kind, parent_id, d.contract_id, d.kind, d.stage, \
     media_type, size_bytes, sha256, blob, d.key_id, uploader_organisation_id, uploader, d.created_at \
     FROM documents AS d WHERE document_id = $1 AND (EXISTS (SELECT 1 FROM complaint_parties AS p \
     WHERE p.complaint_id = d.parent_id AND p.organisation_id = $2) OR EXISTS (SELECT 1 FROM participants AS w \
     JOIN reach AS r ON r.contract_id = w.contract_id AND r.below_id = w.organisation_id AND r.organisation_id = $2 \
     WHERE w.participant_id = d.parent_id))";

/// For a caller who was found to see the parent.
pub(crate) const SELECT_PAGE: &str = "SELECT document_id, parent_kind, parent_id, contract_id, kind, stage, \
     media_type, size_bytes, sha256, blob, key_id, uploader_organisation_id, uploader, created_at \
     FROM documents WHERE parent_id = $1 AND document_id > $2 ORDER BY document_id LIMIT $3";

pub(crate) const SELECT_OF_PARENTS: &str = "SELECT document_id, parent_kind, parent_id, contract_id, kind, stage, \
     media_type, size_bytes, sha256, blob, key_id, uploader_organisation_id, uploader, created_at \
     FROM documents WHERE parent_id IN ({keys})";

/// What these belong to.
pub(crate) const SELECT_PARENTS: &str =
    "SELECT document_id, parent_id FROM documents WHERE document_id IN ({keys})";

/// Which of these objects a row names.
pub(crate) const SELECT_BLOBS: &str = "SELECT blob FROM documents WHERE blob IN ({keys})";

/// Which objects there must be.
pub(crate) const SELECT_BLOB_PAGE: &str =
    "SELECT document_id AS id, blob FROM documents WHERE document_id > $1 ORDER BY document_id LIMIT $2";

pub(crate) const INSERT: Table = Table::insert(
    "documents",
    &[
        "document_id",
        "parent_kind",
        "parent_id",
        "contract_id",
        "kind",
        "stage",
        "media_type",
        "size_bytes",
        "sha256",
        "blob",
        "key_id",
        "uploader_organisation_id",
        "uploader",
        "created_at",
    ],
);

/// What these documents belong to, by id.
pub(crate) async fn find_parents(tx: &mut Tx, documents: Vec<Uuid>) -> Result<Vec<(Uuid, Uuid)>, DbError> {
    let read = |row: &Row<'_>| Ok((row.get("document_id")?, row.get("parent_id")?));
    tx.query(SELECT_PARENTS).keys(documents).all(read).await
}

/// What a document belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ParentKind {
    /// A complaint.
    Complaint,
    /// A participant: the proof of a first contact.
    Participant,
}

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum DocumentKind {
    /// Shows that something happened.
    Evidence,
    /// Came in from somebody.
    Correspondence,
    /// A note of a conversation.
    Note,
    /// The person's agreement to the procedure (CMP-15).
    Agreement,
}

/// A document as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Document {
    /// Which one.
    pub(crate) id: DocumentId,
    /// What kind of thing it belongs to.
    pub(crate) parent_kind: ParentKind,
    /// The complaint or participant it belongs to.
    pub(crate) parent: Uuid,
    /// Contract of that.
    pub(crate) contract: ContractId,
    /// What it is.
    pub(crate) kind: DocumentKind,
    /// Whether it may be read.
    pub(crate) stage: Stage,
    /// Media type.
    pub(crate) media_type: String,
    /// Size.
    pub(crate) size_bytes: i64,
    /// Digest of the bytes.
    pub(crate) sha256: Vec<u8>,
    /// Its object in the store.
    pub(crate) blob: ObjectName,
    /// Key it is sealed with.
    pub(crate) key: Uuid,
    /// Organisation that brought it.
    pub(crate) uploader_organisation: OrganisationId,
    /// Who brought it.
    pub(crate) uploader: String,
    /// When it was stored.
    pub(crate) created_at: Timestamp,
}

/// One that `caller` may see.
pub(crate) async fn find_visible(
    tx: &mut Tx,
    id: DocumentId,
    caller: OrganisationId,
) -> Result<Option<Document>, DbError> {
    tx.query(SELECT_VISIBLE).bind(id).bind(caller).optional(read).await
}

/// Those of a parent after `after`; whether the caller sees the parent has been asked.
pub(crate) async fn page(
    tx: &mut Tx,
    parent: Uuid,
    after: DocumentId,
    limit: i64,
) -> Result<Vec<Document>, DbError> {
    tx.query(SELECT_PAGE).bind(parent).bind(after).bind(limit).all(read).await
}

/// Those of these parents, by bare id: for the world.
pub(crate) async fn find_of_parents(tx: &mut Tx, parents: Vec<Uuid>) -> Result<Vec<Document>, DbError> {
    tx.query(SELECT_OF_PARENTS).keys(parents).all(read).await
}

/// Writes new ones.
pub(crate) async fn insert(tx: &mut Tx, rows: &[Document]) -> Result<(), DbError> {
    let mut batch = Batch::new(&INSERT);
    for row in rows {
        batch.push([
            row.id.value(),
            word::of(&row.parent_kind).value(),
            row.parent.value(),
            row.contract.value(),
            word::of(&row.kind).value(),
            word::of(&row.stage).value(),
            row.media_type.clone().value(),
            row.size_bytes.value(),
            row.sha256.clone().value(),
            row.blob.bytes().as_slice().value(),
            row.key.value(),
            row.uploader_organisation.value(),
            row.uploader.clone().value(),
            row.created_at.value(),
        ]);
    }
    tx.flush(batch).await.map(drop)
}

/// The documents as the sweep asks for them.
pub(crate) enum Swept {}

impl Rows for Swept {
    const NAMED: &'static str = SELECT_BLOBS;
    const PAGE: &'static str = SELECT_BLOB_PAGE;
}

fn read(row: &Row<'_>) -> Result<Document, DbError> {
    Ok(Document {
        id: Id::new(row.get("document_id")?),
        parent_kind: word::read(row, "parent_kind")?,
        parent: row.get("parent_id")?,
        contract: Id::new(row.get("contract_id")?),
        kind: word::read(row, "kind")?,
        stage: word::read(row, "stage")?,
        media_type: row.get("media_type")?,
        size_bytes: row.get("size_bytes")?,
        sha256: row.get("sha256")?,
        blob: object(row)?,
        key: row.get("key_id")?,
        uploader_organisation: Id::new(row.get("uploader_organisation_id")?),
        uploader: row.get("uploader")?,
        created_at: row.get("created_at")?,
    })
}
