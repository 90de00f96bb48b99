//! A case ends.

use clap::Args;
use redress_proto::complaints::v1::{
    CloseComplaintRequest, WithdrawComplaintRequest, complaint_service_client::ComplaintServiceClient,
};

use crate::{
    client::{Failure, resolve},
    command::{Session, choice, day::Day, input::Mutation},
    present::complaint,
};

/// Record that the person withdrew the complaint.
#[derive(Args, Debug)]
pub struct Withdraw {
    /// The case
    #[arg(value_name = "CASE")]
    pub case: String,
    /// Who withdrew it
    #[arg(long, value_parser = choice::of("redress.complaints.v1.WithdrawnBy"))]
    pub by: i32,
    /// Day on which they did
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// How: in writing, or said and logged
    #[arg(long, value_parser = choice::of("redress.type.v1.Channel"))]
    pub channel: i32,
    /// The written withdrawal, where there is one
    #[arg(long, value_name = "DOCUMENT")]
    pub document: Option<String>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Withdraw {
    /// Records it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let document =
            self.document.as_deref().map(|text| resolve::by_uuid("documents", text)).transpose()?;
        let question = WithdrawComplaintRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::complaint(&session.link, &self.case).await?,
            withdrawn_by: self.by,
            withdrawn_on: Some(session.day(self.on)),
            channel: self.channel,
            document: document.unwrap_or_default(),
            etag: self.mutation.etag,
        };
        session
            .ask(question, complaint::outcome, async |stub, request| {
                ComplaintServiceClient::new(stub).withdraw_complaint(request).await
            })
            .await
    }
}

/// Close a case.
#[derive(Args, Debug)]
pub struct Close {
    /// The case
    #[arg(value_name = "CASE")]
    pub case: String,
    /// Why
    #[arg(long, value_parser = choice::of("redress.complaints.v1.CloseReason"))]
    pub reason: i32,
    /// Why, in words; needed with --reason other
    #[arg(long, default_value = "", hide_default_value = true, value_name = "TEXT")]
    pub reason_text: String,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Close {
    /// Closes it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = CloseComplaintRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::complaint(&session.link, &self.case).await?,
            reason: self.reason,
            reason_text: self.reason_text,
            etag: self.mutation.etag,
        };
        session
            .ask(question, complaint::outcome, async |stub, request| {
                ComplaintServiceClient::new(stub).close_complaint(request).await
            })
            .await
    }
}
