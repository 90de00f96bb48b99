//! A complaint from receipt to closure, on both databases, and what is refused on the way.

use complaints::Complaints;
use redress_chassis::Member;
use redress_proto::{
    complaints::v1::{self as proto, complaint_service_client::ComplaintServiceClient},
    options::v1::Role,
    r#type::v1::Channel,
};
use redress_testkit::{Suite, backends};
use tonic::{Code, Response, Status};

use crate::cast::{
    Caller, Cast, DEPARTMENT, JOBCENTRE, PRIME, STRANGER, SUBCONTRACTOR, day, organisation, refused,
    request_id,
};

type Officer = ComplaintServiceClient<Caller>;

async fn acknowledge(
    officer: &mut Officer,
    name: &str,
    on: &str,
) -> Result<Response<proto::Complaint>, Status> {
    let request = proto::AcknowledgeComplaintRequest {
        request_id: request_id(),
        name: name.to_owned(),
        acknowledged_on: Some(day(on)),
        channel: Channel::Email.into(),
        etag: String::new(),
    };
    officer.acknowledge_complaint(request).await
}

async fn assign(
    officer: &mut Officer,
    name: &str,
    handler: &str,
) -> Result<Response<proto::Complaint>, Status> {
    let request = proto::AssignHandlerRequest {
        request_id: request_id(),
        name: name.to_owned(),
        handler: handler.to_owned(),
        etag: String::new(),
    };
    officer.assign_handler(request).await
}

async fn complete(
    officer: &mut Officer,
    name: &str,
    step: &str,
    on: &str,
    evidence: &[String],
) -> Result<Response<proto::Complaint>, Status> {
    let request = proto::CompleteStepRequest {
        request_id: request_id(),
        name: name.to_owned(),
        step: step.to_owned(),
        done_on: Some(day(on)),
        evidence: evidence.to_vec(),
        note: "Spoke for ten minutes.".to_owned(),
        etag: String::new(),
    };
    officer.complete_step(request).await
}

async fn respond(officer: &mut Officer, name: &str, on: &str) -> Result<Response<proto::Complaint>, Status> {
    let request = proto::IssueStageResponseRequest {
        request_id: request_id(),
        name: name.to_owned(),
        text: "We are sorry that nobody called.".to_owned(),
        outcome: proto::Outcome::Upheld.into(),
        issued_on: Some(day(on)),
        channel: Channel::Post.into(),
        etag: String::new(),
    };
    officer.issue_stage_response(request).await
}

async fn escalate(officer: &mut Officer, name: &str, on: &str) -> Result<Response<proto::Complaint>, Status> {
    let request = proto::EscalateComplaintRequest {
        request_id: request_id(),
        name: name.to_owned(),
        requested_on: Some(day(on)),
        reason: "Still nobody calls.".to_owned(),
        etag: String::new(),
    };
    officer.escalate_complaint(request).await
}

async fn finish(
    officer: &mut Officer,
    name: &str,
    on: &str,
    text: String,
) -> Result<Response<proto::Complaint>, Status> {
    let request = proto::IssueFinalResponseRequest {
        request_id: request_id(),
        name: name.to_owned(),
        text,
        outcome: proto::Outcome::PartiallyUpheld.into(),
        issued_on: Some(day(on)),
        channel: Channel::Email.into(),
        etag: String::new(),
    };
    officer.issue_final_response(request).await
}

async fn signposting(officer: &mut Officer, name: &str, on: &str) -> proto::GetSignpostingResponse {
    let request = proto::GetSignpostingRequest { name: name.to_owned(), issued_on: Some(day(on)) };
    officer.get_signposting(request).await.unwrap().into_inner()
}

/// Takes a complaint to the last stage, with all steps done but the last.
async fn at_last_stage(cast: &Cast, officer: &mut Officer) -> String {
    let complaint = cast.register("2026-11-02").await;
    let name = complaint.name;
    acknowledge(officer, &name, "2026-11-03").await.unwrap();
    assign(officer, &name, "carol").await.unwrap();
    complete(officer, &name, "speak", "2026-11-04", &[]).await.unwrap();
    let evidence = cast.upload(&name).await;
    complete(officer, &name, "look-into", "2026-11-05", &[evidence]).await.unwrap();
    respond(officer, &name, "2026-11-06").await.unwrap();
    escalate(officer, &name, "2026-11-09").await.unwrap();
    name
}

#[tokio::test]
async fn a_complaint_goes_from_first_contact_to_final_response() {
    for backend in backends() {
        let cast = Cast::on(backend).await;
        let mut officer = cast.officer(PRIME).await;
        let complaint = cast.register("2026-11-02").await;
        assert_eq!(complaint.stage(), proto::Stage::Received);
        assert!(complaint.statement.is_none(), "an answer holds nothing personal");
        assert_eq!(complaint.flags, []);
        let name = complaint.name.clone();

        let complaint = acknowledge(&mut officer, &name, "2026-11-03").await.unwrap().into_inner();
        assert_eq!(complaint.stage(), proto::Stage::Acknowledged);
        // CMP-27: not one of those complained about.
        let refusal = refused(assign(&mut officer, &name, "bob").await);
        assert_eq!((refusal.code, refusal.reason.as_str()), (Code::FailedPrecondition, "HANDLER_CONFLICT"));
        let complaint = assign(&mut officer, &name, "carol").await.unwrap().into_inner();
        assert_eq!((complaint.stage(), complaint.stage_number), (proto::Stage::AtStage, 1));

        // CMP-05, A0 7.03, J0 7.03: each step, in order, with what shows it.
        let refusal = refused(complete(&mut officer, &name, "look-into", "2026-11-04", &[]).await);
        assert_eq!(refusal.reason, "STEP_OUT_OF_ORDER");
        complete(&mut officer, &name, "speak", "2026-11-04", &[]).await.unwrap();
        let refusal = refused(complete(&mut officer, &name, "look-into", "2026-11-05", &[]).await);
        assert_eq!(refusal.reason, "EVIDENCE_REQUIRED");
        let evidence = cast.upload(&name).await;
        complete(&mut officer, &name, "look-into", "2026-11-05", &[evidence]).await.unwrap();
        let complaint = respond(&mut officer, &name, "2026-11-06").await.unwrap().into_inner();
        assert_eq!(complaint.stage(), proto::Stage::StageResponseIssued);
        let complaint = escalate(&mut officer, &name, "2026-11-09").await.unwrap().into_inner();
        assert_eq!((complaint.stage(), complaint.stage_number), (proto::Stage::AtStage, 2));

        // CMP-05 (C16): not before every step is done.
        let refusal = refused(finish(&mut officer, &name, "2026-11-10", "Enough.".to_owned()).await);
        assert_eq!(
            (refusal.code, refusal.reason.as_str()),
            (Code::FailedPrecondition, "STEPS_NOT_EXHAUSTED")
        );
        complete(&mut officer, &name, "review", "2026-11-10", &[]).await.unwrap();
        // CMP-07, J0 7.04 (C17): not without the signposting text.
        let refusal = refused(finish(&mut officer, &name, "2026-11-10", "Enough.".to_owned()).await);
        assert_eq!(refusal.reason, "SIGNPOST_MISSING");
        // CMP-09, J0 7.15 (C19): nor without the advice of the window.
        let must = signposting(&mut officer, &name, "2026-11-10").await;
        assert!(must.stand_in);
        let refusal = refused(finish(&mut officer, &name, "2026-11-10", must.text.clone()).await);
        assert_eq!(refusal.reason, "ICE_WINDOW_NOTICE_MISSING");
        let text = format!("We have looked again.\n\n{}\n\n{}", must.text, must.window_advice);
        let complaint = finish(&mut officer, &name, "2026-11-10", text.clone()).await.unwrap().into_inner();
        assert_eq!(complaint.stage(), proto::Stage::FinalResponseIssued);
        assert_eq!(complaint.examiner_window.unwrap().due_on, Some(day("2027-05-10")));

        // An issued letter never changes, and can be printed.
        let refusal = refused(finish(&mut officer, &name, "2026-11-10", text).await);
        assert_eq!((refusal.code, refusal.reason.as_str()), (Code::FailedPrecondition, "IMMUTABLE"));
        let letter = complaint.letters.last().unwrap().name.clone();
        let pdf = download(&mut officer, &letter, proto::LetterFormat::Pdf).await;
        assert!(pdf.starts_with(b"%PDF-1.7"));
        let printed = download(&mut officer, &letter, proto::LetterFormat::Text).await;
        assert!(String::from_utf8(printed).unwrap().contains("Ŵyn O'Brien"));

        // Who, when, why.
        let request = proto::ListTimelineRequest {
            name: name.clone(),
            view: proto::ComplaintView::Full.into(),
            ..Default::default()
        };
        let timeline = officer.list_timeline(request).await.unwrap().into_inner().entries;
        let types: Vec<&str> = timeline.iter().map(|entry| entry.r#type.as_str()).collect();
        assert_eq!(types.first(), Some(&"ComplaintRegistered"));
        assert_eq!(types.last(), Some(&"FinalResponseIssued"));
        let last = timeline.last().unwrap();
        assert!(last.citations.iter().any(|citation| citation.rule == "CMP-07" && citation.document == "J0"));
        assert_eq!(last.actor.as_ref().unwrap().subject, "ann");
        assert!(timeline.iter().any(|entry| entry.note == "Spoke for ten minutes."));
        let versions: Vec<i64> = timeline.iter().map(|entry| entry.version).collect();
        assert_eq!(versions, (1..).take(timeline.len()).collect::<Vec<_>>());
        cast.suite.stop().await.unwrap();
    }
}

async fn download(officer: &mut Officer, letter: &str, format: proto::LetterFormat) -> Vec<u8> {
    let request = proto::DownloadLetterRequest { name: letter.to_owned(), format: format.into() };
    let mut stream = officer.download_letter(request).await.unwrap().into_inner();
    let mut bytes = Vec::new();
    while let Some(piece) = stream.message().await.unwrap() {
        bytes.extend_from_slice(&piece.chunk);
    }
    bytes
}

#[tokio::test]
async fn a_draft_goes_out_only_as_it_was_approved() {
    // CMP-16 (A1 7.03), C25: approval is bound to the digest of the text.
    let plan = Suite::of([Member::of::<Complaints>()]).at("2026-11-16T09:00:00Z");
    let cast = Cast::of(plan, "access-to-work-holistic-assessments").await;
    let mut officer = cast.officer(PRIME).await;
    let mut complaint = cast.complaint("2026-11-02");
    complaint.formal = true;
    let request = proto::RegisterComplaintRequest { request_id: request_id(), complaint: Some(complaint) };
    let name = officer.register_complaint(request).await.unwrap().into_inner().name;
    acknowledge(&mut officer, &name, "2026-11-03").await.unwrap();
    assign(&mut officer, &name, "carol").await.unwrap();
    complete(&mut officer, &name, "speak", "2026-11-04", &[]).await.unwrap();
    let evidence = cast.upload(&name).await;
    complete(&mut officer, &name, "look-into", "2026-11-05", &[evidence]).await.unwrap();

    let refusal = refused(respond(&mut officer, &name, "2026-11-06").await);
    assert_eq!((refusal.code, refusal.reason.as_str()), (Code::FailedPrecondition, "APPROVAL_REQUIRED"));
    let submit = proto::SubmitDraftRequest {
        request_id: request_id(),
        name: name.clone(),
        kind: proto::LetterKind::StageResponse.into(),
        text: "A draft that says something else.".to_owned(),
        outcome: proto::Outcome::Upheld.into(),
        etag: String::new(),
    };
    let complaint = officer.submit_draft(submit).await.unwrap().into_inner();
    assert_eq!(complaint.stage(), proto::Stage::DraftPendingApproval);
    let draft = complaint.letters.last().unwrap().clone();

    let mut approver =
        ComplaintServiceClient::new(cast.person(DEPARTMENT, &[Role::DraftApprover], "dora").await);
    let decide = |digest: &str| proto::DecideDraftRequest {
        request_id: request_id(),
        letter: draft.name.clone(),
        name: name.clone(),
        digest: digest.to_owned(),
        decision: proto::DraftDecision::Approve.into(),
        comment: String::new(),
    };
    let mut own = ComplaintServiceClient::new(cast.person(PRIME, &[Role::DraftApprover], "dora").await);
    let refusal = refused(own.decide_draft(decide(&draft.digest)).await);
    assert_eq!((refusal.code, refusal.reason.as_str()), (Code::PermissionDenied, "NOT_ABOVE_IN_CHAIN"));
    let refusal = refused(approver.decide_draft(decide(&"0".repeat(64))).await);
    assert_eq!(refusal.reason, "APPROVAL_DIGEST_MISMATCH");
    approver.decide_draft(decide(&draft.digest)).await.unwrap();
    let refusal = refused(respond(&mut officer, &name, "2026-11-06").await);
    assert_eq!(refusal.reason, "APPROVAL_DIGEST_MISMATCH");
}

#[tokio::test]
async fn the_examiner_has_only_the_named_steps_reopened() {
    // CMP-14, J0 7.16; Q7: a new final response opens a new window.
    let cast = Cast::usual().await;
    let mut officer = cast.officer(PRIME).await;
    let name = at_last_stage(&cast, &mut officer).await;
    complete(&mut officer, &name, "review", "2026-11-10", &[]).await.unwrap();
    let must = signposting(&mut officer, &name, "2026-11-10").await;
    finish(&mut officer, &name, "2026-11-10", format!("{}\n{}", must.text, must.window_advice))
        .await
        .unwrap();
    let contact = proto::RecordExaminerContactRequest {
        request_id: request_id(),
        name: name.clone(),
        referred_on: Some(day("2026-11-12")),
        notified_on: Some(day("2026-11-13")),
        examiner_reference: "ICE-77".to_owned(),
        ..Default::default()
    };
    let complaint = officer.record_examiner_contact(contact).await.unwrap().into_inner();
    assert_eq!(complaint.stage(), proto::Stage::WithIce);
    let reopen = proto::ReopenStepsRequest {
        request_id: request_id(),
        name: name.clone(),
        steps: vec![proto::StepReference { stage_number: 2, id: "review".to_owned() }],
        requested_on: Some(day("2026-11-13")),
        ..Default::default()
    };
    let complaint = officer.reopen_steps(reopen).await.unwrap().into_inner();
    assert_eq!(complaint.stage(), proto::Stage::ReopenedByIce);
    let reopened: Vec<&str> =
        complaint.steps.iter().filter(|step| step.reopened).map(|step| step.id.as_str()).collect();
    assert_eq!(reopened, ["review"]);
    // ICE-05, J0 7.16: five working days where the examiner states no date; 16 November 2026 is a Monday.
    let clock = complaint
        .clocks
        .iter()
        .find(|clock| clock.deadline.as_ref().unwrap().kind == "REOPENED_STEPS")
        .unwrap();
    assert_eq!(clock.deadline.as_ref().unwrap().due_on, Some(day("2026-11-20")));
}

#[tokio::test]
async fn everything_wrong_with_a_registration_is_said_at_once() {
    let cast = Cast::usual().await;
    let mut officer = cast.officer(PRIME).await;
    let complaint = proto::Complaint {
        // C10, C20, G9, G26: each of these is wrong by itself.
        participant: "participants/nobody".to_owned(),
        respondents: vec!["contracts/1".to_owned()],
        channel: 99,
        stage: proto::Stage::Closed.into(),
        ..cast.complaint("2026-11-02")
    };
    let request = proto::RegisterComplaintRequest { request_id: request_id(), complaint: Some(complaint) };
    let refusal = refused(officer.register_complaint(request).await);
    assert_eq!(refusal.code, Code::InvalidArgument);
    for field in ["complaint.participant", "complaint.respondents[0]", "complaint.channel", "complaint.stage"]
    {
        assert!(refusal.fields.iter().any(|(named, _)| named == field), "{field} in {:?}", refusal.fields);
    }
}

#[tokio::test]
async fn what_a_registration_refers_to_must_hold() {
    let cast = Cast::usual().await;
    let mut officer = cast.officer(PRIME).await;
    let mut register = async |complaint: proto::Complaint| {
        let request =
            proto::RegisterComplaintRequest { request_id: request_id(), complaint: Some(complaint) };
        refused(officer.register_complaint(request).await)
    };
    // C4: before the contract.
    let refusal = register(cast.complaint("2024-08-31")).await;
    assert_eq!(refusal.reason, "CONTRACT_NOT_IN_FORCE");
    // C11: not in the chain.
    let respondents = vec![organisation(STRANGER)];
    let refusal = register(proto::Complaint { respondents, ..cast.complaint("2026-11-02") }).await;
    assert_eq!(refusal.reason, "SUPPLY_CHAIN_EDGE_MISSING");
    // C44, RTE-08, J0 7.12: programme policy is for Jobcentre Plus.
    let subject = proto::Subject::ProgrammePolicy.into();
    let refusal = register(proto::Complaint { subject, ..cast.complaint("2026-11-02") }).await;
    assert_eq!(
        (refusal.code, refusal.reason.as_str()),
        (Code::FailedPrecondition, "ROUTE_TO_JOBCENTRE_PLUS")
    );
    // C20: the future.
    let refusal = register(cast.complaint("2026-11-17")).await;
    assert_eq!(refusal.code, Code::InvalidArgument);
    assert!(refusal.fields.iter().any(|(field, _)| field == "complaint.received_on"), "{:?}", refusal.fields);
}

#[tokio::test]
async fn a_complaint_from_jobcentre_plus_is_worked_by_the_prime() {
    // CMP-12, J0 7.11, Q3: same clocks, from the provider's receipt; the earlier date is kept.
    let cast = Cast::usual().await;
    let mut jobcentre = ComplaintServiceClient::new(cast.caller(JOBCENTRE, &[Role::JobcentrePlus]).await);
    let complaint =
        proto::Complaint { jobcentre_plus_on: Some(day("2026-10-30")), ..cast.complaint("2026-11-02") };
    let request = proto::RegisterComplaintRequest { request_id: request_id(), complaint: Some(complaint) };
    let complaint = jobcentre.register_complaint(request).await.unwrap().into_inner();
    assert_eq!(complaint.organisation, organisation(PRIME));
    let request = proto::GetComplaintRequest { name: complaint.name.clone(), view: 0 };
    jobcentre.get_complaint(request).await.expect("what it brought it sees");
    assert_eq!(complaint.jobcentre_plus_on, Some(day("2026-10-30")));
    let eight_weeks = complaint
        .clocks
        .iter()
        .find(|clock| clock.deadline.as_ref().unwrap().kind == "EIGHT_WEEK_RIGHT")
        .unwrap();
    assert_eq!(eight_weeks.deadline.as_ref().unwrap().due_on, Some(day("2026-12-28")));
}

#[tokio::test]
async fn the_earliest_receipt_in_the_chain_counts() {
    // Q2, A0 7.01
    let cast = Cast::usual().await;
    let mut officer = cast.officer(PRIME).await;
    let name = cast.register("2026-11-02").await.name;
    let request = proto::RecordReceiptRequest {
        request_id: request_id(),
        name: name.clone(),
        organisation: organisation(SUBCONTRACTOR),
        received_on: Some(day("2026-10-28")),
        channel: Channel::Telephone.into(),
        etag: String::new(),
    };
    let complaint = officer.record_receipt(request).await.unwrap().into_inner();
    assert_eq!(complaint.received_on, Some(day("2026-10-28")));
}
