//! What holds everything about a person: one hold for each case, and every record of theirs is held by it (RET-07, domain 3.7).

use jiff::civil::Date;
use records_retention_domain::{
    ComplaintId, Hold, HoldId, HoldReason, Matter, RecordClass,
    person::{Command, Context, Event, Rules, State},
    record::{Command as OnRecord, StageName},
};
use redress_kernel::Decided;
use uuid::Uuid;

use crate::fixture::{COMPLAINT, Shelf, case_hold, day, hold};

fn id(number: u128) -> HoldId {
    HoldId::new(Uuid::from_u128(number))
}

fn decide(state: &State, command: &Command, today: &str) -> Result<Decided<Rules>, &'static str> {
    let context = Context { today: day(today) };
    Decided::<Rules>::by(state, command, &context).map_err(|refusal| refusal.reason())
}

fn does(state: &mut State, command: &Command, today: &str) -> Vec<Event> {
    let decided = decide(state, command, today).unwrap();
    *state = decided.state;
    decided.events
}

fn open(number: u128, reason: HoldReason, until: Option<&str>) -> Command {
    Command::Place(case_hold(number, reason, "2026-01-05", until))
}

fn over(reason: HoldReason) -> Command {
    Command::Release { matter: Matter::Complaint(COMPLAINT), reason }
}

/// A record of the person that is due, under what holds them.
fn due(state: &State) -> Shelf {
    let shelf = Shelf::ended(RecordClass::ComplaintFile, "2026-01-05", "2018-06-30");
    Shelf { of_person: state.holds.clone(), ..shelf }
}

#[test]
fn what_holds_the_person_holds_every_record_of_theirs() {
    let mut state = State::default();
    does(&mut state, &open(1, HoldReason::OpenComplaint, None), "2026-01-05");
    let mut shelf = due(&state);
    assert_eq!((shelf.stage(), shelf.order_is()), (StageName::Due, "ON_HOLD"));
    assert!(shelf.context().is_held(shelf.state.file().unwrap()));
    // It ended, and a moment later is too soon, for each of them (Q43).
    let released = does(&mut state, &over(HoldReason::OpenComplaint), "2026-01-05");
    let expected = Event::Released { hold: id(1), released_on: day("2026-01-05"), still_held: false };
    assert_eq!(released, [expected]);
    shelf.of_person = state.holds.clone();
    assert_eq!(shelf.order_is(), "HOLD_RECENTLY_RELEASED");
    assert_eq!(shelf.on("2026-01-07").order_is(), "ORDERED");
}

#[test]
fn a_hold_of_a_record_s_own_stands_beside_those_of_the_person() {
    let mut state = State::default();
    does(&mut state, &open(1, HoldReason::OpenComplaint, None), "2026-01-05");
    let mut shelf = due(&state);
    shelf.does(OnRecord::PlaceHold(hold(2, HoldReason::LegalClaim, "2026-01-05")));
    let released = shelf.asks(&OnRecord::ReleaseHold { hold: id(2) }).unwrap();
    assert!(format!("{released:?}").contains("still_held: true"), "{released:?}");
    // Nobody releases by hand what a case holds, and the same case holds once.
    assert_eq!(shelf.refused(OnRecord::ReleaseHold { hold: id(1) }), "HELD_BY_CASE");
    let again = case_hold(3, HoldReason::OpenComplaint, "2026-01-05", None);
    assert!(shelf.asks(&OnRecord::PlaceHold(again)).unwrap().is_empty());
}

#[test]
fn a_case_holds_once_in_each_way_and_as_long_as_it_was_told() {
    let mut state = State::default();
    assert_eq!(does(&mut state, &open(1, HoldReason::OpenComplaint, None), "2026-01-05").len(), 1);
    assert!(does(&mut state, &open(2, HoldReason::OpenComplaint, None), "2026-01-05").is_empty());
    assert_eq!(does(&mut state, &open(3, HoldReason::OpenWindow, Some("2026-07-05")), "2026-01-05").len(), 1);
    assert!(does(&mut state, &open(4, HoldReason::OpenWindow, Some("2026-06-01")), "2026-01-05").is_empty());
    // Q7: the window starts again, and holds to its new end.
    assert_eq!(does(&mut state, &open(5, HoldReason::OpenWindow, Some("2026-09-01")), "2026-01-05").len(), 1);
    let released = does(&mut state, &over(HoldReason::OpenComplaint), "2026-01-06");
    assert!(matches!(released.as_slice(), [Event::Released { still_held: true, .. }]), "{released:?}");
    assert!(does(&mut state, &over(HoldReason::OpenComplaint), "2026-01-06").is_empty());
    let on = |today: &str| state.open(day(today)).map(|hold| hold.id).collect::<Vec<_>>();
    assert_eq!(on("2026-07-05"), [id(3), id(5)]);
    assert_eq!(on("2026-09-01"), [id(5)]);
    assert!(on("2026-09-02").is_empty());
}

#[test]
fn someone_looks_again_whether_it_is_still_needed() {
    let mut state = State::default();
    does(&mut state, &open(1, HoldReason::OpenComplaint, None), "2026-01-05");
    let review = |hold, review_on: &str| Command::Review { hold, review_on: day(review_on) };
    assert_eq!(decide(&state, &review(id(1), "2026-01-05"), "2026-01-05").unwrap_err(), "TOO_EARLY");
    assert_eq!(decide(&state, &review(id(9), "2026-02-05"), "2026-01-05").unwrap_err(), "NOT_FOUND");
    does(&mut state, &review(id(1), "2026-02-05"), "2026-01-05");
    assert_eq!(state.holds[0].review_on, day("2026-02-05"));
    does(&mut state, &over(HoldReason::OpenComplaint), "2026-01-06");
    assert_eq!(decide(&state, &review(id(1), "2026-02-05"), "2026-01-06").unwrap_err(), "HOLD_ENDED");
}

#[test]
fn what_ended_long_ago_is_forgotten_and_what_is_open_is_not() {
    let first: Date = day("2026-01-05");
    let mut state = State::default();
    for number in 1..=100 {
        let today = first.saturating_add(jiff::Span::new().days(i64::try_from(number).unwrap())).to_string();
        let window = case_hold(number, HoldReason::OpenWindow, &today, Some(&today));
        let matter = |number: u128| Some(Matter::Complaint(ComplaintId::new(Uuid::from_u128(number))));
        // Every tenth has no end.
        let holds_until = window.holds_until.filter(|_| number % 10 != 0);
        let placed = Hold { matter: matter(number), holds_until, ..window };
        does(&mut state, &Command::Place(placed), &today);
    }
    let open = state.holds.iter().filter(|hold| hold.holds_until.is_none()).count();
    assert_eq!(open, 10);
    assert!(state.holds.len() <= 10 + 22, "{}", state.holds.len());
    assert!(state.holds.iter().any(|hold| hold.id == id(99)), "the last that ended is known");
}
