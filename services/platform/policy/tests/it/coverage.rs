//! Every paragraph of the two governing documents is behind a duty or a value of its pack, rule by rule.

use std::collections::BTreeSet;

use redress_policy::Pack;

use crate::fixture::{library, pack};

/// The coverage table of the domain rules (1.7): paragraph, then the rules it holds.
const A0: &[(&str, &[&str])] = &[
    ("header", &["XCT-01"]),
    ("7.01", &["CMP-01", "CMP-02", "XCT-06"]),
    ("7.02", &["CMP-10"]),
    ("7.03", &["CMP-04", "CMP-05"]),
    ("7.04", &["CMP-07"]),
    ("7.05", &["ICE-06", "ICE-07", "ICE-08", "ICE-09"]),
    ("7.06", &["ICE-10"]),
    ("7.07", &["CMP-11"]),
    ("7.08", &["ISS-01"]),
    ("7.09", &["ISS-02", "ISS-03"]),
    ("7.10", &["RET-05"]),
    ("7.11", &["RET-01", "RET-02"]),
    ("7.12", &["RET-03", "RET-04"]),
    ("7.12 bullet 1", &["RET-04"]),
    ("7.12 bullet 2", &["RET-04"]),
    ("footer", &["XCT-03"]),
];

const J0: &[(&str, &[&str])] = &[
    ("header", &["XCT-01", "XCT-02"]),
    ("7.01", &["CMP-04"]),
    ("7.01 action 1", &["CMP-03"]),
    ("7.01 action 2", &["CMP-05"]),
    ("7.01 action 3", &["CMP-06"]),
    ("7.01 action 4", &["CMP-07"]),
    ("7.01 tail", &["CMP-08", "ICE-02"]),
    ("7.02", &["CMP-01", "CMP-02", "XCT-06"]),
    ("7.03", &["CMP-05"]),
    ("7.04", &["CMP-07"]),
    ("7.05", &["ICE-06", "ICE-07", "ICE-09", "ICE-10"]),
    ("7.06", &["ICE-11"]),
    ("7.07", &["RTE-01", "RTE-02"]),
    ("7.08", &["RTE-03"]),
    ("7.08 action 1", &["RTE-04"]),
    ("7.08 action 2", &["RTE-05", "CMP-13"]),
    ("7.09", &["RTE-06"]),
    ("7.10", &["RTE-07"]),
    ("7.11", &["CMP-12"]),
    ("7.11 action", &["CMP-12"]),
    ("7.12", &["RTE-08"]),
    ("7.13", &["RTE-09", "RTE-10"]),
    ("7.14", &["CMP-11", "ICE-16", "RTE-09"]),
    ("7.15", &["CMP-09", "ICE-01"]),
    ("7.16", &["ICE-03", "ICE-04", "ICE-05", "CMP-14"]),
    ("7.17", &["ICE-12"]),
    ("7.18 bullet 1", &["ICE-13"]),
    ("7.18 bullet 2", &["ICE-14"]),
    ("7.19", &["ICE-15"]),
    ("7.20", &["CMP-11", "ICE-16"]),
    ("closing", &["ICE-16", "XCT-04"]),
];

fn cited(pack: &Pack) -> BTreeSet<(String, String)> {
    let duties = pack.duties.iter().map(|duty| &duty.source);
    duties.map(|source| (source.at.clone(), source.rule.clone())).collect()
}

fn expected(document: &str, table: &[(&str, &[&str])]) -> BTreeSet<(String, String)> {
    let rows = table.iter().flat_map(|(paragraph, rules)| rules.iter().map(move |rule| (paragraph, rule)));
    rows.map(|(paragraph, rule)| (format!("{document} {paragraph}"), (*rule).to_owned())).collect()
}

#[test]
fn every_paragraph_is_a_duty_and_every_duty_is_in_a_paragraph() {
    let library = library();
    for (id, document, table) in [("atw-ha-pre-2023", "A0", A0), ("jets-scotland", "J0", J0)] {
        assert_eq!(cited(pack(library, id)), expected(document, table), "{id}");
    }
}

#[test]
fn every_stated_rule_lies_in_a_paragraph_that_the_table_knows() {
    let library = library();
    for (id, document, table) in [("atw-ha-pre-2023", "A0", A0), ("jets-scotland", "J0", J0)] {
        let known = expected(document, table);
        for entry in pack(library, id).entries() {
            let Some(source) = entry.source.filter(|source| source.document() == document) else { continue };
            let there = (source.at.clone(), source.rule.clone());
            assert!(known.contains(&there), "{id} {} cites {there:?}", entry.name);
        }
    }
}

#[test]
fn every_rule_of_the_catalogue_that_a_value_names_is_one() {
    let library = library();
    let families = [("CMP", 31), ("RTE", 19), ("ICE", 35), ("RET", 17), ("ISS", 5), ("XCT", 11)];
    for pack in library.packs() {
        let sources = pack.entries().into_iter().filter_map(|entry| entry.source);
        for source in sources.chain(pack.duties.iter().map(|duty| duty.source.clone())) {
            let (family, number) = source.rule.split_once('-').unwrap();
            let known = families
                .iter()
                .any(|(name, last)| *name == family && (1..=*last).contains(&number.parse::<i32>().unwrap()));
            assert!(known, "{:?} cites {}", pack.reference, source.rule);
        }
    }
}
