//! Working it: the handler, the steps in order, the stages and their time.

use crate::fixture::{Desk, complete, day, issue, register, registration};
use complaints_domain::Channel;
use complaints_domain::complaint::{ClockState, CloseReason, Command, Entry, Register, steps};
use redress_kernel::Refusal as _;
use redress_policy::ClockKind;

#[test]
fn nobody_handles_a_complaint_about_themselves() {
    // CMP-27, C13
    let mut desk = Desk::registered("2024-01-02");
    assert_eq!(desk.refused(Command::AssignHandler { handler: "adviser-9".to_owned() }), "HANDLER_CONFLICT");
    desk.does(Command::AssignHandler { handler: "officer-1".to_owned() });
    assert_eq!(desk.stage(), "RECEIVED", "a handler alone acknowledges nothing");
    desk.does(Command::Acknowledge { acknowledged_on: day("2024-01-02"), channel: Channel::Email });
    assert_eq!(desk.stage(), "AT_STAGE");
}

#[test]
fn a_step_is_proved_where_the_procedure_asks_for_it() {
    // CMP-05
    let mut desk = Desk::at_stage("2024-01-02");
    let done_on = desk.today;
    let bare = |step: &str| Command::CompleteStep { step: step.to_owned(), done_on, evidence: Vec::new() };
    desk.does(bare("call"));
    assert_eq!(desk.refused(bare("findings")), "EVIDENCE_REQUIRED");
    desk.does(complete("findings", done_on));
}

#[test]
fn each_step_is_taken_in_order_and_shown() {
    // CMP-05, A0 7.03, J0 7.03
    let mut desk = Desk::at_stage("2024-01-02");
    let today = desk.today;
    let explanation = desk.refusal(complete("findings", today)).explain();
    assert_eq!(explanation.reason, "STEP_OUT_OF_ORDER");
    assert_eq!(explanation.metadata, [("next_step", "call".to_owned())]);
    assert_eq!(desk.refused(complete("no-such-step", today)), "UNKNOWN_STEP");
    assert_eq!(
        desk.refused(complete("senior-review", today)),
        "STEP_OUT_OF_ORDER",
        "the next stage's steps wait"
    );
    desk.completes("call");
    let bare = Command::CompleteStep { step: "findings".to_owned(), done_on: today, evidence: Vec::new() };
    assert_eq!(desk.refused(bare), "EVIDENCE_REQUIRED");
    let stranger = complaints_domain::DocumentId::new(uuid::Uuid::from_u128(99));
    let foreign =
        Command::CompleteStep { step: "findings".to_owned(), done_on: today, evidence: vec![stranger] };
    assert_eq!(desk.refused(foreign), "NOT_ON_FILE");
    desk.completes("findings");
    assert_eq!(desk.file().done.len(), 2);
}

#[test]
fn no_date_lies_before_receipt_or_in_the_future() {
    // C20
    let mut desk = Desk::at_stage("2024-01-08");
    assert_eq!(desk.refused(complete("call", day("2024-01-07"))), "BEFORE_RECEIPT");
    assert_eq!(desk.refused(complete("call", day("2024-01-09"))), "DATE_IN_FUTURE");
    desk.completes("call").completes("findings");
    for (on, reason) in [("2024-01-07", "INVALID_REQUEST"), ("2024-01-09", "DATE_IN_FUTURE")] {
        assert_eq!(desk.refused(Command::IssueStageResponse(issue(1, day(on)))), reason);
        assert_eq!(desk.refused(Command::IssueFinalResponse(issue(1, day(on)))), reason);
    }
}

#[test]
fn a_response_comes_after_the_last_step() {
    let mut desk = Desk::at_stage("2024-01-08");
    desk.on("2024-01-10").completes("call").completes("findings");
    assert_eq!(desk.refused(Command::IssueStageResponse(issue(1, day("2024-01-09")))), "TOO_EARLY");
}

#[test]
fn the_final_response_comes_after_all_steps_of_all_stages() {
    // CMP-05, A0 7.04; C16
    let mut desk = Desk::at_stage("2024-01-02");
    let explanation = desk.refusal(Command::IssueFinalResponse(issue(1, desk.today))).explain();
    assert_eq!(explanation.reason, "STEPS_NOT_EXHAUSTED");
    assert_eq!(explanation.metadata, [("open_steps", "1:call,1:findings,2:senior-review".to_owned())]);
    desk.completes("call");
    assert_eq!(desk.refused(Command::IssueStageResponse(issue(1, desk.today))), "STEPS_NOT_EXHAUSTED");
    desk.completes("findings");
    assert_eq!(desk.refused(Command::IssueFinalResponse(issue(1, desk.today))), "STEPS_NOT_EXHAUSTED");
}

#[test]
fn time_stated_in_the_procedure_is_kept() {
    // CMP-06, J0 7.01 action 3: each stage has its own clock from its own start.
    let mut desk = Desk::at_stage("2024-01-08");
    assert_eq!(desk.clock(ClockKind::StageResponse, 1).deadline.due_on, day("2024-01-22"));
    desk.completes("call").completes("findings").on("2024-01-22").answers(1);
    assert_eq!(desk.clock(ClockKind::StageResponse, 1).state, ClockState::Met);
    assert_eq!(desk.clock(ClockKind::Escalation, 1).deadline.due_on, day("2024-02-22"));
    desk.on("2024-02-01").does(Command::Escalate { requested_on: day("2024-01-31") });
    assert_eq!(desk.clock(ClockKind::StageResponse, 2).deadline.start_on, day("2024-01-31"));
    assert_eq!(desk.clock(ClockKind::StageResponse, 2).deadline.due_on, day("2024-02-14"));
    assert_eq!(desk.clock(ClockKind::Escalation, 1).state, ClockState::Met);
}

#[test]
fn asking_for_the_next_stage_is_in_time_to_the_end_of_the_stated_limit() {
    // Q18: 24 February 2024 is a Saturday; the limit is open to the end of Monday.
    let mut desk = Desk::stage_answered("2024-01-24");
    assert_eq!(desk.clock(ClockKind::Escalation, 1).deadline.due_on, day("2024-02-26"));
    desk.on("2024-02-27");
    assert_eq!(desk.refused(Command::Escalate { requested_on: day("2024-02-27") }), "WINDOW_CLOSED");
    desk.does(Command::Escalate { requested_on: day("2024-02-26") });
    assert_eq!((desk.stage(), desk.state.case().unwrap().stage_number()), ("AT_STAGE", 2));
    assert!(desk.file().formal, "past informal resolution it is formal (Q21)");
}

#[test]
fn without_a_stated_limit_asking_is_never_too_late() {
    let mut desk = Desk::jets();
    desk.procedure.as_mut().unwrap().stages[0].escalation_limit = None;
    desk.procedure.as_mut().unwrap().stages[0].silence_closes = false;
    desk.does(register("2024-01-02")).begins().completes("call").completes("findings").answers(1);
    desk.on("2026-01-02");
    assert_eq!(desk.refused(Command::CloseSilent), "NOT_DUE");
    assert_eq!(desk.refused(Command::Close { reason: CloseReason::Silent, explained: false }), "WINDOW_OPEN");
    desk.does(Command::Escalate { requested_on: day("2026-01-02") });
}

#[test]
fn what_is_left_after_a_joint_reply_starts_at_the_next_stage() {
    // CMP-13, J0 7.08 action 2
    let after = Command::Register(Box::new(Register {
        entry: Entry::AfterJointReply { replied_on: day("2024-01-01") },
        ..registration("2024-01-02")
    }));
    let mut desk = Desk::jets();
    desk.does(after.clone()).begins();
    assert_eq!(desk.state.case().unwrap().stage_number(), 2);
    let taken: Vec<String> = steps::steps(&desk.state).into_iter().map(|view| view.step.id).collect();
    assert_eq!(taken, ["senior-review"], "the joint reply stands for the steps of the first stage");
    assert_eq!(desk.clock(ClockKind::StageResponse, 2).deadline.start_on, day("2024-01-02"));
    desk.completes("senior-review").finishes(1);

    // Q8: with one stage only, what is left is answered there, with the signposting.
    let mut single = Desk::jets();
    single.procedure.as_mut().unwrap().stages.truncate(1);
    single.does(after).begins().completes("call").completes("findings").finishes(1);
    assert_eq!(single.stage(), "FINAL_RESPONSE_ISSUED");
}
