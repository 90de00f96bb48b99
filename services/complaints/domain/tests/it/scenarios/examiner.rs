//! The Independent Case Examiner takes a case up and sends it back.

use crate::fixture::{
    Desk, SAYS_ALL, atw_2024, atw_before_2023, complete, contact, day, digest, issue, letter, one_stage,
    register, registration,
};
use complaints_domain::complaint::{
    ClockState, CloseReason, Command, ExaminerWay, LetterFacts, LetterKind, LetterStanding, Outcome,
    Register, StepRef,
};
use redress_policy::ClockKind;

#[test]
fn eight_weeks_without_an_answer_open_the_way_and_the_provider_still_finishes() {
    // CMP-08, J0 7.01; domain 3.1, invariant 3
    let mut desk = Desk::at_stage("2024-01-02");
    desk.on("2024-02-28");
    assert!(desk.due().contains(&Command::OpenEarlyAccess));
    desk.does(Command::OpenEarlyAccess).does(contact("2024-02-28", false));
    assert_eq!(desk.stage(), "WITH_ICE");
    desk.completes("call").completes("findings").completes("senior-review").finishes(1);
    assert_eq!(desk.stage(), "WITH_ICE", "the examiner has it still");
    assert_eq!(desk.refused(Command::IssueFinalResponse(issue(2, desk.today))), "IMMUTABLE");
    assert!(!desk.due().contains(&Command::OpenEarlyAccess));
}

#[test]
fn the_examiner_may_take_up_what_nobody_may_demand() {
    // ICE-20: discretion is recorded, not judged.
    let mut desk = Desk::registered("2024-01-02");
    desk.on("2024-01-10");
    assert_eq!(desk.refused(contact("2024-01-10", false)), "EARLY_ACCESS_NOT_OPEN");
    desk.does(contact("2024-01-10", true));
    assert_eq!(desk.stage(), "WITH_ICE");

    let mut closed = Desk::finished("2024-01-02");
    closed.does(Command::Close { reason: CloseReason::Accepted, explained: false });
    closed.on("2024-07-02").does(contact("2024-07-02", false));
    assert_eq!(closed.stage(), "WITH_ICE", "closing takes no time from the person");
}

#[test]
fn what_is_with_the_examiner_is_the_examiners_to_close() {
    // ICE-27; C29
    let mut desk = Desk::finished("2024-01-02");
    desk.on("2024-02-01").does(contact("2024-02-01", false));
    let close = |reason, explained| Command::Close { reason, explained };
    assert_eq!(desk.refused(close(CloseReason::Other, true)), "WITH_ICE");
    assert_eq!(desk.refused(close(CloseReason::WindowPassed, false)), "WITH_ICE");
    assert_eq!(desk.refused(Command::Escalate { requested_on: desk.today }), "WITH_ICE");
    desk.does(close(CloseReason::ExaminerClosed, false));
}

#[test]
fn only_the_steps_the_examiner_named_are_done_again_and_the_window_starts_anew() {
    // CMP-14, J0 7.16; Q7
    let mut desk = Desk::finished("2024-01-02");
    desk.on("2024-02-01").does(contact("2024-02-01", false));
    let named = |stage_number, id: &str| StepRef { stage_number, id: id.to_owned() };
    let reopen =
        |steps: Vec<StepRef>| Command::ReopenSteps { steps, requested_on: day("2024-02-01"), due_on: None };
    assert_eq!(desk.refused(reopen(vec![named(1, "no-such-step")])), "UNKNOWN_STEP");
    assert_eq!(desk.refused(reopen(vec![named(1, "call"), named(1, "call")])), "DUPLICATE");
    desk.does(reopen(vec![named(1, "findings")]));
    assert_eq!(desk.stage(), "REOPENED_BY_ICE");
    let clock = desk.clock(ClockKind::ReopenedSteps, 2);
    assert_eq!((clock.deadline.due_on, clock.state), (day("2024-02-08"), ClockState::Running));
    assert_eq!(desk.refused(complete("call", desk.today)), "STEP_OUT_OF_ORDER", "it was not named");
    assert_eq!(desk.refused(Command::IssueFinalResponse(issue(3, desk.today))), "STEPS_NOT_EXHAUSTED");
    desk.on("2024-02-05").completes("findings");
    assert_eq!(desk.clock(ClockKind::ReopenedSteps, 2).state, ClockState::Met);
    desk.finishes(3);
    assert_eq!(desk.clock(ClockKind::IceWindow, 2).deadline.ends_on, day("2024-08-05"));
    assert_eq!(desk.clock(ClockKind::IceWindow, 1).state, ClockState::Met);
    desk.on("2024-07-15").does(contact("2024-07-15", false));
}

#[test]
fn the_clock_of_named_steps_runs_until_the_last_of_them_is_done() {
    // CMP-14
    let mut desk = Desk::finished("2024-01-02");
    desk.on("2024-02-01").does(contact("2024-02-01", false));
    let steps = ["findings", "call"].map(|id| StepRef { stage_number: 1, id: id.to_owned() });
    desk.does(Command::ReopenSteps { steps: steps.to_vec(), requested_on: day("2024-02-01"), due_on: None });
    desk.completes("call");
    assert_eq!(desk.clock(ClockKind::ReopenedSteps, 2).state, ClockState::Running);
    desk.completes("findings");
    assert_eq!(desk.clock(ClockKind::ReopenedSteps, 2).state, ClockState::Met);
}

#[test]
fn the_way_is_the_one_that_was_open_on_the_day_the_person_went() {
    // ICE-01, CMP-08: without an answer on 29 February, with one on 4 March; the notice came later.
    let mut desk = Desk::exhausted("2024-01-02");
    desk.on("2024-03-04").finishes(2).on("2024-03-05");
    let went = |on: &str| {
        let mut desk = desk.clone();
        desk.does(contact(on, false));
        (desk.file().examiner_contacts[0].way, desk.clock(ClockKind::IceWindow, 1).met_on)
    };
    assert_eq!(went("2024-02-29"), (ExaminerWay::EarlyAccess, None));
    assert_eq!(went("2024-03-04"), (ExaminerWay::Window, Some(day("2024-03-04"))));
}

#[test]
fn steps_are_done_again_in_order_and_the_answer_comes_after_all_of_them() {
    // CMP-05, CMP-14
    let mut desk = Desk::finished("2024-01-02");
    desk.on("2024-02-01").does(contact("2024-02-01", false));
    let step = |stage_number, id: &str| StepRef { stage_number, id: id.to_owned() };
    let steps = vec![step(1, "findings"), step(2, "senior-review")];
    desk.does(Command::ReopenSteps { steps, requested_on: day("2024-02-01"), due_on: None });
    desk.on("2024-02-08").does(complete("findings", day("2024-02-07")));
    assert_eq!(desk.refused(complete("senior-review", day("2024-02-05"))), "TOO_EARLY", "before the other");
    desk.does(complete("senior-review", day("2024-02-07")));
    assert_eq!(desk.refused(Command::IssueFinalResponse(issue(3, day("2024-02-06")))), "TOO_EARLY");
    desk.does(Command::IssueFinalResponse(issue(3, day("2024-02-07"))));
}

#[test]
fn what_the_examiner_sent_back_it_has_again_once_the_steps_are_done() {
    // CMP-14, Q7: as often as it sends it back.
    let mut desk = Desk::finished("2024-01-02");
    desk.on("2024-02-01").does(contact("2024-02-01", false));
    for letter in 3..5 {
        let steps = vec![StepRef { stage_number: 1, id: "findings".to_owned() }];
        let requested_on = desk.today;
        desk.does(Command::ReopenSteps { steps, requested_on, due_on: None });
        desk.completes("findings").finishes(letter);
        assert_eq!(desk.stage(), "FINAL_RESPONSE_ISSUED");
        let referred_on = day("2024-02-01");
        let notified_on = desk.on(&format!("2024-02-0{letter}")).today;
        desk.does(Command::RecordExaminerContact { referred_on, notified_on, discretion: false });
        assert_eq!(desk.stage(), "WITH_ICE");
        assert_eq!(desk.file().examiner_contacts.last().unwrap().way, ExaminerWay::Window);
    }
    desk.on("2024-12-02");
    assert_eq!(desk.due(), [], "no window closes what the examiner has");
    desk.does(Command::Close { reason: CloseReason::ExaminerClosed, explained: false });
}

#[test]
fn what_the_examiner_does_not_take_goes_on_where_it_was() {
    // ICE-24, Q1: premature, or out of its remit. The provider still owes what it owed.
    let back = |mut desk: Desk| {
        let returned_on = desk.today;
        desk.does(contact(&returned_on.to_string(), true));
        assert_eq!(desk.stage(), "WITH_ICE");
        desk.does(Command::ReturnFromExaminer { returned_on });
        desk
    };
    for (desk, stage) in [
        (Desk::registered("2024-01-02"), "RECEIVED"),
        (Desk::at_stage("2024-01-02"), "AT_STAGE"),
        (Desk::stage_answered("2024-01-02"), "STAGE_RESPONSE_ISSUED"),
        (Desk::exhausted("2024-01-02"), "AT_STAGE"),
        (Desk::finished("2024-01-02"), "FINAL_RESPONSE_ISSUED"),
    ] {
        assert_eq!(back(desk).stage(), stage);
    }
    let mut closed = Desk::finished("2024-01-02");
    closed.does(Command::Close { reason: CloseReason::Accepted, explained: false });
    assert_eq!(back(closed).stage(), "CLOSED");
    assert_eq!(
        Desk::finished("2024-01-02").refused(Command::ReturnFromExaminer { returned_on: day("2024-01-02") }),
        "STAGE_REFUSES"
    );
}

#[test]
fn an_answer_given_while_the_examiner_had_it_opens_a_window_that_passes() {
    // CMP-08, ICE-24: early access, premature by the examiner's own rule, and the provider finished meanwhile.
    let mut desk = Desk::at_stage("2024-01-02");
    desk.on("2024-02-28").does(contact("2024-02-28", false));
    desk.completes("call").completes("findings").completes("senior-review").finishes(1);
    desk.on("2024-03-01").does(Command::ReturnFromExaminer { returned_on: day("2024-03-01") });
    assert_eq!(desk.stage(), "FINAL_RESPONSE_ISSUED");
    desk.on("2024-08-29");
    assert_eq!(desk.due(), [Command::CloseWindowPassed]);
}

#[test]
fn the_examiners_own_date_holds_when_it_is_the_earlier() {
    // ICE-05, J0 7.16, Q5
    let named = || vec![StepRef { stage_number: 1, id: "findings".to_owned() }];
    for (stated, due) in [("2024-02-06", "2024-02-06"), ("2024-02-20", "2024-02-08")] {
        let mut desk = Desk::finished("2024-01-02");
        desk.on("2024-02-01").does(contact("2024-02-01", false));
        let due_on = Some(day(stated));
        desk.does(Command::ReopenSteps { steps: named(), requested_on: day("2024-02-01"), due_on });
        assert_eq!(desk.clock(ClockKind::ReopenedSteps, 2).deadline.due_on, day(due));
    }
}

#[test]
fn one_stage_without_limits_is_worked_as_the_older_guidance_has_it() {
    // A0: no reply limit, no six months, no eight weeks.
    let mut desk = Desk::under(atw_before_2023(), "2022-04-01", one_stage());
    desk.on("2023-07-03").does(register("2023-07-03")).begins().completes("answer");
    assert_eq!(desk.clocks(), []);
    desk.letter = LetterFacts { window_advised: false, ..SAYS_ALL };
    desk.finishes(1).on("2024-07-03");
    assert_eq!(desk.due(), []);
    desk.does(contact("2024-07-03", false));
    assert_eq!(desk.stage(), "WITH_ICE", "a pack without a window shuts nobody out");
}

#[test]
fn who_accepted_an_answer_has_no_early_way_left() {
    // CMP-08: the right is for someone without an answer; the examiner may still choose to look.
    let mut desk = Desk::stage_answered("2024-01-02");
    desk.does(Command::Close { reason: CloseReason::Accepted, explained: false }).on("2024-03-01");
    assert_eq!(desk.refused(contact("2024-03-01", false)), "EARLY_ACCESS_NOT_OPEN");
    desk.does(contact("2024-03-01", true));
}

#[test]
fn a_draft_that_waits_when_steps_are_reopened_is_void() {
    // CMP-14, CMP-16
    let mut desk = Desk::under(atw_2024(), "2023-06-05", one_stage());
    desk.on("2024-06-03");
    let registration = Register { formal: true, ..registration("2024-06-03") };
    desk.does(Command::Register(Box::new(registration))).begins().completes("answer");
    desk.does(Command::SubmitDraft {
        letter: letter(1),
        kind: LetterKind::FinalResponse,
        digest: digest('a'),
        outcome: Outcome::Upheld,
    });
    desk.does(contact("2024-06-03", true));
    let steps = vec![StepRef { stage_number: 1, id: "answer".to_owned() }];
    desk.does(Command::ReopenSteps { steps, requested_on: day("2024-06-03"), due_on: None });
    assert_eq!(desk.file().letter(letter(1)).unwrap().standing, LetterStanding::Superseded);
    assert_eq!(desk.stage(), "REOPENED_BY_ICE");
}
