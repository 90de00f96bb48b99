//! PostgreSQL's SQLSTATEs. Its messages quote values (`invalid input syntax for type uuid: "…"`), so they are kept
//! only for errors in the statement itself; everything else is told by code, table and constraint.

use sqlx::postgres::PgDatabaseError;

use super::{Cause, DbError};

pub(super) fn classify(error: &PgDatabaseError) -> DbError {
    let code = error.code();
    let cause = Cause::new(format!("sqlstate {code}"), about(error));
    let class = code.get(..2).unwrap_or_default();
    match (class, code) {
        ("40", _) | (_, "55P03" | "23505") => DbError::Conflict(cause),
        ("08", _) | (_, "57P01" | "57P02" | "57P03" | "57P05" | "53300") => DbError::Unavailable(cause),
        ("53", _) => DbError::Exhausted(cause),
        (_, "57014" | "25P03") => DbError::Timeout(cause),
        ("58" | "XX", _) => DbError::Broken(cause),
        _ => DbError::Refused(cause),
    }
}

fn about(error: &PgDatabaseError) -> String {
    if error.code().starts_with("42") {
        return error.message().to_owned();
    }
    match (error.table(), error.constraint()) {
        (Some(table), Some(constraint)) => format!("{constraint} on {table}"),
        (Some(table), None) => format!("{}.{}", table, error.column().unwrap_or("?")),
        (None, _) => "reported by the server".to_owned(),
    }
}
