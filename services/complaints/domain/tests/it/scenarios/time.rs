//! What time does by itself.

use crate::fixture::{Desk, complete, day, issue, register};
use complaints_domain::complaint::{ClockState, Command, Event};
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

#[test]
fn time_runs_from_the_day_it_happened_and_not_from_the_day_it_was_recorded() {
    // L38: a letter of 22 January that is recorded three days later.
    let mut desk = Desk::at_stage("2024-01-22");
    desk.completes("call").completes("findings").on("2024-01-25");
    desk.does(Command::IssueStageResponse(issue(1, day("2024-01-22"))));
    assert_eq!(desk.clock(ClockKind::Escalation, 1).deadline.due_on, day("2024-02-22"));
    desk.does(Command::Escalate { requested_on: day("2024-01-23") });
    assert_eq!(desk.clock(ClockKind::StageResponse, 2).deadline.start_on, day("2024-01-23"));
    desk.does(complete("senior-review", day("2024-01-24"))).on("2024-01-29");
    desk.does(Command::IssueFinalResponse(issue(2, day("2024-01-24"))));
    assert_eq!(desk.clock(ClockKind::IceWindow, 1).deadline.start_on, day("2024-01-24"));
}

#[test]
fn a_clock_is_counted_by_the_calendar_known_when_it_began() {
    // XCT-10: the complaint was registered before 15 June 2026 became a holiday in Scotland, its answer went out after.
    let mut desk = Desk::at_stage("2026-02-02");
    desk.on("2026-05-14").completes("call").completes("findings").answers(1);
    assert_eq!(desk.clock(ClockKind::Escalation, 1).deadline.due_on, day("2026-06-16"));
}

#[test]
fn a_window_too_is_left_open_longer_by_a_new_holiday() {
    // Q17, Q18: six months from 15 December 2025 end on 15 June 2026.
    let mut desk = Desk::finished("2025-12-15");
    let window = |desk: &Desk| desk.clock(ClockKind::IceWindow, 1);
    assert_eq!(window(&desk).deadline.due_on, day("2026-06-15"));
    desk.on("2026-03-02").does(Command::RebaseClocks);
    assert_eq!(window(&desk).deadline.due_on, day("2026-06-16"));
    assert_eq!(window(&desk).original_due_on, Some(day("2026-06-15")));
    desk.on("2026-06-16");
    assert_eq!(desk.refused(Command::CloseWindowPassed), "WINDOW_OPEN");
}

#[test]
fn a_holiday_that_is_learned_late_gives_its_day_all_the_same() {
    // Q17, L03: the first look by a calendar that knows 15 June 2026 is on the day after.
    let mut desk = Desk::finished("2025-12-15");
    desk.on("2026-06-16");
    assert_eq!(desk.due(), [Command::CloseWindowPassed], "by the calendar of December");
    desk.does(Command::RebaseClocks);
    assert_eq!(desk.clock(ClockKind::IceWindow, 1).deadline.due_on, day("2026-06-16"));
    assert_eq!(desk.refused(Command::CloseWindowPassed), "WINDOW_OPEN");
    desk.on("2026-06-17").does(Command::CloseWindowPassed);

    // A limit on the provider that passed by the older calendar alone runs again.
    let mut desk = Desk::jets();
    desk.procedure.as_mut().unwrap().stages[0].response_limit =
        Some(redress_policy::Term::new(90, redress_policy::Unit::WorkingDays));
    desk.on("2026-02-20").does(register("2026-02-20"));
    let before = desk.clock(ClockKind::StageResponse, 1).deadline.due_on;
    desk.today = before.tomorrow().unwrap();
    assert_eq!(desk.clock(ClockKind::StageResponse, 1).state, ClockState::Breached);
    desk.does(Command::RebaseClocks);
    assert_eq!(desk.clock(ClockKind::StageResponse, 1).state, ClockState::Running);
}

#[test]
fn a_holiday_that_changes_nothing_any_more_moves_nothing() {
    // Q17: what has passed by either calendar stands as it passed.
    let mut desk = Desk::finished("2025-12-15");
    desk.on("2026-06-17");
    assert_eq!(desk.asks(&Command::RebaseClocks).unwrap(), []);
}

#[test]
fn the_clocks_change_at_midnight_in_london() {
    // L13, C5: 23:30Z on 30 June is 1 July; the day handed in is London's, and a limit counts from it.
    let late = redress_kernel::london_date("2024-06-30T23:30:00Z".parse().unwrap());
    let desk = Desk::registered(&late.to_string());
    assert_eq!(desk.clock(ClockKind::EightWeekRight, 1).deadline.due_on, day("2024-08-26"));
}
