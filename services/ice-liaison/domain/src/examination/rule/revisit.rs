//! Steps done again at ICE's word (ICE-04, CMP-14, J0 7.16). Only what is named reopens, and it ends in a new final
//! response with a window of its own (Q7).

use jiff::civil::Date;
use redress_kernel::{Checks, Decision, Violation};

use super::{Decided, gateway::moved, guard, letter, record};
use crate::{
    Refusal,
    admissibility::admissibility,
    examination::{Case, CommandKind, Context, Event, LetterKind},
    record::StepRef,
    refusal::field,
};

pub(super) fn request(
    case: &Case,
    named: &[StepRef],
    requested_on: Date,
    due_on: Option<Date>,
    context: &Context<'_>,
) -> Decided {
    let record = record(case, context)?;
    let mut checks = Checks::default();
    moved(&mut checks, "requested_on", requested_on, case, context);
    if let Some(due_on) = due_on {
        checks.not_before("due_on", due_on, requested_on, "the day of the request");
    }
    checks.require(!named.is_empty(), "steps", field::REQUIRED, "must name at least one step");
    for (at, step) in named.iter().enumerate() {
        if !record.steps.contains(step) {
            let description = "must be a step of the procedure that this complaint follows";
            checks.add(Violation::new(format!("steps[{at}]"), field::UNKNOWN_STEP, description));
        }
        if named[..at].contains(step) {
            checks.add(Violation::new(format!("steps[{at}]"), field::DUPLICATE, "must name each step once"));
        }
    }
    checks.done()?;
    guard(case, CommandKind::RequestRevisit)?;
    let steps = record.steps.iter().filter(|step| named.contains(step)).cloned().collect();
    let event = Event::StepsToRevisit {
        examination: case.file.id,
        complaint: case.file.complaint,
        steps,
        requested_on,
        due_on,
    };
    let because =
        context.pack.stated(&context.pack.rules.reopening, "ICE-04").with("requested_on", requested_on);
    Ok(Decision::one(event, vec![because]))
}

/// The complaint got the final response that the revisit was to lead to.
pub(super) fn completed(case: &Case, context: &Context<'_>) -> Decided {
    guard(case, CommandKind::NoteFinalResponse)?;
    let record = record(case, context)?;
    let asked = case.file.revisits.last().map_or(case.file.notified_on, |revisit| revisit.requested_on);
    let latest =
        record.final_responses.iter().filter(|response| response.issued_on >= asked && response.run > 1);
    let Some(response) = latest.max_by_key(|response| response.run) else {
        return Err(Refusal::NotDue { due_on: None });
    };
    let judged_on = case.file.judged_on.max(response.issued_on);
    let found = admissibility(record, judged_on, context.pack, context.calendars)?;
    let mut events =
        vec![Event::ProcessCompleted { final_response_on: response.issued_on, finding: found.finding }];
    events.extend(letter::answers(case, LetterKind::RevisitRequest, (response.issued_on, false), context)?);
    Ok(Decision { events, because: found.citations })
}
