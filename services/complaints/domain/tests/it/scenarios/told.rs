//! Days that are told: none before what it follows, none to come.

use complaints_domain::{
    Channel, Refusal,
    complaint::{Command, Entry, Register, StepRef, Subject, WithdrawnBy},
};
use jiff::civil::Date;

use crate::fixture::{Desk, SUB, SUB_SUB, complete, contact, day, digest, issue, letter, registration};

/// Why a command is refused, field by field.
fn reasons(desk: &Desk, command: Command) -> Vec<&'static str> {
    let Refusal::Invalid(violations) = desk.refusal(command) else { panic!("not refused by its fields") };
    violations.into_iter().map(|violation| violation.reason).collect()
}

fn correct(issued_on: Date) -> Command {
    Command::IssueCorrection {
        letter: letter(10),
        corrects: letter(1),
        digest: digest('c'),
        issued_on,
        channel: Channel::Post,
    }
}

fn reopen(steps: Vec<StepRef>, requested_on: Date, due_on: Option<Date>) -> Command {
    Command::ReopenSteps { steps, requested_on, due_on }
}

fn call() -> StepRef {
    StepRef { stage_number: 1, id: "call".to_owned() }
}

/// With the examiner since 1 February.
fn examined() -> Desk {
    let mut desk = Desk::finished("2024-01-02");
    desk.on("2024-02-01").does(contact("2024-02-01", false));
    desk
}

#[test]
fn what_happened_to_a_case_happened_between_its_receipt_and_today() {
    type Tells = fn(Date) -> Command;
    let acknowledge: Tells = |on| Command::Acknowledge { acknowledged_on: on, channel: Channel::Email };
    let redirect: Tells = |told_on| Command::Redirect {
        subject: Subject::ProgrammePolicy,
        told_on,
        channel: Channel::Telephone,
    };
    let withdraw: Tells = |withdrawn_on| Command::Withdraw {
        by: WithdrawnBy::Participant,
        withdrawn_on,
        channel: Channel::Email,
        document: None,
    };
    let registered = Desk::registered("2024-01-02");
    let answered = Desk::stage_answered("2024-01-02");
    for (desk, tells) in [
        (&registered, acknowledge),
        (&registered, redirect),
        (&registered, withdraw),
        (&Desk::at_stage("2024-01-02"), |on| complete("call", on)),
        (&answered, correct),
        (&answered, |requested_on| Command::Escalate { requested_on }),
        (&Desk::exhausted("2024-01-02"), |on| Command::IssueFinalResponse(issue(2, on))),
    ] {
        let before = tells(day("2024-01-01"));
        assert!(reasons(desk, before.clone()).contains(&"BEFORE_RECEIPT"), "{before:?}");
        let to_come = tells(day("2024-01-03"));
        assert_eq!(reasons(desk, to_come.clone()), ["DATE_IN_FUTURE"], "{to_come:?}");
    }
    let examined = examined();
    let asked = |on: &str| reasons(&examined, reopen(vec![call()], day(on), None));
    assert!(asked("2024-01-01").contains(&"BEFORE_RECEIPT"));
    assert_eq!(asked("2024-02-02"), ["DATE_IN_FUTURE"]);
}

#[test]
fn what_follows_is_not_told_of_an_earlier_day() {
    let mut answered = Desk::at_stage("2024-01-02");
    answered.on("2024-01-04").completes("call").completes("findings").answers(1).on("2024-01-08");
    assert_eq!(
        reasons(&answered, correct(day("2024-01-03"))),
        ["TOO_EARLY"],
        "before the letter it corrects"
    );
    let draft = Command::IssueCorrection {
        letter: letter(10),
        corrects: letter(7),
        digest: digest('c'),
        issued_on: answered.today,
        channel: Channel::Post,
    };
    assert_eq!(answered.refused(draft), "NOT_FOUND");

    let mut worked = Desk::at_stage("2024-01-02");
    worked.on("2024-01-04").completes("call");
    assert_eq!(
        reasons(&worked, complete("findings", day("2024-01-03"))),
        ["TOO_EARLY"],
        "before the last step"
    );

    // CMP-14
    let mut examined = examined();
    let asked = |steps, on: &str, due: Option<&str>| reasons(&examined, reopen(steps, day(on), due.map(day)));
    assert_eq!(asked(vec![call()], "2024-01-31", None), ["TOO_EARLY"], "before the person went there");
    assert_eq!(
        asked(vec![call()], "2024-02-01", Some("2024-01-31")),
        ["TOO_EARLY"],
        "due before it was asked"
    );
    assert_eq!(asked(Vec::new(), "2024-02-01", None), ["REQUIRED"]);
    examined.on("2024-02-02").does(reopen(vec![call()], day("2024-02-02"), None));
    assert_eq!(
        reasons(&examined, complete("call", day("2024-02-01"))),
        ["TOO_EARLY"],
        "before it was asked for"
    );
}

#[test]
fn a_receipt_lies_under_the_contract_and_not_in_the_future() {
    // CMP-01, Q2
    let mut desk = Desk::registered("2024-01-02");
    let receipt = |on: &str| Command::RecordReceipt {
        organisation: SUB,
        received_on: day(on),
        channel: Channel::Telephone,
    };
    assert_eq!(desk.refused(receipt("2022-02-24")), "TOO_EARLY");
    assert_eq!(desk.refused(receipt("2024-01-03")), "DATE_IN_FUTURE");
    desk.does(receipt("2022-02-25"));
    assert_eq!(desk.file().received_on, day("2022-02-25"));
}

fn with(change: impl FnOnce(&mut Register)) -> Command {
    let mut registration = registration("2024-01-02");
    change(&mut registration);
    Command::Register(Box::new(registration))
}

#[test]
fn what_came_before_a_registration_may_have_come_on_its_day() {
    // CMP-12, Q3; CMP-13
    let at_jobcentre = |on: &str| with(|it| it.jobcentre_plus_on = Some(day(on)));
    let replied = |on: &str| with(|it| it.entry = Entry::AfterJointReply { replied_on: day(on) });
    for tells in [&at_jobcentre as &dyn Fn(&str) -> Command, &replied] {
        assert_eq!(Desk::jets().refused(tells("2024-01-03")), "NOT_ALLOWED");
        Desk::jets().does(tells("2024-01-02"));
    }
}

#[test]
fn each_organisation_complained_about_is_named_once_in_any_order() {
    let about = |respondents: &[_]| with(|it| it.respondents = respondents.to_vec());
    Desk::jets().does(about(&[SUB_SUB, SUB]));
    assert_eq!(Desk::jets().refused(about(&[SUB_SUB, SUB, SUB_SUB])), "DUPLICATE");
}

#[test]
fn somebody_handles_a_case() {
    // CMP-27
    let desk = Desk::registered("2024-01-02");
    assert_eq!(desk.refused(Command::AssignHandler { handler: String::new() }), "REQUIRED");
}
