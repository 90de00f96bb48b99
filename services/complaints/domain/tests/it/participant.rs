//! First contact and what proves it.

use complaints_domain::{
    Channel, ParticipantId, Refusal,
    participant::{AgreementEvidence, Command, Contact, Context, Event, Rules, State},
};
use redress_kernel::{Decider as _, Refusal as _};

use crate::fixture::{CONTRACT, DOCUMENT, Desk, PARTICIPANT, STRANGER, SUB, day};

fn ask(
    state: &mut State,
    command: Command,
    desk: &Desk,
    existing: Option<ParticipantId>,
) -> Result<Vec<Event>, Refusal> {
    let context = Context {
        today: desk.today,
        actor: &desk.actor,
        pack: desk.pack,
        contract: Some(&desk.contract),
        chain: Some(&desk.chain),
        existing,
    };
    let events = Rules::decide(state, &command, &context)?.events;
    for event in &events {
        *state = Rules::evolve(state.clone(), event);
    }
    Ok(events)
}

fn record(first_contact: Option<Contact>) -> Command {
    Command::Record { id: PARTICIPANT, contract: CONTRACT, organisation: SUB, first_contact }
}

fn contact(on: &str, agreement_evidence: Option<AgreementEvidence>) -> Contact {
    Contact { explained_on: day(on), channel: Channel::Telephone, agreement_evidence, document: None }
}

#[test]
fn the_process_is_explained_at_first_contact_or_the_person_is_on_the_list_of_those_to_whom_it_was_not() {
    // CMP-02, A0 7.01, J0 7.02; CMP-03, J0 7.01 action 1
    let desk = Desk::jets();
    let mut state = Rules::initial();
    ask(&mut state, record(None), &desk, None).unwrap();
    assert!(state.participant().unwrap().first_contact.is_none());
    ask(&mut state, Command::RecordFirstContact(contact("2023-12-01", None)), &desk, None).unwrap();
    assert_eq!(state.participant().unwrap().first_contact.as_ref().unwrap().explained_on, day("2023-12-01"));
}

#[test]
fn recording_again_adds_evidence_and_removes_none() {
    // CMP-15, A1 7.02
    let desk = Desk::jets();
    let mut state = Rules::initial();
    ask(&mut state, record(Some(contact("2023-12-01", Some(AgreementEvidence::Signature)))), &desk, None)
        .unwrap();
    let again = Contact { document: Some(DOCUMENT), ..contact("2023-12-05", None) };
    ask(&mut state, Command::RecordFirstContact(again), &desk, None).unwrap();
    let first = state.participant().unwrap().first_contact.clone().unwrap();
    assert_eq!(
        (first.explained_on, first.agreement_evidence),
        (day("2023-12-01"), Some(AgreementEvidence::Signature))
    );
    assert_eq!(first.documents, [DOCUMENT]);
    let nothing = ask(&mut state, Command::RecordFirstContact(again), &desk, None).unwrap();
    assert_eq!(nothing, [], "the same once more is nothing new");
}

#[test]
fn the_earliest_explanation_stands_and_proof_of_it_may_come_later() {
    // CMP-02, CMP-15
    let desk = Desk::jets();
    let mut state = Rules::initial();
    ask(&mut state, record(Some(contact("2023-12-05", None))), &desk, None).unwrap();
    let by_mail = |on, evidence| Contact { channel: Channel::Email, ..contact(on, evidence) };
    let told = |state: &State| {
        let first = state.participant().unwrap().first_contact.clone().unwrap();
        (first.explained_on, first.channel, first.agreement_evidence)
    };
    let same_day = by_mail("2023-12-05", Some(AgreementEvidence::Email));
    ask(&mut state, Command::RecordFirstContact(same_day), &desk, None).unwrap();
    let proved = Some(AgreementEvidence::Email);
    assert_eq!(told(&state), (day("2023-12-05"), Channel::Telephone, proved));
    let earlier = by_mail("2023-12-01", Some(AgreementEvidence::Signature));
    ask(&mut state, Command::RecordFirstContact(earlier), &desk, None).unwrap();
    assert_eq!(told(&state), (day("2023-12-01"), Channel::Email, proved));
    let to_come = Command::RecordFirstContact(contact("2024-01-03", None));
    assert_eq!(ask(&mut state, to_come, &desk, None).unwrap_err().reason(), "DATE_IN_FUTURE");
}

#[test]
fn a_participant_belongs_to_a_member_of_the_chain_once() {
    let mut desk = Desk::jets();
    let mut state = Rules::initial();
    let refusal = ask(&mut state, record(None), &desk, Some(PARTICIPANT)).unwrap_err().explain();
    assert_eq!((refusal.reason, refusal.metadata), ("ALREADY_THERE", vec![("name", PARTICIPANT.name())]));
    let elsewhere =
        Command::Record { id: PARTICIPANT, contract: CONTRACT, organisation: STRANGER, first_contact: None };
    assert_eq!(ask(&mut state, elsewhere, &desk, None).unwrap_err().reason(), "NOT_IN_CHAIN");
    let future = record(Some(contact("2024-01-03", None)));
    assert_eq!(ask(&mut state, future, &desk, None).unwrap_err().reason(), "DATE_IN_FUTURE");
    desk.actor.organisation = Some(STRANGER);
    assert_eq!(ask(&mut state, record(None), &desk, None).unwrap_err().reason(), "NOT_FOUND");
}

#[test]
fn a_participant_reads_back_as_kept() {
    let desk = Desk::jets();
    let mut state = Rules::initial();
    ask(&mut state, record(Some(contact("2023-12-01", Some(AgreementEvidence::Email)))), &desk, None)
        .unwrap();
    let kept = serde_json::to_value(&state).unwrap();
    assert_eq!(serde_json::from_value::<State>(kept).unwrap(), state);
}
