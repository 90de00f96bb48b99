//! Which stage takes which command, and one file for what each group of commands demands.

mod account;
mod advance;
mod agree;
mod ending;
mod evidence;
mod gateway;
mod letter;
mod open;
mod recommendation;
mod report;
mod revisit;

use redress_kernel::{Citation, Decision};

use super::{Case, Command, CommandKind, Context, Event, StageName, State};
use crate::{CaseRecord, Refusal, refusal::Conflict};

/// What a rule answers.
type Decided = Result<Decision<Event>, Refusal>;

pub(super) fn decide(state: &State, command: &Command, context: &Context<'_>) -> Decided {
    if let Command::Open { id, complaint, referred_on, after_noon, notified_on } = command {
        return open::decide(state, (*id, *complaint), (*referred_on, *after_noon), *notified_on, context);
    }
    // A command on what is not there finds nothing, whatever it asks; whoever loads the state knows the name.
    let Some(case) = state.case() else { return Err(Refusal::NotFound { name: "examinations".to_owned() }) };
    match command {
        Command::Open { .. } => Err(Refusal::AlreadyThere { name: case.file.id.name() }),
        Command::RecordLetter(new) => letter::record(case, new, context),
        Command::AnswerLetter { letter, answered_on, after_noon } => {
            letter::answer(case, *letter, *answered_on, *after_noon, context)
        }
        Command::ConfirmProcess { confirmed_on, after_noon } => {
            gateway::confirm(case, *confirmed_on, *after_noon, context)
        }
        Command::RequestRevisit { steps, requested_on, due_on } => {
            revisit::request(case, steps, *requested_on, *due_on, context)
        }
        Command::NoteFinalResponse => revisit::completed(case, context),
        Command::Accept { accepted_on, discretion, reasoned } => {
            gateway::accept(case, *accepted_on, *discretion, *reasoned, context)
        }
        Command::Decline { declined_on, ground, reasoned } => {
            gateway::decline(case, *declined_on, *ground, *reasoned, context)
        }
        Command::Advance { to, on, reasoned } => advance::decide(case, *to, *on, *reasoned, context),
        Command::SendEvidence { sent_on, after_noon, included, withheld } => {
            evidence::send(case, (*sent_on, *after_noon), included, withheld, context)
        }
        Command::Agree { person_agreed_on, provider_agreed_on } => {
            agree::decide(case, *person_agreed_on, *provider_agreed_on, context)
        }
        Command::IssueReport(new) => report::issue(case, new, context),
        Command::AssignRecommendation { recommendation, owner, due_on } => {
            recommendation::assign(case, *recommendation, owner, *due_on, context)
        }
        Command::CompleteRecommendation { recommendation, completed_on, evidence, procedure } => {
            recommendation::complete(case, *recommendation, *completed_on, evidence, *procedure, context)
        }
        Command::SubmitAccount { given_on, evidence, digest } => {
            account::submit(case, *given_on, evidence, digest, context)
        }
        Command::Withdraw { withdrawn_on } => ending::withdraw(case, *withdrawn_on, context),
        Command::Close { closed_on } => ending::close(case, *closed_on, context),
        Command::FlagOverdue { letter } => letter::flag_overdue(case, *letter, context),
    }
}

/// From the first contact to the report: while the provider gives its account and the person may withdraw.
const BEFORE_REPORT: &[StageName] = &[
    StageName::Referred,
    StageName::GatewayCheck,
    StageName::ProcessIncomplete,
    StageName::Accepted,
    StageName::Resolution,
    StageName::EvidenceRequested,
    StageName::AwaitingInvestigator,
    StageName::Settlement,
    StageName::Investigation,
];

const OPENED: &[StageName] = StageName::ALL.split_at(1).1;

/// The stages that take a command of this kind.
pub const fn allowed(kind: CommandKind) -> &'static [StageName] {
    use StageName::{
        Accepted, AwaitingInvestigator, EvidenceRequested, GatewayCheck, Investigation, ProcessIncomplete,
        RecommendationsOpen, Referred, ReportIssued, Resolution, Settlement, Unopened,
    };
    match kind {
        CommandKind::Open => &[Unopened],
        // ICE may write about a case it closed, and that is answered too.
        CommandKind::RecordLetter | CommandKind::AnswerLetter | CommandKind::FlagOverdue => OPENED,
        CommandKind::ConfirmProcess | CommandKind::RequestRevisit => &[GatewayCheck],
        CommandKind::NoteFinalResponse => &[ProcessIncomplete],
        CommandKind::Accept => &[Referred, GatewayCheck],
        CommandKind::Decline => &[Referred, GatewayCheck, ProcessIncomplete],
        CommandKind::BeginResolution => &[Accepted],
        CommandKind::RequestEvidence => &[Resolution, Accepted],
        CommandKind::SendEvidence => &[EvidenceRequested],
        CommandKind::Allocate => &[AwaitingInvestigator, Accepted, Resolution, EvidenceRequested],
        CommandKind::BeginInvestigation => {
            &[Settlement, Accepted, Resolution, EvidenceRequested, AwaitingInvestigator]
        }
        CommandKind::Agree => &[Resolution, Settlement],
        CommandKind::IssueReport => &[Investigation],
        CommandKind::AssignRecommendation | CommandKind::CompleteRecommendation => &[RecommendationsOpen],
        CommandKind::SubmitAccount | CommandKind::Withdraw => BEFORE_REPORT,
        CommandKind::Close => &[ReportIssued],
    }
}

/// Whether the kind belongs to ICE's own sequence of stages (ICE-06 to ICE-09).
const fn is_in_sequence(kind: CommandKind) -> bool {
    match kind {
        CommandKind::BeginResolution
        | CommandKind::RequestEvidence
        | CommandKind::SendEvidence
        | CommandKind::Allocate
        | CommandKind::BeginInvestigation
        | CommandKind::Agree
        | CommandKind::IssueReport => true,
        CommandKind::Open
        | CommandKind::RecordLetter
        | CommandKind::AnswerLetter
        | CommandKind::ConfirmProcess
        | CommandKind::RequestRevisit
        | CommandKind::NoteFinalResponse
        | CommandKind::Accept
        | CommandKind::Decline
        | CommandKind::AssignRecommendation
        | CommandKind::CompleteRecommendation
        | CommandKind::SubmitAccount
        | CommandKind::Withdraw
        | CommandKind::Close
        | CommandKind::FlagOverdue => false,
    }
}

/// Refuses unless the stage takes a command of this kind.
fn guard(case: &Case, kind: CommandKind) -> Result<(), Refusal> {
    let stages = allowed(kind);
    if stages.contains(&case.stage.name()) { Ok(()) } else { Err(refused(case, kind, stages)) }
}

/// The refusal of a stage that does not take the command: it is over, it is not its turn, or simply not here.
fn refused(case: &Case, kind: CommandKind, stages: &[StageName]) -> Refusal {
    let current = case.stage.name();
    let conflict = Box::new(Conflict {
        subject: case.file.id.name(),
        command: kind.as_str(),
        current: current.as_str(),
        // A stage that takes the command in another case of it is no help to this one.
        allowed: stages.iter().filter(|stage| **stage != current).map(|stage| stage.as_str()).collect(),
    });
    if current.is_terminal() {
        Refusal::CaseClosed(conflict)
    } else if is_in_sequence(kind) {
        Refusal::StageOutOfOrder { conflict, citation: Box::new(Citation::own("ICE-15")) }
    } else {
        Refusal::StageRefuses(conflict)
    }
}

/// The complaint's own record; not found for whoever sees no such complaint.
fn record<'a>(case: &Case, context: &Context<'a>) -> Result<&'a CaseRecord, Refusal> {
    context.facts.record.ok_or_else(|| Refusal::NotFound { name: case.file.complaint.name() })
}
