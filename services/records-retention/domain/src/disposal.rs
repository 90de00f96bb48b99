//! Records that end together: proposed, approved by another person over the digest of what was read, open to a veto, ordered in
//! the transaction of the last check, carried out by each holder, certified (reliability 5.7).
//!
//! Whether a record may be destroyed is not decided here but by [`crate::record::disposable`]; what it came to is handed in.

mod command;
pub mod ending;
mod rule;
mod stage;

use std::collections::BTreeMap;

use jiff::civil::Date;
use redress_kernel::{Citation, Decider, Decision};
use redress_policy::{Calendars, Computed, Pack};
use serde::{Deserialize, Serialize};

pub use command::{Command, Event};
pub use ending::{AgreedEnding, Ending, EndingReason, ProposedEnding};
pub use stage::StageName;

use crate::{
    Actor, ContractId, Digest, DisposalId, OrganisationId, RecordClass, RecordId, Refusal,
    anonymised::{Assessment, Method},
    record::Holder,
};

/// The rules of a disposal.
#[derive(Debug)]
pub enum Rules {}

/// A record of a disposal, as it was when it was proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Which record.
    pub record: RecordId,
    /// What it is.
    pub class: RecordClass,
    /// The last day of its term.
    pub due_on: Date,
    /// Why that day.
    pub rule: Citation,
    /// How many parts each holder has.
    pub parts: BTreeMap<Holder, u32>,
}

/// What is proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Which disposal.
    pub id: DisposalId,
    /// Contract of its records.
    pub contract: ContractId,
    /// Organisation for which it is proposed.
    pub organisation: OrganisationId,
    /// Its records, those due longest first (L40).
    pub items: Vec<Item>,
    /// What becomes of them.
    #[serde(default)]
    pub method: Method,
    /// What was found of the anonymised set they make, where they make one.
    #[serde(default)]
    pub assessment: Option<Assessment>,
    /// Digest of the manifest.
    pub digest: Digest,
    /// Who proposed it.
    pub proposed_by: Actor,
    /// Day on which it was proposed.
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
    /// The last day on which a veto stops it.
    pub veto_until: Date,
}

/// What a holder said of one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The record.
    pub record: RecordId,
    /// The holder.
    pub holder: Holder,
    /// Whether it destroyed what it holds.
    pub destroyed: bool,
    /// How many parts it destroyed.
    pub parts: u32,
    /// How many keys.
    pub keys: u32,
    /// How many sealed texts.
    pub sealed_texts: u32,
    /// How many stored objects.
    pub objects: u32,
    /// Day on which it did.
    pub on: Date,
    /// The last day on which copies beyond use may lie in backups.
    pub beyond_use_until: Option<Date>,
    /// The entry of the holder's journal that says so.
    pub entry: uuid::Uuid,
    /// Which telling of the order it answers, where it destroyed nothing: 0 for the first.
    #[serde(default)]
    pub telling: u32,
    /// Whether two people accepted that it counted otherwise.
    #[serde(default)]
    pub accepted: bool,
}

/// An approved disposal under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// What was proposed.
    pub proposal: Proposal,
    /// Who approved it.
    pub approval: Approval,
    /// Day of the order.
    pub ordered_on: Date,
    /// What the holders said, the last of each.
    pub receipts: Vec<Receipt>,
    /// How often they were told again.
    #[serde(default)]
    pub tellings: u32,
    /// Records that came back untouched.
    #[serde(default)]
    pub recalled: Vec<RecordId>,
    /// How it was last ended, where it stood still.
    #[serde(default)]
    pub ended: Option<Box<AgreedEnding>>,
}

/// Why a disposal came to nothing, or stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Obstacle {
    /// Someone with authority stopped it.
    Vetoed,
    /// Nobody approved it in time.
    Lapsed,
    /// A record was held, no longer due, or changed.
    RecordChanged,
    /// A holder refused.
    HolderRefused,
    /// A holder destroyed something else than it was told.
    CountMismatch,
    /// Two people brought its records back.
    Abandoned,
}

/// The state of a disposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// Nobody proposed it.
    Unproposed,
    /// Waits for another person.
    Proposed(Box<Proposal>),
    /// Approved, open to a veto.
    Approved {
        /// What was proposed.
        proposal: Box<Proposal>,
        /// The approval.
        approval: Approval,
    },
    /// The holders are told.
    Ordered(Box<Issued>),
    /// Stands still until a person looks.
    Halted {
        /// How far it came.
        issued: Box<Issued>,
        /// Why.
        obstacle: Obstacle,
        /// How somebody would end it.
        #[serde(default)]
        ending: Option<Box<ProposedEnding>>,
    },
    /// Done.
    Certified {
        /// How it came.
        issued: Box<Issued>,
        /// Day on which it was done.
        certified_on: Date,
    },
    /// It came to nothing.
    Void {
        /// What was proposed.
        proposal: Box<Proposal>,
        /// The approval it had.
        approval: Option<Approval>,
        /// Why.
        obstacle: Obstacle,
        /// How it was ended, where it stood still.
        #[serde(default)]
        ended: Option<Box<AgreedEnding>>,
    },
}

/// What the rules may look at besides the state.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The present civil date in London.
    pub today: Date,
    /// Who asks.
    pub actor: &'a Actor,
    /// The pack of the contract, for the lengths of approval and veto.
    pub pack: &'a Pack,
    /// Bank holidays.
    pub calendars: &'a Calendars,
    /// Whether somebody asks in the actor's name, and not the actor in person.
    pub by_delegate: bool,
    /// What the manifest's records come to now: their digest, or the first that may not be destroyed any more.
    pub found: Option<&'a Result<Digest, RecordId>>,
}

impl State {
    /// Where it stands.
    pub const fn stage_name(&self) -> StageName {
        match self {
            Self::Unproposed => StageName::Unproposed,
            Self::Proposed(_) => StageName::Proposed,
            Self::Approved { .. } => StageName::Approved,
            Self::Ordered(_) => StageName::Ordered,
            Self::Halted { .. } => StageName::Halted,
            Self::Certified { .. } => StageName::Certified,
            Self::Void { .. } => StageName::Void,
        }
    }

    /// What was proposed.
    pub fn proposal(&self) -> Option<&Proposal> {
        match self {
            Self::Unproposed => None,
            Self::Proposed(proposal) | Self::Approved { proposal, .. } | Self::Void { proposal, .. } => {
                Some(proposal)
            }
            Self::Ordered(issued) | Self::Halted { issued, .. } | Self::Certified { issued, .. } => {
                Some(&issued.proposal)
            }
        }
    }

    /// Who approved it.
    pub fn approval(&self) -> Option<&Approval> {
        match self {
            Self::Unproposed | Self::Proposed(_) => None,
            Self::Approved { approval, .. } => Some(approval),
            Self::Void { approval, .. } => approval.as_ref(),
            Self::Ordered(issued) | Self::Halted { issued, .. } | Self::Certified { issued, .. } => {
                Some(&issued.approval)
            }
        }
    }

    /// How somebody would end it, while it stands still.
    pub fn proposed_ending(&self) -> Option<&ProposedEnding> {
        match self {
            Self::Halted { ending, .. } => ending.as_deref(),
            Self::Unproposed
            | Self::Proposed(_)
            | Self::Approved { .. }
            | Self::Ordered(_)
            | Self::Certified { .. }
            | Self::Void { .. } => None,
        }
    }

    /// How it was last ended, where it stood still.
    pub fn agreed_ending(&self) -> Option<&AgreedEnding> {
        match self {
            Self::Void { ended, .. } => ended.as_deref(),
            Self::Ordered(issued) | Self::Halted { issued, .. } | Self::Certified { issued, .. } => {
                issued.ended.as_deref()
            }
            Self::Unproposed | Self::Proposed(_) | Self::Approved { .. } => None,
        }
    }

    /// How far the holders came.
    pub fn issued(&self) -> Option<&Issued> {
        match self {
            Self::Ordered(issued) | Self::Halted { issued, .. } | Self::Certified { issued, .. } => {
                Some(issued)
            }
            Self::Unproposed | Self::Proposed(_) | Self::Approved { .. } | Self::Void { .. } => None,
        }
    }
}

impl Issued {
    /// The first record whose holders have not all destroyed what they were told to, unless it came back; nothing when all is done.
    pub fn outstanding(&self) -> Option<RecordId> {
        self.proposal.items.iter().find(|item| !self.is_settled(item)).map(|item| item.record)
    }

    /// The last day on which copies beyond use may lie in backups (L37).
    pub fn beyond_use_until(&self) -> Option<Date> {
        self.receipts.iter().filter_map(|receipt| receipt.beyond_use_until).max()
    }
}

/// The last day on which a disposal approved on `approved_on` can be stopped (Q42).
///
/// # Errors
/// Refuses where the calendar does not reach so far: nothing is destroyed by a stale calendar.
pub fn veto(pack: &Pack, calendars: &Calendars, approved_on: Date) -> Result<Computed, Refusal> {
    rule::count(redress_policy::ClockKind::DisposalVeto, pack, calendars, approved_on)
}

/// The last day on which a disposal proposed on `proposed_on` can be approved (Q41).
///
/// # Errors
/// Refuses a day outside the civil calendar.
pub fn approve_until(pack: &Pack, calendars: &Calendars, proposed_on: Date) -> Result<Date, Refusal> {
    Ok(rule::count(redress_policy::ClockKind::DisposalApproval, pack, calendars, proposed_on)?.due_on)
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
        rule::evolve::evolve(state, event)
    }
}
