//! Where contacts go: every table answers everything that can be asked, once and with a reason, and a table that does not
//! is not loaded (R28, R29).

use std::collections::BTreeSet;

use redress_kernel::Channel;
use redress_policy::route::{self, Asked, CHANNELS, Matter, Matters, Outcome, Routes, Writer};

use crate::fixture::{library, pack};

const SCOTTISH: &str = include_str!("../../routes/jets-scotland.toml");

#[test]
fn whatever_is_asked_has_one_answer_with_citations_that_lead_somewhere() {
    let library = library();
    let known: BTreeSet<&str> = library.documents().iter().map(|document| document.key.as_str()).collect();
    for pack in library.packs() {
        let mut asked_in_all = 0;
        for asked in Asked::all() {
            asked_in_all += 1;
            let row = pack.routes.first(asked).unwrap_or_else(|| panic!("{:?} {asked:?}", pack.reference));
            assert!(!row.sources.is_empty(), "{:?} {}", pack.reference, row.name);
            for source in row.sources.iter().chain(row.duties.iter().map(|duty| &duty.source)) {
                let leads = known.contains(source.document()) || source.document() == "reading";
                assert!(leads && !source.paragraph().is_empty(), "{} cites {}", row.name, source.at);
            }
        }
        assert_eq!(asked_in_all, 6 * 127 * 5, "{:?}", pack.reference);
    }
}

#[test]
fn packs_with_a_table_of_their_own_cite_their_own_documents() {
    let library = library();
    for (id, document) in [("jets-scotland", "J0"), ("ipes", "I0")] {
        let own = pack(library, id).routes.sources().filter(|source| source.document() == document).count();
        assert!(own > 5, "{id}: {own}");
    }
    let sparse = &pack(library, "restart").routes;
    assert_eq!(*sparse, pack(library, "atw-ha-2023").routes);
    assert!(sparse.sources().all(|source| !["J0", "I0"].contains(&source.document())));
}

#[test]
fn the_practice_table() {
    insta::assert_snapshot!("routes_practice", told(&pack(library(), "restart").routes));
}

#[test]
fn the_table_of_jets_in_scotland() {
    insta::assert_snapshot!("routes_jets_scotland", told(&pack(library(), "jets-scotland").routes));
}

#[test]
fn the_table_of_ipes() {
    insta::assert_snapshot!("routes_ipes", told(&pack(library(), "ipes").routes));
}

#[test]
fn readings_that_tables_cite_are_told() {
    let readme = include_str!("../../README.md");
    for pack in library().packs() {
        for source in pack.routes.sources().filter(|source| source.document() == "reading") {
            assert!(readme.contains(&format!("| {} |", source.paragraph())), "{}", source.at);
        }
    }
}

/// A table as its rows, and as an answer to every question: one line for each set of matters, one column for each writer,
/// what is written before what is said where the two differ.
fn told(routes: &Routes) -> String {
    let mut lines: Vec<String> = routes
        .rows
        .iter()
        .map(|row| {
            let opens = row.opens.map(|opens| format!(" opening {}", opens.as_str())).unwrap_or_default();
            let cites: Vec<String> =
                row.sources.iter().map(|source| format!("{} {}", source.rule, source.at)).collect();
            format!("{} -> {}{opens} [{}]", row.name, row.outcome.as_str(), cites.join("; "))
        })
        .collect();
    lines.push(String::new());
    for about in Matters::all() {
        let matters: Vec<&str> = about.iter().map(Matter::slug).collect();
        let answers: Vec<String> = Writer::ALL
            .into_iter()
            .map(|writer| {
                let mut names: Vec<&str> = [Channel::Post, Channel::Telephone]
                    .into_iter()
                    .filter_map(|channel| routes.first(Asked { writer, about, channel }))
                    .map(|row| row.name.as_str())
                    .collect();
                names.dedup();
                names.join("/")
            })
            .collect();
        lines.push(format!("{}: {}", matters.join("+"), answers.join(" | ")));
    }
    lines.join("\n")
}

#[test]
fn what_is_written_is_one_and_what_is_said_is_one() {
    for pack in library().packs() {
        for asked in Asked::all() {
            let written = matches!(asked.channel, Channel::Post | Channel::Email | Channel::Online);
            let like = Asked { channel: if written { Channel::Post } else { Channel::Telephone }, ..asked };
            assert_eq!(pack.routes.first(asked), pack.routes.first(like), "{asked:?}");
        }
    }
    assert_eq!(CHANNELS.len(), 5);
}

#[test]
fn a_complaint_never_gets_lost_among_what_is_none() {
    // Whoever is unhappy with somebody here is answered by somebody here, whatever else the contact says (CMP-20).
    for pack in library().packs() {
        for asked in Asked::all() {
            let unhappy = asked
                .about
                .iter()
                .any(|matter| !matches!(matter, Matter::Enquiry | Matter::DecidedElsewhere));
            let row = pack.routes.first(asked).unwrap();
            let none = row.outcome == Outcome::NotAComplaint
                || (row.outcome == Outcome::MemberCorrespondence && row.opens.is_none());
            assert_eq!(none, !unhappy, "{} for {asked:?}", row.name);
        }
    }
}

fn faults(file: &str) -> String {
    route::parse("routes/try.toml", file).unwrap_err().reason
}

#[test]
fn a_table_that_leaves_a_contact_without_an_answer_is_not_loaded() {
    let without_the_last = SCOTTISH.split("[[route]]\nrow = \"enquiry\"").next().unwrap();
    assert!(faults(without_the_last).contains("no row fits"), "{}", faults(without_the_last));
}

#[test]
fn a_row_that_no_contact_reaches_is_not_loaded() {
    let twice = format!(
        "{SCOTTISH}\n[[route]]\nrow = \"late\"\noutcome = \"not-a-complaint\"\nsources = [{{ rule = \"CMP-20\", at = \"MI24 definitions\" }}]\n"
    );
    assert!(faults(&twice).contains("late is never reached"), "{}", faults(&twice));
}

#[test]
fn rows_that_contradict_each_other_are_not_loaded() {
    let twice = format!(
        "{SCOTTISH}\n[[route]]\nrow = \"other\"\noutcome = \"mixed\"\nsources = [{{ rule = \"CMP-20\", at = \"MI24 definitions\" }}]\n"
    );
    assert!(faults(&twice).contains("other contradicts enquiry"), "{}", faults(&twice));
}

#[test]
fn rows_that_cross_say_that_they_mean_it() {
    let silent = SCOTTISH.replace("prevails = true\n", "");
    assert!(faults(&silent).contains("overlap and lead to different doors"), "{}", faults(&silent));
}

#[test]
fn a_rule_that_is_in_no_catalogue_is_not_loaded() {
    for unknown in ["RTE-20", "RTE-00", "XYZ-01", "RTE-1", "RTE"] {
        let other = SCOTTISH.replacen("RTE-09", unknown, 1);
        assert!(faults(&other).contains(&format!("cites {unknown}")), "{}", faults(&other));
    }
}

#[test]
fn only_a_letter_opens_something_beside_its_answer() {
    let opening = SCOTTISH.replacen("outcome = \"mixed\"\n", "outcome = \"mixed\"\nopens = \"mixed\"\n", 1);
    assert!(faults(&opening).contains("opens something beside a letter"), "{}", faults(&opening));
}

#[test]
fn a_table_that_nobody_can_read_is_not_even_looked_through() {
    let row = "[[route]]\nrow = \"r\"\noutcome = \"mixed\"\nsources = []\n";
    assert!(faults(&row.repeat(65)).contains("TOO_COMPLEX"));
    let terms = vec!["\"participant\""; 100_000].join(", ");
    let wide = format!("[[route]]\nrow = \"r\"\nwriters = [{terms}]\noutcome = \"mixed\"\nsources = []\n");
    assert!(faults(&wide).contains("TOO_COMPLEX"));
    let deep = format!("[[route]]\nabout = {}", "[".repeat(1_000));
    assert!(!faults(&deep).is_empty());
}
