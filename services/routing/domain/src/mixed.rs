//! A complaint against both the provider and Jobcentre Plus (domain 3.2): Jobcentre Plus leads, the provider contributes and
//! agrees to the wording, one reply goes out, and what is left over runs on in each body by itself.

mod clocks;
mod command;
mod evolve;
mod rule;
mod state;

use jiff::civil::Date;
use redress_kernel::{Actor, Decider, Decision};
use redress_policy::{Calendars, Pack};

pub use clocks::clocks;
pub use command::{Command, CommandKind, Event, Raise};
pub use rule::allowed;
pub use state::{Contribution, Issued, Mixed, RaisedAt, Schema, Sent, Stage, StageName, State};

use crate::{PaperId, Refusal};

/// The rules of a mixed complaint.
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
        State::Unraised
    }

    fn decide(state: &State, command: &Command, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
        rule::decide(state, command, context)
    }

    fn evolve(state: State, event: &Event) -> State {
        evolve::evolve(state, event)
    }
}
