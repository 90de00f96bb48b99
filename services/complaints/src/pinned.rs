//! The pack that is pinned on a complaint.

use complaints_domain::{ComplaintId, Refusal, complaint::State};
use redress_policy::{Pack, Rulebook};

/// The pack pinned on a complaint.
pub(crate) fn pinned<'r>(
    rulebook: &'r Rulebook,
    state: &State,
    complaint: ComplaintId,
) -> Result<&'r Pack, Refusal> {
    let case = state.case().ok_or_else(|| Refusal::NotFound { name: complaint.name() })?;
    Ok(rulebook.library.get(&case.file.pack)?)
}
