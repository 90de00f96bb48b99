//! Texts under seal: what is personal, and what people wrote.

use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx};
use uuid::Uuid;

pub(crate) const SELECT: &str = "SELECT key_id, content FROM sealed WHERE subject_id = $1 AND part = $2";

pub(crate) const SELECT_LIKE: &str =
    "SELECT part, key_id, content FROM sealed WHERE subject_id = $1 AND part IN ({keys})";

pub(crate) const SELECT_OF_SUBJECTS: &str =
    "SELECT subject_id, key_id, content FROM sealed WHERE part = $1 AND subject_id IN ({keys})";

/// A sealed text is written once. What replaces it has another subject or another part.
pub(crate) const INSERT: Table = Table::insert("sealed", &["subject_id", "part", "key_id", "content"]);

/// One sealed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sealed {
    /// What it belongs to: a complaint, a letter, a participant, a document.
    pub(crate) subject: Uuid,
    /// Which text of it.
    pub(crate) part: String,
    /// Key it is sealed with.
    pub(crate) key: Uuid,
    /// The sealed bytes.
    pub(crate) content: Vec<u8>,
}

/// Writes texts.
pub(crate) async fn insert(tx: &mut Tx, texts: &[Sealed]) -> Result<(), DbError> {
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
pub(crate) async fn find(tx: &mut Tx, subject: Uuid, part: &str) -> Result<Option<Sealed>, DbError> {
    let found = tx.query(SELECT).bind(subject).bind(part).optional(key_and_content).await?;
    Ok(found.map(|(key, content)| Sealed { subject, part: part.to_owned(), key, content }))
}

/// Those of the named texts that are there.
pub(crate) async fn find_many(
    tx: &mut Tx,
    subject: Uuid,
    parts: Vec<String>,
) -> Result<Vec<Sealed>, DbError> {
    let found = tx.query(SELECT_LIKE).bind(subject).keys(parts).all(part_key_and_content).await?;
    Ok(found.into_iter().map(|(part, key, content)| Sealed { subject, part, key, content }).collect())
}

/// The same text of several subjects.
pub(crate) async fn find_of_subjects(
    tx: &mut Tx,
    subjects: Vec<Uuid>,
    part: &str,
) -> Result<Vec<Sealed>, DbError> {
    let read = |row: &Row<'_>| Ok((row.get("subject_id")?, row.get("key_id")?, row.get("content")?));
    let found: Vec<(Uuid, Uuid, Vec<u8>)> =
        tx.query(SELECT_OF_SUBJECTS).bind(part).keys(subjects).all(read).await?;
    let text = |(subject, key, content)| Sealed { subject, part: part.to_owned(), key, content };
    Ok(found.into_iter().map(text).collect())
}

fn key_and_content(row: &Row<'_>) -> Result<(Uuid, Vec<u8>), DbError> {
    Ok((row.get("key_id")?, row.get("content")?))
}

fn part_key_and_content(row: &Row<'_>) -> Result<(String, Uuid, Vec<u8>), DbError> {
    Ok((row.get("part")?, row.get("key_id")?, row.get("content")?))
}
