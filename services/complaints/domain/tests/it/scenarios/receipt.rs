//! Taking a complaint in: anywhere in the chain, once, and never at the cost of the person.

use crate::fixture::{
    COMPLAINT, Desk, JOBCENTRE, PRIME, STRANGER, SUB, SUB_SUB, day, register, registration,
};
use complaints_domain::complaint::{ClockState, Command, Entry, FlagCode, Register, Subject};
use complaints_domain::{Actor, Channel};
use redress_kernel::{Kind, Refusal as _};

fn with(change: impl FnOnce(&mut Register)) -> Command {
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
fn a_registration_says_by_which_rules_it_is_taken() {
    // CMP-01, CMP-08; CMP-12 where it came by way of Jobcentre Plus, CMP-13 where a joint reply went before
    let cited = |change: fn(&mut Register)| Desk::jets().cites(with(change));
    let direct = cited(|_| {});
    assert!(["CMP-01", "CMP-08"].iter().all(|rule| direct.iter().any(|cited| cited == rule)), "{direct:?}");
    let has = |cited: &[String], rule: &str| cited.iter().any(|cited| cited == rule);
    assert!(!has(&direct, "CMP-12") && !has(&direct, "CMP-13"), "{direct:?}");
    assert!(has(&cited(|it| it.jobcentre_plus_on = Some(it.received_on)), "CMP-12"));
    assert!(has(&cited(|it| it.entry = Entry::AfterJointReply { replied_on: it.received_on }), "CMP-13"));
}

#[test]
fn an_explanation_after_receipt_is_no_first_contact() {
    let mut desk = Desk::jets();
    desk.participant.first_contact.as_mut().unwrap().explained_on = day("2024-01-02");
    desk.clone().does(register("2024-01-02"));
    assert!(desk.cites(register("2024-01-02")).iter().all(|rule| rule != "CMP-02"), "on the same day");
    desk.participant.first_contact.as_mut().unwrap().explained_on = day("2024-01-03");
    desk.does(register("2024-01-02"));
    assert_eq!(desk.file().flags.len(), 1);
}

#[test]
fn programme_policy_and_mixed_complaints_are_for_jobcentre_plus() {
    // RTE-08, J0 7.12; RTE-01, J0 7.07; RTE-03, J0 7.08; C44
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
    // RTE-08, J0 7.12; the service itself is the provider's own matter (CMP-17).
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
fn the_prime_works_what_a_subcontractor_received() {
    // XCT-06: the duty binds the chain through the prime.
    let desk = Desk::registered("2024-01-02");
    assert_eq!((desk.file().organisation, desk.file().respondents.as_slice()), (PRIME, [SUB].as_slice()));
}
