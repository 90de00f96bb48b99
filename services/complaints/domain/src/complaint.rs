//! A complaint about a provider's service, from receipt to closure (domain 3.1).
//!
//! [`Rules`] decides. [`State`] is a stage with what exists in that stage, beside the [`File`] that every stage has.
//! [`clocks::clocks`] computes every date of the case from state, pack and calendars and nothing else; [`due::due`] says
//! what the passing of time demands today. What a letter must say is checked by [`letter::check`], because neither state
//! nor events ever hold a text.

pub mod clocks;
pub mod command;
pub mod context;
pub mod due;
pub mod early_access;
pub mod event;
pub mod file;
pub mod letter;
pub mod snapshot;
pub mod stage;
pub mod state;
pub mod steps;

mod evolve;
mod rule;

use redress_kernel::{Decider, Decision};

pub use clocks::{Clock, ClockKey, ClockState, clocks, next_due};
pub use command::{Command, CommandKind, DraftDecision, Entry, Issue, Register, WithdrawnBy};
pub use context::{Context, Facts, Intake, pack_for};
pub use event::{Correction, Event, Issued, MovedClock, Registered};
pub use file::{
    File, Flag, FlagCode, LetterKind, LetterOnFile, LetterStanding, Outcome, Receipt, StepDone, StepRef,
};
pub use letter::LetterFacts;
pub use rule::allowed;
pub use snapshot::{ProcedureSnapshot, StageSnapshot, StepSnapshot};
pub use stage::{
    CloseReason, Draft, Drafting, ExaminerContact, ExaminerWay, Reopening, Stage, StageName, Work,
};
pub use state::{Case, Schema, State};

use crate::Refusal;

/// The rules of a complaint.
#[derive(Debug)]
pub enum Rules {}

/// What the person complains about, as the taker of the complaint sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Subject {
    /// The service of the provider or its subcontractors (CMP-17).
    Service,
    /// Having to take part, or another matter of programme policy (RTE-08, J0 7.12).
    ProgrammePolicy,
    /// Both the provider and Jobcentre Plus (RTE-01, J0 7.07).
    Mixed,
    /// What was done with personal data (CMP-29).
    DataProtection,
}

/// Who else speaks for the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Representative {
    /// A relative or friend.
    RelativeOrFriend,
    /// An adviser or advocate.
    Adviser,
    /// An elected member (RTE-09, J0 7.13).
    ElectedMember,
    /// A solicitor.
    Solicitor,
}

impl Subject {
    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Service => "SERVICE",
            Self::ProgrammePolicy => "PROGRAMME_POLICY",
            Self::Mixed => "MIXED",
            Self::DataProtection => "DATA_PROTECTION",
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
