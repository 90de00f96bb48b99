//! A connection as a statement sees it, whether it is inside a transaction or not.

use sqlx::{PgConnection, SqliteConnection};

use crate::{
    DbError,
    db::{Engine, Health},
};

/// A connection on which a statement can be run.
#[derive(Debug)]
pub(crate) struct Line<'t> {
    pub(crate) open: Open<'t>,
    pub(crate) health: &'t Health,
    pub(crate) stage: &'t mut Stage,
}

#[derive(Debug)]
pub(crate) enum Open<'t> {
    Sqlite(&'t mut SqliteConnection),
    Postgres(&'t mut PgConnection),
}

/// Whether more statements may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Sound,
    /// A statement failed. PostgreSQL then refuses all others of the transaction, and answers a commit by undoing everything without
    /// saying so; SQLite goes on, or has undone everything already and would take what follows as transactions of
    /// their own. So nothing more is sent.
    Failed,
}

impl Stage {
    /// Refuses to go on after a statement has failed.
    pub(crate) fn check(self) -> Result<(), DbError> {
        match self {
            Self::Sound => Ok(()),
            Self::Failed => {
                Err(DbError::refused("transaction", "a statement of this transaction failed before"))
            }
        }
    }
}

impl Line<'_> {
    /// Which database it is.
    pub(crate) const fn engine(&self) -> Engine {
        match self.open {
            Open::Sqlite(_) => Engine::Sqlite,
            Open::Postgres(_) => Engine::Postgres,
        }
    }

    /// Passes on the error of a statement, after which nothing more is sent, unless only a row could not be read.
    pub(crate) fn fail(self, error: DbError) -> DbError {
        if !matches!(error, DbError::Inconsistent { .. }) {
            *self.stage = Stage::Failed;
        }
        self.health.note(error)
    }
}
