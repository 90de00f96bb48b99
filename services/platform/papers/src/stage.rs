//! Whether a paper may be read.

use serde::{Deserialize, Serialize};

/// Whether a paper may be read. All but the first are kept in quarantine, not lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Stage {
    /// It may.
    Stored,
    /// Its content is not of the type that it was said to have.
    Mismatched,
    /// Its content cannot be looked into.
    Unscannable,
    /// It is harmful.
    Harmful,
}
