//! The shape of every rule book: decide what may happen, evolve by what did.

use crate::{Citation, Refusal};

/// Rules as pure functions over one kind of aggregate.
pub trait Decider {
    /// What is known so far; a stage enum whose variants carry just the data that exists in that stage.
    type State: Clone + Send + Sync;
    /// What someone asks for.
    type Command: Send + Sync;
    /// What happened, in the past tense; identifiers, dates, amounts and enum values only.
    type Event: Clone + Send + Sync;
    /// Time, actor, pinned policy and whatever else the outside knows; handed in.
    type Context<'a>: Send + Sync;
    /// Why not.
    type Refusal: Refusal;

    /// The state before anything happened.
    fn initial() -> Self::State;

    /// Decides `command` in `state`, or refuses it with the reason.
    fn decide(
        state: &Self::State,
        command: &Self::Command,
        context: &Self::Context<'_>,
    ) -> Result<Decision<Self::Event>, Self::Refusal>;

    /// The state after `event`. Total: an event that was once recorded is always accepted.
    fn evolve(state: Self::State, event: &Self::Event) -> Self::State;
}

/// What was decided, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision<E> {
    /// What happened, in order; empty when the command changes nothing.
    pub events: Vec<E>,
    /// The rules that allowed it, and those it set running.
    pub because: Vec<Citation>,
}

impl<E> Decision<E> {
    /// One event and the rules behind it.
    pub fn one(event: E, because: Vec<Citation>) -> Self {
        Self { events: vec![event], because }
    }

    /// Nothing to do: what was asked for already holds.
    pub fn nothing() -> Self {
        Self { events: Vec::new(), because: Vec::new() }
    }
}
