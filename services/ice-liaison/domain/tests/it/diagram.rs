//! The machine as a picture, walked out of the rules, and compared with the page that shows it.

use std::{collections::BTreeSet, fs, path::Path};

use ice_liaison_domain::examination::{Command, CommandKind, DeclineGround, LetterKind, Outcome};

use crate::{
    fixture::{letter, report},
    table::{command, desks},
};

/// The transitions that the rules make from the stages of the table, as a Mermaid state diagram.
fn diagram() -> String {
    let mut edges = BTreeSet::new();
    for (_, desk) in desks() {
        let from = desk.state.stage_name();
        let today = desk.today;
        let mut commands: Vec<Command> =
            CommandKind::ALL.into_iter().map(|kind| command(kind, &desk)).collect();
        commands.push(letter(8, LetterKind::ProcessCheck, today, None));
        commands.push(report(today, Outcome::NotUpheld, 0));
        let declined_on = today;
        commands.push(Command::Decline { declined_on, ground: DeclineGround::Premature, reasoned: false });
        for command in &commands {
            let mut after = desk.clone();
            if after.asks(command).is_ok() && after.state.stage_name() != from {
                edges.insert((from, after.state.stage_name(), command.kind()));
            }
        }
    }
    let mut lines = vec!["stateDiagram-v2".to_owned()];
    for (from, to, kind) in edges {
        let from = if from.as_str() == "UNOPENED" { "[*]" } else { from.as_str() };
        lines.push(format!("    {from} --> {}: {}", to.as_str(), kind.as_str()));
        let end = format!("    {} --> [*]", to.as_str());
        if to.is_terminal() && !lines.contains(&end) {
            lines.push(end);
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
