//! Answers lapse: they are kept for repetitions of their request, and nobody repeats a request for ever. Kept without end they
//! would outgrow everything else in the database.

use jiff::Timestamp;
use redress_store::{Db, DbError};

pub(crate) const LAPSE: &str = "DELETE FROM requests WHERE (caller_organisation, request_id) IN \
     (SELECT caller_organisation, request_id FROM requests WHERE recorded_at < $1 ORDER BY recorded_at LIMIT $2)";

/// Forgets answers that were recorded before `before`, the oldest first and at most so many, and returns how many those were.
///
/// A request that is repeated afterwards is a new one, and meets what it brought about the first time.
pub async fn lapse(db: &Db, before: Timestamp, most: i64) -> Result<u64, DbError> {
    let mut tx = db.write().await?;
    let lapsed = tx.query(LAPSE).bind(before).bind(most).execute().await?;
    tx.commit().await?;
    Ok(lapsed)
}
