//! Copies of whole databases: taken while others write, each of one moment; and put in place of a database that holds nothing.
//!
//! SQLite writes the copy itself, compact and without what was deleted. On PostgreSQL every table is copied out in one
//! snapshot, in the server's own binary form; no program of the server's is needed, and a role that may read is enough.

mod postgres;
mod sqlite;

use std::{io, path::Path};

use crate::{Cause, Db, DbError, List, Settings, Tx, db::Pools, migration::Applied};

impl Db {
    /// Copies the whole database into an empty folder, as it is at one moment, and returns the names of the files.
    pub async fn copy_into(&self, folder: &Path) -> Result<Vec<String>, DbError> {
        match self.pools() {
            Pools::Sqlite { writer, .. } => sqlite::copy_into(writer, folder).await,
            Pools::Postgres { .. } => postgres::copy_into(&mut self.read().await?, folder).await,
        }
    }

    /// Whether it holds nothing but its own schema.
    pub async fn is_blank(&self) -> Result<bool, DbError> {
        match self.pools() {
            Pools::Sqlite { .. } => Ok(self.applied().await?.is_empty()),
            Pools::Postgres { .. } => postgres::is_blank(&mut self.read().await?).await,
        }
    }
}

/// Puts the copy in `folder` in place of the database at `url`, which must hold nothing, and does `mark` in the same step: there
/// is no moment at which the copy is there without its mark.
///
/// # Errors
/// [`DbError::Refused`] when there is something already, or when the schema there is not `schema`. `lists` lead to that schema
/// where there is none yet.
pub async fn put_back(
    folder: &Path,
    url: &str,
    settings: Settings,
    lists: &[List],
    schema: &[Applied],
    mark: impl AsyncFnOnce(&mut Tx) -> Result<(), DbError>,
) -> Result<(), DbError> {
    if url.starts_with("sqlite:") {
        return sqlite::put_back(folder, url, settings, mark).await;
    }
    let db = Db::open(url, settings).await?;
    if !db.pending(lists).await?.is_empty() {
        db.migrate(lists).await?;
    }
    if db.applied().await? != schema {
        return Err(DbError::refused("schema", "the database has another schema than the copy"));
    }
    if !db.is_blank().await? {
        return Err(occupied());
    }
    let mut tx = db.write().await?;
    postgres::fill(&mut tx, folder).await?;
    mark(&mut tx).await?;
    tx.commit().await?;
    db.close().await;
    Ok(())
}

fn occupied() -> DbError {
    DbError::refused("target", "the database that is to be restored is not empty")
}

fn io(error: &io::Error) -> DbError {
    DbError::Unavailable(Cause::new("folder", error.kind().to_string()))
}
