//! SQLite's result codes. Its messages name tables and columns and never a value, so they are kept.

use sqlx::{error::DatabaseError, sqlite::SqliteError};

use super::{Cause, DbError};

/// `SQLITE_CONSTRAINT_PRIMARYKEY`, `_UNIQUE` and `_ROWID`: a key that is taken.
const TAKEN: [i32; 3] = [1555, 2067, 2579];

pub(super) fn classify(error: &SqliteError) -> DbError {
    let code = error.code().and_then(|code| code.parse::<i32>().ok()).unwrap_or(1);
    let cause = Cause::new(format!("sqlite {code}"), error.message());
    // The low byte is the primary code; what is above it says which kind.
    match code & 0xff {
        _ if TAKEN.contains(&code) => DbError::Conflict(cause),
        5 | 6 => DbError::Conflict(cause),
        7 | 13 => DbError::Exhausted(cause),
        9 => DbError::Timeout(cause),
        10 | 11 | 26 => DbError::Broken(cause),
        14 => DbError::Unavailable(cause),
        _ => DbError::Refused(cause),
    }
}
