//! Documents in rows: the state of an aggregate, and short lists.

use crate::{Cause, DbError, Parameter as _, Row, Value};
use serde::{Serialize, de::DeserializeOwned};

/// The state in a row.
pub fn read<S: DeserializeOwned>(row: &Row<'_>) -> Result<S, DbError> {
    read_as(row, "state")
}

/// The document in `column`.
pub fn read_as<S: DeserializeOwned>(row: &Row<'_>, column: &str) -> Result<S, DbError> {
    let document: serde_json::Value = row.get(column)?;
    S::deserialize(document).map_err(|_| row.inconsistent(column, "is of no known form"))
}

/// The state for a row.
pub fn write<S: Serialize>(state: &S) -> Result<Value, DbError> {
    write_as(state, "state")
}

/// The document for `column`.
pub fn write_as<S: Serialize>(document: &S, column: &str) -> Result<Value, DbError> {
    match serde_json::to_value(document) {
        Ok(document) => Ok(document.value()),
        Err(_) => Err(DbError::Refused(Cause::new(column, "cannot be written as a document"))),
    }
}
