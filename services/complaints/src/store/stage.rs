//! Stages of complaints as the words in which they are kept.

use complaints_domain::complaint::StageName;
use redress_store::{DbError, Row};

/// The stage in a row.
pub(crate) fn read(row: &Row<'_>) -> Result<StageName, DbError> {
    let word: String = row.get("stage")?;
    let known = StageName::ALL.into_iter().find(|stage| stage.as_str() == word);
    known.ok_or_else(|| row.inconsistent("stage", "is not a known stage"))
}
