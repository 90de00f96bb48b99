//! The guidance pinned on a complaint.

use ice_liaison_domain::{ComplaintId, Refusal};
use redress_policy::{Pack, PackRef, Rulebook};

/// The pack that is pinned; one that this program does not carry is not known.
pub(crate) fn pinned<'r>(
    rulebook: &'r Rulebook,
    pack: &PackRef,
    complaint: ComplaintId,
) -> Result<&'r Pack, Refusal> {
    rulebook.library.get(pack).map_err(|_| Refusal::NotFound { name: complaint.name() })
}
