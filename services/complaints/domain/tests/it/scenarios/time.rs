//! What time does by itself.

use crate::fixture::{Desk, day, register};
use complaints_domain::complaint::{Command, Event};
use redress_policy::ClockKind;

#[test]
fn a_breach_is_recorded_once_and_not_before_its_day() {
    let mut desk = Desk::registered("2024-01-08");
    let key = desk.clock(ClockKind::Acknowledgement, 1).key;
    desk.on("2024-01-10");
    assert_eq!(desk.refused(Command::RecordBreach { clock: key }), "NOT_DUE");
    assert_eq!(desk.due(), []);
    desk.on("2024-01-11");
    assert_eq!(desk.due(), [Command::RecordBreach { clock: key }]);
    let breached = [Event::ClockBreached { clock: key, due_on: day("2024-01-10") }];
    assert_eq!(desk.asks(&Command::RecordBreach { clock: key }).unwrap(), breached);
    assert_eq!(desk.asks(&Command::RecordBreach { clock: key }).unwrap(), [], "once");
    assert_eq!(desk.due(), []);
}

#[test]
fn a_new_bank_holiday_moves_open_clocks_to_the_later_date_by_a_recorded_event() {
    // Q17, L03, XCT-10: Monday 15 June 2026, Scotland, was added on 25 February 2026.
    let mut desk = Desk::jets();
    desk.procedure.as_mut().unwrap().stages[0].response_limit =
        Some(redress_policy::Term::new(90, redress_policy::Unit::WorkingDays));
    desk.on("2026-02-20").does(register("2026-02-20"));
    let before = desk.clock(ClockKind::StageResponse, 1);
    desk.on("2026-02-25");
    assert_eq!(desk.clock(ClockKind::StageResponse, 1), before, "nothing moves silently");
    let events = desk.asks(&Command::RebaseClocks).unwrap();
    let [Event::ClocksRebased { moved, .. }] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(moved.len(), 1);
    let after = desk.clock(ClockKind::StageResponse, 1);
    assert!(after.deadline.due_on > before.deadline.due_on);
    assert_eq!(after.original_due_on, Some(before.deadline.due_on));
    assert_eq!(desk.asks(&Command::RebaseClocks).unwrap(), [], "no event for what did not change");
}
