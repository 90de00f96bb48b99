//! Registering: C1–C11, C44.

use redress_proto::complaints::v1::{Statement, Subject};
use redress_tests::chain::Member;
use tonic::Code;

use super::desk::{Desk, wire};

pub(super) async fn try_all(desk: &mut Desk) {
    fields(desk).await;
    parties(desk).await;
    dates(desk).await;
    routes(desk).await;
    duplicates(desk).await;
    procedure(desk).await;
}

async fn fields(desk: &mut Desk) {
    let mut complaint = desk.complaint(3);
    complaint.participant.clear();
    let answer = desk.officer.register(complaint).await;
    desk.expect_field("C1 no participant", answer, "complaint.participant", "REQUIRED");

    for (case, narrative) in [("C7 nothing said", String::new()), ("C7 white space", " \n\t ".to_owned())] {
        let mut complaint = desk.complaint(3);
        complaint.statement = Some(Statement { narrative, ..Statement::default() });
        let answer = desk.officer.register(complaint).await;
        desk.expect(
            case,
            answer,
            Code::InvalidArgument,
            if case.ends_with("said") { "REQUIRED" } else { "INVALID_TEXT" },
        );
    }
    let mut complaint = desk.complaint(3);
    complaint.statement = Some(Statement { narrative: "x".repeat(20_001), ..Statement::default() });
    let answer = desk.officer.register(complaint).await;
    desk.expect_field("C7 20,001 characters", answer, "complaint.statement.narrative", "TOO_LONG");

    let mut complaint = desk.complaint(3);
    complaint.reference = String::from("ab 12 34 56 c");
    let answer = desk.officer.register(complaint).await;
    desk.expect_field(
        "C8 a National Insurance number for a reference",
        answer,
        "complaint.reference",
        "PERSONAL_DATA_NOT_ALLOWED",
    );

    let mut complaint = desk.complaint(3);
    complaint.respondents.clear();
    let answer = desk.officer.register(complaint).await;
    desk.expect_field("C10 nobody complained about", answer, "complaint.respondents", "REQUIRED");

    let mut complaint = desk.complaint(3);
    complaint.respondents = vec![desk.organisation(Member::Prime), desk.organisation(Member::Prime)];
    let answer = desk.officer.register(complaint).await;
    desk.expect_field("C10 the same respondent twice", answer, "complaint.respondents", "DUPLICATE");

    let mut complaint = desk.complaint(3);
    complaint.respondents = vec![desk.stand.chain.participant.clone()];
    let answer = desk.officer.register(complaint).await;
    desk.expect(
        "C10 the person complained about by themselves",
        answer,
        Code::InvalidArgument,
        "INVALID_NAME",
    );
}

async fn parties(desk: &mut Desk) {
    let mut complaint = desk.complaint(3);
    complaint.participant = desk.stand.chain.rival_participant.clone();
    let sent = complaint.participant.clone();
    let answer = desk.officer.register(complaint).await;
    let refusal = desk.expect("C2 a participant of another prime", answer, Code::NotFound, "NOT_FOUND");
    let names_it = refusal.as_ref().is_some_and(|refusal| refusal.resource == sent);
    desk.verdicts.also("C2 a participant of another prime", names_it, refusal.as_ref());

    let mut complaint = desk.complaint(3);
    complaint.respondents = vec![desk.organisation(Member::Rival)];
    let answer = desk.officer.register(complaint).await;
    desk.expect(
        "C11 a respondent outside the chain",
        answer,
        Code::FailedPrecondition,
        "SUPPLY_CHAIN_EDGE_MISSING",
    );
}

async fn dates(desk: &mut Desk) {
    let mut complaint = desk.complaint(3);
    complaint.received_on = wire(jiff::civil::date(2022, 5, 31));
    let answer = desk.officer.register(complaint).await;
    let refusal =
        desk.expect("C4 before the contract", answer, Code::FailedPrecondition, "CONTRACT_NOT_IN_FORCE");
    let typed = refusal
        .as_ref()
        .is_some_and(|refusal| refusal.preconditions.iter().any(|(kind, _)| kind == "CONTRACT_NOT_IN_FORCE"));
    desk.verdicts.also("C4 before the contract", typed, refusal.as_ref());

    let mut complaint = desk.complaint(3);
    complaint.received_on = wire(desk.tomorrow());
    let answer = desk.officer.register(complaint).await;
    desk.expect_field("received tomorrow", answer, "complaint.received_on", "DATE_IN_FUTURE");
}

async fn routes(desk: &mut Desk) {
    for subject in [Subject::ProgrammePolicy, Subject::Mixed] {
        let mut complaint = desk.complaint(3);
        complaint.subject = subject.into();
        let answer = desk.officer.register(complaint).await;
        let refusal = desk.expect(
            "C44 not for the provider",
            answer,
            Code::FailedPrecondition,
            "ROUTE_TO_JOBCENTRE_PLUS",
        );
        let cited = refusal.as_ref().is_some_and(|refusal| {
            refusal.metadata.get("citations").is_some_and(|text| text.contains("J0 7."))
        });
        desk.verdicts.also("C44 not for the provider", cited, refusal.as_ref());
    }
}

async fn duplicates(desk: &mut Desk) {
    let complaint = desk.complaint(3);
    let first = desk.officer.register(complaint.clone()).await.unwrap();
    let mut same_reference = desk.complaint(3);
    // White space and case do not make it another one (L29).
    same_reference.reference = format!(" {} ", complaint.reference.to_lowercase());
    let mut same_words = complaint;
    same_words.reference = String::from("ANOTHER-REFERENCE");
    for (case, again) in [("the same reference", same_reference), ("the same words", same_words)] {
        let answer = desk.officer.register(again).await;
        let refusal = desk.expect(case, answer, Code::AlreadyExists, "DUPLICATE_COMPLAINT");
        let names_it =
            refusal.as_ref().is_some_and(|refusal| refusal.metadata.get("name") == Some(&first.name));
        desk.verdicts.also(case, names_it, refusal.as_ref());
    }
}

async fn procedure(desk: &mut Desk) {
    // Within the contract, and before the first procedure under it.
    let mut complaint = desk.complaint(3);
    complaint.received_on = wire(jiff::civil::date(2022, 6, 2));
    let answer = desk.officer.register(complaint).await;
    desk.expect("no procedure in force", answer, Code::FailedPrecondition, "PROCEDURE_MISSING");
}

/// Within the contract, and before the guidance that is known (XCT-01).
pub(super) async fn before_the_guidance(desk: &mut Desk) {
    let mut complaint = desk.complaint(3);
    complaint.received_on = wire(jiff::civil::date(2022, 12, 1));
    let answer = desk.officer.register(complaint).await;
    desk.expect("before the guidance that is known", answer, Code::FailedPrecondition, "GUIDANCE_NOT_KNOWN");
}
