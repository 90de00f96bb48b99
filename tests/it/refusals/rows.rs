//! The catalogue of bad inputs for routing (reliability 4.3) row by row, each with the test that sends them. A row whose test is gone
//! fails here.

use std::collections::BTreeSet;

use redress_tests::workspace;

/// Each row, with the file and the name of its test. Supply chains are kept by complaints.
const ROUTING: [(&str, &str, &str); 22] = [
    ("R1", "tests/it/contracts/tenancy.rs", "what_belongs_to_others_is_not_there"),
    ("R2", "tests/it/refusals/routing.rs", "routing_says_no_with_the_reason_it_documents"),
    ("R4", "tests/it/refusals/routing.rs", "routing_says_no_with_the_reason_it_documents"),
    ("R5", "tests/it/refusals/routing.rs", "routing_says_no_with_the_reason_it_documents"),
    ("R7", "tests/it/refusals/routing.rs", "routing_says_no_with_the_reason_it_documents"),
    ("R8", "services/complaints/tests/it/supply_chain.rs", "no_chain_goes_in_a_circle"),
    ("R10", "services/complaints/tests/it/supply_chain.rs", "the_one_above_adds_never_the_one_below"),
    ("R13", "tests/it/refusals/routing.rs", "routing_says_no_with_the_reason_it_documents"),
    ("R14", "tests/it/journeys/contact.rs", "of_two_who_decide_at_once_one_is_told_that_it_was_late"),
    ("R16", "tests/it/refusals/routing.rs", "routing_says_no_with_the_reason_it_documents"),
    ("R17", "tests/it/refusals/routing.rs", "routing_says_no_with_the_reason_it_documents"),
    ("R19", "tests/it/refusals/routing.rs", "routing_says_no_with_the_reason_it_documents"),
    ("R20", "tests/it/journeys/watched.rs", "what_is_owed_is_told_before_it_is_late_and_counted_when_it_is"),
    ("R22", "tests/it/refusals/routing.rs", "routing_says_no_with_the_reason_it_documents"),
    ("R23", "tests/it/refusals/routing.rs", "routing_says_no_with_the_reason_it_documents"),
    ("R25", "tests/it/contracts/roles.rs", "only_the_declared_roles_may_call"),
    ("R26", "tests/it/faults/routing.rs", "what_is_acknowledged_has_its_effect_once_on_sqlite"),
    ("R28", "services/platform/policy/tests/it/routes.rs", "rows_that_contradict_each_other_are_not_loaded"),
    (
        "R29",
        "services/platform/policy/tests/it/routes.rs",
        "a_table_that_nobody_can_read_is_not_even_looked_through",
    ),
    ("R31", "tests/it/journeys/contact.rs", "many_are_passed_on_and_one_bad_row_spoils_nothing"),
    ("R32", "tests/it/refusals/routing.rs", "routing_says_no_with_the_reason_it_documents"),
    (
        "R35",
        "services/platform/chassis/tests/it/following.rs",
        "an_identity_that_does_not_see_everything_moves_nothing",
    ),
];

/// Rows that nobody can send here, each with why.
const NEVER: [(&str, &str); 2] = [
    (
        "R11",
        "a link of a chain is never deleted: it ends on a day, and the cases of before stay where they are",
    ),
    ("R34", "events are not sent to a service: it reads them, from the peers that its settings name"),
];

#[test]
fn every_row_of_the_catalogue_has_its_test() {
    let sources = workspace::sources(".rs").unwrap();
    let mut rows = BTreeSet::new();
    let mut gone = Vec::new();
    for (row, why) in NEVER {
        assert!(rows.insert(row) && !why.is_empty(), "{row} stands there twice");
    }
    for (row, file, test) in ROUTING {
        assert!(rows.insert(row), "{row} stands there twice");
        let there =
            sources.iter().any(|source| source.path == file && source.text.contains(&format!("fn {test}(")));
        if !there {
            gone.push(format!("{row}: {file} {test}"));
        }
    }
    assert!(gone.is_empty(), "these tests are gone: {gone:#?}");
}
