//! A complaint with the Independent Case Examiner, as the provider sees it (domain 3.3).
//!
//! [`Rules`] decides; what ICE itself decides is recorded and not judged. [`State`] is a stage beside the [`File`] that
//! every stage has. [`clock`] computes every date from the file, the pack and the calendars; [`due`] says what the passing
//! of time demands today.

pub mod clock;
pub mod command;
pub mod context;
pub mod due;
pub mod event;
pub mod file;
pub mod stage;

mod evolve;
mod rule;

use redress_kernel::{Decider, Decision};

pub use command::{Command, CommandKind, Move, NewLetter, NewRecommendation, NewReport};
pub use context::{Context, Facts};
pub use event::{Closed, Event, Opened, Received};
pub use file::{
    Account, Answered, ChargeStanding, Confirmation, DeclineGround, Element, Ending, EndingKind, Evidence,
    File, IceLetter, LetterKind, LetterState, Outcome, Recommendation, RecommendationKind, Report, Revisit,
    StageEntry,
};
pub use rule::allowed;
pub use stage::{Case, Schema, Stage, StageName, State};

use crate::Refusal;

/// The rules of an examination.
#[derive(Debug)]
pub enum Rules {}

impl Decider for Rules {
    type State = State;
    type Command = Command;
    type Event = Event;
    type Context<'a> = Context<'a>;
    type Refusal = Refusal;

    fn initial() -> State {
        State::Unopened
    }

    fn decide(state: &State, command: &Command, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
        rule::decide(state, command, context)
    }

    fn evolve(state: State, event: &Event) -> State {
        evolve::evolve(state, event)
    }
}
