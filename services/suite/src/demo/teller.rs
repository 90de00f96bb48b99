//! The narration: chapters, sentences, dates with their reasons, refusals with theirs.

use redress_proto::{
    complaints::v1::{ClockState, Complaint},
    r#type::v1::{Citation, Deadline},
};

use crate::{
    client::Failure,
    command::session::say,
    present::{Screen, Tone, citation, complaint, date, deadline, problem},
};

/// A line as it is. A reader who has gone does not stop the example.
pub(super) fn line(text: &str) {
    let _ = say(text);
}

/// Who tells the example.
#[derive(Clone, Copy, Debug)]
pub(super) struct Teller {
    screen: Screen,
}

impl Teller {
    pub(super) fn new(screen: Screen) -> Self {
        Self { screen }
    }

    /// What it is told on.
    pub(super) const fn screen(self) -> Screen {
        self.screen
    }

    /// Begins a part.
    pub(super) fn chapter(self, title: &str) {
        let rule = "─".repeat(usize::from(self.screen.width));
        line(&format!(
            "\n{}\n{}",
            self.screen.paint(Tone::Faint, &rule),
            self.screen.paint(Tone::Strong, title)
        ));
    }

    /// Says what happens.
    pub(super) fn say(self, text: &str) {
        line(&format!("\n{}", self.screen.wrap(text, 0)));
    }

    /// Says under which rules.
    pub(super) fn because(self, citations: &[Citation]) {
        if !citations.is_empty() {
            let rules = format!("because of {}", citation::all(citations));
            line(&self.screen.paint(Tone::Faint, &self.screen.wrap(&rules, 3)));
        }
    }

    /// Shows where a case stands.
    pub(super) fn case(self, case: &Complaint) {
        line(&format!("   {}", complaint::heading(self.screen, case)));
    }

    /// Shows every date that runs, with its rule.
    pub(super) fn dates(self, case: &Complaint) {
        let running: Vec<_> = case
            .clocks
            .iter()
            .filter(|clock| matches!(clock.state(), ClockState::Running | ClockState::Breached))
            .cloned()
            .collect();
        line(&deadline::clocks(self.screen, &running));
    }

    /// Shows one date with its rule.
    pub(super) fn due(self, found: &Deadline) {
        let due = date::read(found.due_on.as_ref())
            .map(|due| date::due(due, self.screen.today))
            .unwrap_or_default();
        let rules = citation::lines(&found.citations);
        line(&format!("   {}: {due}, {rules}", deadline::kind(found)));
    }

    /// Shows one date day by day.
    pub(super) fn derived(self, found: &Deadline) {
        self.due(found);
        line(&deadline::derivation(self.screen, found));
    }

    /// Tries something that must be refused for `reason`, and shows how it is.
    pub(super) fn refused<T>(
        self,
        tried: &str,
        reason: &str,
        outcome: Result<T, Failure>,
    ) -> Result<(), Failure> {
        self.say(&format!("Tried on purpose: {tried}"));
        match outcome {
            Err(failure) if failure.reason() == reason => {
                let told = problem::show(self.screen, &failure, None);
                let indented: Vec<String> = told.lines().map(|line| format!("   {line}")).collect();
                line(&indented.join("\n"));
                Ok(())
            }
            Err(failure) => Err(failure),
            Ok(_) => Err(Failure::Unsound(format!("the suite accepted what it should refuse with {reason}"))),
        }
    }
}
