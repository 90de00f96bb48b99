//! Working a case: acknowledgement, handler, steps.

use clap::Args;
use redress_proto::complaints::v1::{
    AcknowledgeComplaintRequest, AssignHandlerRequest, CompleteStepRequest,
    complaint_service_client::ComplaintServiceClient,
};

use crate::{
    client::{Failure, resolve},
    command::{Session, choice, day::Day, input::Mutation},
    present::complaint,
};

/// Record that the acknowledgement went out.
#[derive(Args, Debug)]
pub struct Acknowledge {
    /// The case
    #[arg(value_name = "CASE")]
    pub case: String,
    /// Day it went out
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// How it went out
    #[arg(long, value_parser = choice::of("redress.type.v1.Channel"))]
    pub channel: i32,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Acknowledge {
    /// Records it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = AcknowledgeComplaintRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::complaint(&session.link, &self.case).await?,
            acknowledged_on: Some(session.day(self.on)),
            channel: self.channel,
            etag: self.mutation.etag,
        };
        session
            .ask(question, complaint::outcome, async |stub, request| {
                ComplaintServiceClient::new(stub).acknowledge_complaint(request).await
            })
            .await
    }
}

/// Name the person who handles a case.
#[derive(Args, Debug)]
pub struct Assign {
    /// The case
    #[arg(value_name = "CASE")]
    pub case: String,
    /// Opaque id of the person at the identity provider; never one complained about
    #[arg(value_name = "PERSON")]
    pub handler: String,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Assign {
    /// Records it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = AssignHandlerRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::complaint(&session.link, &self.case).await?,
            handler: self.handler,
            etag: self.mutation.etag,
        };
        session
            .ask(question, complaint::outcome, async |stub, request| {
                ComplaintServiceClient::new(stub).assign_handler(request).await
            })
            .await
    }
}

/// Record that a step of the procedure was done.
#[derive(Args, Debug)]
pub struct Step {
    /// The case
    #[arg(value_name = "CASE")]
    pub case: String,
    /// Identifier of the step in the procedure, such as call-complainant
    #[arg(value_name = "STEP")]
    pub step: String,
    /// Day on which it was done
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// Document of this case that shows it; may be given several times
    #[arg(long, value_name = "DOCUMENT")]
    pub evidence: Vec<String>,
    /// What to note with it
    #[arg(long, default_value = "", hide_default_value = true, value_name = "TEXT")]
    pub note: String,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Step {
    /// Records it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let evidence: Result<Vec<String>, Failure> =
            self.evidence.iter().map(|text| resolve::by_uuid("documents", text)).collect();
        let question = CompleteStepRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::complaint(&session.link, &self.case).await?,
            step: self.step,
            done_on: Some(session.day(self.on)),
            evidence: evidence?,
            note: self.note,
            etag: self.mutation.etag,
        };
        session
            .ask(question, complaint::outcome, async |stub, request| {
                ComplaintServiceClient::new(stub).complete_step(request).await
            })
            .await
    }
}
