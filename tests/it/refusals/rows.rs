//! The catalogue of bad inputs for routing (reliability 4.3) and for records-retention (4.5) row by row, each with the test that sends
//! them. A row whose test is gone fails here.

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

/// The same for records-retention.
const RETENTION: [(&str, &str, &str); 26] = [
    ("D1", "tests/it/contracts/syntax.rs", "every_required_field_is_missed"),
    ("D2", "services/records-retention/domain/tests/it/dates.rs", "what_no_guidance_answers_for_is_kept"),
    ("D5", "services/records-retention/domain/tests/it/dates.rs", "no_clock_runs_before_its_trigger"),
    (
        "D7",
        "services/records-retention/domain/tests/it/dates.rs",
        "the_contract_record_is_kept_six_years_after_the_end_of_the_contract",
    ),
    (
        "D8",
        "services/records-retention/tests/it/records.rs",
        "a_contract_that_is_extended_moves_every_date_under_it",
    ),
    (
        "D10",
        "services/records-retention/tests/it/holds.rs",
        "an_open_complaint_holds_everything_about_its_person_also_what_comes_later",
    ),
    ("D11", "services/records-retention/tests/it/disposal.rs", "nobody_disposes_alone_early_or_unseen"),
    ("D13", "services/records-retention/tests/it/disposal.rs", "nobody_disposes_alone_early_or_unseen"),
    (
        "D14",
        "services/records-retention/tests/it/halted.rs",
        "what_nobody_touched_is_brought_back_by_two_people",
    ),
    (
        "D16",
        "services/records-retention/domain/tests/it/disposal.rs",
        "approval_is_for_what_was_read_and_for_what_is_there",
    ),
    (
        "D17",
        "services/records-retention/domain/tests/it/disposal.rs",
        "an_old_proposal_approves_nothing_and_a_second_approval_counts_once",
    ),
    ("D19", "services/records-retention/tests/it/crash.rs", "a_restart_at_every_step_comes_to_the_same_end"),
    ("D20", "tests/it/disposal/kill.rs", "a_kill_at_any_step_comes_to_the_same_end"),
    ("D22", "services/records-retention/src/command/order/race.rs", "what_was_held_in_time_is_whole"),
    (
        "D23",
        "services/records-retention/domain/tests/it/holds.rs",
        "a_hold_names_its_authority_and_a_day_to_look_again",
    ),
    (
        "D25",
        "services/records-retention/domain/tests/it/holds.rs",
        "only_the_organisation_that_placed_a_hold_releases_it",
    ),
    (
        "D26",
        "services/records-retention/tests/it/holds.rs",
        "a_hold_stops_a_disposal_that_was_approved_and_its_release_is_given_a_day",
    ),
    (
        "D28",
        "services/records-retention/tests/it/anonymised.rs",
        "a_set_that_would_tell_of_someone_is_refused",
    ),
    (
        "D29",
        "services/records-retention/domain/tests/it/holds.rs",
        "no_record_is_destroyed_while_one_of_its_holds_stands",
    ),
    (
        "D31",
        "services/records-retention/tests/it/again.rs",
        "what_was_destroyed_is_taken_in_again_only_on_authority",
    ),
    ("D32", "services/records-retention/tests/it/holds.rs", "a_hold_after_the_order_is_told_the_truth"),
    ("D34", "services/records-retention/tests/it/disposal.rs", "a_certificate_says_who_what_and_until_when"),
    (
        "D35",
        "services/records-retention/tests/it/restore/by_hand.rs",
        "a_database_that_was_put_back_by_hand_answers_nothing",
    ),
    (
        "D37",
        "services/records-retention/tests/it/keyring.rs",
        "without_the_keyring_of_a_holder_nothing_is_certified_and_nothing_is_lost",
    ),
    ("D38", "tests/it/disposal/kill.rs", "a_kill_at_any_step_comes_to_the_same_end"),
    (
        "D40",
        "services/records-retention/tests/it/again.rs",
        "what_is_restricted_is_read_only_by_whoever_protects_data",
    ),
];

/// Rows that nobody can send here, each with why.
const NEVER: [(&str, &str); 4] = [
    (
        "R11",
        "a link of a chain is never deleted: it ends on a day, and the cases of before stay where they are",
    ),
    ("R34", "events are not sent to a service: it reads them, from the peers that its settings name"),
    (
        "D4",
        "a contract's pack and agreed period are fixed when it is recorded: nothing here shortens a schedule",
    ),
    ("D41", "as for D4, and a contract has one holder for good: what another takes over is another contract"),
];

#[test]
fn every_row_of_the_catalogue_has_its_test() {
    let sources = workspace::sources(".rs").unwrap();
    let mut rows = BTreeSet::new();
    let mut gone = Vec::new();
    for (row, why) in NEVER {
        assert!(rows.insert(row) && !why.is_empty(), "{row} stands there twice");
    }
    for (row, file, test) in ROUTING.into_iter().chain(RETENTION) {
        assert!(rows.insert(row), "{row} stands there twice");
        let there =
            sources.iter().any(|source| source.path == file && source.text.contains(&format!("fn {test}(")));
        if !there {
            gone.push(format!("{row}: {file} {test}"));
        }
    }
    assert!(gone.is_empty(), "these tests are gone: {gone:#?}");
}
