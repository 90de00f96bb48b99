//! The machines as pictures, walked out of the rules, and compared with the page that shows them.

use std::collections::BTreeSet;

use records_retention_domain::{
    RecordClass,
    disposal::{self, StageName as DisposalStage},
    record::{Command, CommandKind, StageName},
};
use redress_ruletest::machine::{drawn, shown};

use crate::{
    fixture::{Desk, Shelf, ends, receipt},
    table::{asked, command, desks, shelves},
};

/// What moves a kept record besides commands: the contract ends, is extended, and time passes.
fn moved(shelf: &Shelf) -> Vec<(&'static str, Shelf)> {
    let with = |change: &dyn Fn(&mut Shelf)| {
        let mut moved = shelf.clone();
        change(&mut moved);
        moved
    };
    vec![
        ("the contract ends", with(&|shelf| shelf.contract = ends(9, "2025-12-31"))),
        ("the contract is extended", with(&|shelf| shelf.contract = ends(9, "2026-12-31"))),
        ("the term ends", with(&|shelf| shelf.today = "2033-01-05".parse().unwrap())),
    ]
}

fn of_records() -> String {
    let mut edges = BTreeSet::new();
    for (name, shelf) in shelves() {
        let from = shelf.stage();
        for kind in CommandKind::ALL {
            let mut after = shelf.clone();
            if after.asks(&command(kind, &shelf)).is_ok() && after.stage() != from {
                edges.insert((from, after.stage(), kind.as_str().to_owned()));
            }
        }
        let class = shelf.state.file().map(|file| file.class);
        if class.is_some_and(|class| class == RecordClass::ComplaintFile) && !name.contains("held") {
            let natural = |what: &str, from: StageName| match what {
                "the contract ends" => from == StageName::Active,
                "the contract is extended" => from == StageName::Due,
                _ => from == StageName::RetentionRunning,
            };
            for (what, after) in moved(&shelf) {
                if after.stage() != from && natural(what, from) {
                    edges.insert((from, after.stage(), what.to_owned()));
                }
            }
        }
    }
    let steps = edges.iter().map(|(from, to, what)| (from.as_str(), to.as_str(), what.as_str(), is_end(*to)));
    drawn(steps, "UNREGISTERED")
}

fn is_end(stage: StageName) -> bool {
    matches!(stage, StageName::Destroyed | StageName::Anonymised)
}

fn of_disposals() -> String {
    let mut edges = BTreeSet::new();
    for desk in desks() {
        let from = desk.state.stage_name();
        let mut commands = asked(&desk);
        commands.push(disposal::Command::RecordReceipt(receipt(20, false, 0)));
        let mut nearly = desk.clone();
        let _ = nearly.asks(&disposal::Command::RecordReceipt(receipt(21, true, 1)));
        for (start, days) in [(&desk, 0), (&desk, 30), (&nearly, 0)] {
            for command in &commands {
                let mut after: Desk = start.clone();
                after.is("officer-3");
                after.today = after.today.checked_add(jiff::Span::new().days(days)).unwrap();
                if start.state.stage_name() == from
                    && after.asks(command).is_ok()
                    && after.state.stage_name() != from
                {
                    edges.insert((from, after.state.stage_name(), command.name()));
                }
            }
        }
    }
    let steps = edges.iter().map(|(from, to, what)| (from.as_str(), to.as_str(), *what, to.is_terminal()));
    drawn(steps, DisposalStage::Unproposed.as_str())
}

#[test]
fn the_diagrams_are_drawn_from_the_rules() {
    insta::assert_snapshot!("state_diagram_of_records", of_records());
    insta::assert_snapshot!("state_diagram_of_disposals", of_disposals());
    insta::assert_snapshot!("state_diagram_of_erasure_requests", crate::erasure::diagram());
    insta::assert_snapshot!("state_diagram_of_schedule_changes", crate::change::diagram());
}

#[test]
fn the_page_of_the_service_shows_the_diagrams_as_the_rules_have_them() {
    let shown = shown(env!("CARGO_MANIFEST_DIR"));
    assert_eq!(
        shown,
        [of_records(), of_disposals(), crate::erasure::diagram(), crate::change::diagram()],
        "paste the snapshots of the diagrams into the page"
    );
}

#[test]
fn no_command_leaves_a_destroyed_record() {
    for (name, ended) in shelves().into_iter().filter(|(_, shelf)| is_end(shelf.stage())) {
        for kind in CommandKind::ALL {
            let mut after = ended.clone();
            let asked: Command = command(kind, &ended);
            let _ = after.asks(&asked);
            assert_eq!(after.state, ended.state, "{name}: {}", kind.as_str());
        }
    }
}
