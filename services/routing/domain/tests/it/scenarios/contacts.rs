//! Contacts through their doors.

use redress_kernel::{Channel, Refusal as _};
use redress_policy::{
    ClockKind,
    route::{Matter, Outcome, Writer},
};
use routing_domain::{
    Fate, Question, Refusal, RerouteReason,
    contact::{Command, Event, Record, RejectReason, Reroute, StageName},
    route::{citations, duties},
};

use crate::fixture::{
    COMPLAINT, CONTACT, Desk, FRESH, JCP, MIXED, PRIME, STRANGER, SUB, actor, calendars, day, library, pack,
    question, record, told,
};

fn reason(answer: Result<Vec<Event>, Refusal>) -> &'static str {
    answer.unwrap_err().explain().reason
}

fn reroute(about: &[Matter]) -> Command {
    Command::Reroute(Box::new(Reroute {
        writer: None,
        about: about.iter().copied().collect(),
        respondents: Vec::new(),
        reason: RerouteReason::MoreKnown,
        fresh: FRESH,
        can_be_given_up: true,
    }))
}

#[test]
fn a_complaint_about_the_provider_goes_to_the_provider_at_once() {
    // CMP-04, J0 7.01
    let desk = Desk::recorded(Writer::Participant, &[Matter::Provider]);
    let contact = desk.contact();
    assert_eq!(contact.route.outcome, Outcome::ProviderComplaint);
    assert_eq!(contact.complaint, Some((COMPLAINT, Fate::Awaited)));
    assert_eq!((contact.organisation, contact.stage.name()), (PRIME, StageName::HandedOver));
    assert_eq!(contact.route.question.respondents, [PRIME]);
}

#[test]
fn a_complaint_voiced_at_jobcentre_plus_keeps_its_earlier_day_as_evidence() {
    // RTE-07, CMP-12, Q3: J0 7.10, 7.11
    let mut desk = Desk::new("2024-01-10");
    let asked = Question {
        jobcentre_plus_received_on: Some(day("2024-01-02")),
        ..question(Writer::JobcentrePlus, &[Matter::Provider], "2024-01-09")
    };
    let events = desk.asks(&record(asked)).unwrap();
    let Some(Event::ComplaintHandedOver { handed, .. }) = events.last() else { panic!("{events:?}") };
    assert_eq!(handed.route.question.received_on, day("2024-01-09"));
    assert_eq!(handed.route.question.jobcentre_plus_received_on, Some(day("2024-01-02")));
    let due = duties(&handed.route, &desk.pack, desk.contract.division, calendars()).unwrap();
    let eight_weeks = due.iter().find_map(|due| due.deadline.as_ref()).unwrap();
    // The provider's clocks run from its own receipt.
    assert_eq!(eight_weeks.kind, ClockKind::EightWeekRight);
    assert_eq!(eight_weeks.due_on, day("2024-03-05"));
}

#[test]
fn who_speaks_for_the_participant_is_sent_to_the_provider_first() {
    // RTE-11: what a member says by telephone leaves no letter to answer.
    for (writer, channel, outcome) in [
        (Writer::Representative, Channel::Post, Outcome::ProviderComplaint),
        (Writer::ElectedMember, Channel::Telephone, Outcome::ProviderComplaint),
        (Writer::ElectedMember, Channel::Post, Outcome::MemberCorrespondence),
        (Writer::Peer, Channel::Email, Outcome::MemberCorrespondence),
    ] {
        let mut desk = Desk::new("2024-01-03");
        let asked = Question { channel, ..question(writer, &[Matter::Provider], "2024-01-02") };
        desk.asks(&record(asked)).unwrap();
        let contact = desk.contact();
        assert_eq!(contact.route.outcome, outcome, "{writer:?} by {channel:?}");
        assert_eq!(contact.complaint, Some((COMPLAINT, Fate::Awaited)), "{writer:?} by {channel:?}");
        let because = citations(&contact.route, &desk.pack, library().legislatures(), calendars()).unwrap();
        assert!(because.iter().any(|citation| citation.rule == "RTE-11"), "{because:?}");
    }
}

#[test]
fn a_policy_complaint_is_directed_with_proof() {
    // RTE-08, J0 7.12
    let mut desk = Desk::recorded(Writer::Participant, &[Matter::Attendance]);
    assert_eq!(desk.contact().stage.name(), StageName::ToBeDirected);
    assert_eq!(reason(desk.asks(&Command::Direct { told: told("2024-01-01") })), "TOO_EARLY");
    assert_eq!(reason(desk.asks(&Command::Direct { told: told("2024-01-04") })), "DATE_IN_FUTURE");
    desk.asks(&Command::Direct { told: told("2024-01-03") }).unwrap();
    assert_eq!(desk.contact().stage.name(), StageName::Directed);
    assert!(desk.asks(&Command::Direct { told: told("2024-01-03") }).unwrap().is_empty());
}

#[test]
fn an_enquiry_is_no_complaint() {
    // CMP-20, CMP-21
    for matter in [Matter::Enquiry, Matter::DecidedElsewhere] {
        let desk = Desk::recorded(Writer::Participant, &[matter]);
        assert_eq!(desk.contact().stage.name(), StageName::NotAComplaint);
    }
}

#[test]
fn what_is_about_a_subcontractor_goes_by_way_of_the_contract_holder() {
    // R7, XCT-06
    let mut desk = Desk::offered();
    assert_eq!(desk.contact().stage.name(), StageName::Offered);
    desk.actor = actor(SUB);
    assert_eq!(reason(desk.asks(&Command::Accept { organisation: None })), "PRIME_MUST_ACCEPT");
    desk.actor = actor(PRIME);
    let events = desk.asks(&Command::Accept { organisation: Some(SUB) }).unwrap();
    assert!(
        matches!(events.last(), Some(Event::ComplaintHandedOver { organisation, .. }) if *organisation == SUB)
    );
    // R13
    assert!(desk.asks(&Command::Accept { organisation: Some(SUB) }).unwrap().is_empty());
    assert_eq!(reason(desk.asks(&Command::Accept { organisation: Some(PRIME) })), "ALREADY_ACCEPTED");
    let reject = Command::Reject { reason: RejectReason::NotOurService };
    assert_eq!(reason(desk.asks(&reject)), "ALREADY_ACCEPTED");
}

#[test]
fn nobody_hands_past_the_contract_holder() {
    let mut desk = Desk::new("2024-01-03");
    let Command::Record(mut asked) =
        record(question(Writer::Subcontractor, &[Matter::Subcontractor], "2024-01-02"))
    else {
        unreachable!()
    };
    asked.recorded_by = SUB;
    asked.organisation = Some(SUB);
    assert_eq!(reason(desk.asks(&Command::Record(asked.clone()))), "PRIME_MUST_ACCEPT"); // R7
    // A pack may leave it to them.
    desk.pack.practice.prime_first.value = false;
    desk.asks(&Command::Record(asked)).unwrap();
    assert_eq!((desk.contact().organisation, desk.contact().stage.name()), (SUB, StageName::HandedOver));
}

#[test]
fn what_is_declined_is_routed_again() {
    let mut desk = Desk::offered();
    let reject = Command::Reject { reason: RejectReason::NotOurSubcontractor };
    desk.asks(&reject).unwrap();
    assert!(desk.asks(&reject).unwrap().is_empty());
    assert_eq!(desk.contact().stage.name(), StageName::Declined);
    assert_eq!(reason(desk.asks(&Command::Accept { organisation: None })), "STAGE_REFUSES");
    desk.asks(&reroute(&[Matter::Provider])).unwrap();
    let contact = desk.contact();
    assert_eq!(contact.stage.name(), StageName::HandedOver);
    assert_eq!((contact.earlier.len(), contact.route.because), (1, Some(RerouteReason::MoreKnown)));
}

#[test]
fn a_correction_keeps_the_route_before_it() {
    let mut desk = Desk::recorded(Writer::Participant, &[Matter::ProgrammePolicy]);
    assert_eq!(reason(desk.asks(&reroute(&[Matter::Attendance]))), "SAME_ROUTE");
    desk.asks(&reroute(&[Matter::Provider, Matter::JobcentrePlus])).unwrap();
    assert_eq!(desk.contact().mixed(), Some(MIXED));
    assert_eq!(desk.contact().earlier[0].outcome, Outcome::JobcentrePlus);
}

#[test]
fn a_complaint_under_way_is_not_taken_back() {
    let mut desk = Desk::recorded(Writer::Participant, &[Matter::Provider]);
    assert_eq!(reason(desk.asks(&reroute(&[Matter::Attendance]))), "STAGE_REFUSES");
    // The provider found that it was not its own, and sent the person on.
    let fate =
        |fate| Command::RecordFate { complaint: COMPLAINT, fate, reason: String::new(), existing: None };
    desk.asks(&fate(Fate::Open)).unwrap();
    desk.asks(&fate(Fate::Redirected)).unwrap();
    assert!(desk.asks(&fate(Fate::Open)).unwrap().is_empty(), "late news takes nothing back");
    desk.asks(&reroute(&[Matter::Attendance])).unwrap();
    assert_eq!(desk.contact().stage.name(), StageName::ToBeDirected);
}

#[test]
fn a_complaint_that_ice_did_not_take_is_being_worked_again() {
    // ICE-24
    let mut desk = Desk::recorded(Writer::Participant, &[Matter::Provider]);
    for fate in [Fate::Open, Fate::WithIce, Fate::Open] {
        let told = Command::RecordFate { complaint: COMPLAINT, fate, reason: String::new(), existing: None };
        desk.asks(&told).unwrap();
        assert_eq!(desk.contact().complaint, Some((COMPLAINT, fate)));
    }
}

#[test]
fn a_complaint_that_could_not_be_opened_says_why() {
    let mut desk = Desk::recorded(Writer::Participant, &[Matter::Provider]);
    let refused = Command::RecordFate {
        complaint: COMPLAINT,
        fate: Fate::Refused,
        reason: "DUPLICATE_COMPLAINT".to_owned(),
        existing: Some(COMPLAINT),
    };
    desk.asks(&refused).unwrap();
    assert!(desk.asks(&refused).unwrap().is_empty());
    assert_eq!(desk.contact().stage.name(), StageName::NotOpened);
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let mut desk = Desk::new("2024-01-03");
    let mut asked = question(Writer::Participant, &[Matter::Subcontractor], "2024-01-04");
    asked.respondents = Vec::new(); // R2
    asked.jobcentre_plus_received_on = Some(day("2024-01-05"));
    asked.letter_on = Some(day("2024-01-06"));
    let refusal = desk.asks(&record(asked)).unwrap_err();
    let fields: Vec<String> =
        refusal.explain().violations.into_iter().map(|violation| violation.field).collect();
    assert_eq!(fields, ["received_on", "jobcentre_plus_received_on", "letter_on", "respondents"]);
}

#[test]
fn organisations_are_in_the_chain() {
    let mut desk = Desk::new("2024-01-03");
    let mut asked = question(Writer::Participant, &[Matter::Subcontractor], "2024-01-02");
    asked.respondents = vec![STRANGER];
    assert_eq!(reason(desk.asks(&record(asked))), "NOT_IN_CHAIN");
    let mut asked = question(Writer::Participant, &[Matter::Attendance], "2024-01-02");
    asked.respondents = vec![PRIME];
    assert_eq!(reason(desk.asks(&record(asked))), "NOT_ALLOWED");
}

#[test]
fn whoever_works_it_is_in_the_chain() {
    // XCT-06
    let mut desk = Desk::new("2024-01-03");
    let outside = with(&[Matter::Provider], |it| it.organisation = Some(STRANGER));
    assert_eq!(reason(desk.asks(&outside)), "NOT_IN_CHAIN");
    let mut offered = Desk::offered();
    assert_eq!(reason(offered.asks(&Command::Accept { organisation: Some(STRANGER) })), "NOT_IN_CHAIN");
    offered.actor = actor(SUB);
    let reject = Command::Reject { reason: RejectReason::NotOurService };
    assert_eq!(reason(offered.asks(&reject)), "PRIME_MUST_ACCEPT");
}

fn with(about: &[Matter], change: impl FnOnce(&mut Record)) -> Command {
    let Command::Record(mut asked) = record(question(Writer::Participant, about, "2024-01-02")) else {
        unreachable!()
    };
    change(&mut asked);
    Command::Record(asked)
}

#[test]
fn who_it_is_about_is_said_where_a_complaint_comes_of_it() {
    // CMP-20: an enquiry opens nothing.
    let unknown = |about: &[Matter]| with(about, |it| it.has_person = false);
    assert_eq!(reason(Desk::new("2024-01-03").asks(&unknown(&[Matter::Provider]))), "REQUIRED");
    Desk::new("2024-01-03").asks(&unknown(&[Matter::Enquiry])).unwrap();
    // RTE-13: the office that the reply goes to, where a member wrote.
    let by = |writer| {
        let Command::Record(mut asked) = record(question(writer, &[Matter::Provider], "2024-01-02")) else {
            unreachable!()
        };
        asked.has_member = false;
        Command::Record(asked)
    };
    assert_eq!(reason(Desk::new("2024-01-03").asks(&by(Writer::ElectedMember))), "REQUIRED");
    Desk::new("2024-01-03").asks(&by(Writer::Participant)).unwrap();
}

#[test]
fn the_contract_is_in_force() {
    // XCT-01: received on 2 January, its first and its last day included.
    for (effective_on, end_on, taken) in [
        ("2022-03-01", Some("2024-01-01"), false),
        ("2022-03-01", Some("2024-01-02"), true),
        ("2024-01-02", None, true),
        ("2024-01-03", None, false),
    ] {
        let mut desk = Desk::new("2024-01-03");
        (desk.contract.effective_on, desk.contract.end_on) = (day(effective_on), end_on.map(day));
        let asked = desk.asks(&record(question(Writer::Participant, &[Matter::Provider], "2024-01-02")));
        let refused = asked.err().map(|refusal| refusal.explain().reason);
        assert_eq!(refused, (!taken).then_some("CONTRACT_NOT_IN_FORCE"), "{effective_on} to {end_on:?}");
    }
}

#[test]
fn a_second_record_is_refused_with_the_first() {
    let mut desk = Desk::recorded(Writer::Participant, &[Matter::Provider]);
    let again = record(question(Writer::Participant, &[Matter::Provider], "2024-01-02"));
    assert_eq!(desk.asks(&again).unwrap_err(), Refusal::AlreadyThere { name: CONTACT.name() });
}

#[test]
fn after_the_joint_reply_nothing_starts_at_stage_one() {
    // R5, CMP-13, J0 7.08 action 2
    let mut desk = Desk::new("2024-01-03");
    desk.joint_reply_is_out = true;
    let asked =
        Question { follows: Some(MIXED), ..question(Writer::Participant, &[Matter::Provider], "2024-01-02") };
    let refusal = desk.asks(&record(asked)).unwrap_err();
    assert!(matches!(refusal, Refusal::CombinedResponseIsStageOne { stage: 2, .. }), "{refusal:?}");
}

#[test]
fn packs_without_a_table_of_their_own_still_know_the_door() {
    let mut desk = Desk::new("2024-01-03");
    desk.pack = pack("restart");
    desk.actor = actor(JCP);
    desk.asks(&record(question(Writer::Participant, &[Matter::Attendance], "2024-01-02"))).unwrap();
    assert_eq!(desk.contact().route.row, "policy");
}
