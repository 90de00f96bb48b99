//! Issues responses. A final response leaves only when every step of every stage is done (CMP-05), approval was given where
//! the pack asks for it (CMP-16), and the text carries the signposting (CMP-07, CMP-31) and the advice of the window
//! (CMP-09) of the pack. One final response a process run.

use redress_kernel::{Checks, Decision};

use super::{Decided, allowed, conflict, draft, guard, refused};
use crate::{
    LetterId, Refusal,
    complaint::{
        Case, CommandKind, Context, Drafting, Event, Issue, Issued, LetterKind, StageName, StepRef,
        letter::Signpost, steps,
    },
};

pub(super) fn stage_response(case: &Case, issue: &Issue, context: &Context<'_>) -> Decided {
    dates(case, issue, context)?;
    if let (StageName::DraftPendingApproval | StageName::Rework, Some(refusal)) =
        (case.stage.name(), awaiting(case, context)?)
    {
        return Err(refusal);
    }
    guard(case, CommandKind::IssueStageResponse)?;
    let Some(work) = case.stage.work() else {
        return Err(refused(case, CommandKind::IssueStageResponse, allowed(CommandKind::IssueStageResponse)));
    };
    let stage_number = work.stage_number;
    if draft::answer(&case.file, work) == LetterKind::FinalResponse {
        let citation = Box::new(context.pack.stated(&context.pack.rules.signposting, "CMP-07"));
        return Err(Refusal::FinalResponseDue { stage_number, citation });
    }
    exhausted(steps::open_at(&case.file, stage_number), context)?;
    let letter = approved(case, issue, LetterKind::StageResponse, context)?;
    let because = context.pack.stated(&context.pack.rules.stated_timescales, "CMP-06");
    let issued = issued(case, issue, letter, stage_number, None, context);
    Ok(Decision::one(Event::StageResponseIssued(issued), vec![because]))
}

pub(super) fn final_response(case: &Case, issue: &Issue, context: &Context<'_>) -> Decided {
    dates(case, issue, context)?;
    let kind = CommandKind::IssueFinalResponse;
    // The final response of this run is out: the letter stays as it is (C23).
    if let Some(out) = case.file.final_responses().find(|response| response.run == case.file.run) {
        let conflict = Box::new(conflict(case, kind, allowed(kind)));
        return Err(Refusal::Immutable { letter: out.letter, conflict });
    }
    if let (StageName::DraftPendingApproval | StageName::Rework, Some(refusal)) =
        (case.stage.name(), awaiting(case, context)?)
    {
        return Err(refusal);
    }
    guard(case, kind)?;
    let Some(work) = case.stage.work() else { return Err(refused(case, kind, allowed(kind))) };
    exhausted(steps::open(&case.file), context)?;
    let letter = approved(case, issue, LetterKind::FinalResponse, context)?;
    let signposting_version = signposted(context)?;
    advised(context)?;

    let rules = &context.pack.rules;
    let mut because = vec![context.pack.stated(&rules.every_step, "CMP-05")];
    because.extend(context.pack.citation(&rules.signposting));
    because.extend(context.pack.citation(&rules.ice_window));
    let stage_number = work.stage_number.max(case.file.procedure.last_stage());
    let issued = issued(case, issue, letter, stage_number, signposting_version, context);
    Ok(Decision::one(Event::FinalResponseIssued(issued), because))
}

fn dates(case: &Case, issue: &Issue, context: &Context<'_>) -> Result<(), Refusal> {
    let file = &case.file;
    let mut checks = Checks::default();
    checks.of_case("issued_on", issue.issued_on, file.received_on, context.today);
    if let Some(done) = file.done.last() {
        checks.not_before("issued_on", issue.issued_on, done.on, "the day of the last step done");
    }
    if let Some(escalation) = file.escalations.last() {
        checks.not_before("issued_on", issue.issued_on, escalation.requested_on, "the day of the escalation");
    }
    if let Some(reopening) = file.reopenings.last() {
        checks.not_before("issued_on", issue.issued_on, reopening.requested_on, "the day of the reopening");
    }
    Ok(checks.done()?)
}

/// CMP-05, A0 7.04: the final response comes after following all steps.
fn exhausted(open: Vec<StepRef>, context: &Context<'_>) -> Result<(), Refusal> {
    if open.is_empty() {
        return Ok(());
    }
    let citation = Box::new(context.pack.stated(&context.pack.rules.every_step, "CMP-05"));
    Err(Refusal::StepsNotExhausted { open, citation })
}

/// The refusal of a response whose draft still waits for approval.
fn awaiting(case: &Case, context: &Context<'_>) -> Result<Option<Refusal>, Refusal> {
    Ok(draft::approval(&case.file, context.pack)?.map(|rule| Refusal::ApprovalRequired {
        approver: rule.approver.clone(),
        citation: Box::new(context.pack.stated(&context.pack.rules.draft_approval, "CMP-16")),
    }))
}

/// The letter to issue: the approved draft where approval is needed, and then exactly what was approved.
fn approved(
    case: &Case,
    issue: &Issue,
    kind: LetterKind,
    context: &Context<'_>,
) -> Result<LetterId, Refusal> {
    let Some(refusal) = awaiting(case, context)? else {
        return match case.file.letter(issue.letter) {
            None => Ok(issue.letter),
            Some(there) => Err(Refusal::AlreadyThere { name: there.id.name() }),
        };
    };
    let drafting = case.stage.work().map(|work| &work.drafting);
    let Some(Drafting::Approved(draft)) =
        drafting.filter(|drafting| drafting.draft().is_some_and(|draft| draft.kind == kind))
    else {
        return Err(refusal);
    };
    if draft.digest != issue.digest || draft.outcome != issue.outcome {
        let citation = Box::new(context.pack.stated(&context.pack.rules.draft_approval, "CMP-16"));
        return Err(Refusal::ApprovalDigestMismatch { letter: draft.letter, citation });
    }
    Ok(draft.letter)
}

/// CMP-07, CMP-31: the version of the signposting text found; none where the pack has none.
fn signposted(context: &Context<'_>) -> Result<Option<u32>, Refusal> {
    let pack = context.pack;
    let Some(rule) = pack.rules.signposting.known(&pack.reference, "signposting")? else { return Ok(None) };
    let citation = Box::new(pack.cite(&rule.source));
    match context.facts.letter.signposting {
        Signpost::Present { version } => Ok(Some(version)),
        Signpost::Missing { version } => Err(Refusal::SignpostMissing { version, citation }),
        Signpost::NotLookedFor => Err(Refusal::SignpostMissing { version: 0, citation }),
        Signpost::OutOfDate { version, found } => {
            Err(Refusal::SignpostOutOfDate { version, found, citation })
        }
    }
}

/// CMP-09: the advice of the window stands in the text where the pack has a window.
fn advised(context: &Context<'_>) -> Result<(), Refusal> {
    let pack = context.pack;
    match pack.rules.ice_window.known(&pack.reference, "ice_window")? {
        Some(rule) if !context.facts.letter.window_advised => {
            Err(Refusal::IceWindowNoticeMissing { citation: Box::new(pack.cite(&rule.source)) })
        }
        Some(_) | None => Ok(()),
    }
}

fn issued(
    case: &Case,
    issue: &Issue,
    letter: LetterId,
    stage_number: u8,
    signposting_version: Option<u32>,
    context: &Context<'_>,
) -> Issued {
    Issued {
        letter,
        stage_number,
        run: case.file.run,
        digest: issue.digest.clone(),
        outcome: issue.outcome,
        issued_on: issue.issued_on,
        recorded_on: context.today,
        channel: issue.channel,
        signposting_version,
    }
}
