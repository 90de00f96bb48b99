//! The examiner takes a case up, and sends it back with the steps to be done again.

use jiff::civil::Date;
use redress_kernel::{Checks, Citation, Decision, Violation};

use super::{Decided, all_clocks, guard, window};
use crate::{
    Refusal,
    complaint::{
        Case, CommandKind, Context, Event, ExaminerContact, ExaminerWay, Reopening, Stage, StepRef,
        early_access, steps,
    },
    refusal::field,
};

/// Records that the examiner took the case up: within the window of a final response (ICE-01, J0 7.15), by the early way
/// after eight weeks (CMP-08, J0 7.01), or at its own discretion, which the provider records and does not judge.
pub(super) fn contact(
    case: &Case,
    referred_on: Date,
    notified_on: Date,
    discretion: bool,
    context: &Context<'_>,
) -> Decided {
    let mut checks = Checks::default();
    checks.of_case("referred_on", referred_on, case.file.received_on, context.today);
    checks.not_future("notified_on", notified_on, context.today);
    checks.not_before("notified_on", notified_on, referred_on, "the day the person went to the examiner");
    checks.done()?;
    guard(case, CommandKind::RecordExaminerContact)?;
    let (way, because) = match by_right(case, referred_on, context)? {
        Ok(right) => right,
        Err(_) if discretion => (ExaminerWay::Discretion, Citation::own("ICE-20")),
        Err(refusal) => return Err(refusal),
    };
    let contact = ExaminerContact { referred_on, notified_on, way };
    Ok(Decision::one(Event::ExaminerContactRecorded(contact), vec![because.with("referred_on", referred_on)]))
}

/// The right by which the person went to the examiner on that day, or the refusal of someone who had none.
fn by_right(
    case: &Case,
    referred_on: Date,
    context: &Context<'_>,
) -> Result<Result<(ExaminerWay, Citation), Refusal>, Refusal> {
    let latest = case.file.final_responses().max_by_key(|response| response.run);
    // What it sent back it has again once the steps are done, by the right by which it came (CMP-14, Q7).
    let done_again = case.file.run > 1 && latest.is_some_and(|response| response.run == case.file.run);
    let before = case.file.examiner_contacts.iter().rfind(|contact| contact.referred_on == referred_on);
    if let (true, Some(before)) = (done_again, before) {
        return Ok(Ok((before.way, context.pack.stated(&context.pack.rules.reopening, "CMP-14"))));
    }
    if latest.is_some_and(|response| response.issued_on <= referred_on) {
        let clocks = all_clocks(case, context)?;
        let citation = context.pack.stated(&context.pack.rules.ice_window, "ICE-01");
        return Ok(match window(&case.file, &clocks) {
            Some(window) if referred_on > window.deadline.due_on => Err(Refusal::WindowClosed {
                clock: window.key.kind,
                due_on: window.deadline.due_on,
                citation: Box::new(window.deadline.citation.clone()),
            }),
            // A pack that sets no window, or none that is known, shuts nobody out.
            Some(_) | None => Ok((ExaminerWay::Window, citation)),
        });
    }
    let access = early_access::early_access(context.pack, &all_clocks(case, context)?)?;
    let opens_on = access.opens_on.filter(|_| access.standing != early_access::Standing::Forestalled);
    Ok(match opens_on {
        Some(opens_on) if referred_on >= opens_on => Ok((ExaminerWay::EarlyAccess, access.citation)),
        opens_on => Err(Refusal::EarlyAccessNotOpen { opens_on, citation: Box::new(access.citation) }),
    })
}

/// The examiner did not take it, so that it is where it was: the provider still owes its answer, or the answer stands and the
/// person's time goes on (ICE-24, Q1).
pub(super) fn returned(case: &Case, returned_on: Date, context: &Context<'_>) -> Decided {
    let mut checks = Checks::default();
    checks.of_case("returned_on", returned_on, case.file.received_on, context.today);
    checks.done()?;
    guard(case, CommandKind::ReturnFromExaminer)?;
    let mut events = vec![Event::ReturnedByExaminer { returned_on }];
    if let Stage::WithIce { closed: Some(reason), .. } = case.stage {
        events.push(Event::ComplaintClosed { reason, closed_on: context.today });
    }
    Ok(Decision { events, because: vec![Citation::own("ICE-24").with("returned_on", returned_on)] })
}

/// Reopens the steps the examiner named and no others (CMP-14, J0 7.16). It is a process run of its own: a new final
/// response, and a new window from it (Q7). Steps that were never done stay to be done.
pub(super) fn reopen(
    case: &Case,
    named: &[StepRef],
    requested_on: Date,
    due_on: Option<Date>,
    context: &Context<'_>,
) -> Decided {
    let file = &case.file;
    let mut checks = Checks::default();
    checks.of_case("requested_on", requested_on, file.received_on, context.today);
    if let Some(contact) = file.examiner_contacts.last() {
        checks.not_before(
            "requested_on",
            requested_on,
            contact.referred_on,
            "the day the person went to the examiner",
        );
    }
    if let Some(due_on) = due_on {
        checks.not_before("due_on", due_on, requested_on, "the day of the request");
    }
    checks.require(!named.is_empty(), "steps", field::REQUIRED, "must name at least one step");
    let views = steps::of_file(file);
    for (at, step) in named.iter().enumerate() {
        if !views.iter().any(|view| view.step == *step) {
            let description = "must be a step of the pinned procedure that this complaint takes";
            checks.add(Violation::new(format!("steps[{at}]"), field::UNKNOWN_STEP, description));
        }
        if named[..at].contains(step) {
            checks.add(Violation::new(format!("steps[{at}]"), field::DUPLICATE, "must name each step once"));
        }
    }
    checks.done()?;
    guard(case, CommandKind::ReopenSteps)?;
    // In the order of the procedure, whatever the order of the request.
    let steps = views.into_iter().map(|view| view.step).filter(|step| named.contains(step)).collect();
    let reopening = Reopening {
        run: file.run.saturating_add(1),
        steps,
        requested_on,
        recorded_on: context.today,
        stated_due_on: due_on,
    };
    let because = context.pack.stated(&context.pack.rules.reopening, "CMP-14");
    Ok(Decision::one(Event::StepsReopened(reopening), vec![because]))
}
