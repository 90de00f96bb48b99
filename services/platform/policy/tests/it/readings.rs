//! A citation of a reading leads somewhere: the README tells each.

use std::collections::BTreeSet;

use crate::fixture::library;

const README: &str = include_str!("../../README.md");

#[test]
fn every_reading_that_is_cited_is_told() {
    let entries = library().packs().iter().flat_map(redress_policy::Pack::entries);
    let sources = entries.filter_map(|entry| entry.source);
    let sources = sources.chain(library().packs().iter().map(|pack| pack.applies.source.clone()));
    let readings: BTreeSet<String> = sources
        .filter(|source| source.document() == "reading")
        .map(|source| source.paragraph().to_owned())
        .collect();
    assert!(readings.len() > 5, "{readings:?}");
    for reading in readings {
        assert!(README.contains(&format!("| {reading} |")), "{reading}");
    }
}
