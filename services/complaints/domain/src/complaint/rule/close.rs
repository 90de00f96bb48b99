//! Closes a complaint, by hand or by the clock. Each reason has its stage; none takes time from the person.

use redress_kernel::{Checks, Citation, Decision};
use redress_policy::ClockKind;

use super::{Decided, all_clocks, allowed, escalation, guard, refused, window};
use crate::{
    Refusal,
    complaint::{Case, CloseReason, CommandKind, Context, Event, Stage, StageName},
    refusal::field,
};

pub(super) fn decide(case: &Case, reason: CloseReason, explained: bool, context: &Context<'_>) -> Decided {
    let mut checks = Checks::default();
    checks.require(
        reason != CloseReason::Other || explained,
        "reason_text",
        field::REQUIRED,
        "must say why the complaint is closed",
    );
    checks.done()?;
    guard(case, CommandKind::Close)?;
    let stages = takes(reason);
    if !stages.contains(&case.stage.name()) {
        return Err(refused(case, CommandKind::Close, stages));
    }
    let because = match reason {
        CloseReason::Silent => silence(case, context)?,
        CloseReason::WindowPassed => window_over(case, context)?,
        CloseReason::Accepted => context.pack.stated(&context.pack.rules.every_step, "CMP-05"),
        CloseReason::ExaminerClosed => Citation::own("ICE-27"),
        CloseReason::Other => Citation::own("CMP-05"),
    };
    Ok(closed(reason, because, context))
}

/// The stages in which a complaint can close for `reason`. What is with the examiner is the examiner's to close, and what
/// it sent back waits for what it asked for (C29).
const fn takes(reason: CloseReason) -> &'static [StageName] {
    use StageName::{
        Acknowledged, AtStage, DraftPendingApproval, FinalResponseIssued, Received, Rework,
        StageResponseIssued, WithIce,
    };
    match reason {
        CloseReason::Accepted => &[StageResponseIssued, FinalResponseIssued],
        CloseReason::Silent => &[StageResponseIssued],
        CloseReason::WindowPassed => &[FinalResponseIssued],
        CloseReason::ExaminerClosed => &[WithIce],
        CloseReason::Other => &[
            Received,
            Acknowledged,
            AtStage,
            DraftPendingApproval,
            Rework,
            StageResponseIssued,
            FinalResponseIssued,
        ],
    }
}

/// Fired after the escalation limit: closes only where the procedure says that silence does.
pub(super) fn silent(case: &Case, context: &Context<'_>) -> Decided {
    let kind = CommandKind::CloseSilent;
    guard(case, kind)?;
    let Stage::StageResponseIssued { stage_number, .. } = case.stage else {
        return Err(refused(case, kind, allowed(kind)));
    };
    if !case.file.procedure.stage(stage_number).is_some_and(|stage| stage.silence_closes) {
        return Err(Refusal::NotDue { clock: ClockKind::Escalation });
    }
    let because = silence(case, context)?;
    Ok(closed(CloseReason::Silent, because, context))
}

/// Fired after the examiner's window.
pub(super) fn window_passed(case: &Case, context: &Context<'_>) -> Decided {
    guard(case, CommandKind::CloseWindowPassed)?;
    let because = window_over(case, context)?;
    Ok(closed(CloseReason::WindowPassed, because, context))
}

fn silence(case: &Case, context: &Context<'_>) -> Result<Citation, Refusal> {
    let clocks = all_clocks(case, context)?;
    let limit = escalation(&clocks, case.stage_number());
    match limit {
        Some(limit) if context.today > limit.deadline.due_on => Ok(limit.deadline.citation.clone()),
        limit => {
            let due_on = limit.map(|limit| limit.deadline.due_on);
            Err(Refusal::WindowOpen { clock: ClockKind::Escalation, due_on })
        }
    }
}

/// Q6: nothing closes before the last day on which the person can still be in time, the post's days included.
fn window_over(case: &Case, context: &Context<'_>) -> Result<Citation, Refusal> {
    let clocks = all_clocks(case, context)?;
    match window(&case.file, &clocks) {
        Some(window) if context.today > window.deadline.due_on => Ok(window.deadline.citation.clone()),
        Some(window) => {
            Err(Refusal::WindowOpen { clock: window.key.kind, due_on: Some(window.deadline.due_on) })
        }
        None => Err(Refusal::WindowOpen { clock: ClockKind::IceWindow, due_on: None }),
    }
}

fn closed(reason: CloseReason, because: Citation, context: &Context<'_>) -> Decision<Event> {
    Decision::one(Event::ComplaintClosed { reason, closed_on: context.today }, vec![because])
}
