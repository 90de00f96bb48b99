//! The machines as pictures, walked out of the rules, and compared with the page that shows them.

use std::collections::BTreeSet;

use redress_ruletest::machine;

use crate::{
    fixture::{JCP, PRIME},
    table::{contact_commands, contacts, letter_commands, letters, mixed, mixed_commands},
};

type Edges = BTreeSet<(&'static str, &'static str, &'static str)>;

fn drawn(edges: &Edges, first: &str) -> String {
    machine::drawn(edges.iter().map(|(from, to, kind)| (*from, *to, *kind, false)), first)
}

fn of_contacts() -> String {
    let mut edges = Edges::new();
    for (_, desk) in contacts() {
        let from = desk.state.stage_name().as_str();
        for command in contact_commands() {
            let mut desk = desk.clone();
            if desk.asks(&command).is_ok() && desk.state.stage_name().as_str() != from {
                edges.insert((from, desk.state.stage_name().as_str(), command.kind().as_str()));
            }
        }
    }
    drawn(&edges, "UNRECORDED")
}

fn of_mixed() -> String {
    let mut edges = Edges::new();
    for (_, desk) in mixed() {
        let from = desk.state.stage_name().as_str();
        for command in mixed_commands(&desk) {
            for organisation in [PRIME, JCP] {
                let mut desk = desk.clone();
                if desk.by(organisation).asks(&command).is_ok() && desk.state.stage_name().as_str() != from {
                    edges.insert((from, desk.state.stage_name().as_str(), command.kind().as_str()));
                }
            }
        }
    }
    drawn(&edges, "UNRAISED")
}

fn of_letters() -> String {
    let mut edges = Edges::new();
    for (_, desk) in letters() {
        let from = desk.state.stage_name().as_str();
        for command in letter_commands() {
            let mut desk = desk.clone();
            if desk.asks(&command).is_ok() && desk.state.stage_name().as_str() != from {
                edges.insert((from, desk.state.stage_name().as_str(), command.kind().as_str()));
            }
        }
    }
    drawn(&edges, "UNLOGGED")
}

#[test]
fn the_diagrams_are_drawn_from_the_rules() {
    insta::assert_snapshot!("contact", of_contacts());
    insta::assert_snapshot!("mixed_complaint", of_mixed());
    insta::assert_snapshot!("member_letter", of_letters());
}

#[test]
fn the_page_of_the_service_shows_the_diagrams_as_the_rules_have_them() {
    let shown = machine::shown(env!("CARGO_MANIFEST_DIR"));
    assert_eq!(shown, [of_contacts(), of_mixed(), of_letters()], "paste the snapshots into the page");
}
