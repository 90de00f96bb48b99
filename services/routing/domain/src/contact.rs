//! A contact: routed when it is recorded, offered or handed over, and routed again where that was wrong.

mod command;
mod event;
mod evolve;
mod rule;
mod state;

use jiff::civil::Date;
use redress_kernel::{Actor, Decider, Decision};
use redress_policy::{Calendars, Library, Pack};

pub use command::{Command, CommandKind, Fresh, Record, RejectReason, Reroute};
pub use event::{Event, Recorded};
pub use rule::allowed;
pub use state::{Contact, Schema, Stage, StageName, State};

use crate::{Contract, Refusal};

/// The rules of a contact.
#[derive(Debug)]
pub enum Rules {}

/// What a rule may look at besides the state.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The present civil date in London.
    pub today: Date,
    /// Who asks.
    pub actor: &'a Actor,
    /// The contract on the day of receipt.
    pub contract: &'a Contract,
    /// The pack pinned on the contact; for `Record` the one that binds the contract.
    pub pack: &'a Pack,
    /// Packs and legislatures.
    pub library: &'a Library,
    /// Bank holidays.
    pub calendars: &'a Calendars,
    /// Whether the joint reply of the mixed complaint that it follows is out.
    pub joint_reply_is_out: bool,
}

impl Decider for Rules {
    type State = State;
    type Command = Command;
    type Event = Event;
    type Context<'a> = Context<'a>;
    type Refusal = Refusal;

    fn initial() -> State {
        State::Unrecorded
    }

    fn decide(state: &State, command: &Command, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
        rule::decide(state, command, context)
    }

    fn evolve(state: State, event: &Event) -> State {
        evolve::evolve(state, event)
    }
}
