//! Which pack binds a contract (XCT-01, Q19).

use jiff::civil::date;
use redress_policy::{PackRef, Refusal};

use crate::fixture::{library, reference};

const HOLISTIC: &str = "access-to-work-holistic-assessments";

fn chosen(
    programme: &str,
    contract: jiff::civil::Date,
    received: jiff::civil::Date,
) -> Result<PackRef, Refusal> {
    library().choose(programme, contract, received).map(|choice| choice.pack.reference.clone())
}

#[test]
fn while_both_holistic_packs_are_live_the_contract_decides() {
    // A0 header: live together from 5 June to 18 August 2023.
    for received in [date(2023, 6, 5), date(2023, 7, 1), date(2023, 8, 17)] {
        assert_eq!(
            chosen(HOLISTIC, date(2023, 6, 4), received),
            Ok(reference("atw-ha-pre-2023", "2023-06-05"))
        );
        assert_eq!(chosen(HOLISTIC, date(2023, 6, 5), received), Ok(reference("atw-ha-2023", "2023-06-05")));
    }
}

#[test]
fn a_withdrawn_pack_still_binds_its_contracts_and_says_so() {
    let library = library();
    let before = library.choose(HOLISTIC, date(2022, 1, 1), date(2023, 8, 17)).unwrap();
    assert_eq!(before.withdrawn_on, None);
    let after = library.choose(HOLISTIC, date(2022, 1, 1), date(2023, 8, 18)).unwrap();
    assert_eq!(after.pack.reference.id, "atw-ha-pre-2023");
    assert_eq!(after.withdrawn_on, Some(date(2023, 8, 18)));
    assert_eq!(after.because.short(), "XCT-01 (A0 header)");
}

#[test]
fn the_version_that_held_on_the_day_of_receipt_is_chosen() {
    // M2: agreement evidence and retention were rewritten on 11 April 2024.
    assert_eq!(
        chosen(HOLISTIC, date(2024, 1, 1), date(2024, 4, 10)),
        Ok(reference("atw-ha-2023", "2023-06-05"))
    );
    assert_eq!(
        chosen(HOLISTIC, date(2024, 1, 1), date(2024, 4, 11)),
        Ok(reference("atw-ha-2023", "2024-05-01"))
    );
}

#[test]
fn what_cannot_be_chosen_is_refused() {
    let contract = date(2022, 1, 1);
    assert_eq!(chosen("kickstart", contract, date(2024, 1, 1)), Err(Refusal::UnknownProgramme));
    assert!(matches!(
        chosen("jets-scotland", contract, date(2022, 2, 24)),
        Err(Refusal::GuidanceNotKnown { pack, .. }) if pack == reference("jets-scotland", "2022-02-25")
    ));
    assert!(matches!(
        chosen("access-to-work-mental-health-support", date(2024, 8, 19), date(2025, 1, 1)),
        Err(Refusal::ContractNotCovered { .. })
    ));
    // No guidance was found at all.
    assert!(matches!(
        chosen("fair-start-scotland", contract, date(2024, 1, 1)),
        Err(Refusal::GuidanceNotKnown { .. })
    ));
}

#[test]
fn a_pinned_pack_is_found_by_id_and_version() {
    let library = library();
    for pack in library.packs() {
        assert_eq!(library.get(&pack.reference), Ok(pack));
    }
    assert_eq!(library.get(&reference("jets-scotland", "2021-02-25")), Err(Refusal::UnknownPack));
}
