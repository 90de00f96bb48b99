//! A record, from the day it is known until its tombstone (domain 3.5).
//!
//! [`Rules`] decides. [`dates::retention`] computes the end of its term from state, contract, pack and calendars and from
//! nothing else. [`disposable`] is the one function that says whether it may be destroyed; proposal, approval and the
//! order itself all ask it.

pub mod command;
pub mod context;
pub mod dates;
pub mod disposable;
pub mod due;
pub mod event;
pub mod file;
pub mod readmission;
pub mod stage;

mod evolve;
mod rule;

use redress_kernel::{Decider, Decision};
use serde::{Deserialize, Serialize};

pub use command::{Command, CommandKind, Order, Register};
pub use context::Context;
pub use dates::{Gap, Term, retention};
pub use disposable::{Disposable, disposable};
pub use due::look_on;
pub use event::{Event, Registered};
pub use file::{Content, File, Holder, Part};
pub use readmission::{Gone, readmit};
pub use stage::{StageName, allowed, stage};

use crate::{DisposalId, RecordClass, Refusal, anonymised::Method};
use jiff::civil::Date;
use redress_kernel::Citation;

/// The rules of a record.
#[derive(Debug)]
pub enum Rules {}

/// The state of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// Nobody registered it.
    Unregistered,
    /// Kept.
    Kept(Box<File>),
    /// Its destruction is ordered.
    Ordered(Box<Ordered>),
    /// Gone.
    Destroyed(Box<Tombstone>),
}

/// A record whose destruction is ordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ordered {
    /// What will be left of it.
    pub tombstone: Tombstone,
    /// What is to be destroyed.
    pub parts: Vec<Part>,
    /// The holders that have not answered yet.
    pub outstanding: Vec<Holder>,
    /// What was known of it, for as long as it may have to be brought back.
    #[serde(default)]
    pub file: Option<Box<File>>,
}

/// What is left of a record: nothing about a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tombstone {
    /// Which record.
    pub record: crate::RecordId,
    /// What it was.
    pub class: RecordClass,
    /// Why it could be destroyed.
    pub rule: Citation,
    /// The last day of its term.
    pub due_on: Date,
    /// The disposal.
    pub disposal: DisposalId,
    /// Day of the order.
    pub ordered_on: Date,
    /// Day on which its last holder had destroyed its part.
    pub destroyed_on: Option<Date>,
    /// Who proposed it.
    pub proposed_by: String,
    /// Who approved it.
    pub approved_by: String,
    /// What became of it.
    #[serde(default)]
    pub method: Method,
    /// The set into which it went, where it was anonymised.
    #[serde(default)]
    pub anonymised_in: Option<crate::RecordId>,
}

impl State {
    /// The file, while it is kept.
    pub fn file(&self) -> Option<&File> {
        match self {
            Self::Kept(file) => Some(file),
            Self::Unregistered | Self::Ordered(_) | Self::Destroyed(_) => None,
        }
    }

    /// What was known of it, while its destruction is ordered and may have to be taken back.
    pub fn ordered(&self) -> Option<&File> {
        match self {
            Self::Ordered(ordered) => ordered.file.as_deref(),
            Self::Unregistered | Self::Kept(_) | Self::Destroyed(_) => None,
        }
    }

    /// What is left of it, or will be.
    pub fn tombstone(&self) -> Option<&Tombstone> {
        match self {
            Self::Ordered(ordered) => Some(&ordered.tombstone),
            Self::Destroyed(tombstone) => Some(tombstone),
            Self::Unregistered | Self::Kept(_) => None,
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
        State::Unregistered
    }

    fn decide(state: &State, command: &Command, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
        rule::decide(state, command, context)
    }

    fn evolve(state: State, event: &Event) -> State {
        evolve::evolve(state, event)
    }
}
