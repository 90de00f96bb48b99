//! Every stage against every command: the policy in one page. A change of it shows as a diff of the snapshot.

use std::fmt::Write as _;

use complaints_domain::{
    Channel,
    complaint::{
        ClockKey, CloseReason, Command, CommandKind, DraftDecision, Event, LetterKind, Outcome, Rules,
        StageName, StepRef, Subject, WithdrawnBy, allowed,
    },
};
use redress_kernel::{Decider as _, Refusal as _};
use redress_policy::ClockKind;

use crate::fixture::{
    Desk, atw_2024, contact, day, digest, issue, letter, one_stage, register, registration,
};

/// A desk in each stage on a day on which little is due, named as a reader would.
pub(crate) fn desks() -> Vec<(&'static str, Desk)> {
    let drafting = || {
        let mut desk = Desk::under(atw_2024(), "2023-06-05", one_stage());
        let mut registration = registration("2024-06-03");
        registration.formal = true;
        desk.on("2024-06-03").does(Command::Register(Box::new(registration))).begins().completes("answer");
        desk
    };
    let pending = || {
        let mut desk = drafting();
        desk.does(submit(1));
        desk
    };
    let with_ice = || {
        let mut desk = Desk::finished("2024-01-02");
        desk.on("2024-01-31").does(contact("2024-01-31", false));
        desk
    };
    let made = |mut desk: Desk, commands: Vec<Command>| {
        for command in commands {
            desk.does(command);
        }
        desk
    };
    let on = day("2024-01-02");
    let close = Command::Close { reason: CloseReason::Accepted, explained: false };
    vec![
        ("UNREGISTERED", Desk::jets()),
        ("RECEIVED", Desk::registered("2024-01-02")),
        (
            "RECEIVED, handler named",
            made(
                Desk::registered("2024-01-02"),
                vec![Command::AssignHandler { handler: "officer-1".to_owned() }],
            ),
        ),
        ("REDIRECTED", made(Desk::registered("2024-01-02"), vec![redirect(on)])),
        (
            "ACKNOWLEDGED",
            made(
                Desk::registered("2024-01-02"),
                vec![Command::Acknowledge { acknowledged_on: on, channel: Channel::Email }],
            ),
        ),
        ("AT_STAGE 1, steps open", Desk::at_stage("2024-01-02")),
        ("AT_STAGE 1, steps done", {
            let mut desk = Desk::at_stage("2024-01-02");
            desk.completes("call").completes("findings");
            desk
        }),
        ("AT_STAGE 2, steps done", Desk::exhausted("2024-01-02")),
        ("AT_STAGE, draft approved", made(pending(), vec![decide(DraftDecision::Approve)])),
        ("DRAFT_PENDING_APPROVAL", pending()),
        ("REWORK", made(pending(), vec![decide(DraftDecision::Rework)])),
        ("STAGE_RESPONSE_ISSUED", Desk::stage_answered("2024-01-02")),
        ("FINAL_RESPONSE_ISSUED", Desk::finished("2024-01-02")),
        ("WITH_ICE, answered", with_ice()),
        ("WITH_ICE, unanswered", made(Desk::exhausted("2024-01-02"), vec![contact("2024-01-02", true)])),
        ("REOPENED_BY_ICE", made(with_ice(), vec![reopen(day("2024-01-31"))])),
        (
            "REOPENED_BY_ICE, steps done",
            made(
                with_ice(),
                vec![reopen(day("2024-01-31")), crate::fixture::complete("call", day("2024-01-31"))],
            ),
        ),
        ("CLOSED", made(Desk::finished("2024-01-02"), vec![close])),
        ("WITHDRAWN", made(Desk::registered("2024-01-02"), vec![withdraw(on)])),
    ]
}

fn redirect(told_on: jiff::civil::Date) -> Command {
    Command::Redirect { subject: Subject::ProgrammePolicy, told_on, channel: Channel::Telephone }
}

fn reopen(requested_on: jiff::civil::Date) -> Command {
    let steps = vec![StepRef { stage_number: 1, id: "call".to_owned() }];
    Command::ReopenSteps { steps, requested_on, due_on: None }
}

fn withdraw(withdrawn_on: jiff::civil::Date) -> Command {
    Command::Withdraw { by: WithdrawnBy::Participant, withdrawn_on, channel: Channel::Email, document: None }
}

fn submit(number: u128) -> Command {
    Command::SubmitDraft {
        letter: letter(number),
        kind: LetterKind::FinalResponse,
        digest: digest('a'),
        outcome: Outcome::NotUpheld,
    }
}

pub(crate) fn decide(decision: DraftDecision) -> Command {
    Command::DecideDraft { letter: letter(1), digest: digest('a'), decision, commented: true }
}

/// A command of each kind that fits the desk as well as one of its kind can.
pub(crate) fn command(kind: CommandKind, desk: &Desk) -> Command {
    let today = desk.today;
    let open = complaints_domain::complaint::steps::steps(&desk.state)
        .into_iter()
        .find(complaints_domain::complaint::steps::StepView::is_open);
    match kind {
        CommandKind::Register => register(&today.to_string()),
        CommandKind::RecordReceipt => Command::RecordReceipt {
            organisation: crate::fixture::SUB,
            received_on: today,
            channel: Channel::InPerson,
        },
        CommandKind::Redirect => redirect(today),
        CommandKind::Acknowledge => Command::Acknowledge { acknowledged_on: today, channel: Channel::Email },
        CommandKind::AssignHandler => Command::AssignHandler { handler: "officer-2".to_owned() },
        CommandKind::CompleteStep => {
            let step = open.map_or_else(|| "call".to_owned(), |view| view.step.id);
            crate::fixture::complete(&step, today)
        }
        CommandKind::SubmitDraft => submit(7),
        CommandKind::DecideDraft => decide(DraftDecision::Approve),
        CommandKind::IssueStageResponse => Command::IssueStageResponse(issue(8, today)),
        CommandKind::Escalate => Command::Escalate { requested_on: today },
        CommandKind::IssueFinalResponse => Command::IssueFinalResponse(issue(9, today)),
        CommandKind::IssueCorrection => Command::IssueCorrection {
            letter: letter(10),
            corrects: letter(2),
            digest: digest('c'),
            issued_on: today,
            channel: Channel::Post,
        },
        CommandKind::RecordExaminerContact => contact(&today.to_string(), false),
        CommandKind::ReopenSteps => reopen(today),
        CommandKind::ReturnFromExaminer => Command::ReturnFromExaminer { returned_on: today },
        CommandKind::Withdraw => withdraw(today),
        CommandKind::Close => Command::Close { reason: CloseReason::Other, explained: true },
        CommandKind::OpenEarlyAccess => Command::OpenEarlyAccess,
        CommandKind::RecordBreach => {
            Command::RecordBreach { clock: ClockKey::new(ClockKind::EightWeekRight, 1) }
        }
        CommandKind::CloseSilent => Command::CloseSilent,
        CommandKind::CloseWindowPassed => Command::CloseWindowPassed,
        CommandKind::RebaseClocks => Command::RebaseClocks,
        CommandKind::RepinPack => Command::RepinPack,
    }
}

#[test]
fn every_stage_answers_every_command() {
    let mut page = String::new();
    for (name, desk) in desks() {
        writeln!(page, "## {name}").unwrap();
        for kind in CommandKind::ALL {
            let command = command(kind, &desk);
            let mut after = desk.clone();
            let outcome = match after.asks(&command) {
                Ok(events) if events.is_empty() => "nothing to do".to_owned(),
                Ok(events) => {
                    let names: Vec<&str> = events.iter().map(Event::name).collect();
                    format!("{} -> {}", names.join(", "), after.stage())
                }
                Err(refusal) => refusal.explain().reason.to_owned(),
            };
            writeln!(page, "{:<22} {outcome}", kind.as_str()).unwrap();
        }
        writeln!(page).unwrap();
    }
    insta::assert_snapshot!("every_stage_and_command", page);
}

#[test]
fn every_stage_is_shown() {
    for stage in StageName::ALL {
        assert!(
            desks().iter().any(|(_, desk)| desk.state.stage_name() == stage),
            "{} is not shown",
            stage.as_str()
        );
    }
}

#[test]
fn a_command_is_accepted_only_in_the_stages_declared_for_it() {
    for (name, desk) in desks() {
        for kind in CommandKind::ALL {
            let accepted = Rules::decide(&desk.state, &command(kind, &desk), &desk.context()).is_ok();
            assert!(
                !accepted || allowed(kind).contains(&desk.state.stage_name()),
                "{name}: {}",
                kind.as_str()
            );
        }
    }
}

#[test]
fn a_stage_that_refuses_says_which_stages_do_not() {
    for (name, desk) in desks().into_iter().filter(|(name, _)| *name != "UNREGISTERED") {
        for kind in
            CommandKind::ALL.into_iter().filter(|kind| !allowed(*kind).contains(&desk.state.stage_name()))
        {
            let explanation =
                Rules::decide(&desk.state, &command(kind, &desk), &desk.context()).unwrap_err().explain();
            if matches!(explanation.reason, "STAGE_REFUSES" | "WITH_ICE" | "IMMUTABLE") {
                let stage = explanation.stage.unwrap();
                assert_eq!(
                    (stage.current, stage.subject),
                    (desk.stage(), crate::fixture::COMPLAINT.name()),
                    "{name}"
                );
                assert!(
                    !stage.allowed.is_empty() && !stage.allowed.contains(&desk.stage()),
                    "{name}: {kind:?}"
                );
            }
        }
    }
}
