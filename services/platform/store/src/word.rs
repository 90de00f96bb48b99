//! Enum values as the words in which they are kept, which are those of their serialised form.

use crate::{DbError, Row};
use serde::{Serialize, de::DeserializeOwned};

/// The word for a value without data of its own.
pub fn of<E: Serialize>(value: &E) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        // A value with data has no word; the columns' readers refuse what this would write.
        Ok(_) | Err(_) => String::new(),
    }
}

/// The value in a column.
pub fn read<E: DeserializeOwned>(row: &Row<'_>, column: &str) -> Result<E, DbError> {
    parse(row.get(column)?).ok_or_else(|| row.inconsistent(column, "is not a known word"))
}

/// The value for a word.
pub fn parse<E: DeserializeOwned>(word: String) -> Option<E> {
    serde_json::from_value(serde_json::Value::String(word)).ok()
}
