//! The machine as a picture, walked out of the rules, and compared with the page that shows it.

use std::{collections::BTreeSet, fs, path::Path};

use complaints_domain::complaint::{CloseReason, Command, CommandKind, DraftDecision};

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
    let mut lines = vec!["stateDiagram-v2".to_owned()];
    for (from, to, kind) in edges {
        let from = if from.as_str() == "UNREGISTERED" { "[*]" } else { from.as_str() };
        lines.push(format!("    {from} --> {}: {}", to.as_str(), kind.as_str()));
        if to.is_terminal() {
            let end = format!("    {} --> [*]", to.as_str());
            if !lines.contains(&end) {
                lines.push(end);
            }
        }
    }
    lines.join("\n")
}

#[test]
fn the_diagram_is_drawn_from_the_rules() {
    insta::assert_snapshot!("state_diagram", diagram());
}

#[test]
fn the_page_of_the_service_shows_the_diagram_as_the_rules_have_it() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let page = fs::read_to_string(page).unwrap();
    let (_, rest) = page.split_once("```mermaid\n").unwrap();
    let (shown, _) = rest.split_once("\n```").unwrap();
    assert_eq!(shown, diagram(), "paste the snapshot `state_diagram` into the page");
}
