//! Optimistic saves: every row must have gone in, or someone else was first.

use redress_store::{Batch, Cause, DbError, Tx};

/// Writes rows whose versions are checked.
///
/// # Errors
/// [`DbError::Conflict`] when a row was no longer at the version that was read.
pub(super) async fn all_saved(tx: &mut Tx, batch: Batch) -> Result<(), DbError> {
    let meant = batch.len() as u64;
    if tx.flush(batch).await? == meant {
        Ok(())
    } else {
        Err(DbError::Conflict(Cause::new("version", "a row was changed meanwhile")))
    }
}
