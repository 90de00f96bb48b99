//! The sentences of the guidance that this service carries out, each in a case of its own.

use complaints_domain::{
    Actor, Channel,
    complaint::{
        ClockState, CloseReason, Command, Entry, Event, FlagCode, Issue, LetterFacts, LetterStanding,
        Outcome, Representative, StepRef, Subject, WithdrawnBy, letter::Signpost, steps,
    },
};
use redress_kernel::{Kind, Refusal as _};
use redress_policy::ClockKind;

use crate::fixture::{
    COMPLAINT, DEPARTMENT, DOCUMENT, Desk, JOBCENTRE, PRIME, SAYS_ALL, STRANGER, SUB, SUB_SUB, complete,
    contact, day, digest, issue, letter, one_stage, register, registration,
};

fn with(change: impl FnOnce(&mut complaints_domain::complaint::Register)) -> Command {
    let mut registration = registration("2024-01-02");
    change(&mut registration);
    Command::Register(Box::new(registration))
}

#[test]
fn the_process_reaches_across_the_whole_supply_chain() {
    // CMP-01, A0 7.01, J0 7.02: a complaint about a subcontractor's subcontractor, taken in there, is a complaint like any other.
    let mut desk = Desk::jets();
    desk.actor = Actor { organisation: Some(SUB_SUB), subject: "adviser-3".to_owned() };
    desk.does(with(|registration| {
        registration.respondents = vec![SUB_SUB];
        registration.organisation = SUB_SUB;
    }));
    assert_eq!(desk.stage(), "RECEIVED");
}

#[test]
fn who_stands_outside_the_chain_sees_no_contract_and_answers_no_complaint() {
    // C2, C11
    let mut desk = Desk::jets();
    assert_eq!(
        desk.refused(with(|registration| registration.respondents = vec![STRANGER])),
        "SUPPLY_CHAIN_EDGE_MISSING"
    );
    assert_eq!(
        desk.refused(with(|registration| registration.organisation = STRANGER)),
        "SUPPLY_CHAIN_EDGE_MISSING"
    );
    desk.actor = Actor { organisation: Some(STRANGER), subject: "x".to_owned() };
    assert_eq!(desk.refused(register("2024-01-02")), "NOT_FOUND");
    desk.actor = Actor { organisation: Some(JOBCENTRE), subject: "jcp".to_owned() };
    desk.does(register("2024-01-02"));
}

#[test]
fn the_chain_counts_as_it_was_on_the_day_of_receipt() {
    // C11: a subcontractor that left can still be complained about for its own days.
    let mut desk = Desk::jets();
    desk.chain.links[0].end_on = Some(day("2023-12-31"));
    assert_eq!(desk.refused(register("2024-01-02")), "SUPPLY_CHAIN_EDGE_MISSING");
    let refusal = desk.refusal(register("2024-01-02")).explain();
    assert!(refusal.metadata.contains(&("organisations", SUB.name())));
    desk.does(register("2023-12-31"));
}

#[test]
fn what_is_wrong_with_a_registration_is_said_at_once() {
    // C10, C20
    let desk = Desk::jets();
    let refusal = desk.refusal(with(|registration| {
        registration.received_on = day("2024-01-03");
        registration.respondents = vec![SUB, SUB];
        registration.jobcentre_plus_on = Some(day("2024-01-04"));
    }));
    let explanation = refusal.explain();
    assert_eq!((explanation.kind, explanation.reason), (Kind::Invalid, "INVALID_REQUEST"));
    let fields: Vec<&str> = explanation.violations.iter().map(|violation| violation.field.as_str()).collect();
    assert_eq!(fields, ["complaint.received_on", "complaint.respondents", "complaint.jobcentre_plus_on"]);
    assert_eq!(desk.refused(with(|registration| registration.respondents.clear())), "REQUIRED");
}

#[test]
fn a_complaint_lies_within_its_contract() {
    // C4
    let mut desk = Desk::jets();
    assert_eq!(desk.refused(register("2022-02-24")), "CONTRACT_NOT_IN_FORCE");
    desk.contract.end_on = Some(day("2024-01-01"));
    assert_eq!(desk.refused(register("2024-01-02")), "CONTRACT_NOT_IN_FORCE");
    desk.contract.end_on = Some(day("2024-01-02"));
    desk.does(register("2024-01-02"));
}

#[test]
fn a_second_complaint_of_the_same_words_is_answered_with_the_first() {
    let mut desk = Desk::jets();
    desk.existing = Some(COMPLAINT);
    let explanation = desk.refusal(register("2024-01-02")).explain();
    assert_eq!((explanation.kind, explanation.reason), (Kind::AlreadyExists, "DUPLICATE_COMPLAINT"));
    assert_eq!(explanation.metadata, [("name", COMPLAINT.name())]);
}

#[test]
fn without_a_procedure_there_are_no_steps_to_take() {
    let mut desk = Desk::jets();
    desk.procedure = None;
    assert_eq!(desk.refused(register("2024-01-02")), "PROCEDURE_MISSING");
}

#[test]
fn an_unexplained_process_is_flagged_and_the_complaint_accepted() {
    // CMP-02, A0 7.01, J0 7.02
    let mut desk = Desk::jets();
    desk.participant.first_contact = None;
    desk.does(register("2024-01-02"));
    let flags: Vec<FlagCode> = desk.file().flags.iter().map(|flag| flag.code).collect();
    assert_eq!(flags, [FlagCode::FirstContactNotExplained]);
}

#[test]
fn an_explanation_after_receipt_is_no_first_contact() {
    let mut desk = Desk::jets();
    desk.participant.first_contact.as_mut().unwrap().explained_on = day("2024-01-03");
    desk.does(register("2024-01-02"));
    assert_eq!(desk.file().flags.len(), 1);
}

#[test]
fn programme_policy_and_mixed_complaints_are_for_jobcentre_plus() {
    // RTE-08, J0 7.12; RTE-03, J0 7.08; C44
    let desk = Desk::jets();
    for (subject, paragraph) in [(Subject::ProgrammePolicy, "7.12"), (Subject::Mixed, "7.07")] {
        let explanation = desk.refusal(with(|registration| registration.subject = subject)).explain();
        assert_eq!(explanation.reason, "ROUTE_TO_JOBCENTRE_PLUS");
        assert_eq!(explanation.citations[0].paragraph, paragraph);
        assert!(
            explanation
                .metadata
                .iter()
                .any(|(key, value)| *key == "help_url" && value.starts_with("https://"))
        );
    }
}

#[test]
fn what_triage_finds_to_be_policy_is_redirected_and_its_clocks_lapse() {
    // RTE-08, J0 7.12
    let mut desk = Desk::at_stage("2024-01-02");
    let redirect =
        |subject| Command::Redirect { subject, told_on: day("2024-01-02"), channel: Channel::Telephone };
    assert_eq!(desk.refused(redirect(Subject::Service)), "NOT_ALLOWED");
    desk.does(redirect(Subject::ProgrammePolicy));
    assert_eq!(desk.stage(), "REDIRECTED");
    let provider = desk.clocks().into_iter().filter(|clock| clock.binds_provider);
    assert!(provider.filter(|clock| clock.met_on.is_none()).all(|clock| clock.state == ClockState::Lapsed));
}

#[test]
fn a_complaint_from_jobcentre_plus_has_the_same_clocks() {
    // CMP-12, J0 7.11, Q3: the day at Jobcentre Plus is evidence, not a start.
    let direct = Desk::registered("2024-01-08");
    let mut passed_on = Desk::jets();
    let mut registration = registration("2024-01-08");
    registration.jobcentre_plus_on = Some(day("2024-01-03"));
    passed_on.on("2024-01-08").does(Command::Register(Box::new(registration)));
    assert_eq!(direct.clocks(), passed_on.clocks());
    assert_eq!(passed_on.file().jobcentre_plus_on, Some(day("2024-01-03")));
}

#[test]
fn the_earliest_receipt_in_the_chain_counts() {
    // Q2, A0 7.01; L11: every clock from receipt follows, none becomes later.
    let mut desk = Desk::registered("2024-01-08");
    let before = desk.clocks();
    let receipt = |on: &str| Command::RecordReceipt {
        organisation: SUB,
        received_on: day(on),
        channel: Channel::InPerson,
    };
    desk.does(receipt("2024-01-04"));
    assert_eq!(desk.file().received_on, day("2024-01-04"));
    for (earlier, later) in desk.clocks().iter().zip(&before) {
        assert!(earlier.deadline.due_on < later.deadline.due_on, "{:?}", earlier.key);
    }
    desk.does(receipt("2024-01-06"));
    assert_eq!(desk.file().received_on, day("2024-01-04"), "a later receipt gives no time back");
    assert_eq!(desk.asks(&receipt("2024-01-04")).unwrap(), [], "the same receipt again is nothing new");
    let outside = Command::RecordReceipt {
        organisation: STRANGER,
        received_on: day("2024-01-05"),
        channel: Channel::Post,
    };
    assert_eq!(desk.refused(outside), "SUPPLY_CHAIN_EDGE_MISSING");
}

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
fn the_final_response_carries_the_signposting_text_in_force() {
    // CMP-07, A0 7.04, J0 7.04; CMP-31; C17
    let mut desk = Desk::exhausted("2024-01-02");
    let command = || Command::IssueFinalResponse(issue(2, day("2024-01-02")));
    desk.letter = LetterFacts { signposting: Signpost::Missing { version: 1 }, ..SAYS_ALL };
    assert_eq!(desk.refused(command()), "SIGNPOST_MISSING");
    desk.letter = LetterFacts { signposting: Signpost::NotLookedFor, ..SAYS_ALL };
    assert_eq!(desk.refused(command()), "SIGNPOST_MISSING", "what nobody looked for is not there");
    desk.letter = LetterFacts { signposting: Signpost::OutOfDate { version: 2, found: 1 }, ..SAYS_ALL };
    let explanation = desk.refusal(command()).explain();
    assert_eq!(explanation.reason, "SIGNPOST_OUT_OF_DATE");
    assert!(explanation.citations.iter().any(|citation| citation.rule == "CMP-31"));
    desk.letter = SAYS_ALL;
    desk.does(command());
    let on_file = desk.file().letter(letter(2)).unwrap();
    assert!(matches!(on_file.standing, LetterStanding::Issued { signposting_version: Some(1), .. }));
}

#[test]
fn the_final_response_advises_of_the_six_months() {
    // CMP-09, J0 7.15; C19
    let mut desk = Desk::exhausted("2024-01-02");
    desk.letter = LetterFacts { window_advised: false, ..SAYS_ALL };
    assert_eq!(desk.refused(Command::IssueFinalResponse(issue(2, desk.today))), "ICE_WINDOW_NOTICE_MISSING");
}

#[test]
fn a_final_response_never_changes() {
    // C23; CMP-07: one final response a run; a mistake is mended by a letter that refers to it
    let mut desk = Desk::finished("2024-01-02");
    let explanation = desk.refusal(Command::IssueFinalResponse(issue(3, desk.today))).explain();
    assert_eq!(explanation.reason, "IMMUTABLE");
    assert!(explanation.metadata.contains(&("letter", letter(2).name())));
    let correction = |corrects| Command::IssueCorrection {
        letter: letter(3),
        corrects,
        digest: digest('b'),
        issued_on: day("2024-01-02"),
        channel: Channel::Post,
    };
    assert_eq!(desk.refused(correction(letter(9))), "NOT_FOUND");
    let window = desk.clock(ClockKind::IceWindow, 1);
    desk.does(correction(letter(2)));
    assert_eq!(desk.clock(ClockKind::IceWindow, 1), window, "a correction moves no date");
    assert_eq!(desk.refused(correction(letter(2))), "ALREADY_THERE", "one letter, one id");
}

#[test]
fn the_last_stage_is_answered_for_good() {
    // CMP-07
    let desk = Desk::exhausted("2024-01-02");
    assert_eq!(desk.refused(Command::IssueStageResponse(issue(2, desk.today))), "FINAL_RESPONSE_DUE");
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
fn silence_closes_where_the_procedure_says_so_and_not_a_day_early() {
    let mut desk = Desk::stage_answered("2024-01-24");
    desk.on("2024-02-26");
    assert_eq!(desk.refused(Command::CloseSilent), "WINDOW_OPEN");
    desk.on("2024-02-27");
    assert!(desk.due().contains(&Command::CloseSilent));
    desk.does(Command::CloseSilent);
    assert_eq!(desk.stage(), "CLOSED");
}

#[test]
fn what_is_left_after_a_joint_reply_starts_at_the_next_stage() {
    // CMP-13, J0 7.08 action 2
    let after = Command::Register(Box::new(complaints_domain::complaint::Register {
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
    // C29
    let mut desk = Desk::finished("2024-01-02");
    desk.on("2024-02-01").does(contact("2024-02-01", false));
    let close = |reason, explained| Command::Close { reason, explained };
    assert_eq!(desk.refused(close(CloseReason::Other, true)), "WITH_ICE");
    assert_eq!(desk.refused(close(CloseReason::WindowPassed, false)), "WITH_ICE");
    assert_eq!(desk.refused(Command::Escalate { requested_on: desk.today }), "WITH_ICE");
    desk.does(close(CloseReason::ExaminerClosed, false));
}

#[test]
fn another_reason_to_close_is_given_in_words() {
    // C29
    let desk = Desk::registered("2024-01-02");
    let explanation = desk.refusal(Command::Close { reason: CloseReason::Other, explained: false }).explain();
    assert_eq!((explanation.kind, explanation.violations[0].field.as_str()), (Kind::Invalid, "reason_text"));
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
    assert_eq!(desk.clock(ClockKind::ReopenedSteps, 2).deadline.due_on, day("2024-02-08"));
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
fn only_the_person_or_the_representative_on_record_withdraws() {
    // C26
    let withdraw = |by| Command::Withdraw {
        by,
        withdrawn_on: day("2024-01-02"),
        channel: Channel::Email,
        document: None,
    };
    let mut desk = Desk::registered("2024-01-02");
    let explanation = desk.refusal(withdraw(WithdrawnBy::Representative)).explain();
    assert_eq!((explanation.kind, explanation.reason), (Kind::Forbidden, "NOT_PARTY_TO_WITHDRAW"));
    desk.does(withdraw(WithdrawnBy::Participant));
    assert_eq!(desk.stage(), "WITHDRAWN");

    let mut represented = Desk::jets();
    represented.does(with(|registration| registration.representative = Some(Representative::ElectedMember)));
    represented.does(Command::Withdraw {
        by: WithdrawnBy::Representative,
        withdrawn_on: day("2024-01-02"),
        channel: Channel::Post,
        document: Some(DOCUMENT),
    });
}

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
fn one_stage_without_limits_is_worked_as_the_older_guidance_has_it() {
    // A0: no reply limit, no six months, no eight weeks.
    let mut desk = Desk::under(crate::fixture::atw_before_2023(), "2022-04-01", one_stage());
    desk.on("2023-07-03").does(register("2023-07-03")).begins().completes("answer");
    assert_eq!(desk.clocks(), []);
    desk.letter = LetterFacts { window_advised: false, ..SAYS_ALL };
    desk.finishes(1).on("2024-07-03");
    assert_eq!(desk.due(), []);
    desk.does(contact("2024-07-03", false));
    assert_eq!(desk.stage(), "WITH_ICE", "a pack without a window shuts nobody out");
}

#[test]
fn a_reply_to_a_formal_complaint_goes_out_as_the_department_approved_it_and_no_other() {
    // CMP-16, A1 7.03; C25
    let mut desk = Desk::under(crate::fixture::atw_2024(), "2023-06-05", one_stage());
    desk.on("2024-06-03");
    let mut registration = registration("2024-06-03");
    registration.channel = Channel::Post;
    desk.does(Command::Register(Box::new(registration))).begins().completes("answer");
    assert!(desk.file().formal, "written is formal (Q21)");
    let draft = |number, text| Command::SubmitDraft {
        letter: letter(number),
        kind: complaints_domain::complaint::LetterKind::FinalResponse,
        digest: digest(text),
        outcome: Outcome::NotUpheld,
    };
    let decide = |number, text, decision, commented| Command::DecideDraft {
        letter: letter(number),
        digest: digest(text),
        decision,
        commented,
    };
    use complaints_domain::complaint::DraftDecision::{Approve, Rework};

    assert_eq!(desk.refused(Command::IssueFinalResponse(issue(9, desk.today))), "APPROVAL_REQUIRED");
    desk.does(draft(1, 'a'));
    assert_eq!(desk.stage(), "DRAFT_PENDING_APPROVAL");
    assert_eq!(desk.refused(Command::IssueFinalResponse(issue(9, desk.today))), "APPROVAL_REQUIRED");
    assert_eq!(desk.refused(decide(1, 'a', Rework, false)), "REQUIRED");
    desk.actor = Actor { organisation: Some(DEPARTMENT), subject: "approver-1".to_owned() };
    desk.does(decide(1, 'a', Rework, true));
    assert_eq!(desk.stage(), "REWORK");

    desk.does(draft(2, 'b'));
    assert_eq!(desk.file().letter(letter(1)).unwrap().standing, LetterStanding::Superseded);
    assert_eq!(
        desk.refused(decide(2, 'a', Approve, false)),
        "APPROVAL_DIGEST_MISMATCH",
        "another text was read"
    );
    desk.does(decide(2, 'b', Approve, false));
    assert_eq!(desk.stage(), "AT_STAGE");
    assert_eq!(desk.refused(Command::IssueFinalResponse(issue(9, desk.today))), "APPROVAL_DIGEST_MISMATCH");

    desk.does(draft(3, 'a'));
    assert_eq!(
        desk.refused(Command::IssueFinalResponse(Issue { digest: digest('b'), ..issue(9, desk.today) })),
        "APPROVAL_REQUIRED",
        "a new draft voids the approval"
    );
    desk.does(decide(3, 'a', Approve, false));
    let other = Issue { outcome: Outcome::Upheld, ..issue(9, desk.today) };
    assert_eq!(desk.refused(Command::IssueFinalResponse(other)), "APPROVAL_DIGEST_MISMATCH");
    desk.finishes(9);
    let out = desk.file().final_responses().next().unwrap();
    assert_eq!(out.letter, letter(3), "the approved draft is the letter");
    assert_eq!(desk.refused(decide(3, 'a', Approve, false)), "IMMUTABLE");
}

#[test]
fn waiting_for_approval_stops_no_clock() {
    // Q9, L07
    let mut desk = Desk::under(crate::fixture::atw_2024(), "2023-06-05", {
        let mut procedure = one_stage();
        procedure.stages[0].response_limit =
            Some(redress_policy::Term::new(10, redress_policy::Unit::WorkingDays));
        procedure
    });
    desk.on("2024-06-03");
    let mut registration = registration("2024-06-03");
    registration.formal = true;
    desk.does(Command::Register(Box::new(registration))).begins().completes("answer");
    let before = desk.clock(ClockKind::StageResponse, 1).deadline;
    desk.does(Command::SubmitDraft {
        letter: letter(1),
        kind: complaints_domain::complaint::LetterKind::FinalResponse,
        digest: digest('a'),
        outcome: Outcome::Upheld,
    });
    desk.on("2024-06-18");
    assert_eq!(desk.clock(ClockKind::StageResponse, 1).deadline, before);
    assert_eq!(desk.clock(ClockKind::StageResponse, 1).state, ClockState::Breached);
}

#[test]
fn the_prime_works_what_a_subcontractor_received() {
    // XCT-06: the duty binds the chain through the prime.
    let desk = Desk::registered("2024-01-02");
    assert_eq!((desk.file().organisation, desk.file().respondents.as_slice()), (PRIME, [SUB].as_slice()));
}
