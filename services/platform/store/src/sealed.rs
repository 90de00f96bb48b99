//! Texts under seal: what is personal, and what people wrote, kept apart from all else.
//!
//! The table is part of a service's own schema, by [`SQL`]. Which texts there are is the service's to say; here a text is
//! a *part* of a *subject*, and is bound to both.

use uuid::Uuid;

use crate::{Batch, Context, DataKey, DbError, Parameter as _, Row, Table, Tx, seal::SealFault};

/// The table, as a migration.
pub const SQL: &str = include_str!("sealed/sealed.sql");

/// Every statement, for the test that prepares each on both databases.
pub const STATEMENTS: &[&str] = &[SELECT, SELECT_LIKE, SELECT_OF_SUBJECTS, DELETE];

/// Every table that is written, for the same test.
pub const TABLES: &[&Table] = &[&INSERT];

const SELECT: &str = "SELECT key_id, content FROM sealed WHERE subject_id = $1 AND part = $2";

const SELECT_LIKE: &str =
    "SELECT part, key_id, content FROM sealed WHERE subject_id = $1 AND part IN ({keys})";

const SELECT_OF_SUBJECTS: &str =
    "SELECT subject_id, key_id, content FROM sealed WHERE part = $1 AND subject_id IN ({keys})";

const DELETE: &str = "DELETE FROM sealed WHERE subject_id IN ({keys})";

/// A sealed text is written once. What replaces it has another subject or another part.
const INSERT: Table = Table::insert("sealed", &["subject_id", "part", "key_id", "content"]);

/// One sealed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// What it belongs to: a complaint, a letter, a participant, a document.
    pub subject: Uuid,
    /// Which text of it.
    pub part: String,
    /// Key it is sealed with.
    pub key: Uuid,
    /// The sealed bytes.
    pub content: Vec<u8>,
}

/// Seals a text of `subject`.
pub fn seal(key: &DataKey, part: &'static str, subject: Uuid, text: &[u8]) -> Result<Sealed, SealFault> {
    let content = key.seal(&Context::new("sealed", part, subject), text)?;
    Ok(Sealed { subject, part: part.to_owned(), key: key.id().uuid(), content })
}

/// Opens a text. A part that a subject has several of was sealed under its name without the number.
pub fn open(key: &DataKey, part: &'static str, sealed: &Sealed) -> Result<Vec<u8>, SealFault> {
    key.unseal(&Context::new("sealed", part, sealed.subject), &sealed.content)
}

/// Writes texts.
pub async fn insert(tx: &mut Tx, texts: &[Sealed]) -> Result<(), DbError> {
    let mut batch = Batch::new(&INSERT);
    for text in texts {
        batch.push([
            text.subject.value(),
            text.part.clone().value(),
            text.key.value(),
            text.content.clone().value(),
        ]);
    }
    tx.flush(batch).await.map(drop)
}

/// One text, if it is there.
pub async fn find(tx: &mut Tx, subject: Uuid, part: &str) -> Result<Option<Sealed>, DbError> {
    let found = tx.query(SELECT).bind(subject).bind(part).optional(key_and_content).await?;
    Ok(found.map(|(key, content)| Sealed { subject, part: part.to_owned(), key, content }))
}

/// Those of the named texts that are there.
pub async fn find_many(tx: &mut Tx, subject: Uuid, parts: Vec<String>) -> Result<Vec<Sealed>, DbError> {
    let found = tx.query(SELECT_LIKE).bind(subject).keys(parts).all(part_key_and_content).await?;
    Ok(found.into_iter().map(|(part, key, content)| Sealed { subject, part, key, content }).collect())
}

/// The same text of several subjects.
pub async fn find_of_subjects(tx: &mut Tx, subjects: Vec<Uuid>, part: &str) -> Result<Vec<Sealed>, DbError> {
    let read = |row: &Row<'_>| Ok((row.get("subject_id")?, row.get("key_id")?, row.get("content")?));
    let found: Vec<(Uuid, Uuid, Vec<u8>)> =
        tx.query(SELECT_OF_SUBJECTS).bind(part).keys(subjects).all(read).await?;
    let text = |(subject, key, content)| Sealed { subject, part: part.to_owned(), key, content };
    Ok(found.into_iter().map(text).collect())
}

/// Deletes every text of these subjects, and returns how many there were.
pub async fn delete(tx: &mut Tx, subjects: Vec<Uuid>) -> Result<u32, DbError> {
    let deleted = tx.query(DELETE).keys(subjects).execute().await?;
    Ok(u32::try_from(deleted).unwrap_or(u32::MAX))
}

fn key_and_content(row: &Row<'_>) -> Result<(Uuid, Vec<u8>), DbError> {
    Ok((row.get("key_id")?, row.get("content")?))
}

fn part_key_and_content(row: &Row<'_>) -> Result<(String, Uuid, Vec<u8>), DbError> {
    Ok((row.get("part")?, row.get("key_id")?, row.get("content")?))
}
