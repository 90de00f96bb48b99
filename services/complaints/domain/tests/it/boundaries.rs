//! Dates at their edges (domain 7.2, 7.3).

use complaints_domain::{
    Channel,
    complaint::{ClockState, Command, WithdrawnBy, early_access::Standing},
};
use redress_policy::ClockKind;

use crate::fixture::{Desk, contact, day, issue, jets, register, two_stages};

#[test]
fn eight_weeks_from_2_january_2024_end_on_27_february_and_the_right_opens_on_the_28th() {
    // CMP-08, J0 7.01; domain 7.3
    let mut desk = Desk::registered("2024-01-02");
    assert_eq!(desk.clock(ClockKind::EightWeekRight, 1).deadline.due_on, day("2024-02-27"));

    desk.on("2024-02-27");
    assert_eq!(desk.early_access().standing, Standing::NotYet);
    assert_eq!(desk.refused(Command::OpenEarlyAccess), "EARLY_ACCESS_NOT_OPEN");
    assert_eq!(desk.refused(contact("2024-02-27", false)), "EARLY_ACCESS_NOT_OPEN");

    desk.on("2024-02-28");
    assert_eq!(desk.early_access().standing, Standing::Open);
    assert_eq!(desk.early_access().opens_on, Some(day("2024-02-28")));
    desk.does(Command::OpenEarlyAccess);
    assert_eq!(desk.stage(), "RECEIVED", "the right stops nothing");
    desk.does(contact("2024-02-28", false));
    assert_eq!(desk.stage(), "WITH_ICE");
}

#[test]
fn a_final_response_on_the_last_day_of_eight_weeks_is_in_time() {
    let mut desk = Desk::exhausted("2024-01-02");
    desk.on("2024-02-27").finishes(2).on("2024-03-01");
    assert_eq!(desk.clock(ClockKind::EightWeekRight, 1).state, ClockState::Met);
    assert_eq!(desk.early_access().standing, Standing::Forestalled);

    let mut late = Desk::exhausted("2024-01-02");
    late.on("2024-02-28").finishes(2);
    assert_eq!(late.clock(ClockKind::EightWeekRight, 1).state, ClockState::MetLate);
    assert_eq!(late.early_access().standing, Standing::Open);
}

#[test]
fn six_months_from_31_august_2023_end_on_29_february_2024() {
    // CMP-09, ICE-01, J0 7.15; L15, XCT-08; domain 7.3
    let mut desk = Desk::finished("2023-08-31");
    let window = desk.clock(ClockKind::IceWindow, 1);
    assert_eq!((window.deadline.ends_on, window.deadline.due_on), (day("2024-02-29"), day("2024-02-29")));

    desk.on("2024-02-29");
    assert_eq!(desk.refused(Command::CloseWindowPassed), "WINDOW_OPEN");
    desk.on("2024-03-01");
    assert_eq!(desk.refused(contact("2024-03-01", false)), "WINDOW_CLOSED");
    desk.clone().does(contact("2024-02-29", false));
    desk.does(Command::CloseWindowPassed);
    assert_eq!(desk.stage(), "CLOSED");
}

#[test]
fn six_months_from_29_august_2024_end_on_28_february_2025() {
    let desk = Desk::finished("2024-08-29");
    assert_eq!(desk.clock(ClockKind::IceWindow, 1).deadline.ends_on, day("2025-02-28"));
}

#[test]
fn a_window_that_ends_on_a_day_not_worked_is_open_to_the_end_of_the_next_working_day() {
    // Q18: 17 August 2024 is a Saturday.
    let mut desk = Desk::finished("2024-02-17");
    let window = desk.clock(ClockKind::IceWindow, 1);
    assert_eq!((window.deadline.ends_on, window.deadline.due_on), (day("2024-08-17"), day("2024-08-19")));
    desk.on("2024-08-19").does(contact("2024-08-19", false));
}

#[test]
fn a_final_response_by_post_leaves_two_working_days_more() {
    // Q6: nothing closes before the later reading.
    let mut desk = Desk::exhausted("2023-08-31");
    let by_post =
        complaints_domain::complaint::Issue { channel: Channel::Post, ..issue(2, day("2023-08-31")) };
    desk.does(Command::IssueFinalResponse(by_post));
    let window = desk.clock(ClockKind::IceWindowByPost, 1);
    assert_eq!((window.deadline.ends_on, window.deadline.due_on), (day("2024-02-29"), day("2024-03-04")));
    desk.on("2024-03-04");
    assert_eq!(desk.refused(Command::CloseWindowPassed), "WINDOW_OPEN");
    desk.on("2024-03-05").does(Command::CloseWindowPassed);
}

#[test]
fn working_days_are_those_of_scotland() {
    // L02, XCT-07; domain 7.2: 22 December 2023 and five working days, here ten for the response and two for the acknowledgement.
    let desk = Desk::registered("2023-12-22");
    assert_eq!(desk.clock(ClockKind::Acknowledgement, 1).deadline.due_on, day("2023-12-28"));
    // 27 28 29 December, 3 4 5 8 9 10 11 January: 1 and 2 January are both holidays in Scotland.
    assert_eq!(desk.clock(ClockKind::StageResponse, 1).deadline.due_on, day("2024-01-11"));
}

#[test]
fn the_same_limits_differ_by_the_division_of_the_contract() {
    // Q4: the contract's own division prevails over the pack's.
    let mut desk = Desk::jets();
    desk.contract.division = Some(redress_policy::Division::EnglandAndWales);
    desk.on("2023-12-22").does(register("2023-12-22"));
    assert_eq!(desk.clock(ClockKind::StageResponse, 1).deadline.due_on, day("2024-01-10"));
}

#[test]
fn what_ends_a_case_in_time_breaches_nothing_and_what_ends_it_late_does() {
    // CMP-06
    let desk = Desk::at_stage("2024-01-08");
    let due_on = desk.clock(ClockKind::StageResponse, 1).deadline.due_on;
    for (on, state) in [(due_on, ClockState::Lapsed), (due_on.tomorrow().unwrap(), ClockState::Breached)] {
        let mut desk = desk.clone();
        desk.today = on;
        desk.does(Command::Withdraw {
            by: WithdrawnBy::Participant,
            withdrawn_on: on,
            channel: Channel::Email,
            document: None,
        });
        assert_eq!(desk.clock(ClockKind::StageResponse, 1).state, state, "{on}");
    }
}

#[test]
fn each_stage_is_answered_by_its_own_response() {
    // CMP-06
    let mut desk = Desk::stage_answered("2024-01-02");
    desk.does(Command::Escalate { requested_on: day("2024-01-02") });
    assert_eq!(desk.clock(ClockKind::StageResponse, 1).state, ClockState::Met);
    assert_eq!(desk.clock(ClockKind::StageResponse, 2).state, ClockState::Running);
}

#[test]
fn where_every_holiday_of_the_kingdom_counts_a_limit_ends_after_it() {
    // XCT-09, Q4: 12 July is a holiday in Northern Ireland alone.
    let mut any = jets().clone();
    any.practice.any_part_of_uk.value = true;
    for (pack, due) in [(jets(), "2024-07-22"), (&*Box::leak(Box::new(any)), "2024-07-23")] {
        let mut desk = Desk::under(pack, "2022-02-25", two_stages());
        desk.on("2024-07-08").does(register("2024-07-08"));
        assert_eq!(desk.clock(ClockKind::StageResponse, 1).deadline.due_on, day(due));
    }
}

#[test]
fn a_limit_past_its_day_is_breached_and_warned_of_before() {
    let mut desk = Desk::registered("2024-01-08");
    let acknowledgement = desk.clock(ClockKind::Acknowledgement, 1);
    assert_eq!(
        (acknowledgement.deadline.warn_on, acknowledgement.deadline.due_on),
        (day("2024-01-09"), day("2024-01-10"))
    );
    desk.on("2024-01-10");
    assert_eq!(desk.clock(ClockKind::Acknowledgement, 1).state, ClockState::Running);
    desk.on("2024-01-11");
    assert_eq!(desk.clock(ClockKind::Acknowledgement, 1).state, ClockState::Breached);
    desk.does(Command::Acknowledge { acknowledged_on: day("2024-01-11"), channel: Channel::Post });
    assert_eq!(desk.clock(ClockKind::Acknowledgement, 1).state, ClockState::MetLate);
}

#[test]
fn data_protection_has_thirty_days_and_a_warning_on_the_twenty_ninth_once_in_force() {
    // CMP-29, Q25
    let received = |on: &str| {
        let mut desk = Desk::jets();
        let mut registration = crate::fixture::registration(on);
        registration.subject = complaints_domain::complaint::Subject::DataProtection;
        desk.on(on).does(Command::Register(Box::new(registration)));
        desk
    };
    let clock = received("2026-06-19").clock(ClockKind::DataProtectionAcknowledgement, 1);
    assert_eq!((clock.deadline.warn_on, clock.deadline.due_on), (day("2026-07-18"), day("2026-07-19")));
    let mut of_service = Desk::jets();
    of_service.on("2026-06-19").does(register("2026-06-19"));
    for without in [received("2026-06-18"), of_service] {
        let kinds = without.clocks().into_iter().map(|clock| clock.key.kind);
        assert!(!kinds.collect::<Vec<_>>().contains(&ClockKind::DataProtectionAcknowledgement));
    }
}

#[test]
fn a_day_outside_the_calendar_is_refused_and_not_guessed() {
    // L06
    let mut desk = Desk::jets();
    desk.on("2028-12-29");
    assert_eq!(desk.refused(register("2028-12-29")), "OUTSIDE_CALENDAR");
}
