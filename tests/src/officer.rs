//! Someone at a desk who works complaints: every command in as few words as a test needs.

use jiff::civil::Date;
use redress_proto::complaints::v1::{
    AcknowledgeComplaintRequest, AssignHandlerRequest, CloseComplaintRequest, CloseReason, Complaint,
    CompleteStepRequest, DecideDraftRequest, DraftDecision, EscalateComplaintRequest, GetComplaintRequest,
    GetSignpostingRequest, GetSignpostingResponse, IssueCorrectionRequest, IssueFinalResponseRequest,
    IssueStageResponseRequest, Letter, LetterKind, ListTimelineRequest, Outcome,
    RecordExaminerContactRequest, RecordReceiptRequest, RedirectComplaintRequest, RegisterComplaintRequest,
    ReopenStepsRequest, StepReference, Subject, SubmitDraftRequest, TimelineEntry, WithdrawComplaintRequest,
    WithdrawnBy, complaint_service_client::ComplaintServiceClient,
};
use redress_proto::r#type::v1::Channel as Means;
use tonic::{Response, Status, transport::Channel};

use crate::{
    chain::{bearing, civil},
    refused::Refused,
    seed::Seed,
};

/// What a command gives: the complaint as it then stands, or the refusal.
pub type Answer<T = Complaint> = Result<T, Box<Refused>>;

/// Works complaints under one identity. Not to be cloned: a copy would draw the same request ids.
#[derive(Debug)]
pub struct Officer {
    client: ComplaintServiceClient<Channel>,
    token: String,
    seed: Seed,
}

impl Officer {
    /// Sits down.
    pub fn new(channel: Channel, token: String, seed: Seed) -> Self {
        Self { client: ComplaintServiceClient::new(channel), token, seed }
    }

    fn id(&mut self) -> String {
        self.seed.request_id()
    }

    fn bearing<T>(&self, message: T) -> Result<tonic::Request<T>, Box<Refused>> {
        bearing(&self.token, message).map_err(|error| broken(&error))
    }

    /// Registers a complaint as it is.
    pub async fn register(&mut self, complaint: Complaint) -> Answer {
        let request = RegisterComplaintRequest { request_id: self.id(), complaint: Some(complaint) };
        let request = self.bearing(request)?;
        said(self.client.register_complaint(request).await)
    }

    /// Records that another member of the chain received it.
    pub async fn receipt(&mut self, name: &str, organisation: &str, received_on: Date) -> Answer {
        let request = RecordReceiptRequest {
            request_id: self.id(),
            name: name.to_owned(),
            organisation: organisation.to_owned(),
            received_on: Some(civil(received_on)),
            channel: Means::Post.into(),
            etag: String::new(),
        };
        let request = self.bearing(request)?;
        said(self.client.record_receipt(request).await)
    }

    /// Sends the person to Jobcentre Plus.
    pub async fn redirect(&mut self, name: &str, subject: Subject, told_on: Date) -> Answer {
        let request = RedirectComplaintRequest {
            request_id: self.id(),
            name: name.to_owned(),
            subject: subject.into(),
            told_on: Some(civil(told_on)),
            channel: Means::Telephone.into(),
            etag: String::new(),
        };
        let request = self.bearing(request)?;
        said(self.client.redirect_complaint(request).await)
    }

    /// Acknowledges.
    pub async fn acknowledge(&mut self, name: &str, on: Date) -> Answer {
        let request = AcknowledgeComplaintRequest {
            request_id: self.id(),
            name: name.to_owned(),
            acknowledged_on: Some(civil(on)),
            channel: Means::Email.into(),
            etag: String::new(),
        };
        let request = self.bearing(request)?;
        said(self.client.acknowledge_complaint(request).await)
    }

    /// Names a handler, if the complaint is still as it was read; an empty `etag` does not ask.
    pub async fn assign(&mut self, name: &str, handler: &str, etag: &str) -> Answer {
        let request = AssignHandlerRequest {
            request_id: self.id(),
            name: name.to_owned(),
            handler: handler.to_owned(),
            etag: etag.to_owned(),
        };
        let request = self.bearing(request)?;
        said(self.client.assign_handler(request).await)
    }

    /// Takes a step.
    pub async fn step(&mut self, name: &str, step: &str, on: Date, evidence: &[String]) -> Answer {
        let request = CompleteStepRequest {
            request_id: self.id(),
            name: name.to_owned(),
            step: step.to_owned(),
            done_on: Some(civil(on)),
            evidence: evidence.to_vec(),
            note: "Spoken to; no more to say here.".to_owned(),
            etag: String::new(),
        };
        let request = self.bearing(request)?;
        said(self.client.complete_step(request).await)
    }

    /// Sends a draft to the department.
    pub async fn draft(&mut self, name: &str, kind: LetterKind, text: &str) -> Answer {
        let request = SubmitDraftRequest {
            request_id: self.id(),
            name: name.to_owned(),
            kind: kind.into(),
            text: text.to_owned(),
            outcome: Outcome::Upheld.into(),
            etag: String::new(),
        };
        let request = self.bearing(request)?;
        said(self.client.submit_draft(request).await)
    }

    /// Decides on a draft, as the department does.
    pub async fn decide(
        &mut self,
        letter: &Letter,
        complaint: &str,
        decision: DraftDecision,
        comment: &str,
    ) -> Answer {
        let request = DecideDraftRequest {
            request_id: self.id(),
            letter: letter.name.clone(),
            name: complaint.to_owned(),
            digest: letter.digest.clone(),
            decision: decision.into(),
            comment: comment.to_owned(),
        };
        let request = self.bearing(request)?;
        said(self.client.decide_draft(request).await)
    }

    /// Answers at a stage that is not the last.
    pub async fn respond(&mut self, name: &str, text: &str, on: Date) -> Answer {
        let request = IssueStageResponseRequest {
            request_id: self.id(),
            name: name.to_owned(),
            text: text.to_owned(),
            outcome: Outcome::Upheld.into(),
            issued_on: Some(civil(on)),
            channel: Means::Email.into(),
            etag: String::new(),
        };
        let request = self.bearing(request)?;
        said(self.client.issue_stage_response(request).await)
    }

    /// Takes it to the next stage.
    pub async fn escalate(&mut self, name: &str, on: Date) -> Answer {
        let request = EscalateComplaintRequest {
            request_id: self.id(),
            name: name.to_owned(),
            requested_on: Some(civil(on)),
            reason: "Not satisfied with the answer.".to_owned(),
            etag: String::new(),
        };
        let request = self.bearing(request)?;
        said(self.client.escalate_complaint(request).await)
    }

    /// What a final response must say on a day.
    pub async fn signposting(&mut self, name: &str, on: Date) -> Answer<GetSignpostingResponse> {
        let request = GetSignpostingRequest { name: name.to_owned(), issued_on: Some(civil(on)) };
        let request = self.bearing(request)?;
        said(self.client.get_signposting(request).await)
    }

    /// Answers for good.
    pub async fn finish(&mut self, name: &str, text: &str, on: Date) -> Answer {
        self.finish_if(name, text, on, "").await
    }

    /// Answers for good, if the complaint is still as it was read.
    pub async fn finish_if(&mut self, name: &str, text: &str, on: Date, etag: &str) -> Answer {
        let request = IssueFinalResponseRequest {
            request_id: self.id(),
            name: name.to_owned(),
            text: text.to_owned(),
            outcome: Outcome::Upheld.into(),
            issued_on: Some(civil(on)),
            channel: Means::Post.into(),
            etag: etag.to_owned(),
        };
        let request = self.bearing(request)?;
        said(self.client.issue_final_response(request).await)
    }

    /// Corrects a letter that is out.
    pub async fn correct(&mut self, name: &str, corrects: &str, text: &str, on: Date) -> Answer {
        let request = IssueCorrectionRequest {
            request_id: self.id(),
            name: name.to_owned(),
            corrects: corrects.to_owned(),
            text: text.to_owned(),
            issued_on: Some(civil(on)),
            channel: Means::Post.into(),
            etag: String::new(),
        };
        let request = self.bearing(request)?;
        said(self.client.issue_correction(request).await)
    }

    /// Records that the examiner took it up.
    pub async fn examiner(
        &mut self,
        name: &str,
        referred_on: Date,
        notified_on: Date,
        discretion: bool,
    ) -> Answer {
        let request = RecordExaminerContactRequest {
            request_id: self.id(),
            name: name.to_owned(),
            referred_on: Some(civil(referred_on)),
            notified_on: Some(civil(notified_on)),
            examiner_reference: "ICE-2026-001".to_owned(),
            examiner_discretion: discretion,
            etag: String::new(),
        };
        let request = self.bearing(request)?;
        said(self.client.record_examiner_contact(request).await)
    }

    /// Reopens the steps that the examiner named.
    pub async fn reopen(&mut self, name: &str, steps: &[(i32, &str)], on: Date) -> Answer {
        let request = ReopenStepsRequest {
            request_id: self.id(),
            name: name.to_owned(),
            steps: steps
                .iter()
                .map(|(stage_number, id)| StepReference { stage_number: *stage_number, id: (*id).to_owned() })
                .collect(),
            requested_on: Some(civil(on)),
            due_on: None,
            etag: String::new(),
        };
        let request = self.bearing(request)?;
        said(self.client.reopen_steps(request).await)
    }

    /// Records a withdrawal.
    pub async fn withdraw(&mut self, name: &str, by: WithdrawnBy, on: Date) -> Answer {
        let request = WithdrawComplaintRequest {
            request_id: self.id(),
            name: name.to_owned(),
            withdrawn_by: by.into(),
            withdrawn_on: Some(civil(on)),
            channel: Means::Telephone.into(),
            document: String::new(),
            etag: String::new(),
        };
        let request = self.bearing(request)?;
        said(self.client.withdraw_complaint(request).await)
    }

    /// Closes it.
    pub async fn close(&mut self, name: &str, reason: CloseReason, text: &str) -> Answer {
        let request = CloseComplaintRequest {
            request_id: self.id(),
            name: name.to_owned(),
            reason: reason.into(),
            reason_text: text.to_owned(),
            etag: String::new(),
        };
        let request = self.bearing(request)?;
        said(self.client.close_complaint(request).await)
    }

    /// Reads it, without what is personal.
    pub async fn get(&mut self, name: &str) -> Answer {
        let request = self.bearing(GetComplaintRequest { name: name.to_owned(), view: 0 })?;
        said(self.client.get_complaint(request).await)
    }

    /// What happened to it.
    pub async fn timeline(&mut self, name: &str) -> Answer<Vec<TimelineEntry>> {
        let request =
            ListTimelineRequest { name: name.to_owned(), page_size: 200, ..ListTimelineRequest::default() };
        let request = self.bearing(request)?;
        said(self.client.list_timeline(request).await).map(|page| page.entries)
    }
}

fn said<T>(answer: Result<Response<T>, Status>) -> Answer<T> {
    answer.map(Response::into_inner).map_err(|status| Box::new(Refused::from(&status)))
}

fn broken(error: &anyhow::Error) -> Box<Refused> {
    #[expect(clippy::disallowed_methods, reason = "this is a client: the status never reaches a wire")]
    let status = Status::unknown(format!("client: {error:#}"));
    Box::new(Refused::from(&status))
}
