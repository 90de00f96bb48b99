//! The machine as a picture, walked out of the rules, and compared with the page that shows it.

use std::collections::BTreeSet;

use ice_liaison_domain::examination::{Command, CommandKind, DeclineGround, LetterKind, Outcome};
use redress_ruletest::machine::{drawn, shown};

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
    let steps =
        edges.iter().map(|(from, to, kind)| (from.as_str(), to.as_str(), kind.as_str(), to.is_terminal()));
    drawn(steps, "UNOPENED")
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
