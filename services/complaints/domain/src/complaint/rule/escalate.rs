//! Takes the complaint to the next stage. The procedure's own limit decides whether the person is in time: where it states
//! none, asking is never too late; where it states one, its last day counts in full and is not shut on a day that is not
//! worked (CMP-06, Q18).

use jiff::civil::Date;
use redress_kernel::{Checks, Decision};

use super::{Decided, all_clocks, allowed, escalation, guard, refused};
use crate::{
    Refusal,
    complaint::{Case, CommandKind, Context, Event, Stage},
};

pub(super) fn decide(case: &Case, requested_on: Date, context: &Context<'_>) -> Decided {
    let kind = CommandKind::Escalate;
    let mut checks = Checks::default();
    checks.of_case("requested_on", requested_on, case.file.received_on, context.today);
    if let Stage::StageResponseIssued { issued_on, .. } = case.stage {
        checks.not_before("requested_on", requested_on, issued_on, "the day of the response");
    }
    checks.done()?;
    guard(case, kind)?;
    let Stage::StageResponseIssued { stage_number, .. } = case.stage else {
        return Err(refused(case, kind, allowed(kind)));
    };
    let clocks = all_clocks(case, context)?;
    if let Some(window) = escalation(&clocks, stage_number)
        && requested_on > window.deadline.due_on
    {
        return Err(Refusal::WindowClosed {
            clock: window.key.kind,
            due_on: window.deadline.due_on,
            citation: Box::new(window.deadline.citation.clone()),
        });
    }
    let to_stage = stage_number.saturating_add(1);
    let because = context.pack.stated(&context.pack.rules.every_step, "CMP-05");
    let event = Event::ComplaintEscalated { to_stage, requested_on, recorded_on: context.today };
    Ok(Decision::one(event, vec![because]))
}
