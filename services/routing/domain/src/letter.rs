//! An elected member's or peer's letter (domain 3.4): answered to the office it came from, under its reference, in time or
//! with a holding reply, whatever it opens beside that.

mod clocks;
mod command;
mod evolve;
mod rule;
mod state;

use jiff::civil::Date;
use redress_kernel::{Actor, Decider, Decision};
use redress_policy::{Calendars, Pack};

pub use clocks::clocks;
pub use command::{Command, CommandKind, Event, Log};
pub use rule::{allowed, quotes};
pub use state::{Authority, Destination, Letter, Schema, Stage, StageName, State, Transfer};

use crate::{PaperId, Refusal};

/// The rules of a letter.
#[derive(Debug)]
pub enum Rules {}

/// What a rule may look at besides the state.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The present civil date in London.
    pub today: Date,
    /// Who asks.
    pub actor: &'a Actor,
    /// The pack pinned.
    pub pack: &'a Pack,
    /// Bank holidays.
    pub calendars: &'a Calendars,
    /// Opaque ids of the people complained about.
    pub persons_complained_about: &'a [String],
    /// Papers on file that can be read.
    pub papers: &'a [PaperId],
}

impl Decider for Rules {
    type State = State;
    type Command = Command;
    type Event = Event;
    type Context<'a> = Context<'a>;
    type Refusal = Refusal;

    fn initial() -> State {
        State::Unlogged
    }

    fn decide(state: &State, command: &Command, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
        rule::decide(state, command, context)
    }

    fn evolve(state: State, event: &Event) -> State {
        evolve::evolve(state, event)
    }
}
