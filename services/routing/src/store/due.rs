//! What the clocks of a letter or a mixed complaint come to, beside its state.

use jiff::civil::Date;
use redress_store::{DbError, Row};

/// What they come to, for lists and the reactor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Due {
    /// Kind of the next clock.
    pub(crate) kind: Option<String>,
    /// When the next clock falls due.
    pub(crate) on: Option<Date>,
    /// When the reactor must look again.
    pub(crate) wake_on: Option<Date>,
}

/// As read from a row.
pub(super) fn read(row: &Row<'_>) -> Result<Due, DbError> {
    Ok(Due { kind: row.get("next_due_kind")?, on: row.get("next_due_on")?, wake_on: row.get("wake_on")? })
}
