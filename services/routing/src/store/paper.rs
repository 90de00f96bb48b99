//! What is known of papers; their bytes lie in the object store, their names under seal.

use std::collections::HashSet;

use jiff::Timestamp;
use redress_kernel::Id;
use redress_papers::{
    Stage,
    sweep::{Rows, object},
};
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx, blob::ObjectName, word};
use routing_domain::{ContactId, ContractId, OrganisationId, PaperId};
use uuid::Uuid;

/// Visible to the parties of the contact.
pub(crate) const SELECT_VISIBLE: &str = "SELECT w.paper_id, w.contact_id, w.contract_id, w.stage, media_type, size_bytes, \
     sha256, blob, key_id, uploader_organisation_id, uploader, created_at FROM papers AS w \
     JOIN parties AS p ON p.thing_id = w.contact_id AND p.organisation_id = $2 WHERE w.paper_id = $1";

/// Those of these papers whose contact an organisation may see.
pub(crate) const SELECT_AMONG: &str = "SELECT w.paper_id FROM papers AS w JOIN parties AS p ON p.thing_id = w.contact_id \
     AND p.organisation_id = $1 WHERE w.paper_id IN ({keys})";

/// For a caller who was found to see the contact.
pub(crate) const SELECT_PAGE: &str = "SELECT paper_id, contact_id, contract_id, stage, media_type, size_bytes, sha256, \
     blob, key_id, uploader_organisation_id, uploader, created_at FROM papers \
     WHERE contact_id = $1 AND paper_id > $2 ORDER BY paper_id LIMIT $3";

/// What can be read of the papers of these contacts.
pub(crate) const SELECT_OF_CONTACTS: &str =
    "SELECT contact_id, paper_id, stage FROM papers WHERE contact_id IN ({keys})";

/// Which of these objects a row names.
pub(crate) const SELECT_BLOBS: &str = "SELECT blob FROM papers WHERE blob IN ({keys})";

/// Which objects there must be.
pub(crate) const SELECT_BLOB_PAGE: &str =
    "SELECT paper_id AS id, blob FROM papers WHERE paper_id > $1 ORDER BY paper_id LIMIT $2";

pub(crate) const INSERT: Table = Table::insert(
    "papers",
    &[
        "paper_id",
        "contact_id",
        "contract_id",
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

/// A paper as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Paper {
    /// Which one.
    pub(crate) id: PaperId,
    /// The contact it belongs to.
    pub(crate) contact: ContactId,
    /// Contract of that.
    pub(crate) contract: ContractId,
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
    id: PaperId,
    caller: OrganisationId,
) -> Result<Option<Paper>, DbError> {
    tx.query(SELECT_VISIBLE).bind(id).bind(caller).optional(read).await
}

/// Those of these papers that `caller` may see.
pub(crate) async fn find_among(
    tx: &mut Tx,
    caller: OrganisationId,
    papers: Vec<Uuid>,
) -> Result<HashSet<Uuid>, DbError> {
    let found = tx.query(SELECT_AMONG).bind(caller).keys(papers);
    Ok(found.all(|row| row.get("paper_id")).await?.into_iter().collect())
}

/// Those of a contact after `after`; whether the caller sees the contact has been asked.
pub(crate) async fn page(
    tx: &mut Tx,
    contact: ContactId,
    after: PaperId,
    limit: i64,
) -> Result<Vec<Paper>, DbError> {
    tx.query(SELECT_PAGE).bind(contact).bind(after).bind(limit).all(read).await
}

/// The papers of these contacts that can be read, by bare id: for the world.
pub(crate) async fn find_readable(
    tx: &mut Tx,
    contacts: Vec<ContactId>,
) -> Result<Vec<(ContactId, PaperId)>, DbError> {
    let found = |row: &Row<'_>| {
        let stage: Stage = word::read(row, "stage")?;
        Ok((stage, Id::new(row.get("contact_id")?), Id::new(row.get("paper_id")?)))
    };
    let all = tx.query(SELECT_OF_CONTACTS).keys(contacts).all(found).await?;
    let readable = all.into_iter().filter(|(stage, ..)| *stage == Stage::Stored);
    Ok(readable.map(|(_, contact, paper)| (contact, paper)).collect())
}

/// Writes new ones.
pub(crate) async fn insert(tx: &mut Tx, rows: &[Paper]) -> Result<(), DbError> {
    let mut batch = Batch::new(&INSERT);
    for row in rows {
        batch.push([
            row.id.value(),
            row.contact.value(),
            row.contract.value(),
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

/// The papers as the sweep asks for them.
pub(crate) enum Swept {}

impl Rows for Swept {
    const NAMED: &'static str = SELECT_BLOBS;
    const PAGE: &'static str = SELECT_BLOB_PAGE;
}

fn read(row: &Row<'_>) -> Result<Paper, DbError> {
    Ok(Paper {
        id: Id::new(row.get("paper_id")?),
        contact: Id::new(row.get("contact_id")?),
        contract: Id::new(row.get("contract_id")?),
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
