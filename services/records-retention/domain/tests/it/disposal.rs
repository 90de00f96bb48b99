//! A disposal from proposal to certificate, and everything that stops it (RET-14, RET-15, reliability 4.5 and 5.7).

use records_retention_domain::{
    DisposalControlId, Refusal,
    control::{self, State as Switch},
    disposal::{Command, Ending, EndingReason, Event, Obstacle, State},
};
use redress_kernel::{Decider as _, Kind, Refusal as _};
use uuid::Uuid;

use crate::fixture::{Desk, day, digest, person, propose_ending, receipt};

fn names(events: &[Event]) -> Vec<&'static str> {
    events.iter().map(Event::name).collect()
}

#[test]
fn two_people_a_veto_window_every_receipt_and_then_the_certificate() {
    let mut desk = Desk::proposed("2026-01-05");
    desk.is("officer-2").does(Command::Approve { digest: digest('a') });
    let State::Approved { approval, .. } = &desk.state else { panic!("not approved") };
    // Q42: two working days.
    assert_eq!(approval.veto_until, day("2026-01-07"));
    assert!(desk.on("2026-01-07").asks(&Command::Issue).unwrap().is_empty());
    assert_eq!(names(&desk.on("2026-01-08").asks(&Command::Issue).unwrap()), ["DisposalIssued"]);
    let first = desk.asks(&Command::RecordReceipt(receipt(20, true, 1))).unwrap();
    assert_eq!(names(&first), ["ReceiptRecorded"]);
    let last = desk.asks(&Command::RecordReceipt(receipt(21, true, 1))).unwrap();
    assert_eq!(names(&last), ["ReceiptRecorded", "DisposalCertified"]);
    // L37
    assert_eq!(desk.state.issued().unwrap().beyond_use_until(), Some(day("2026-03-01")));
    // Reliability D19: delivered again, nothing changes.
    assert!(desk.asks(&Command::RecordReceipt(receipt(21, true, 1))).unwrap().is_empty());
    assert!(desk.asks(&Command::Issue).unwrap().is_empty());
}

#[test]
fn whoever_proposed_it_does_not_approve_it() {
    // Reliability D13
    let desk = Desk::proposed("2026-01-05");
    let refusal = Refusal::SamePerson { subject: desk.state.proposal().unwrap().id.into() };
    assert_eq!(desk.refused(Command::Approve { digest: digest('a') }), "SAME_PERSON");
    assert_eq!(refusal.explain().kind, Kind::Forbidden);
}

#[test]
fn approval_is_for_what_was_read_and_for_what_is_there() {
    // Reliability D8, D16
    let mut desk = Desk::proposed("2026-01-05");
    desk.is("officer-2");
    assert_eq!(desk.refused(Command::Approve { digest: digest('b') }), "APPROVAL_DIGEST_MISMATCH");
    desk.found = Ok(digest('b'));
    assert_eq!(desk.refused(Command::Approve { digest: digest('a') }), "TRIGGER_CHANGED");
    desk.found = Err(records_retention_domain::RecordId::new(Uuid::from_u128(20)));
    assert_eq!(desk.refused(Command::Approve { digest: digest('a') }), "TRIGGER_CHANGED");
}

#[test]
fn an_old_proposal_approves_nothing_and_a_second_approval_counts_once() {
    // Reliability D17, Q41
    let mut desk = Desk::proposed("2026-01-05");
    desk.is("officer-2").on("2026-01-20");
    assert_eq!(desk.refused(Command::Approve { digest: digest('a') }), "APPROVAL_EXPIRED");
    assert!(desk.on("2026-01-19").asks(&Command::Lapse).unwrap().is_empty());
    desk.does(Command::Approve { digest: digest('a') });
    assert!(desk.asks(&Command::Approve { digest: digest('a') }).unwrap().is_empty());
    assert_eq!(desk.is("officer-3").refused(Command::Approve { digest: digest('a') }), "STAGE_REFUSES");
    let mut lapsing = Desk::proposed("2026-01-05");
    assert_eq!(names(&lapsing.on("2026-01-20").asks(&Command::Lapse).unwrap()), ["DisposalVoided"]);
    assert_eq!(lapsing.stage(), "VOID");
}

#[test]
fn one_person_stops_it_until_the_holders_are_told() {
    for mut desk in [Desk::proposed("2026-01-05"), Desk::approved("2026-01-05")] {
        assert_eq!(names(&desk.is("officer-1").asks(&Command::Veto).unwrap()), ["DisposalVoided"]);
        assert!(desk.on("2026-03-01").asks(&Command::Issue).unwrap().is_empty());
    }
    assert_eq!(Desk::ordered("2026-02-01").refused(Command::Veto), "STAGE_REFUSES");
}

#[test]
fn what_changed_since_it_was_approved_voids_it() {
    // Reliability D8, D10: nothing is destroyed of it, the rest of the manifest neither.
    for found in [Ok(digest('b')), Err(records_retention_domain::RecordId::new(Uuid::from_u128(21)))] {
        let mut desk = Desk::approved("2026-01-05");
        desk.found = found;
        let events = desk.on("2026-01-08").asks(&Command::Issue).unwrap();
        assert!(
            matches!(events.as_slice(), [Event::DisposalVoided { obstacle: Obstacle::RecordChanged, .. }]),
            "{events:?}"
        );
    }
}

#[test]
fn what_does_not_add_up_stops() {
    // L40
    for (answer, obstacle) in [
        (receipt(20, false, 0), Obstacle::HolderRefused),
        (receipt(20, true, 2), Obstacle::CountMismatch),
        (receipt(99, true, 1), Obstacle::CountMismatch),
    ] {
        let mut desk = Desk::ordered("2026-02-01");
        desk.does(Command::RecordReceipt(answer));
        let State::Halted { obstacle: found, .. } = &desk.state else { panic!("{:?}", desk.state) };
        assert_eq!(*found, obstacle);
        // What went well meanwhile is not lost, and two people have the rest tried again.
        desk.does(Command::RecordReceipt(receipt(21, true, 1)));
        desk.is("officer-1").does(propose_ending(Ending::Resume, EndingReason::Corrected));
        desk.is("officer-2").does(Command::ApproveEnding { ending: Ending::Resume });
        assert_eq!(desk.stage(), "ORDERED");
        desk.does(Command::RecordReceipt(receipt(20, true, 1)));
        assert_eq!(desk.stage(), "CERTIFIED");
    }
}

#[test]
fn a_proposal_names_records_each_once_and_not_too_many() {
    let desk = Desk::empty("2026-01-05");
    let propose = |count| Command::Propose(Box::new(desk.proposal(count)));
    assert_eq!(desk.refused(propose(0)), "REQUIRED");
    assert_eq!(desk.refused(propose(501)), "TOO_MANY");
    let mut twice = desk.proposal(2);
    twice.items[1] = twice.items[0].clone();
    assert_eq!(desk.refused(Command::Propose(Box::new(twice))), "DUPLICATE");
}

#[test]
fn nothing_is_destroyed_by_a_calendar_that_ended() {
    // Reliability 5.7 rule 6, L06: the veto window cannot be counted, so nobody can approve.
    let mut desk = Desk::proposed("2029-06-01");
    assert_eq!(desk.is("officer-2").refused(Command::Approve { digest: digest('a') }), "OUTSIDE_CALENDAR");
}

#[test]
fn one_person_stops_everything_and_another_lets_it_go_on() {
    // Reliability 5.7 rule 5
    let control = DisposalControlId::new(Uuid::from_u128(1));
    let (one, other) = (person("officer-1"), person("officer-2"));
    let context = |actor| control::Context { today: day("2026-01-05"), actor, control, most_a_day: 500 };
    let asks = |state: &Switch, command, actor| {
        let decision = control::Rules::decide(state, &command, &context(actor))?;
        Ok::<_, Refusal>(decision.events.iter().fold(state.clone(), control::Rules::evolve))
    };
    let stopped = asks(&Switch::default(), control::Command::Stop, &one).unwrap();
    let reason = |result: Result<Switch, Refusal>| result.unwrap_err().reason();
    assert_eq!(reason(asks(&stopped, control::Command::Take { records: 1 }, &other)), "DISPOSALS_STOPPED");
    assert_eq!(reason(asks(&stopped, control::Command::Release, &one)), "STOPPED_BY_YOU");
    let free = asks(&stopped, control::Command::Release, &other).unwrap();
    // Q45
    let taken = asks(&free, control::Command::Take { records: 499 }, &one).unwrap();
    assert_eq!(reason(asks(&taken, control::Command::Take { records: 2 }, &one)), "ENOUGH_FOR_TODAY");
    let full = asks(&taken, control::Command::Take { records: 1 }, &one).unwrap();
    assert_eq!((full.ordered_on(day("2026-01-05")), full.ordered_on(day("2026-01-06"))), (500, 0));
}
