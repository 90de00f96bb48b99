//! A problem that the provider found in its own services, and puts right itself (ISS-01, A0 7.08).

use jiff::civil::Date;
use redress_kernel::{Checks, Citation, Decider, Decision};
use redress_policy::{Pack, pack::ChangeKind};
use serde::{Deserialize, Serialize};

use super::change_proposal;
use crate::{ChangeProposalId, ContractId, IssueId, OrganisationId, Refusal, refusal::Conflict};

/// The rules of an issue.
#[derive(Debug)]
pub enum Rules {}

/// The state of an issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// Nobody reported it.
    Unreported,
    /// Open.
    Open(Issue),
    /// Put right.
    Resolved {
        /// The issue.
        issue: Issue,
        /// Day on which it was put right.
        resolved_on: Date,
        /// The proposal through which it was.
        change_proposal: Option<ChangeProposalId>,
    },
}

/// What is known of an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// The issue.
    pub id: IssueId,
    /// Contract whose services it concerns.
    pub contract: ContractId,
    /// Organisation that found it.
    pub organisation: OrganisationId,
    /// Day on which it was found.
    pub found_on: Date,
    /// Whether putting it right changes how the services are reached (ISS-03).
    pub changes_access: bool,
}

/// What may be asked of an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Reports it.
    Report(Issue),
    /// Records that it was put right.
    Resolve {
        /// Day on which it was.
        resolved_on: Date,
        /// The proposal through which it was.
        change_proposal: Option<ChangeProposalId>,
    },
}

/// What happened to an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// It was reported.
    IssueReported(Issue),
    /// It was put right.
    IssueResolved {
        /// Day on which it was.
        resolved_on: Date,
        /// The proposal through which it was.
        change_proposal: Option<ChangeProposalId>,
    },
}

/// What the rules may look at besides the state.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The present civil date in London.
    pub today: Date,
    /// The pack that binds the contract.
    pub pack: &'a Pack,
    /// The proposal that `Resolve` names; none where the caller sees no such thing.
    pub proposal: Option<&'a change_proposal::State>,
}

impl Event {
    /// The name of its message.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::IssueReported(_) => "IssueReported",
            Self::IssueResolved { .. } => "IssueResolved",
        }
    }
}

impl State {
    /// The name of the stage on the wire, without the enum's prefix.
    pub const fn stage_name(&self) -> &'static str {
        match self {
            Self::Unreported => "UNREPORTED",
            Self::Open(_) => "OPEN",
            Self::Resolved { .. } => "RESOLVED",
        }
    }
}

impl Decider for Rules {
    type State = State;
    type Command = Command;
    type Event = Event;
    type Context<'a> = Context<'a>;
    type Refusal = Refusal;

    fn initial() -> State {
        State::Unreported
    }

    fn decide(state: &State, command: &Command, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
        match (state, *command) {
            (State::Unreported, Command::Report(issue)) => {
                let mut checks = Checks::default();
                checks.not_future("issue.found_on", issue.found_on, context.today);
                checks.done()?;
                Ok(Decision::one(Event::IssueReported(issue), vec![Citation::own("ISS-01")]))
            }
            (State::Open(issue) | State::Resolved { issue, .. }, Command::Report(_)) => {
                Err(Refusal::AlreadyThere { name: issue.id.name() })
            }
            (State::Unreported, Command::Resolve { .. }) => {
                Err(Refusal::NotFound { name: "issues".to_owned() })
            }
            (State::Open(issue), Command::Resolve { resolved_on, change_proposal }) => {
                resolve(issue, resolved_on, change_proposal, context)
            }
            (State::Resolved { issue, .. }, Command::Resolve { .. }) => {
                Err(Refusal::StageRefuses(Box::new(Conflict {
                    subject: issue.id.name(),
                    command: "Resolve",
                    current: state.stage_name(),
                    allowed: vec!["OPEN"],
                })))
            }
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        match (state, event) {
            (State::Unreported, Event::IssueReported(issue)) => State::Open(*issue),
            (State::Open(issue), Event::IssueResolved { resolved_on, change_proposal }) => {
                State::Resolved { issue, resolved_on: *resolved_on, change_proposal: *change_proposal }
            }
            (state, Event::IssueReported(_) | Event::IssueResolved { .. }) => state,
        }
    }
}

/// Bug-type fixes need nobody's approval; a fix that changes how services are reached does, where the guidance asks for
/// it, and then it is made through the approved proposal (ISS-03, Q28).
fn resolve(
    issue: &Issue,
    resolved_on: Date,
    named: Option<ChangeProposalId>,
    context: &Context<'_>,
) -> Result<Decision<Event>, Refusal> {
    let mut checks = Checks::default();
    checks.not_future("resolved_on", resolved_on, context.today);
    checks.not_before("resolved_on", resolved_on, issue.found_on, "the day it was found");
    checks.done()?;
    let proposal = context.proposal.and_then(change_proposal::State::proposal);
    let proposal =
        proposal.filter(|proposal| Some(proposal.id) == named && proposal.contract == issue.contract);
    if let Some(named) = named
        && proposal.is_none()
    {
        return Err(Refusal::NotFound { name: named.name() });
    }
    let pack = context.pack;
    let mut because = vec![Citation::own("ISS-01")];
    if issue.changes_access
        && let Some(rule) = pack.rules.change_approval.known(&pack.reference, "change_approval")?
        && rule.value.covers.contains(&ChangeKind::Access)
    {
        let citation = pack.cite(&rule.source);
        if !context.proposal.is_some_and(|state| proposal.is_some() && state.was_implemented()) {
            return Err(Refusal::ChangeNotApproved { citation: Box::new(citation) });
        }
        because.push(citation);
    }
    let event = Event::IssueResolved { resolved_on, change_proposal: named };
    Ok(Decision::one(event, because))
}
