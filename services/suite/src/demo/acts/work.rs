//! The case is worked at its first stage: acknowledgement, handler, steps with evidence, the answer, and the escalation.

use redress_proto::complaints::v1::{
    AcknowledgeComplaintRequest, AssignHandlerRequest, Complaint, CompleteStepRequest, DocumentKind,
    EscalateComplaintRequest, IssueFinalResponseRequest, IssueStageResponseRequest, Outcome,
    complaint_service_client::ComplaintServiceClient,
};
use redress_proto::r#type::v1::Channel;

use super::super::{
    Example,
    cast::{ADVISER, OFFICER},
    fresh_id, text,
};
use crate::{
    client::{Failure, Link},
    transfer::{self, OfParent, Upload},
};

/// Works it to the second stage.
pub(super) async fn play(example: &Example, case: Complaint) -> Result<Complaint, Failure> {
    let teller = example.teller;
    let officer = &example.cast.officer;
    teller.chapter("4. The first stage");
    acknowledge(officer, example, &case, 27).await?;
    teller.say("The acknowledgement goes out. Then someone must handle the case.");
    teller.refused(
        "the adviser who is complained about is to handle it.",
        "HANDLER_CONFLICT",
        assign(officer, &case, ADVISER).await,
    )?;
    let case = assign(officer, &case, OFFICER).await?;
    teller.case(&case);

    teller.refused(
        "the second step is recorded before the first. Steps are taken in order.",
        "STEP_OUT_OF_ORDER",
        step(officer, example, &case, ("look-into-it", 20), Vec::new()).await,
    )?;
    step(officer, example, &case, ("call-complainant", 24), Vec::new()).await?;
    teller.refused(
        "the second step without anything that shows it. The provider's own procedure asks for evidence here.",
        "EVIDENCE_REQUIRED",
        step(officer, example, &case, ("look-into-it", 20), Vec::new()).await,
    )?;
    let document = attach(officer, example, &case).await?;
    teller.say(&format!(
        "A note of the call is attached as {document}, its digest checked on the way, its bytes sealed under a key of this case. \
         With it the step counts as done.",
    ));
    let case = step(officer, example, &case, ("look-into-it", 20), vec![document]).await?;
    teller.refused(
        "the final response, while the steps of the second stage are open.",
        "STEPS_NOT_EXHAUSTED",
        finish(officer, example, &case, text::bare_final_response(), 19).await,
    )?;
    let case = answer(officer, example, &case).await?;
    teller.say("So the response of the first stage goes out, and with it the time in which the person can go further.");
    teller.case(&case);
    teller.dates(&case);

    let question = EscalateComplaintRequest {
        request_id: fresh_id(),
        name: case.name.clone(),
        requested_on: Some(example.ago(14)),
        reason: "I asked for another adviser.".to_owned(),
        etag: String::new(),
    };
    let case = officer
        .ask(question, async |stub, request| {
            ComplaintServiceClient::new(stub).escalate_complaint(request).await
        })
        .await?;
    teller.say("The person is not satisfied and asks for the review.");
    teller.case(&case);
    Ok(case)
}

/// Records the acknowledgement.
pub(super) async fn acknowledge(
    link: &Link,
    example: &Example,
    case: &Complaint,
    ago: i32,
) -> Result<Complaint, Failure> {
    let question = AcknowledgeComplaintRequest {
        request_id: fresh_id(),
        name: case.name.clone(),
        acknowledged_on: Some(example.ago(ago)),
        channel: Channel::Email.into(),
        etag: String::new(),
    };
    link.ask(question, async |stub, request| {
        ComplaintServiceClient::new(stub).acknowledge_complaint(request).await
    })
    .await
}

/// Names the handler.
pub(super) async fn assign(link: &Link, case: &Complaint, handler: &str) -> Result<Complaint, Failure> {
    let question = AssignHandlerRequest {
        request_id: fresh_id(),
        name: case.name.clone(),
        handler: handler.to_owned(),
        etag: String::new(),
    };
    link.ask(question, async |stub, request| ComplaintServiceClient::new(stub).assign_handler(request).await)
        .await
}

/// Records a step.
pub(super) async fn step(
    link: &Link,
    example: &Example,
    case: &Complaint,
    (step, ago): (&str, i32),
    evidence: Vec<String>,
) -> Result<Complaint, Failure> {
    let question = CompleteStepRequest {
        request_id: fresh_id(),
        name: case.name.clone(),
        step: step.to_owned(),
        done_on: Some(example.ago(ago)),
        evidence,
        ..CompleteStepRequest::default()
    };
    link.ask(question, async |stub, request| ComplaintServiceClient::new(stub).complete_step(request).await)
        .await
}

/// Issues a final response by post.
pub(super) async fn finish(
    link: &Link,
    example: &Example,
    case: &Complaint,
    text: String,
    ago: i32,
) -> Result<Complaint, Failure> {
    let question = IssueFinalResponseRequest {
        request_id: fresh_id(),
        name: case.name.clone(),
        text,
        outcome: Outcome::Upheld.into(),
        issued_on: Some(example.ago(ago)),
        channel: Channel::Post.into(),
        etag: String::new(),
    };
    link.ask(question, async |stub, request| {
        ComplaintServiceClient::new(stub).issue_final_response(request).await
    })
    .await
}

async fn answer(link: &Link, example: &Example, case: &Complaint) -> Result<Complaint, Failure> {
    let question = IssueStageResponseRequest {
        request_id: fresh_id(),
        name: case.name.clone(),
        text: text::STAGE_RESPONSE.to_owned(),
        outcome: Outcome::PartiallyUpheld.into(),
        issued_on: Some(example.ago(19)),
        channel: Channel::Post.into(),
        etag: String::new(),
    };
    link.ask(question, async |stub, request| {
        ComplaintServiceClient::new(stub).issue_stage_response(request).await
    })
    .await
}

async fn attach(link: &Link, example: &Example, case: &Complaint) -> Result<String, Failure> {
    let path = example.data.join("example-note.txt");
    std::fs::write(&path, text::EVIDENCE).map_err(Failure::file("write", &path))?;
    let upload = Upload {
        request_id: fresh_id(),
        file_name: "call-note.txt".to_owned(),
        media_type: "text/plain".to_owned(),
        path: path.clone(),
    };
    let destination = OfParent { parent: case.name.clone(), kind: DocumentKind::Note.into() };
    let stored = transfer::send(link, &upload, &destination).await?;
    // The suite has it now, sealed; a copy beside it would not be.
    std::fs::remove_file(&path).map_err(Failure::file("remove", &path))?;
    Ok(stored.name)
}
