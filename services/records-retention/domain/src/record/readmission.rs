//! Content that was destroyed, and comes back: it is known again by its digest, and taken in only on authority (RET-14).

use jiff::civil::Date;

use crate::{RecordId, Refusal};

/// Content that was destroyed, as far as anything is left of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone {
    /// The record in which it lay.
    pub record: RecordId,
    /// Day on which that was destroyed.
    pub destroyed_on: Date,
}

/// Whether content may be taken in, and the destroyed record that it lay in before.
///
/// # Errors
/// Refuses what was destroyed before, unless somebody names the order to take it in again (reliability D31).
pub fn readmit(gone: Option<Gone>, authority: Option<&str>) -> Result<Option<RecordId>, Refusal> {
    match (gone, authority) {
        (None, _) => Ok(None),
        (Some(gone), Some(_)) => Ok(Some(gone.record)),
        (Some(Gone { record, destroyed_on }), None) => {
            Err(Refusal::PreviouslyDestroyed { record, destroyed_on })
        }
    }
}
