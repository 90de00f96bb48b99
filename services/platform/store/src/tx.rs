//! A transaction: the only way to change a database. What is not committed is undone when it is dropped.

use std::sync::Arc;

use sqlx::{Postgres, Sqlite, Transaction};

use crate::{
    Batch, Cause, DbError, Query,
    db::Health,
    line::{Line, Open, Stage},
};

/// An open transaction. Dropping it undoes it.
#[derive(Debug)]
pub struct Tx {
    pub(crate) arm: Arm,
    pub(crate) health: Arc<Health>,
    pub(crate) stage: Stage,
}

#[derive(Debug)]
pub(crate) enum Arm {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    /// A statement, to which values are bound and which is then run. It means the same on both databases.
    pub fn query(&mut self, sql: &'static str) -> Query<'_> {
        Query::new(self.line(), sql)
    }

    /// Inserts all rows of `batch`, many at a time, and returns how many rows were inserted or updated.
    ///
    /// The caller compares it with [`Batch::len`] where every row must have gone in, which is how a lost race over
    /// a version shows.
    pub async fn flush(&mut self, batch: Batch) -> Result<u64, DbError> {
        batch.run(self).await
    }

    /// Inserts or replaces all rows of `batch`, whose versions are checked.
    ///
    /// # Errors
    /// [`DbError::Conflict`] when a row was no longer at the version that was read: someone else was first.
    pub async fn save(&mut self, batch: Batch) -> Result<(), DbError> {
        let meant = batch.len() as u64;
        if self.flush(batch).await? == meant {
            Ok(())
        } else {
            Err(DbError::Conflict(Cause::new("version", "a row was changed meanwhile")))
        }
    }

    /// Makes everything done so far durable. After `Ok` it is on disk.
    ///
    /// # Errors
    /// [`DbError::Refused`] when a statement failed before, and [`DbError::Unknown`] when the connection broke before the answer came.
    pub async fn commit(self) -> Result<(), DbError> {
        self.stage.check()?;
        let committed = match self.arm {
            Arm::Sqlite(tx) => tx.commit().await,
            Arm::Postgres(tx) => tx.commit().await,
        };
        committed.map_err(|error| self.health.note(DbError::from(error).while_committing()))
    }

    /// Undoes everything and waits for it, so that the connection is free again on return.
    pub async fn rollback(self) -> Result<(), DbError> {
        let undone = match self.arm {
            Arm::Sqlite(tx) => tx.rollback().await,
            Arm::Postgres(tx) => tx.rollback().await,
        };
        undone.map_err(|error| self.health.note(error.into()))
    }

    /// The connection, for a statement.
    pub(crate) fn line(&mut self) -> Line<'_> {
        let open = match &mut self.arm {
            Arm::Sqlite(open) => Open::Sqlite(open),
            Arm::Postgres(open) => Open::Postgres(open),
        };
        Line { open, health: &self.health, stage: &mut self.stage }
    }
}
