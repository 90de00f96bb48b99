//! Every rule that code cites stands in a policy pack, with the paragraph behind it, and is cited by a test.

use std::collections::{BTreeMap, BTreeSet};

use redress_tests::workspace;

/// Rules of neighbouring guidance and of the suite's own reading, which no document of a pack states.
const BESIDE: [&str; 15] = [
    "CMP-27", // public complaint standards: a handler who was not involved
    "CMP-31", // the signposting text is versioned; an outdated one is a defect
    "ICE-20", // the examiner decides what it accepts
    "ICE-21", // what is outside the examiner's remit
    "ICE-23", // post after noon is the next working day's
    "ICE-24", // how the examiner declines
    "ICE-25", // the person withdraws
    "ICE-26", // cases wait for an investigator
    "ICE-27", // the examiner closes what it has
    "ICE-28", // the examiner recommends, it does not order
    "RET-07", // live complaints and examinations keep records longer
    "RET-12", // erasure is not absolute; what cannot be deleted is put beyond use
    "RET-15", // how media are sanitised: by destroying the key
    "XCT-10", // holidays become known at ten days' notice, and dates follow
    "XCT-08", // months end on the same-numbered day or the month's last
];
const PREFIXES: [&str; 6] = ["CMP", "RTE", "ICE", "RET", "XCT", "ISS"];

#[test]
fn every_cited_rule_is_in_the_catalogue() {
    let packs = workspace::sources(".toml").unwrap();
    let catalogue: BTreeSet<String> = packs
        .iter()
        .filter(|source| source.path.starts_with("services/platform/policy/"))
        .flat_map(|source| {
            source.text.split("rule = \"").skip(1).map(|rest| rest[..6].to_owned()).collect::<Vec<_>>()
        })
        .collect();
    assert!(catalogue.len() > 60, "{catalogue:?}");

    let mut unknown: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let sources =
        [".rs", ".proto", ".sql"].into_iter().flat_map(|ending| workspace::sources(ending).unwrap());
    for source in sources.filter(|source| !source.is_test()) {
        let known = |rule: &String| catalogue.contains(rule) || BESIDE.contains(&rule.as_str());
        for rule in cited(&source.text).into_iter().filter(|rule| !known(rule)) {
            unknown.entry(rule).or_default().push(source.path.clone());
        }
    }
    assert!(unknown.is_empty(), "cited, but in no pack: {unknown:#?}");
}

/// Rule ids in a text, such as `CMP-08`.
fn cited(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    words
        .filter(|word| {
            let mut parts = word.split('-');
            let prefix = parts.next().is_some_and(|prefix| PREFIXES.contains(&prefix));
            let number = parts
                .next()
                .is_some_and(|number| number.len() == 2 && number.chars().all(|c| c.is_ascii_digit()));
            prefix && number && parts.next().is_none()
        })
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_rule_that_rules_cite_is_cited_by_a_test_of_theirs() {
    let all = workspace::sources(".rs").unwrap();
    let mut untested = Vec::new();
    for service in ["complaints", "routing", "ice-liaison", "records-retention"] {
        let cited_in = |part: &str| -> BTreeSet<String> {
            let folder = format!("services/{service}/domain/{part}/");
            let sources = all.iter().filter(|source| source.path.starts_with(&folder));
            sources.flat_map(|source| cited(&source.text)).collect()
        };
        let (rules, tests) = (cited_in("src"), cited_in("tests"));
        assert!(rules.len() > 10, "{service} cites {rules:?}");
        untested.extend(rules.difference(&tests).map(|rule| format!("{service}: {rule}")));
    }
    assert!(untested.is_empty(), "cited, but by no scenario: {untested:?}");
}

#[test]
fn ids_are_told_from_other_words() {
    let found = cited("(CMP-08, J0 7.01) and `RTE-04`; not UTF-8, CMP-080, ICE-1 or X-CMP-01");
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["CMP-08", "RTE-04"]);
}
