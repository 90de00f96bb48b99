//! What all commands share that are on a small aggregate: the state after a decision, and its numbered events.

use redress_kernel::{Citation, Decider};

/// What was decided, and the state it leads to.
pub(crate) struct Decided<R: Decider> {
    /// The state after it.
    pub(crate) state: R::State,
    /// What happened, in order.
    pub(crate) events: Vec<R::Event>,
    /// The rules behind it, in short form.
    pub(crate) citations: Vec<String>,
}

/// Decides a command, and moves a copy of the state on.
pub(crate) fn decide<R: Decider>(
    state: &R::State,
    command: &R::Command,
    context: &R::Context<'_>,
) -> Result<Decided<R>, R::Refusal> {
    let decision = R::decide(state, command, context)?;
    let evolved = decision.events.iter().fold(state.clone(), R::evolve);
    let citations = decision.because.iter().map(Citation::short).collect();
    Ok(Decided { state: evolved, events: decision.events, citations })
}

impl<R: Decider> Decided<R> {
    /// The version that a thing of `version` has afterwards.
    pub(crate) fn version_after(&self, version: i64) -> i64 {
        self.numbered(version).last().map_or(version, |(reached, _)| reached)
    }

    /// Each event with the version that a thing of `version` reaches by it.
    pub(crate) fn numbered(&self, version: i64) -> impl Iterator<Item = (i64, &R::Event)> {
        (version + 1..).zip(&self.events)
    }
}
