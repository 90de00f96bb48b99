//! Drafts that wait for the department.

use crate::fixture::{
    DEPARTMENT, Desk, atw_2024, contact, day, digest, issue, letter, one_stage, register, registration,
    two_stages,
};
use complaints_domain::complaint::{
    ClockState, Command, DraftDecision, Issue, LetterKind, LetterStanding, Outcome, Register, StepRef,
};
use complaints_domain::{Actor, Channel};
use redress_policy::ClockKind;

#[test]
fn a_reply_to_a_formal_complaint_goes_out_as_the_department_approved_it_and_no_other() {
    // CMP-16, A1 7.03; C25
    let mut desk = Desk::under(atw_2024(), "2023-06-05", one_stage());
    desk.on("2024-06-03");
    let mut registration = registration("2024-06-03");
    registration.channel = Channel::Post;
    desk.does(Command::Register(Box::new(registration))).begins().completes("answer");
    assert!(desk.file().formal, "written is formal (Q21)");
    let draft = |number, text| Command::SubmitDraft {
        letter: letter(number),
        kind: LetterKind::FinalResponse,
        digest: digest(text),
        outcome: Outcome::NotUpheld,
    };
    let decide = |number, text, decision, commented| Command::DecideDraft {
        letter: letter(number),
        digest: digest(text),
        decision,
        commented,
    };

    assert_eq!(desk.refused(Command::IssueFinalResponse(issue(9, desk.today))), "APPROVAL_REQUIRED");
    desk.does(draft(1, 'a'));
    assert_eq!(desk.stage(), "DRAFT_PENDING_APPROVAL");
    assert_eq!(desk.refused(Command::IssueFinalResponse(issue(9, desk.today))), "APPROVAL_REQUIRED");
    assert_eq!(desk.refused(decide(1, 'a', DraftDecision::Rework, false)), "REQUIRED");
    desk.actor = Actor { organisation: Some(DEPARTMENT), subject: "approver-1".to_owned() };
    desk.does(decide(1, 'a', DraftDecision::Rework, true));
    assert_eq!(desk.stage(), "REWORK");
    assert_eq!(desk.file().letter(letter(1)).unwrap().standing, LetterStanding::Rework);

    desk.does(draft(2, 'b'));
    assert_eq!(desk.file().letter(letter(1)).unwrap().standing, LetterStanding::Superseded);
    assert_eq!(
        desk.refused(decide(2, 'a', DraftDecision::Approve, false)),
        "APPROVAL_DIGEST_MISMATCH",
        "another text was read"
    );
    desk.does(decide(2, 'b', DraftDecision::Approve, false));
    assert_eq!(desk.stage(), "AT_STAGE");
    assert_eq!(desk.file().letter(letter(2)).unwrap().standing, LetterStanding::Approved);
    assert_eq!(desk.refused(Command::IssueFinalResponse(issue(9, desk.today))), "APPROVAL_DIGEST_MISMATCH");

    desk.does(draft(3, 'a'));
    assert_eq!(
        desk.refused(Command::IssueFinalResponse(Issue { digest: digest('b'), ..issue(9, desk.today) })),
        "APPROVAL_REQUIRED",
        "a new draft voids the approval"
    );
    desk.does(decide(3, 'a', DraftDecision::Approve, false));
    let other = Issue { outcome: Outcome::Upheld, ..issue(9, desk.today) };
    assert_eq!(desk.refused(Command::IssueFinalResponse(other)), "APPROVAL_DIGEST_MISMATCH");
    desk.finishes(9);
    let out = desk.file().final_responses().next().unwrap();
    assert_eq!(out.letter, letter(3), "the approved draft is the letter");
    assert_eq!(desk.refused(decide(3, 'a', DraftDecision::Approve, false)), "IMMUTABLE");
}

#[test]
fn what_is_not_formal_goes_out_without_approval() {
    // CMP-16, Q21: by telephone, and nobody asked for more.
    let mut desk = Desk::under(atw_2024(), "2023-06-05", one_stage());
    desk.on("2024-06-03").does(register("2024-06-03")).begins().completes("answer");
    assert!(!desk.file().formal);
    assert_eq!(desk.refused(draft(LetterKind::FinalResponse)), "APPROVAL_NOT_NEEDED");
    desk.finishes(1);
    assert_eq!(desk.stage(), "FINAL_RESPONSE_ISSUED");
}

fn draft(kind: LetterKind) -> Command {
    Command::SubmitDraft { letter: letter(1), kind, digest: digest('a'), outcome: Outcome::NotUpheld }
}

#[test]
fn what_the_examiner_has_or_sent_back_ends_in_a_final_response() {
    // CMP-16, CMP-14
    let mut desk = Desk::under(atw_2024(), "2023-06-05", two_stages());
    let registration = Register { formal: true, ..registration("2024-06-03") };
    desk.on("2024-06-03").does(Command::Register(Box::new(registration))).begins();
    let (of_stage, last) = (draft(LetterKind::StageResponse), draft(LetterKind::FinalResponse));
    assert_eq!(desk.refused(last.clone()), "NOT_ALLOWED", "the first of two stages");
    desk.clone().does(of_stage.clone());
    desk.does(contact("2024-06-03", true));
    assert_eq!(desk.refused(of_stage.clone()), "NOT_ALLOWED");
    desk.clone().does(last.clone());
    let steps = vec![StepRef { stage_number: 1, id: "call".to_owned() }];
    desk.does(Command::ReopenSteps { steps, requested_on: day("2024-06-03"), due_on: None });
    assert_eq!(desk.refused(of_stage), "NOT_ALLOWED");
    desk.does(last);
}

#[test]
fn waiting_for_approval_stops_no_clock() {
    // Q9, L07
    let mut desk = Desk::under(atw_2024(), "2023-06-05", {
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
        kind: LetterKind::FinalResponse,
        digest: digest('a'),
        outcome: Outcome::Upheld,
    });
    desk.on("2024-06-18");
    assert_eq!(desk.clock(ClockKind::StageResponse, 1).deadline, before);
    assert_eq!(desk.clock(ClockKind::StageResponse, 1).state, ClockState::Breached);
}
