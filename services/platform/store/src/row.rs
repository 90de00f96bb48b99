//! A row, read by name, column by column, into portable types.

use sqlx::{postgres::PgRow, sqlite::SqliteRow};

use crate::{
    DbError,
    db::{postgres, sqlite},
    value::{Column, Kind, Value},
};

/// One row of a result.
#[derive(Debug)]
pub struct Row<'r> {
    arm: Arm<'r>,
    sql: &'r str,
}

#[derive(Debug)]
enum Arm<'r> {
    Sqlite(&'r SqliteRow),
    Postgres(&'r PgRow),
}

impl<'r> Row<'r> {
    pub(crate) fn sqlite(row: &'r SqliteRow, sql: &'r str) -> Self {
        Self { arm: Arm::Sqlite(row), sql }
    }

    pub(crate) fn postgres(row: &'r PgRow, sql: &'r str) -> Self {
        Self { arm: Arm::Postgres(row), sql }
    }

    /// The value of `column`.
    pub fn get<C: Column>(&self, column: &str) -> Result<C, DbError> {
        let value = self.value(column, C::KIND).map_err(|error| self.name(error, column))?;
        C::take(value).ok_or_else(|| self.inconsistent(column, "is NULL"))
    }

    /// The error for a row that contradicts itself, for readers that find one.
    pub fn inconsistent(&self, column: &str, reason: &'static str) -> DbError {
        DbError::Inconsistent { table: table_of(self.sql).to_owned(), column: column.to_owned(), reason }
    }

    fn value(&self, column: &str, kind: Kind) -> Result<Value, DbError> {
        match self.arm {
            Arm::Sqlite(row) => sqlite::read(row, column, kind),
            Arm::Postgres(row) => postgres::read(row, column, kind),
        }
    }

    fn name(&self, error: DbError, column: &str) -> DbError {
        if let DbError::Inconsistent { reason, .. } = error {
            self.inconsistent(column, reason)
        } else {
            error
        }
    }
}

/// The table a statement is mainly about, for messages.
pub(crate) fn table_of(sql: &str) -> &str {
    let mut words = sql.split_whitespace();
    while let Some(word) = words.next() {
        if matches!(word, "FROM" | "INTO" | "UPDATE") {
            return words.next().unwrap_or("?");
        }
    }
    "?"
}
