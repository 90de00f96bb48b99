//! Scenarios for rule books: given what happened, when someone asks, then this follows.

use std::fmt::Debug;

use redress_kernel::{Citation, Decider, Decision};

/// A rule book at work. `given` and `when` may alternate as long as commands are accepted.
#[derive(Debug)]
pub struct Scenario<D: Decider> {
    state: D::State,
}

/// What came of a command.
#[derive(Debug)]
#[must_use = "a scenario says what follows"]
pub struct Outcome<D: Decider> {
    before: D::State,
    result: Result<Decision<D::Event>, D::Refusal>,
}

impl<D: Decider> Scenario<D> {
    /// After these events.
    pub fn given(events: impl IntoIterator<Item = D::Event>) -> Self {
        let state = events.into_iter().fold(D::initial(), |state, event| D::evolve(state, &event));
        Self { state }
    }

    /// In this state.
    pub const fn in_state(state: D::State) -> Self {
        Self { state }
    }

    /// Someone asks for something.
    pub fn when(self, command: &D::Command, context: &D::Context<'_>) -> Outcome<D> {
        let result = D::decide(&self.state, command, context);
        Outcome { before: self.state, result }
    }

    /// The state now.
    pub const fn state(&self) -> &D::State {
        &self.state
    }
}

impl<D: Decider> Outcome<D>
where
    D::Event: Debug + PartialEq,
{
    /// Exactly these events follow; the scenario goes on after them.
    ///
    /// # Panics
    /// When others follow, or the command is refused.
    pub fn then(self, events: impl IntoIterator<Item = D::Event>) -> Scenario<D> {
        let decision = self.accepted();
        let expected: Vec<D::Event> = events.into_iter().collect();
        assert_eq!(decision.1.events, expected);
        decision.0
    }

    /// Some events follow, whichever; the scenario goes on after them.
    ///
    /// # Panics
    /// When the command is refused.
    pub fn then_accepted(self) -> Scenario<D> {
        self.accepted().0
    }

    /// The command is accepted because of the rule `rule`.
    ///
    /// # Panics
    /// When it is refused, or the rule is not cited.
    pub fn then_because(self, rule: &str) -> Scenario<D> {
        let (scenario, decision) = self.accepted();
        let cited: Vec<String> = decision.because.iter().map(Citation::short).collect();
        assert!(
            decision.because.iter().any(|citation| citation.rule == rule),
            "{rule} is not among {cited:?}"
        );
        scenario
    }

    #[expect(clippy::panic, reason = "a scenario that goes otherwise fails its test")]
    fn accepted(self) -> (Scenario<D>, Decision<D::Event>) {
        match self.result {
            Ok(decision) => {
                let state = decision.events.iter().fold(self.before, |state, event| D::evolve(state, event));
                (Scenario { state }, decision)
            }
            Err(refusal) => panic!("refused: {refusal}"),
        }
    }
}

impl<D: Decider> Outcome<D>
where
    D::Event: Debug,
{
    /// The command is refused for `reason`, and the state stays as it was.
    ///
    /// # Panics
    /// When it is accepted, or refused for another reason.
    #[expect(clippy::panic, reason = "a scenario that goes otherwise fails its test")]
    pub fn then_refused(self, reason: &str) -> D::Refusal {
        use redress_kernel::Refusal as _;
        match self.result {
            Ok(decision) => panic!("accepted: {:?}", decision.events),
            Err(refusal) => {
                assert_eq!(refusal.explain().reason, reason, "{refusal}");
                refusal
            }
        }
    }
}
