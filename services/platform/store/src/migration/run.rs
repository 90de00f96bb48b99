//! Applies migrations and keeps their history.

use std::{collections::BTreeMap, fmt};

use aws_lc_rs::digest;

use super::{List, Migration};
use crate::{Db, DbError, Tx, db::Engine, row::Row};

/// A migration that is not yet applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Whose it is.
    pub list: &'static str,
    /// Which one.
    pub migration: &'static Migration,
}

/// A migration that was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Whose it is.
    pub list: String,
    /// Its version.
    pub version: i64,
    /// What identifies its text.
    pub checksum: Vec<u8>,
}

impl fmt::Display for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:04} {}", self.list, self.migration.version, self.migration.name)
    }
}

const HISTORY: &str = "\
CREATE TABLE IF NOT EXISTS migrations (
    list TEXT NOT NULL,
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    checksum BYTEA NOT NULL,
    PRIMARY KEY (list, version)
);
";

const SELECT: &str = "SELECT list, version, checksum FROM migrations";

const INSERT: &str = "INSERT INTO migrations (list, version, name, checksum) VALUES ($1, $2, $3, $4)";

/// Held on PostgreSQL until the end of the transaction; SQLite has one writer anyway. Whatever number, always this.
/// Index builds may take longer than a service's statement may.
const ALONE: &str = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '10s'; \
                     SELECT pg_advisory_xact_lock(7234017283807667300);";

/// What identifies the text that was applied.
pub fn checksum(migration: &Migration) -> Vec<u8> {
    digest::digest(&digest::SHA256, migration.sql.as_bytes()).as_ref().to_vec()
}

pub(super) async fn migrate(db: &Db, lists: &[List]) -> Result<usize, DbError> {
    let engine = db.engine();
    let mut tx = db.write().await?;
    if engine == Engine::Postgres {
        Db::run_script(&mut tx, ALONE.to_owned()).await?;
    }
    Db::run_script(&mut tx, history(engine)?).await?;
    let pending = compare(&applied(&mut tx).await?, lists)?;
    for Pending { list, migration } in &pending {
        tracing::info!(list, version = migration.version, name = migration.name, "migrating");
        Db::run_script(&mut tx, migration.render(engine)?).await?;
        tx.query(INSERT)
            .bind(*list)
            .bind(migration.version)
            .bind(migration.name)
            .bind(checksum(migration))
            .execute()
            .await?;
    }
    tx.commit().await?;
    Ok(pending.len())
}

pub(super) async fn pending(db: &Db, lists: &[List]) -> Result<Vec<Pending>, DbError> {
    let mut tx = db.read().await?;
    compare(&history_of(&mut tx).await?, lists)
}

pub(super) async fn applied_here(db: &Db) -> Result<Vec<Applied>, DbError> {
    let history = history_of(&mut db.read().await?).await?;
    let applied = |((list, version), checksum)| Applied { list, version, checksum };
    Ok(history.into_iter().map(applied).collect())
}

/// What was applied; nothing where there is no history yet.
async fn history_of(tx: &mut Tx) -> Result<History, DbError> {
    let found = match tx.engine() {
        Engine::Sqlite => {
            tx.query("SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'")
                .all(|_| Ok(()))
                .await
        }
        Engine::Postgres => {
            tx.query("SELECT 1 FROM pg_tables WHERE tablename = 'migrations' AND schemaname = current_schema")
                .all(|_| Ok(()))
                .await
        }
    }?;
    if found.is_empty() { Ok(BTreeMap::new()) } else { applied(tx).await }
}

fn history(engine: Engine) -> Result<String, DbError> {
    Migration { version: 0, name: "history", sql: HISTORY }.render(engine)
}

type History = BTreeMap<(String, i64), Vec<u8>>;

async fn applied(tx: &mut Tx) -> Result<History, DbError> {
    let read = |row: &Row<'_>| Ok(((row.get("list")?, row.get("version")?), row.get("checksum")?));
    Ok(tx.query(SELECT).all(read).await?.into_iter().collect())
}

/// What is to be applied. History must be what this program has, as far as it goes.
fn compare(applied: &History, lists: &[List]) -> Result<Vec<Pending>, DbError> {
    let mut pending = Vec::new();
    for list in lists {
        let newest = applied.keys().filter(|(name, _)| name == list.name).map(|(_, version)| *version).max();
        let mut before = 0;
        for migration in list.migrations {
            let entry = Pending { list: list.name, migration };
            if migration.version <= before {
                return Err(DbError::refused(
                    "migration",
                    format!("{entry} does not follow version {before}"),
                ));
            }
            before = migration.version;
            match applied.get(&(list.name.to_owned(), migration.version)) {
                Some(found) if *found == checksum(migration) => {}
                Some(_) => {
                    return Err(DbError::refused(
                        "migration",
                        format!("{entry} was edited after it was applied"),
                    ));
                }
                None if newest.is_some_and(|newest| newest > migration.version) => {
                    return Err(DbError::refused(
                        "migration",
                        format!("{entry} was left out when a later one was applied"),
                    ));
                }
                None => pending.push(entry),
            }
        }
    }
    Ok(pending)
}
