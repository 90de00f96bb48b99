//! A change of how long the records of a contract are kept (RET-01, Q13; reliability D4, D41). What makes nothing end sooner is made at once by one
//! person. What would is proposed by one, approved by another over the digest of what was read, and applies after a cooling period in which one person
//! is enough to stop it.
//!
//! Who may ask is decided by the contract: its present holder, and the department.

mod command;
mod rule;
mod shortening;
mod stage;

use jiff::civil::Date;
use redress_kernel::{Decider, Decision};
use redress_policy::{Calendars, Computed, Pack};
use serde::{Deserialize, Serialize};

pub use command::{Command, Event};
pub use shortening::shortens;
pub use stage::StageName;

use crate::{
    Actor, ContractId, Digest, OrganisationId, Refusal, ScheduleChangeId,
    contract::{Agreed, ContractFacts},
    promise::Promise,
};

/// The rules of a change.
#[derive(Debug)]
pub enum Rules {}

/// What is to change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Amendment {
    /// Another period is agreed with the department, in place of the guidance's or of the one agreed before.
    Period(Agreed),
    /// Records are counted from the last day that the contract now has, which is earlier than the one from which they are.
    ContractEnd {
        /// The version of the contract that was read.
        version: i64,
        /// Its last day at that version.
        end_on: Date,
    },
}

/// Why it is to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Reason {
    /// The department agreed to it.
    Agreed,
    /// What was recorded before was wrong.
    Corrected,
    /// The contract ended sooner than it was to.
    EndedEarly,
}

/// A change as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Which one.
    pub id: ScheduleChangeId,
    /// The contract.
    pub contract: ContractId,
    /// The holder of the contract, to whom and to those above it the change is shown.
    pub organisation: OrganisationId,
    /// What is to change.
    pub amendment: Amendment,
    /// Why.
    pub reason: Reason,
    /// Where the reasons are written down.
    pub reference: String,
    /// Digest of the schedule as it is and as it would be.
    pub digest: Digest,
    /// Who asked.
    pub proposed_by: Actor,
    /// Day on which they did.
    pub proposed_on: Date,
    /// The last day on which it can be approved.
    pub approve_until: Date,
}

/// Another person's approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Who.
    pub by: Actor,
    /// Day on which it was given.
    pub on: Date,
    /// The last day of the cooling period: it applies on the day after.
    pub cooling_until: Date,
}

/// Why a change came to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Obstacle {
    /// Whoever proposed it took it back.
    Withdrawn,
    /// Somebody else objected.
    Objected,
    /// Nobody approved it in time.
    Lapsed,
    /// The schedule was changed meanwhile, or whoever approved it decides no more.
    Overtaken,
}

/// The state of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// Nobody asked for it.
    Unproposed,
    /// Waits for another person.
    Proposed(Box<Proposal>),
    /// Approved; it cools.
    Approved {
        /// What was proposed.
        proposal: Box<Proposal>,
        /// The approval.
        approval: Approval,
    },
    /// It holds.
    Applied {
        /// What was asked for.
        proposal: Box<Proposal>,
        /// The approval, where it needed one.
        approval: Option<Approval>,
        /// Day on which it was applied.
        applied_on: Date,
    },
    /// It came to nothing.
    Void {
        /// What was proposed.
        proposal: Box<Proposal>,
        /// The approval it had.
        approval: Option<Approval>,
        /// Why.
        obstacle: Obstacle,
    },
}

/// What the rules may look at besides the state.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The present civil date in London.
    pub today: Date,
    /// Who asks.
    pub actor: &'a Actor,
    /// Whether somebody asks in the actor's name.
    pub by_delegate: bool,
    /// Whether whoever asks, or whoever approved it where time asks, acts for the present holder of the contract, or for the department.
    pub controls: bool,
    /// The pack of the contract.
    pub pack: &'a Pack,
    /// Bank holidays.
    pub calendars: &'a Calendars,
    /// What the dates hang on now.
    pub before: &'a ContractFacts,
    /// What they would hang on.
    pub after: &'a ContractFacts,
    /// Digest of the schedule as it is and as it would be, now.
    pub found: &'a Digest,
}

impl Amendment {
    /// Makes the change to what was promised.
    pub fn apply(&self, promise: &mut Promise) {
        match self {
            Self::Period(agreed) => promise.agree(agreed.clone()),
            Self::ContractEnd { version, .. } => promise.follow(*version),
        }
    }

    /// What an approver relies on, in one line: the same for the same contract, schedule and change.
    pub fn line(&self, contract: ContractId, before: &ContractFacts, after: &ContractFacts) -> String {
        let shown = |facts: &ContractFacts| {
            let end = facts.end_on.map_or_else(|| "an open end".to_owned(), |end_on| end_on.to_string());
            let agreed = facts.agreed.as_ref();
            let period = agreed.map_or_else(
                || "the guidance's period".to_owned(),
                |it| format!("{} months by {} of {}", it.months, it.reference, it.agreed_on),
            );
            format!("{period} from {end}")
        };
        let what = match self {
            Self::Period(_) => "period".to_owned(),
            Self::ContractEnd { version, .. } => format!("contract end at version {version}"),
        };
        format!("{} {what}: {} becomes {}", contract.name(), shown(before), shown(after))
    }
}

impl Reason {
    /// Every one, in the order of the contract.
    pub const ALL: [Self; 3] = [Self::Agreed, Self::Corrected, Self::EndedEarly];
}

impl State {
    /// Where it stands.
    pub const fn stage_name(&self) -> StageName {
        match self {
            Self::Unproposed => StageName::Unproposed,
            Self::Proposed(_) => StageName::Proposed,
            Self::Approved { .. } => StageName::Approved,
            Self::Applied { .. } => StageName::Applied,
            Self::Void { .. } => StageName::Void,
        }
    }

    /// What was asked for.
    pub fn proposal(&self) -> Option<&Proposal> {
        match self {
            Self::Unproposed => None,
            Self::Proposed(proposal)
            | Self::Approved { proposal, .. }
            | Self::Applied { proposal, .. }
            | Self::Void { proposal, .. } => Some(proposal),
        }
    }

    /// Who approved it.
    pub fn approval(&self) -> Option<&Approval> {
        match self {
            Self::Unproposed | Self::Proposed(_) => None,
            Self::Approved { approval, .. } => Some(approval),
            Self::Applied { approval, .. } | Self::Void { approval, .. } => approval.as_ref(),
        }
    }

    /// When time moves it on: the day after the last for approval, or after the cooling period.
    pub fn act_on(&self) -> Option<Date> {
        match self {
            Self::Proposed(proposal) => proposal.approve_until.tomorrow().ok(),
            Self::Approved { approval, .. } => approval.cooling_until.tomorrow().ok(),
            Self::Unproposed | Self::Applied { .. } | Self::Void { .. } => None,
        }
    }
}

/// The last day on which a change proposed on `proposed_on` can be approved (Q41).
///
/// # Errors
/// Refuses a day outside the civil calendar.
pub fn approve_until(pack: &Pack, calendars: &Calendars, proposed_on: Date) -> Result<Date, Refusal> {
    Ok(rule::count(redress_policy::ClockKind::DisposalApproval, pack, calendars, proposed_on)?.due_on)
}

/// The cooling period of a change approved on `approved_on` (Q49).
///
/// # Errors
/// Refuses where the calendar does not reach so far: nothing is shortened by a stale calendar.
pub fn cooling(pack: &Pack, calendars: &Calendars, approved_on: Date) -> Result<Computed, Refusal> {
    rule::count(redress_policy::ClockKind::ScheduleCooling, pack, calendars, approved_on)
}

impl Decider for Rules {
    type State = State;
    type Command = Command;
    type Event = Event;
    type Context<'a> = Context<'a>;
    type Refusal = Refusal;

    fn initial() -> State {
        State::Unproposed
    }

    fn decide(state: &State, command: &Command, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
        rule::decide(state, command, context)
    }

    fn evolve(state: State, event: &Event) -> State {
        rule::evolve(state, event)
    }
}
