//! How far work has come that goes on by itself, by the name of the work.
//!
//! The table is part of a service's own schema, by [`SQL`].

use crate::{Batch, DbError, Parameter as _, Table, Tx};

/// The table, as a migration.
pub const SQL: &str = include_str!("mark/mark.sql");

/// Every statement, for the test that prepares each on both databases.
pub const STATEMENTS: &[&str] = &[SELECT];

/// Every table that is written, for the same test.
pub const TABLES: &[&Table] = &[&SET];

const SELECT: &str = "SELECT reached FROM marks WHERE mark = $1";

const SET: Table = Table::replace("marks", &["mark", "reached"], &["mark"]);

/// What was reached, if anything was.
pub async fn find(tx: &mut Tx, mark: &str) -> Result<Option<String>, DbError> {
    tx.query(SELECT).bind(mark).optional(|row| row.get("reached")).await
}

/// Records what was reached.
pub async fn set(tx: &mut Tx, mark: &str, reached: String) -> Result<(), DbError> {
    let mut batch = Batch::new(&SET);
    batch.push([mark.value(), reached.value()]);
    tx.flush(batch).await.map(drop)
}
