//! The ways out of a standstill, each for two people: nothing goes on, counts or comes back on the word of one (RET-14, L40).

use redress_kernel::{Checks, Citation, Decision};

use super::{
    super::{AgreedEnding, Context, Ending, EndingReason, Event, Issued, Obstacle, ProposedEnding, Receipt},
    evolve,
};
use crate::{Refusal, anonymised::Method, independence::independent, refusal::field};

/// One person says how it should end, and why.
pub(super) fn propose(
    issued: &Issued,
    (ending, reason, reference): (Ending, EndingReason, &str),
    context: &Context<'_>,
) -> Result<Decision<Event>, Refusal> {
    let mut checks = Checks::default();
    checks.require(
        !reference.is_empty(),
        "reference",
        field::REQUIRED,
        "must say where the reasons are written down",
    );
    checks.require(
        fits(ending, reason),
        "reason",
        field::NOT_ALLOWED,
        "must be one for which a disposal is ended so",
    );
    // The set is made of all of its reports, and stands already.
    checks.require(
        ending != Ending::Abandon || issued.proposal.method == Method::Destroy,
        "ending",
        field::NOT_ALLOWED,
        "must be one that goes on: the anonymised set is made",
    );
    checks.require(
        ending != Ending::AcceptCounts || issued.receipts.iter().any(|receipt| miscounted(issued, receipt)),
        "ending",
        field::NOT_ALLOWED,
        "must be one that fits what happened: no holder counted otherwise",
    );
    checks.done()?;
    if ending == Ending::Abandon {
        untouched(issued)?;
    }
    let proposed = ProposedEnding {
        ending,
        reason,
        reference: reference.to_owned(),
        by: context.actor.clone(),
        on: context.today,
    };
    Ok(Decision::one(Event::EndingProposed(Box::new(proposed)), vec![Citation::own("RET-14")]))
}

/// Another person agrees; what that comes to is judged again.
pub(super) fn approve(
    issued: &Issued,
    proposed: Option<&ProposedEnding>,
    read: Ending,
    context: &Context<'_>,
) -> Result<Decision<Event>, Refusal> {
    let disposal = issued.proposal.id;
    let Some(proposed) = proposed.filter(|proposed| proposed.ending == read) else {
        return Err(Refusal::EndingNotProposed { subject: disposal.into() });
    };
    independent(disposal.into(), &proposed.by, context.actor, context.by_delegate)?;
    let agreed = AgreedEnding { proposed: proposed.clone(), by: context.actor.clone(), on: context.today };
    let because = vec![Citation::own("RET-14")];
    let first = match proposed.ending {
        Ending::Resume => Event::DisposalResumed(Box::new(agreed)),
        Ending::AcceptCounts => Event::CountsAccepted(Box::new(agreed)),
        Ending::Abandon => {
            let recalled = untouched(issued)?;
            Event::DisposalAbandoned { agreed: Box::new(agreed), recalled }
        }
    };
    let mut after = issued.clone();
    evolve::settle(&mut after, &first);
    let mut events = vec![first];
    if after.outstanding().is_none() {
        // Where everything came back, nothing was destroyed; what was destroyed has its certificate.
        events.push(if after.recalled.len() == after.proposal.items.len() {
            Event::DisposalVoided {
                obstacle: Obstacle::Abandoned,
                on: context.today,
                record: None,
                by: Some(context.actor.clone()),
            }
        } else {
            Event::DisposalCertified { certified_on: context.today }
        });
    }
    Ok(Decision { events, because })
}

/// Whether a holder destroyed something else than it was told, and nobody has accepted that.
pub(super) fn miscounted(issued: &Issued, receipt: &Receipt) -> bool {
    let item = issued.proposal.items.iter().find(|item| item.record == receipt.record);
    let told = item.and_then(|item| item.parts.get(&receipt.holder));
    receipt.destroyed && !receipt.accepted && told != Some(&receipt.parts)
}

const fn fits(ending: Ending, reason: EndingReason) -> bool {
    matches!(
        (ending, reason),
        (Ending::Resume, EndingReason::Corrected | EndingReason::Explained)
            | (Ending::AcceptCounts, EndingReason::Explained)
            | (Ending::Abandon, EndingReason::StillNeeded | EndingReason::Mistaken)
    )
}

fn untouched(issued: &Issued) -> Result<Vec<crate::RecordId>, Refusal> {
    issued.untouched().map_err(|record| Refusal::BeyondRecall { disposal: issued.proposal.id, record })
}
