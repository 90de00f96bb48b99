//! The hold of a request to be erased: it keeps what is about the person until the request is answered (RET-10).

use records_retention_domain::{Actor, ErasureRequestId, Hold, HoldId, HoldReason, ParticipantId, Refusal};
use redress_kernel::Moment;
use redress_policy::{ClockKind, Rulebook, deadline};

use crate::{command::record::Basis, world::World};

/// The hold of the person's request on a record that is registered, becomes theirs or is brought back while the request waits for its answer.
pub(crate) fn hold_of_request(
    world: &World,
    participant: ParticipantId,
    id: HoldId,
    basis: &Basis<'_>,
    rulebook: &Rulebook,
    moment: Moment,
) -> Result<Option<Hold>, Refusal> {
    let waiting = world.erasure_of(participant).filter(|row| row.state.is_pending());
    waiting.map(|row| pending(id, row.id, basis, rulebook, moment)).transpose()
}

/// The hold of a request that waits for its answer.
pub(super) fn pending(
    id: HoldId,
    request: ErasureRequestId,
    basis: &Basis<'_>,
    rulebook: &Rulebook,
    moment: Moment,
) -> Result<Hold, Refusal> {
    let view = rulebook.calendars.view(basis.pack.basis(), moment.today);
    let clock = basis.pack.clock(ClockKind::HoldReview)?;
    let review = deadline::compute(&clock, moment.today, None, &view)?;
    Ok(Hold {
        id,
        reason: HoldReason::ErasurePending,
        placed_by: Actor::suite(),
        placed_on: moment.today,
        authority: Some(request.name()),
        review_on: review.due_on,
        holds_until: None,
        matter: None,
        released_on: None,
    })
}
