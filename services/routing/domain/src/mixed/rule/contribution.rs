//! The provider's contribution: asked for with a day that the guidance allows, taken whenever it comes (RTE-02, RTE-04).

use jiff::civil::Date;
use redress_kernel::{Checks, Decision, Digest, Violation};
use redress_policy::{ClockKind, Refusal as PolicyRefusal, deadline::compute};

use super::{Decided, guard};
use crate::{
    PaperId, Refusal,
    breach::Breach,
    contract::basis,
    mixed::{CommandKind, Context, Event, Mixed, Sent},
    refusal::field,
};

pub(super) fn request(
    mixed: &Mixed,
    requested_on: Date,
    stated_due_on: Option<Date>,
    context: &Context<'_>,
) -> Decided {
    let mut checks = Checks::default();
    checks.not_future("requested_on", requested_on, context.today);
    checks.not_before("requested_on", requested_on, mixed.received_on, "the day of receipt");
    if let Some(stated) = stated_due_on {
        checks.not_before("due_on", stated, requested_on, "the day of the request");
    }
    checks.done().map_err(Refusal::Invalid)?;
    let (due_on, because) = due(mixed, requested_on, stated_due_on, context)?;
    if mixed.issued.is_some() {
        return Err(out_already(mixed, context));
    }
    guard(mixed, CommandKind::RequestContribution)?;
    let event =
        Event::ContributionRequested { requested_on, recorded_on: context.today, stated_due_on, due_on };
    Ok(Decision::one(event, vec![because]))
}

/// The last day that is in time. A stated day is worked in the division of the case, and no later than the guidance allows;
/// where nobody knows what it allows, a day must be stated.
fn due(
    mixed: &Mixed,
    requested_on: Date,
    stated_due_on: Option<Date>,
    context: &Context<'_>,
) -> Result<(Date, redress_kernel::Citation), Refusal> {
    let pack = context.pack;
    let view = context.calendars.view(basis(mixed.division, pack), context.today);
    if let Some(stated) = stated_due_on
        && !view.is_working(stated)?
    {
        let said = "must be a working day in the division of the case";
        return Err(Refusal::Invalid(vec![Violation::new("due_on", field::NON_WORKING_DAY, said)]));
    }
    match (pack.clock(ClockKind::JcpContribution), stated_due_on) {
        (Ok(clock), stated) => {
            let longest = compute(&clock, requested_on, None, &view)?;
            if stated.is_some_and(|stated| stated > longest.due_on) && !pack.practice.stated_may_extend.value
            {
                let said = "must not lie later than five working days after the request";
                let violation = Violation::new("due_on", field::MAX_FIVE_WORKING_DAYS, said);
                return Err(Refusal::Invalid(vec![violation]));
            }
            let due = compute(&clock, requested_on, stated, &view)?;
            Ok((due.due_on, due.citation))
        }
        (Err(PolicyRefusal::ValueNotKnown { .. }), Some(stated)) => {
            Ok((stated, pack.stated(&pack.rules.jcp_contribution, "RTE-04")))
        }
        (Err(refusal), _) => Err(refusal.into()),
    }
}

/// R20: a late contribution counts, and its lateness is on record.
pub(super) fn send(
    mixed: &Mixed,
    sent_on: Date,
    digest: &Digest,
    papers: &[PaperId],
    context: &Context<'_>,
) -> Decided {
    let mut checks = Checks::default();
    checks.not_future("sent_on", sent_on, context.today);
    let request = mixed.contributions.last();
    if let Some(request) = request {
        checks.not_before("sent_on", sent_on, request.requested_on, "the day of the request");
    }
    for (at, paper) in papers.iter().enumerate() {
        let said = "must be a paper of this case that can be read";
        checks.require(context.papers.contains(paper), &format!("papers[{at}]"), field::NOT_ON_FILE, said);
    }
    checks.done().map_err(Refusal::Invalid)?;
    if mixed.issued.is_some() {
        return Err(out_already(mixed, context));
    }
    guard(mixed, CommandKind::SendContribution)?;
    let because = context.pack.stated(&context.pack.rules.jcp_contribution, "RTE-04");
    let first = request.filter(|request| request.sent.is_empty());
    let late = first.is_some_and(|request| sent_on > request.due_on);
    let mut events = Vec::new();
    if let Some(request) = first.filter(|_| late) {
        let number = u8::try_from(mixed.contributions.len()).unwrap_or(u8::MAX);
        let breach = Breach { kind: ClockKind::JcpContribution, number, due_on: request.due_on };
        if !mixed.breaches.contains(&breach) {
            events.push(Event::MixedClockBreached { breach });
        }
    }
    let sent = Sent { on: sent_on, digest: digest.clone(), papers: papers.to_vec() };
    events.push(Event::ContributionSent { sent, late });
    Ok(Decision { events, because: vec![because] })
}

/// R19: nothing is added to a joint reply that is out.
fn out_already(mixed: &Mixed, context: &Context<'_>) -> Refusal {
    let citation = context.pack.stated(&context.pack.rules.mixed_routing, "RTE-02");
    Refusal::AlreadyFinal { mixed: mixed.id, citation: Box::new(citation) }
}
