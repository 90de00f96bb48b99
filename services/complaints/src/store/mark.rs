//! How far the reactor has come.

use redress_store::{Batch, DbError, Parameter as _, Table, Tx};

pub(crate) const SELECT: &str = "SELECT reached FROM marks WHERE mark = $1";

pub(crate) const SET: Table = Table::replace("marks", &["mark", "reached"], &["mark"]);

/// What was reached, if anything was.
pub(crate) async fn find(tx: &mut Tx, mark: &str) -> Result<Option<String>, DbError> {
    tx.query(SELECT).bind(mark).optional(|row| row.get("reached")).await
}

/// Records what was reached.
pub(crate) async fn set(tx: &mut Tx, mark: &str, reached: String) -> Result<(), DbError> {
    let mut batch = Batch::new(&SET);
    batch.push([mark.value(), reached.value()]);
    tx.flush(batch).await.map(drop)
}
