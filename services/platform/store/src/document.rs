//! Documents in rows: the state of an aggregate, and short lists.
//!
//! A document goes between its own type and its text without anything in between: states are written and read with every command
//! and every look at a case.

use serde::{Serialize, de::DeserializeOwned};

use crate::{Cause, DbError, Parameter as _, Row, Value};

/// The text of a JSON document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document(String);

impl Document {
    /// The text of `document`; `name` says in the error what it was to be.
    ///
    /// # Errors
    /// [`DbError::Refused`] when it has no form in JSON, such as a map whose keys are no texts.
    pub fn of<S: Serialize>(document: &S, name: &str) -> Result<Self, DbError> {
        match serde_json::to_string(document) {
            Ok(text) => Ok(Self(text)),
            Err(_) => Err(DbError::Refused(Cause::new(name, "cannot be written as a document"))),
        }
    }

    /// What was written; `None` when it is of another form.
    pub fn read<S: DeserializeOwned>(&self) -> Option<S> {
        serde_json::from_str(&self.0).ok()
    }

    /// A text that a database has kept as a document.
    pub(crate) const fn kept(text: String) -> Self {
        Self(text)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn into_text(self) -> String {
        self.0
    }

    /// Whether a NUL is in it, which is written as `\u0000`, while `\\u0000` is a backslash and letters.
    pub(crate) fn holds_nul(&self) -> bool {
        self.0.match_indices("\\u0000").any(|(at, _)| {
            let before = self.0[..at].bytes().rev().take_while(|byte| *byte == b'\\').count();
            before % 2 == 0
        })
    }
}

/// The state in a row.
pub fn read<S: DeserializeOwned>(row: &Row<'_>) -> Result<S, DbError> {
    read_as(row, "state")
}

/// The document in `column`.
pub fn read_as<S: DeserializeOwned>(row: &Row<'_>, column: &str) -> Result<S, DbError> {
    row.get::<Document>(column)?.read().ok_or_else(|| row.inconsistent(column, "is of no known form"))
}

/// The state for a row.
pub fn write<S: Serialize>(state: &S) -> Result<Value, DbError> {
    write_as(state, "state")
}

/// The document for `column`.
pub fn write_as<S: Serialize>(document: &S, column: &str) -> Result<Value, DbError> {
    Document::of(document, column).map(Document::value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nul_is_found_however_many_backslashes_stand_before_it() {
        for (text, holds) in [
            ("a\0b", true),
            ("\\\0", true),
            ("\\u0000", false),
            ("\\\\u0000", false),
            ("\\u0000\0", true),
            ("", false),
        ] {
            assert_eq!(Document::of(&text, "text").expect("a text").holds_nul(), holds, "{text:?}");
            assert_eq!(Document::of(&[(text, 1)], "pairs").expect("pairs").holds_nul(), holds, "{text:?}");
        }
    }
}
