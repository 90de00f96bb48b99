//! Another programme, where the department approves replies before they go out.

use jiff::civil::date;
use redress_proto::complaints::v1::{
    Complaint, DecideDraftRequest, DraftDecision, LetterKind, LetterState, Outcome, RegisterComplaintRequest,
    Statement, Subject, SubmitDraftRequest, complaint_service_client::ComplaintServiceClient,
};
use redress_proto::r#type::v1::Channel;

use super::{
    super::{
        Example,
        cast::{OFFICER, PRIME, name},
        fresh_id, setting, text,
    },
    intake, signposting, work,
};
use crate::{client::Failure, present::date as dates};

/// Takes a case of Access to Work to its final response.
pub(super) async fn play(example: &Example) -> Result<(), Failure> {
    let teller = example.teller;
    let officer = &example.cast.officer;
    teller.chapter("6. Where the department approves the reply");
    let effective_on = dates::wire(date(2023, 7, 1));
    let programme = "access-to-work-holistic-assessments";
    let contract = setting::contract(example, "EXAMPLE-ATW-1", programme, effective_on).await?;
    let pack = contract.pack.clone().unwrap_or_default();
    teller.say(&format!(
        "The same provider holds a contract for Access to Work assessments. It is bound by another pack, {} of {}.",
        pack.id, pack.version,
    ));
    teller.because(&contract.citations);
    if !setting::has_procedure(example, &contract).await? {
        setting::procedure(example, &contract, text::one_stage()).await?;
    }
    let reference = example.reference("Q");
    let person = setting::participant(example, &contract, PRIME, "Sandy Example", &reference).await?;
    let registration = RegisterComplaintRequest {
        request_id: fresh_id(),
        complaint: Some(Complaint {
            participant: person.name,
            contract: contract.name,
            respondents: vec![name(PRIME)],
            organisation: name(PRIME),
            reference: example.reference("ASSESSMENT"),
            received_on: Some(example.ago(16)),
            channel: Channel::Email.into(),
            subject: Subject::Service.into(),
            formal: true,
            statement: Some(Statement {
                narrative: text::ASSESSMENT_NARRATIVE.to_owned(),
                ..Statement::default()
            }),
            ..Complaint::default()
        }),
    };
    let case = intake::register(officer, registration).await?;
    teller.case(&case);
    teller.dates(&case);
    for flag in &case.flags {
        teller.say(&format!("Noted, and no reason to turn the person away: {}", flag.code));
        teller.because(&flag.citations);
    }
    work::acknowledge(officer, example, &case, 15).await?;
    work::assign(officer, &case, OFFICER).await?;
    let case = work::step(officer, example, &case, ("look-into-it", 9), Vec::new()).await?;
    drafting(example, case).await
}

async fn drafting(example: &Example, case: Complaint) -> Result<(), Failure> {
    let teller = example.teller;
    let officer = &example.cast.officer;
    let required = signposting(example, officer, &case, 1).await?;
    let first = text::assessment_response(&required, "");
    let second = text::assessment_response(&required, " You can see it before anyone else does.");
    teller.refused(
        "the reply goes out without the department's approval.",
        "APPROVAL_REQUIRED",
        work::finish(officer, example, &case, first.clone(), 1).await,
    )?;
    let case = submit(example, &case, first.clone()).await?;
    teller.say("The draft goes to the department. Waiting for approval stops no clock.");
    teller.case(&case);
    let case =
        decide(example, &case, DraftDecision::Rework, "Say that the person sees the report first.").await?;
    teller.say("The department asks for it to be reworked, and approves the second draft.");
    let case = submit(example, &case, second.clone()).await?;
    let case = decide(example, &case, DraftDecision::Approve, "").await?;
    teller.refused(
        "the first draft goes out under the approval of the second. Approval is given to one text and no other.",
        "APPROVAL_DIGEST_MISMATCH",
        work::finish(officer, example, &case, first, 1).await,
    )?;
    let case = work::finish(officer, example, &case, second, 1).await?;
    teller.case(&case);
    Ok(())
}

async fn submit(example: &Example, case: &Complaint, text: String) -> Result<Complaint, Failure> {
    let question = SubmitDraftRequest {
        request_id: fresh_id(),
        name: case.name.clone(),
        kind: LetterKind::FinalResponse.into(),
        text,
        outcome: Outcome::Upheld.into(),
        etag: String::new(),
    };
    example
        .cast
        .officer
        .ask(question, async |stub, request| ComplaintServiceClient::new(stub).submit_draft(request).await)
        .await
}

async fn decide(
    example: &Example,
    case: &Complaint,
    decision: DraftDecision,
    comment: &str,
) -> Result<Complaint, Failure> {
    let draft = case.letters.iter().rev().find(|letter| letter.state() == LetterState::Draft);
    let Some(draft) = draft else { return Err(Failure::Unsound("the draft is not on file".to_owned())) };
    let question = DecideDraftRequest {
        request_id: fresh_id(),
        letter: draft.name.clone(),
        name: case.name.clone(),
        digest: draft.digest.clone(),
        decision: decision.into(),
        comment: comment.to_owned(),
    };
    example
        .cast
        .approver
        .ask(question, async |stub, request| ComplaintServiceClient::new(stub).decide_draft(request).await)
        .await
}
