//! A decision carried out on a copy: the state after it, and its numbered events.

use crate::{Citation, Decider};

/// What was decided, and the state it leads to.
#[derive(Debug)]
pub struct Decided<R: Decider> {
    /// The state after it.
    pub state: R::State,
    /// What happened, in order.
    pub events: Vec<R::Event>,
    /// The rules behind it, in short form.
    pub citations: Vec<String>,
}

impl<R: Decider> Decided<R> {
    /// Decides a command, and moves a copy of the state on.
    pub fn by(state: &R::State, command: &R::Command, context: &R::Context<'_>) -> Result<Self, R::Refusal> {
        let decision = R::decide(state, command, context)?;
        let evolved = decision.events.iter().fold(state.clone(), R::evolve);
        let citations = decision.because.iter().map(Citation::short).collect();
        Ok(Self { state: evolved, events: decision.events, citations })
    }

    /// The version that a thing of `version` has afterwards.
    pub fn version_after(&self, version: i64) -> i64 {
        self.numbered(version).last().map_or(version, |(reached, _)| reached)
    }

    /// Each event with the version that a thing of `version` reaches by it.
    pub fn numbered(&self, version: i64) -> impl Iterator<Item = (i64, &R::Event)> {
        (version + 1..).zip(&self.events)
    }
}
