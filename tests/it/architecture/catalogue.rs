//! `docs/reliability-facts.md`: every fact and every bad input has a test, and the test is there.

use std::{collections::BTreeSet, fs};

use redress_tests::workspace;

const PAGE: &str = "docs/reliability-facts.md";
/// The facts, and the inputs, by their numbers.
const FACTS: [&str; 10] = ["0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "0.10"];
const ANY_RPC: [u32; 30] = [
    1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 16, 17, 18, 20, 21, 22, 24, 25, 26, 28, 29, 30, 32, 33, 34, 36, 37,
    38, 40,
];
const COMPLAINTS: [u32; 30] = [
    1, 2, 4, 5, 7, 8, 10, 11, 13, 14, 16, 17, 19, 20, 22, 23, 25, 26, 28, 29, 31, 32, 34, 35, 37, 38, 40, 41,
    43, 44,
];

/// A row: its number, and the tests that it names.
fn rows() -> Vec<(String, Vec<(String, String)>)> {
    let page = fs::read_to_string(workspace::root().join(PAGE)).unwrap();
    let rows = page.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" | "));
    let rows = rows.filter(|(number, _)| !number.starts_with(['#', '-']));
    rows.map(|(number, rest)| {
        let named = rest.split('`').filter_map(|word| word.split_once("::"));
        (number.to_owned(), named.map(|(path, test)| (path.to_owned(), test.to_owned())).collect())
    })
    .collect()
}

#[test]
fn every_fact_and_every_bad_input_is_on_the_page_once() {
    let listed = rows();
    let numbers: BTreeSet<String> = listed.iter().map(|(number, _)| number.clone()).collect();
    assert_eq!(numbers.len(), listed.len(), "a row stands there twice");
    let expected = FACTS.map(str::to_owned).into_iter();
    let expected = expected.chain(ANY_RPC.map(|number| format!("G{number}")));
    let expected: BTreeSet<String> = expected.chain(COMPLAINTS.map(|number| format!("C{number}"))).collect();
    assert_eq!(numbers, expected);
}

#[test]
fn every_test_that_is_named_is_there_and_says_what_it_is_for() {
    for (number, tests) in rows() {
        assert!(!tests.is_empty(), "{number} has no test");
        for (path, test) in tests {
            let text = fs::read_to_string(workspace::root().join(&path));
            let text = text.unwrap_or_else(|error| panic!("{number}: {path}: {error}"));
            assert!(text.contains(&format!("fn {test}(")), "{number}: there is no {test} in {path}");
            let says = text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '.'));
            let says: BTreeSet<&str> = says.map(|word| word.trim_matches('.')).collect();
            assert!(says.contains(number.as_str()) || ranged(&text, &number), "{path} does not say {number}");
        }
    }
}

/// Whether the text names the number within a range, such as `G16–G18`.
fn ranged(text: &str, number: &str) -> bool {
    let (kind, value) = number.split_at(1);
    let Ok(value) = value.parse::<u32>() else { return false };
    let bound = |word: &str| word.strip_prefix(kind)?.parse::<u32>().ok();
    text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '–'))
        .filter_map(|word| word.split_once('–'))
        .filter_map(|(from, until)| Some(bound(from)?..=bound(until)?))
        .any(|range| range.contains(&value))
}
