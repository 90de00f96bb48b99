//! Two people: one proposes, another approves over the digest of what was read, and anyone with authority may stop it
//! (RET-14, reliability threats 29 and 30).

use redress_kernel::{Checks, Citation, Decision};
use redress_policy::ClockKind;

use super::{
    super::{Approval, Context, Event, Obstacle, Proposal},
    count,
};
use crate::{Digest, Refusal, anonymised::Method, independence::independent, refusal::field};

/// The most records of one disposal: more, and nobody reads the manifest.
const MOST: usize = 500;

pub(super) fn propose(proposal: &Proposal, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
    let mut checks = Checks::default();
    let count = proposal.items.len();
    checks.require(count > 0, "records", field::REQUIRED, "must name at least one record");
    checks.require(count <= MOST, "records", field::TOO_MANY, "must name at most 500 records");
    let mut records: Vec<_> = proposal.items.iter().map(|item| item.record).collect();
    records.sort_unstable();
    records.dedup();
    checks.require(records.len() == count, "records", field::DUPLICATE, "must name each record once");
    checks.require(
        (proposal.method == Method::Anonymise) == proposal.assessment.is_some(),
        "method",
        field::NOT_ALLOWED,
        "must come with an assessment where reports are anonymised, and only there",
    );
    checks.done()?;
    unchanged(proposal, context)?;
    let because = proposal.items.iter().map(|item| item.rule.clone());
    let mut because: Vec<Citation> = because.chain([Citation::own("RET-14")]).collect();
    because.dedup();
    because.truncate(20);
    Ok(Decision::one(Event::DisposalProposed(Box::new(proposal.clone())), because))
}

pub(super) fn approve(
    proposal: &Proposal,
    digest: &Digest,
    context: &Context<'_>,
) -> Result<Decision<Event>, Refusal> {
    let disposal = proposal.id;
    independent(disposal.into(), &proposal.proposed_by, context.actor, context.by_delegate)?;
    if context.today > proposal.approve_until {
        return Err(Refusal::ApprovalExpired {
            subject: disposal.into(),
            approve_until: proposal.approve_until,
        });
    }
    if *digest != proposal.digest {
        return Err(Refusal::ApprovalDigestMismatch { subject: disposal.into() });
    }
    // What was read is no longer what there is: a date moved, a part came, a hold was placed (reliability D8, D16).
    unchanged(proposal, context)?;
    let veto = count(ClockKind::DisposalVeto, context.pack, context.calendars, context.today)?;
    let approval = Approval { by: context.actor.clone(), on: context.today, veto_until: veto.due_on };
    let event = Event::DisposalApproved { digest: digest.clone(), approval };
    Ok(Decision::one(event, vec![veto.citation]))
}

/// One person is enough to stop it.
pub(super) fn veto(context: &Context<'_>) -> Decision<Event> {
    let event = Event::DisposalVoided {
        obstacle: Obstacle::Vetoed,
        on: context.today,
        record: None,
        by: Some(context.actor.clone()),
    };
    Decision::one(event, vec![Citation::own("RET-14")])
}

pub(super) fn lapse(proposal: &Proposal, context: &Context<'_>) -> Decision<Event> {
    if context.today <= proposal.approve_until {
        return Decision::nothing();
    }
    let event =
        Event::DisposalVoided { obstacle: Obstacle::Lapsed, on: context.today, record: None, by: None };
    Decision::one(event, vec![Citation::own("RET-14")])
}

/// Whether every record may still be destroyed, and is as the digest has it.
fn unchanged(proposal: &Proposal, context: &Context<'_>) -> Result<(), Refusal> {
    match context.found {
        Some(Ok(found)) if *found == proposal.digest => Ok(()),
        Some(Err(record)) => Err(Refusal::RecordChanged { disposal: proposal.id, record: Some(*record) }),
        Some(Ok(_)) | None => Err(Refusal::RecordChanged { disposal: proposal.id, record: None }),
    }
}
