//! The history of one thing, as soon as it is committed.
//!
//! Whoever follows the whole log needs positions, which the sequencer gives a moment later; whoever asks what happened
//! to one thing wants all of it now, and its versions are an order of their own.

use prost::Message as _;
use redress_store::{DbError, Row, Tx};
use uuid::Uuid;

use crate::entry::Content;

pub(crate) const SELECT_HISTORY: &str = "SELECT content FROM journal \
     WHERE stream_kind = $1 AND stream_id = $2 AND stream_version > $3 ORDER BY stream_version LIMIT $4";

/// What happened to a thing after a version of it, oldest first.
pub async fn history(
    tx: &mut Tx,
    kind: &str,
    id: Uuid,
    after: i64,
    limit: i64,
) -> Result<Vec<Content>, DbError> {
    tx.query(SELECT_HISTORY).bind(kind).bind(id).bind(after).bind(limit).all(content).await
}

fn content(row: &Row<'_>) -> Result<Content, DbError> {
    let bytes: Vec<u8> = row.get("content")?;
    Content::decode(bytes.as_slice())
        .map_err(|_| row.inconsistent("content", "is not the content of an entry"))
}
