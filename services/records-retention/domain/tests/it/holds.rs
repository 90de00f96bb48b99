//! Holds: many, each with its reason; placed by people and by cases; and what they suspend (RET-07, RET-08, domain 3.7).

use records_retention_domain::{
    Actor, HoldId, HoldReason, Matter, RecordClass,
    record::{Command, Event, StageName},
};
use uuid::Uuid;

use crate::fixture::{COMPLAINT, DEPARTMENT, Shelf, case_hold, day, hold, order, payment};

fn due() -> Shelf {
    Shelf::ended(RecordClass::ComplaintFile, "2026-01-05", "2018-06-30")
}

fn id(number: u128) -> HoldId {
    HoldId::new(Uuid::from_u128(number))
}

#[test]
fn no_record_is_destroyed_while_one_of_its_holds_stands() {
    // Design, "What must hold" 4
    let mut shelf = due();
    shelf.does(Command::PlaceHold(hold(1, HoldReason::LegalClaim, "2026-01-05")));
    shelf.does(Command::PlaceHold(hold(2, HoldReason::DestructionEmbargo, "2026-01-05")));
    assert_eq!((shelf.stage(), shelf.order_is()), (StageName::Due, "ON_HOLD"));
    let released = shelf.asks(&Command::ReleaseHold { hold: id(1) }).unwrap();
    let expected = Event::HoldReleased { hold: id(1), released_on: day("2026-01-05"), still_held: true };
    assert_eq!(released, [expected]);
    // Reliability D25: another is left.
    assert_eq!(shelf.order_is(), "ON_HOLD");
    shelf.does(Command::ReleaseHold { hold: id(2) });
    // Reliability D26, Q43: released and destroyed in the same second is what a mistake looks like.
    assert_eq!(shelf.order_is(), "HOLD_RECENTLY_RELEASED");
    assert_eq!(shelf.on("2026-01-06").order_is(), "HOLD_RECENTLY_RELEASED");
    assert_eq!(shelf.on("2026-01-07").order_is(), "ORDERED");
}

#[test]
fn an_open_complaint_keeps_the_evidence_that_the_examiner_will_ask_for() {
    // RET-07, ICE-07; domain 3.7, invariant 1: paid on 10 January 2024, due on 10 July; answered on 1 July; the window is open to 1 January 2025.
    let mut shelf = Shelf::with(RecordClass::NeedsAssessmentReport, "2023-12-01");
    shelf.on("2024-01-10").does(Command::RecordPayment(payment(1, 1, "2024-01-10", true)));
    shelf.on("2024-05-01").does(Command::PlaceHold(case_hold(
        1,
        HoldReason::OpenComplaint,
        "2024-05-01",
        None,
    )));
    let window = case_hold(2, HoldReason::OpenWindow, "2024-07-01", Some("2025-01-02"));
    shelf.on("2024-07-01").does(Command::PlaceHold(window));
    assert_eq!(shelf.on("2024-07-10").order_is(), "ON_HOLD");
    shelf.does(Command::ReleaseMatter {
        matter: Matter::Complaint(COMPLAINT),
        reason: HoldReason::OpenComplaint,
    });
    assert_eq!(shelf.on("2025-01-02").order_is(), "ON_HOLD");
    // It ends by itself, and is due at once: domain 3.5, "if already past due, due immediately".
    assert_eq!(
        (shelf.on("2025-01-03").stage(), shelf.order_is()),
        (StageName::Due, "HOLD_RECENTLY_RELEASED")
    );
    assert_eq!(shelf.on("2025-01-04").order_is(), "ORDERED");
}

#[test]
fn a_window_that_starts_again_holds_to_its_new_end() {
    // Q7
    let mut shelf = due();
    let window = |number, until| {
        Command::PlaceHold(case_hold(number, HoldReason::OpenWindow, "2026-01-05", Some(until)))
    };
    shelf.does(window(1, "2026-07-05"));
    assert!(shelf.asks(&window(2, "2026-07-05")).unwrap().is_empty());
    assert!(shelf.asks(&window(3, "2026-06-01")).unwrap().is_empty());
    assert_eq!(shelf.asks(&window(4, "2026-09-01")).unwrap().len(), 1);
    assert_eq!(shelf.on("2026-08-01").order_is(), "ON_HOLD");
}

#[test]
fn only_the_end_of_a_case_releases_its_hold() {
    let mut shelf = due();
    shelf.does(Command::PlaceHold(case_hold(1, HoldReason::OpenComplaint, "2026-01-05", None)));
    assert_eq!(shelf.refused(Command::ReleaseHold { hold: id(1) }), "HELD_BY_CASE");
    // And no person places one in its name.
    assert_eq!(
        shelf.refused(Command::PlaceHold(hold(2, HoldReason::OpenComplaint, "2026-01-05"))),
        "NOT_ALLOWED"
    );
    let release =
        Command::ReleaseMatter { matter: Matter::Complaint(COMPLAINT), reason: HoldReason::OpenComplaint };
    assert_eq!(shelf.asks(&release).unwrap().len(), 1);
    assert!(shelf.asks(&release).unwrap().is_empty());
}

#[test]
fn only_the_organisation_that_placed_a_hold_releases_it() {
    // Reliability D25
    let mut shelf = due();
    let embargo = hold(1, HoldReason::DestructionEmbargo, "2026-01-05");
    let department = Actor { organisation: Some(DEPARTMENT), subject: "minister-1".to_owned() };
    shelf.does(Command::PlaceHold(records_retention_domain::Hold {
        placed_by: department.clone(),
        ..embargo
    }));
    assert_eq!(shelf.refused(Command::ReleaseHold { hold: id(1) }), "NOT_YOUR_HOLD");
    shelf.actor = department;
    shelf.does(Command::ReleaseHold { hold: id(1) });
    assert_eq!(shelf.refused(Command::ReleaseHold { hold: id(1) }), "HOLD_ENDED");
}

#[test]
fn a_hold_names_its_authority_and_a_day_to_look_again() {
    // Reliability D23
    let shelf = due();
    let mut bad = hold(1, HoldReason::Audit, "2026-01-05");
    (bad.authority, bad.review_on) = (None, day("2026-01-05"));
    assert_eq!(shelf.refused(Command::PlaceHold(bad.clone())), "INVALID_REQUEST");
    bad.authority = Some("AUDIT-7".to_owned());
    assert_eq!(shelf.refused(Command::PlaceHold(bad)), "TOO_EARLY");
    let mut held = due();
    held.does(Command::PlaceHold(hold(1, HoldReason::Audit, "2026-01-05")));
    held.does(Command::ReviewHold { hold: id(1), review_on: day("2026-02-01") });
    assert_eq!(held.state.file().unwrap().holds[0].review_on, day("2026-02-01"));
    assert_eq!(held.refused(Command::ReviewHold { hold: id(9), review_on: day("2026-02-01") }), "NOT_FOUND");
}

#[test]
fn a_request_to_be_erased_holds_a_record_that_takes_no_more_holds_of_people() {
    // RET-10: a person may always ask.
    let mut shelf = due();
    for number in 1..=500 {
        shelf.does(Command::PlaceHold(hold(number, HoldReason::LegalClaim, "2026-01-05")));
    }
    let one_more = hold(501, HoldReason::LegalClaim, "2026-01-05");
    assert_eq!(shelf.refused(Command::PlaceHold(one_more)), "RECORD_FULL");
    let pending = records_retention_domain::Hold {
        placed_by: Actor::suite(),
        ..hold(502, HoldReason::ErasurePending, "2026-01-05")
    };
    shelf.does(Command::PlaceHold(pending));
    assert!(shelf.state.file().unwrap().holds.iter().any(|hold| hold.reason == HoldReason::ErasurePending));
}

#[test]
fn a_hold_that_comes_after_the_order_is_told_the_truth() {
    // Reliability 5.7 rule 1, D22
    let mut shelf = due();
    shelf.does(order());
    assert_eq!(
        shelf.refused(Command::PlaceHold(hold(1, HoldReason::LegalClaim, "2026-01-05"))),
        "ITEM_DESTROYED"
    );
}
