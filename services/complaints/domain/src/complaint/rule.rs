//! Which stage takes which command, and one file for what each command demands.

mod acknowledge;
mod close;
mod correct;
mod draft;
mod escalate;
mod examiner;
mod fired;
mod handler;
mod issue;
mod receipt;
mod redirect;
mod register;
mod step;
mod withdraw;

use redress_kernel::Decision;
use redress_policy::ClockKind;

use super::{Case, Clock, ClockKey, Command, CommandKind, Context, Event, File, StageName, State, clocks};
use crate::{Channel, Refusal, refusal::Conflict};

/// What a rule answers.
type Decided = Result<Decision<Event>, Refusal>;

pub(super) fn decide(state: &State, command: &Command, context: &Context<'_>) -> Decided {
    if let Command::Register(register) = command {
        return register::decide(state, register, context);
    }
    // A command on what is not there finds nothing, whatever it asks; whoever loads the state knows the name.
    let Some(case) = state.case() else { return Err(Refusal::NotFound { name: "complaints".to_owned() }) };
    match command {
        Command::Register(register) => register::decide(state, register, context),
        Command::RecordReceipt { organisation, received_on, channel } => {
            receipt::decide(case, *organisation, *received_on, *channel, context)
        }
        Command::Redirect { subject, told_on, channel } => {
            redirect::decide(case, *subject, *told_on, *channel, context)
        }
        Command::Acknowledge { acknowledged_on, channel } => {
            acknowledge::decide(case, *acknowledged_on, *channel, context)
        }
        Command::AssignHandler { handler } => handler::decide(case, handler, context),
        Command::CompleteStep { step, done_on, evidence } => {
            step::decide(case, step, *done_on, evidence, context)
        }
        Command::SubmitDraft { letter, kind, digest, outcome } => {
            draft::submit(case, *letter, *kind, digest, *outcome, context)
        }
        Command::DecideDraft { letter, digest, decision, commented } => {
            draft::decide(case, *letter, digest, *decision, *commented, context)
        }
        Command::IssueStageResponse(issue) => issue::stage_response(case, issue, context),
        Command::Escalate { requested_on } => escalate::decide(case, *requested_on, context),
        Command::IssueFinalResponse(issue) => issue::final_response(case, issue, context),
        Command::IssueCorrection { letter, corrects, digest, issued_on, channel } => {
            correct::decide(case, *letter, *corrects, digest, *issued_on, *channel, context)
        }
        Command::RecordExaminerContact { referred_on, notified_on, discretion } => {
            examiner::contact(case, *referred_on, *notified_on, *discretion, context)
        }
        Command::ReopenSteps { steps, requested_on, due_on } => {
            examiner::reopen(case, steps, *requested_on, *due_on, context)
        }
        Command::ReturnFromExaminer { returned_on } => examiner::returned(case, *returned_on, context),
        Command::Withdraw { by, withdrawn_on, channel, document } => {
            withdraw::decide(case, *by, *withdrawn_on, *channel, *document, context)
        }
        Command::Close { reason, explained } => close::decide(case, *reason, *explained, context),
        Command::OpenEarlyAccess => fired::open_early_access(case, context),
        Command::RecordBreach { clock } => fired::record_breach(case, *clock, context),
        Command::CloseSilent => close::silent(case, context),
        Command::CloseWindowPassed => close::window_passed(case, context),
        Command::RebaseClocks => fired::rebase(case, context),
        Command::RepinPack => fired::repin(case, context),
    }
}

const OPEN: &[StageName] = &[
    StageName::Received,
    StageName::Acknowledged,
    StageName::AtStage,
    StageName::DraftPendingApproval,
    StageName::Rework,
    StageName::StageResponseIssued,
    StageName::FinalResponseIssued,
    StageName::WithIce,
    StageName::ReopenedByIce,
];

/// The stages that take a command of this kind.
pub const fn allowed(kind: CommandKind) -> &'static [StageName] {
    use StageName::{
        Acknowledged, AtStage, Closed, DraftPendingApproval, FinalResponseIssued, Received, ReopenedByIce,
        Rework, StageResponseIssued, Unregistered, WithIce,
    };
    match kind {
        CommandKind::Register => &[Unregistered],
        CommandKind::RecordReceipt
        | CommandKind::AssignHandler
        | CommandKind::Withdraw
        | CommandKind::RecordBreach
        | CommandKind::RebaseClocks
        | CommandKind::RepinPack => OPEN,
        CommandKind::Redirect => &[Received, Acknowledged, AtStage],
        CommandKind::Acknowledge => &[Received],
        CommandKind::Close => &[
            Received,
            Acknowledged,
            AtStage,
            DraftPendingApproval,
            Rework,
            StageResponseIssued,
            FinalResponseIssued,
            WithIce,
        ],
        CommandKind::CompleteStep | CommandKind::SubmitDraft => {
            &[AtStage, DraftPendingApproval, Rework, WithIce, ReopenedByIce]
        }
        CommandKind::DecideDraft => &[DraftPendingApproval, WithIce],
        CommandKind::IssueStageResponse => &[AtStage],
        CommandKind::Escalate | CommandKind::CloseSilent => &[StageResponseIssued],
        CommandKind::IssueFinalResponse => &[AtStage, WithIce, ReopenedByIce],
        CommandKind::IssueCorrection => &[
            AtStage,
            DraftPendingApproval,
            Rework,
            StageResponseIssued,
            FinalResponseIssued,
            WithIce,
            ReopenedByIce,
            Closed,
        ],
        // The examiner may take up what the provider regards as closed.
        CommandKind::RecordExaminerContact => &[
            Received,
            Acknowledged,
            AtStage,
            DraftPendingApproval,
            Rework,
            StageResponseIssued,
            FinalResponseIssued,
            ReopenedByIce,
            Closed,
        ],
        CommandKind::ReopenSteps | CommandKind::ReturnFromExaminer => &[WithIce],
        CommandKind::OpenEarlyAccess => {
            &[Received, Acknowledged, AtStage, DraftPendingApproval, Rework, StageResponseIssued]
        }
        CommandKind::CloseWindowPassed => &[FinalResponseIssued],
    }
}

/// Whether `stage` takes a command of this kind.
pub(super) fn allows(kind: CommandKind, stage: StageName) -> bool {
    allowed(kind).contains(&stage)
}

/// Refuses unless the stage takes a command of this kind.
fn guard(case: &Case, kind: CommandKind) -> Result<(), Refusal> {
    if allows(kind, case.stage.name()) { Ok(()) } else { Err(refused(case, kind, allowed(kind))) }
}

/// The refusal of a stage that does not take the command. With the examiner, that is the reason given (C29).
fn refused(case: &Case, kind: CommandKind, allowed: &[StageName]) -> Refusal {
    let conflict = Box::new(conflict(case, kind, allowed));
    if case.stage.name() == StageName::WithIce {
        Refusal::WithIce(conflict)
    } else {
        Refusal::StageRefuses(conflict)
    }
}

fn conflict(case: &Case, kind: CommandKind, allowed: &[StageName]) -> Conflict {
    let current = case.stage.name();
    Conflict {
        subject: case.file.id.name(),
        command: kind.as_str(),
        current: current.as_str(),
        // A stage that takes the command in another case of it is no help to this one.
        allowed: allowed.iter().filter(|stage| **stage != current).map(|stage| stage.as_str()).collect(),
    }
}

fn all_clocks(case: &Case, context: &Context<'_>) -> Result<Vec<Clock>, Refusal> {
    clocks::of_case(case, context.pack, context.calendars, context.today)
}

/// The person's time to ask for the stage after `stage_number`; none where the procedure sets no limit.
pub(super) fn escalation(all: &[Clock], stage_number: u8) -> Option<&Clock> {
    clocks::find(all, ClockKey::new(ClockKind::Escalation, stage_number))
}

/// The window that the latest final response opened; none where there is none, or the pack knows no window.
pub(super) fn window<'a>(file: &File, all: &'a [Clock]) -> Option<&'a Clock> {
    let response = file.final_responses().max_by_key(|response| response.run)?;
    let kind =
        if response.channel == Channel::Post { ClockKind::IceWindowByPost } else { ClockKind::IceWindow };
    clocks::find(all, ClockKey::new(kind, response.run))
}
