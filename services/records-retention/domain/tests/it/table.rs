//! Every stage against every command: the policy in one page. A change of it shows as a diff of the snapshot.

use std::fmt::Write as _;

use records_retention_domain::{
    HoldId, HoldReason, Matter, RecordClass,
    disposal::{self, Ending, EndingReason, StageName as DisposalStage},
    record::{Command, CommandKind, Event, Holder, Rules, StageName, allowed},
};
use redress_kernel::{Decider as _, Refusal as _};
use uuid::Uuid;

use crate::fixture::{
    COMPLAINT, DISPOSAL, Desk, PARTICIPANT, Shelf, case_hold, day, digest, hold, order, order_anonymised,
    part, payment, propose_ending, receipt, tombstone,
};

/// A shelf in each stage, named as a reader would.
pub(crate) fn shelves() -> Vec<(&'static str, Shelf)> {
    let mut held = Shelf::ended(RecordClass::ComplaintFile, "2026-01-05", "2018-06-30");
    held.does(Command::PlaceHold(hold(1, HoldReason::LegalClaim, "2026-01-05")));
    let mut by_case = Shelf::ended(RecordClass::ComplaintFile, "2026-01-05", "2018-06-30");
    by_case.does(Command::PlaceHold(case_hold(1, HoldReason::OpenComplaint, "2026-01-05", None)));
    let mut paid = Shelf::with(RecordClass::NeedsAssessmentReport, "2026-01-05");
    paid.does(Command::RecordPayment(payment(1, 1, "2026-01-05", true)));
    let mut ordered = Shelf::ended(RecordClass::ComplaintFile, "2026-01-05", "2018-06-30");
    ordered.does(order());
    let mut destroyed = ordered.clone();
    destroyed.does(Command::RecordCarriedOut { holder: Holder::Complaints, on: day("2026-01-05") });
    let mut anonymised = Shelf::with(RecordClass::NeedsAssessmentReport, "2025-01-06");
    anonymised.does(Command::RecordPayment(payment(1, 1, "2025-01-06", true)));
    anonymised.on("2026-01-05").does(order_anonymised());
    let to_be_anonymised = anonymised.clone();
    anonymised.does(Command::RecordCarriedOut { holder: Holder::Complaints, on: day("2026-01-05") });
    vec![
        ("UNREGISTERED", Shelf::empty("2026-01-05")),
        ("ACTIVE", Shelf::with(RecordClass::ComplaintFile, "2026-01-05")),
        ("ACTIVE, a report", Shelf::with(RecordClass::NeedsAssessmentReport, "2026-01-05")),
        ("ACTIVE, without schedule", Shelf::with(RecordClass::Certificate, "2026-01-05")),
        ("RETENTION_RUNNING", Shelf::ended(RecordClass::ComplaintFile, "2026-01-05", "2024-06-30")),
        ("RETENTION_RUNNING, a paid report", paid),
        ("DUE", Shelf::ended(RecordClass::ComplaintFile, "2026-01-05", "2018-06-30")),
        ("DUE, held by a person", held),
        ("DUE, held by a case", by_case),
        ("DISPOSAL_ORDERED", ordered),
        ("DESTROYED", destroyed),
        ("RETENTION_RUNNING, an anonymised set", Shelf::with(RecordClass::AnonymisedReports, "2026-01-05")),
        ("DISPOSAL_ORDERED, to be anonymised", to_be_anonymised),
        ("ANONYMISED", anonymised),
    ]
}

/// A command of each kind that fits the shelf as well as one of its kind can.
pub(crate) fn command(kind: CommandKind, shelf: &Shelf) -> Command {
    let today = shelf.today.to_string();
    let id = HoldId::new(Uuid::from_u128(1));
    match kind {
        CommandKind::Register => Command::Register(Box::new(shelf.register(RecordClass::ComplaintFile))),
        CommandKind::AddPart => Command::AddPart(part(61, Holder::RecordsRetention, &today)),
        CommandKind::Attribute => Command::Attribute { participant: PARTICIPANT },
        CommandKind::RecordPayment => Command::RecordPayment(payment(2, 1, &today, true)),
        CommandKind::PlaceHold => Command::PlaceHold(hold(2, HoldReason::Audit, &today)),
        CommandKind::ReviewHold => Command::ReviewHold { hold: id, review_on: day("2027-01-01") },
        CommandKind::ReleaseHold => Command::ReleaseHold { hold: id },
        CommandKind::ReleaseMatter => {
            Command::ReleaseMatter { matter: Matter::Complaint(COMPLAINT), reason: HoldReason::OpenComplaint }
        }
        CommandKind::Look => Command::Look,
        CommandKind::Order => order(),
        CommandKind::RecordCarriedOut => {
            Command::RecordCarriedOut { holder: Holder::Complaints, on: shelf.today }
        }
        CommandKind::ReviewAnonymity => Command::ReviewAnonymity { still_anonymous: false },
        CommandKind::Recall => Command::Recall { disposal: DISPOSAL },
        CommandKind::Replay => Command::Replay(Box::new(tombstone())),
    }
}

#[test]
fn every_stage_answers_every_command() {
    let mut page = String::new();
    for (name, shelf) in shelves() {
        writeln!(page, "## {name}").unwrap();
        for kind in CommandKind::ALL {
            let mut after = shelf.clone();
            let outcome = match after.asks(&command(kind, &shelf)) {
                Ok(events) if events.is_empty() => "nothing to do".to_owned(),
                Ok(events) => {
                    let names: Vec<&str> = events.iter().map(Event::name).collect();
                    format!("{} -> {}", names.join(", "), after.stage().as_str())
                }
                Err(refusal) => refusal.explain().reason.to_owned(),
            };
            writeln!(page, "{:<17} {outcome}", kind.as_str()).unwrap();
        }
        writeln!(page).unwrap();
    }
    insta::assert_snapshot!("every_stage_and_command", page);
}

#[test]
fn every_stage_is_shown() {
    for stage in StageName::ALL {
        assert!(shelves().iter().any(|(_, shelf)| shelf.stage() == stage), "{} is not shown", stage.as_str());
    }
    for stage in DisposalStage::ALL {
        assert!(
            desks().iter().any(|desk| desk.state.stage_name() == stage),
            "{} is not shown",
            stage.as_str()
        );
    }
}

#[test]
fn a_command_is_accepted_only_in_the_stages_declared_for_it() {
    for (name, shelf) in shelves() {
        for kind in CommandKind::ALL {
            let accepted = Rules::decide(&shelf.state, &command(kind, &shelf), &shelf.context()).is_ok();
            assert!(!accepted || allowed(kind).contains(&shelf.stage()), "{name}: {}", kind.as_str());
        }
    }
}

/// A desk in each stage.
pub(crate) fn desks() -> Vec<Desk> {
    let mut void = Desk::proposed("2026-01-05");
    void.does(disposal::Command::Veto);
    let mut halted = Desk::ordered("2026-02-01");
    halted.does(disposal::Command::RecordReceipt(receipt(20, false, 0)));
    let mut certified = Desk::ordered("2026-02-01");
    certified.does(disposal::Command::RecordReceipt(receipt(20, true, 1)));
    certified.does(disposal::Command::RecordReceipt(receipt(21, true, 1)));
    let mut refused = halted.clone();
    refused.does(disposal::Command::RecordReceipt(receipt(21, false, 0)));
    refused.is("officer-1").does(propose_ending(Ending::Abandon, EndingReason::Mistaken));
    let mut to_resume = halted.clone();
    to_resume.is("officer-1").does(propose_ending(Ending::Resume, EndingReason::Corrected));
    vec![
        Desk::empty("2026-01-05"),
        Desk::proposed("2026-01-05"),
        Desk::approved("2026-01-05"),
        Desk::ordered("2026-02-01"),
        halted,
        to_resume,
        refused,
        certified,
        void,
    ]
}

/// One of each command, by another person than the proposer, a month on.
pub(crate) fn asked(desk: &Desk) -> Vec<disposal::Command> {
    vec![
        disposal::Command::Propose(Box::new(desk.proposal(2))),
        disposal::Command::Approve { digest: digest('a') },
        disposal::Command::Veto,
        disposal::Command::Lapse,
        disposal::Command::Issue,
        disposal::Command::Execute,
        disposal::Command::RecordReceipt(receipt(20, true, 1)),
        propose_ending(Ending::Resume, EndingReason::Corrected),
        propose_ending(Ending::Abandon, EndingReason::Mistaken),
        disposal::Command::ApproveEnding { ending: Ending::Resume },
        disposal::Command::ApproveEnding { ending: Ending::Abandon },
    ]
}

#[test]
fn every_stage_of_a_disposal_answers_every_command() {
    let mut page = String::new();
    for desk in desks() {
        let ending = desk.state.proposed_ending().map(|it| format!(", to end by {:?}", it.ending));
        writeln!(page, "## {}{}", desk.stage(), ending.unwrap_or_default()).unwrap();
        for (when, days) in [("same day", 0), ("a month on", 30)] {
            for command in asked(&desk) {
                let mut after = desk.clone();
                after.is("officer-3");
                after.today = desk.today.checked_add(jiff::Span::new().days(days)).unwrap();
                let outcome = match after.asks(&command) {
                    Ok(events) if events.is_empty() => "nothing to do".to_owned(),
                    Ok(events) => {
                        let names: Vec<&str> = events.iter().map(disposal::Event::name).collect();
                        format!("{} -> {}", names.join(", "), after.stage())
                    }
                    Err(refusal) => refusal.explain().reason.to_owned(),
                };
                writeln!(page, "{:<14} {when:<11} {outcome}", command.name()).unwrap();
            }
        }
        writeln!(page).unwrap();
    }
    insta::assert_snapshot!("every_stage_and_command_of_a_disposal", page);
}
