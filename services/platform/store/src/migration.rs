//! Schema changes: forward only, in order, each written once for both databases, never edited after the fact.
//!
//! A migration is a text with PostgreSQL's type names, one column a line. For SQLite it is translated so that a
//! wrongly typed value is refused there as well; see [`mod@translate`]. A table marked with a comment line
//! `-- append-only: entries` refuses to be changed; with `-- append-only: entries, position set once` the named
//! columns may be given a value where they have none. One marked `-- rewritten: data_keys by data_keys_pkey` can be
//! written anew in the order of that index; see [`Db::scrub`].

mod append_only;
mod rewritten;
mod run;
mod translate;

pub use run::{Applied, Pending, checksum};

use crate::{Db, DbError, db::Engine};

/// One step of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Migration {
    /// Its number, rising within its list.
    pub version: i64,
    /// What it does, such as `journal`.
    pub name: &'static str,
    /// The text, by `include_str!`.
    pub sql: &'static str,
}

/// The steps of one part of a database, such as those of the journal or of a service. Lists are applied in the order
/// given; each has a history of its own, so that they do not collide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List {
    /// Whose steps they are; never changed.
    pub name: &'static str,
    /// The steps, by rising version.
    pub migrations: &'static [Migration],
}

impl Migration {
    /// The text for one database.
    ///
    /// # Errors
    /// [`DbError::Refused`] when it uses a type or a mark that is not known.
    pub fn render(&self, engine: Engine) -> Result<String, DbError> {
        let schema = match engine {
            Engine::Sqlite => translate::sqlite(self.sql)?,
            Engine::Postgres => translate::postgres(self.sql)?,
        };
        Ok(schema + &append_only::triggers(self.sql, engine)? + &rewritten::functions(self.sql, engine)?)
    }
}

impl Db {
    /// Applies every migration that is not yet applied, all or none, and returns how many there were. Several
    /// processes may do so at once.
    ///
    /// # Errors
    /// [`DbError::Refused`] when an applied migration was edited, or one is missing below one that was applied.
    pub async fn migrate(&self, lists: &[List]) -> Result<usize, DbError> {
        run::migrate(self, lists).await
    }

    /// The migrations that were applied, in the order of their lists' names and their versions.
    pub async fn applied(&self) -> Result<Vec<Applied>, DbError> {
        run::applied_here(self).await
    }

    /// The migrations that are not yet applied; empty when the database is up to date or ahead of this program.
    ///
    /// # Errors
    /// As for [`Db::migrate`].
    pub async fn pending(&self, lists: &[List]) -> Result<Vec<Pending>, DbError> {
        run::pending(self, lists).await
    }
}
