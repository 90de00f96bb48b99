//! The machine as a picture, walked out of the rules, and compared with the page that shows it.

use std::collections::BTreeSet;

use complaints_domain::complaint::{CloseReason, Command, CommandKind, DraftDecision};
use redress_ruletest::machine::{drawn, shown};

use crate::{
    fixture::contact,
    table::{command, decide, desks},
};

/// The transitions that the rules make from the stages of the table, as a Mermaid state diagram.
fn diagram() -> String {
    let mut edges = BTreeSet::new();
    for (_, desk) in desks() {
        let from = desk.state.stage_name();
        let mut commands: Vec<Command> =
            CommandKind::ALL.into_iter().map(|kind| command(kind, &desk)).collect();
        for reason in [CloseReason::Accepted, CloseReason::ExaminerClosed] {
            commands.push(Command::Close { reason, explained: false });
        }
        commands.push(decide(DraftDecision::Rework));
        commands.push(contact(&desk.today.to_string(), true));
        let mut late = desk.clone();
        late.today = desk.today.checked_add(jiff::Span::new().months(7)).unwrap();
        let fired = [Command::CloseSilent, Command::CloseWindowPassed];
        let asked = commands.iter().map(|command| (desk.clone(), command));
        for (mut desk, command) in asked.chain(fired.iter().map(|command| (late.clone(), command))) {
            if desk.asks(command).is_ok() && desk.state.stage_name() != from {
                edges.insert((from, desk.state.stage_name(), command.kind()));
            }
        }
    }
    let steps =
        edges.iter().map(|(from, to, kind)| (from.as_str(), to.as_str(), kind.as_str(), to.is_terminal()));
    drawn(steps, "UNREGISTERED")
}

#[test]
fn the_diagram_is_drawn_from_the_rules() {
    insta::assert_snapshot!("state_diagram", diagram());
}

#[test]
fn the_page_of_the_service_shows_the_diagram_as_the_rules_have_it() {
    let shown = shown(env!("CARGO_MANIFEST_DIR"));
    assert_eq!(shown, [diagram()], "paste the snapshot `state_diagram` into the page");
}
