//! The gateway: the provider confirms its steps, ICE takes the case or does not (ICE-03, ICE-20, ICE-24).

use jiff::civil::Date;
use redress_kernel::{Checks, Citation, Decision};

use super::{Decided, guard, letter, record};
use crate::{
    Refusal,
    admissibility::{Admissibility, Finding, admissibility},
    examination::{
        Case, Closed, CommandKind, Confirmation, Context, DeclineGround, Ending, Event, LetterKind,
    },
    refusal::field,
};

/// J0 7.16: every step as the complaint's own record has it. An incomplete record is confirmed as incomplete.
pub(super) fn confirm(case: &Case, confirmed_on: Date, after_noon: bool, context: &Context<'_>) -> Decided {
    let mut checks = Checks::default();
    moved(&mut checks, "confirmed_on", confirmed_on, case, context);
    checks.done()?;
    guard(case, CommandKind::ConfirmProcess)?;
    let record = record(case, context)?;
    let steps = record.steps.iter().map(|step| (step.clone(), record.done_on(step))).collect();
    let confirmation = Confirmation { on: confirmed_on, steps };
    if case.file.confirmations.last() == Some(&confirmation) {
        return Ok(Decision::nothing());
    }
    let because = context
        .pack
        .stated(&context.pack.rules.ice_process_check, "ICE-03")
        .with("complete", confirmation.is_complete());
    let mut events = vec![Event::ProcessConfirmed(confirmation)];
    events.extend(letter::answers(case, LetterKind::ProcessCheck, (confirmed_on, after_noon), context)?);
    Ok(Decision { events, because: vec![because] })
}

/// Domain 3.7, invariant 4: a final response in time, day 57, or ICE's own discretion with its reason.
pub(super) fn accept(
    case: &Case,
    accepted_on: Date,
    discretion: bool,
    reasoned: bool,
    context: &Context<'_>,
) -> Decided {
    let mut checks = Checks::default();
    moved(&mut checks, "accepted_on", accepted_on, case, context);
    checks.require(
        !discretion || reasoned,
        "reason",
        field::REQUIRED,
        "must give ICE's reason to take the case at its own discretion",
    );
    checks.done()?;
    guard(case, CommandKind::Accept)?;
    let file = &case.file;
    let found = admissibility(record(case, context)?, file.judged_on, context.pack, context.calendars)?;
    let right = found.finding.is_right();
    if !right && !discretion {
        return Err(no_right(found, context));
    }
    let mut because = vec![Citation::own("ICE-20").with("accepted_on", accepted_on)];
    because.extend(found.citations);
    let event = Event::ExaminationAccepted {
        complaint: file.complaint,
        accepted_on,
        finding: found.finding,
        discretion: !right,
        referred_on: file.referred_on,
        notified_on: file.notified_on,
    };
    Ok(Decision { events: vec![event], because })
}

/// Why there was no right: too late, too early for the eight weeks, or no right to come early at all.
fn no_right(found: Admissibility, context: &Context<'_>) -> Refusal {
    let citation = found.citations.into_iter().next().unwrap_or_else(|| Citation::own("ICE-20"));
    match (found.finding, found.window, found.early_access_opens_on) {
        (Finding::OutOfTime, Some(window), _) => {
            Refusal::IceWindowClosed { due_on: window.due_on, citation: Box::new(citation) }
        }
        (_, _, Some(opens_on)) => Refusal::BypassNotOpen { opens_on, citation: Box::new(citation) },
        (_, _, None) => {
            let every_step = context.pack.stated(&context.pack.rules.every_step, "CMP-05");
            Refusal::StepsNotExhausted { citations: vec![every_step, citation] }
        }
    }
}

/// ICE-24: what ICE says is recorded as it says it, whatever the calculation makes of it.
pub(super) fn decline(
    case: &Case,
    declined_on: Date,
    ground: DeclineGround,
    reasoned: bool,
    context: &Context<'_>,
) -> Decided {
    let mut checks = Checks::default();
    moved(&mut checks, "declined_on", declined_on, case, context);
    checks.require(
        ground != DeclineGround::Other || reasoned,
        "reason",
        field::REQUIRED,
        "must give ICE's reason",
    );
    checks.done()?;
    guard(case, CommandKind::Decline)?;
    let ending = Ending { outcome: ground.ending(), on: declined_on, ground: Some(ground) };
    let because =
        Citation::own("ICE-24").with("ground", ground.as_str()).with("finding", case.file.finding.as_str());
    Ok(Decision::one(closed(case, ending), vec![because]))
}

/// The event that ends a case.
pub(super) fn closed(case: &Case, ending: Ending) -> Event {
    Event::ExaminationClosed(Closed { examination: case.file.id, complaint: case.file.complaint, ending })
}

/// A day on which the case moved: not in the future, not before its last move.
pub(super) fn moved(checks: &mut Checks, field: &str, on: Date, case: &Case, context: &Context<'_>) {
    checks.not_future(field, on, context.today);
    checks.not_before(field, on, case.file.last_move_on(), "the last move of the case");
}
