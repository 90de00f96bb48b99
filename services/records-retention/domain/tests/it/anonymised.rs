//! Reports that are kept on without anyone in them (RET-04, RET-13), and the sets they make.

use jiff::civil::Date;
use records_retention_domain::{
    HoldReason, RecordClass,
    anonymised::{Method, Set, at_most_until},
    record::{Command, Event, Holder, StageName, Term, retention},
};

use crate::fixture::{Shelf, day, ends, hold, jets, order, order_anonymised, part, payment, set};

/// A report that was paid for on 10 January 2024, seen on a day.
fn report(today: &str) -> Shelf {
    let mut shelf = Shelf::with(RecordClass::NeedsAssessmentReport, "2024-01-10");
    shelf.does(Command::RecordPayment(payment(1, 1, "2024-01-10", true)));
    shelf.on(today);
    shelf
}

/// A set, seen on a day.
fn a_set(of: &Set, today: &str) -> Shelf {
    let mut shelf = Shelf::empty(&of.anonymised_on.to_string());
    let mut register = shelf.register(RecordClass::AnonymisedReports);
    register.anonymised = Some(Box::new(of.clone()));
    register.parts = vec![part(70, Holder::RecordsRetention, &of.anonymised_on.to_string())];
    shelf.does(Command::Register(Box::new(register)));
    shelf.on(today);
    shelf
}

fn last_day(shelf: &Shelf) -> Date {
    match retention(shelf.state.file().unwrap(), &shelf.context()).unwrap() {
        Term::Ends { last, due_from } => {
            assert_eq!(last.due_on, due_from, "at most so long: it has to go on the day itself");
            last.due_on
        }
        Term::None(gap) => panic!("{gap:?}"),
    }
}

#[test]
fn a_report_is_anonymised_in_place_of_being_destroyed() {
    // A0 7.12, first and second bullet
    let mut shelf = report("2024-07-10");
    shelf.does(order_anonymised());
    assert_eq!(shelf.stage(), StageName::DisposalOrdered);
    shelf.does(Command::RecordCarriedOut { holder: Holder::Complaints, on: day("2024-07-10") });
    assert_eq!(shelf.stage(), StageName::Anonymised);
    let tombstone = shelf.state.tombstone().unwrap();
    assert_eq!(tombstone.method, Method::Anonymise);
    assert!(tombstone.anonymised_in.is_some());
}

#[test]
fn nothing_but_a_report_is_anonymised_and_only_where_the_guidance_names_it() {
    let file = Shelf::ended(RecordClass::ComplaintFile, "2026-01-05", "2018-06-30");
    assert_eq!(file.refused(order_anonymised()), "METHOD_NOT_ALLOWED");
    let mut elsewhere = report("2024-07-10");
    elsewhere.pack = jets();
    assert_eq!(elsewhere.refused(order_anonymised()), "METHOD_NOT_ALLOWED");
}

#[test]
fn a_report_is_not_anonymised_early_or_held() {
    // Design, "What must hold" 4; reliability D29
    assert_eq!(report("2024-07-09").refused(order_anonymised()), "NOT_DUE");
    let mut held = report("2024-07-10");
    held.does(Command::PlaceHold(hold(1, HoldReason::LegalClaim, "2024-07-10")));
    assert_eq!(held.refused(order_anonymised()), "ON_HOLD");
}

#[test]
fn a_set_is_kept_six_years_from_its_anonymisation() {
    // Q11
    let set = set(day("2024-07-12"));
    let shelf = a_set(&set, "2030-07-11");
    assert_eq!(last_day(&shelf), day("2030-07-12"));
    assert_eq!(shelf.stage(), StageName::RetentionRunning);
    assert_eq!(shelf.refused(order()), "NOT_DUE");
    let mut due = a_set(&set, "2030-07-12");
    due.does(order());
}

#[test]
fn and_no_longer_than_its_reports_allow() {
    // Q11: payment, six months, and seventy-two months after that, however late it was anonymised.
    let late = report("2025-03-03");
    let cap = at_most_until(day("2024-07-10"), &late.context()).unwrap();
    assert_eq!(cap, day("2030-07-10"));
    let of = Set { at_most_until: cap, ..set(day("2025-03-03")) };
    assert_eq!(last_day(&a_set(&of, "2025-03-03")), cap);
}

#[test]
fn a_set_is_judged_again_every_year_and_goes_when_it_is_found_wanting() {
    // RET-13, Q47
    let mut shelf = a_set(&set(day("2024-07-12")), "2025-07-11");
    assert!(shelf.asks(&Command::Look).unwrap().is_empty());
    shelf.on("2025-07-12");
    let raised = Event::AnonymityReviewDue { due_on: day("2025-07-12") };
    assert_eq!(shelf.asks(&Command::Look).unwrap(), [raised]);
    assert!(shelf.asks(&Command::Look).unwrap().is_empty(), "it is raised once");
    shelf.does(Command::ReviewAnonymity { still_anonymous: true });
    assert_eq!(last_day(&shelf), day("2030-07-12"), "a look moves no date");
    shelf.on("2026-07-12");
    assert_eq!(shelf.asks(&Command::Look).unwrap().len(), 1);
    shelf.does(Command::ReviewAnonymity { still_anonymous: false });
    assert_eq!(shelf.stage(), StageName::Due);
    assert_eq!(last_day(&shelf), day("2026-07-12"));
    shelf.does(order());
}

#[test]
fn what_was_not_judged_does_not_get_into_a_set() {
    let shelf = a_set(&set(day("2024-07-12")), "2024-07-13");
    let added = Command::AddPart(part(71, Holder::RecordsRetention, "2024-07-13"));
    assert_eq!(shelf.refused(added), "NOT_ALLOWED");
    let mut register = Shelf::empty("2024-07-13").register(RecordClass::AnonymisedReports);
    register.anonymised = None;
    let own = Command::Register(Box::new(register));
    assert_eq!(Shelf::empty("2024-07-13").refused(own), "NOT_ALLOWED");
    let mut ended = Shelf::ended(RecordClass::ComplaintFile, "2026-01-05", "2018-06-30");
    ended.contract = ends(9, "2018-06-30");
    assert_eq!(ended.refused(Command::ReviewAnonymity { still_anonymous: true }), "NOT_ALLOWED");
}
