//! Letters that go out for good.

use clap::{Args, Subcommand};
use redress_proto::complaints::v1::{
    IssueCorrectionRequest, IssueFinalResponseRequest, IssueStageResponseRequest,
    complaint_service_client::ComplaintServiceClient,
};

use crate::{
    client::{Failure, resolve},
    command::{
        Session, choice,
        day::Day,
        input::{Mutation, Text},
    },
    present::complaint,
};

/// What goes out.
#[derive(Debug, Subcommand)]
pub enum Issue {
    /// The response of a stage that is not the last
    Stage(Response),
    /// The final response, with the signposting text and the window advice word for word
    Final(Response),
    /// A correction of a letter that is out; the letter itself stays as it is
    Correction(Correction),
}

/// A response that goes out.
#[derive(Args, Debug)]
pub struct Response {
    /// The case
    #[arg(value_name = "CASE")]
    pub case: String,
    /// What it decides
    #[arg(long, value_parser = choice::of("redress.complaints.v1.Outcome"))]
    pub outcome: i32,
    /// Day it goes out
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// How it goes out
    #[arg(long, value_parser = choice::of("redress.type.v1.Channel"))]
    pub channel: i32,
    /// The letter. Where a draft was approved, exactly its text.
    #[command(flatten)]
    pub text: Text,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

/// A correction that goes out.
#[derive(Args, Debug)]
pub struct Correction {
    /// The case
    #[arg(value_name = "CASE")]
    pub case: String,
    /// The letter that it corrects
    #[arg(long, value_name = "LETTER")]
    pub corrects: String,
    /// Day it goes out
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// How it goes out
    #[arg(long, value_parser = choice::of("redress.type.v1.Channel"))]
    pub channel: i32,
    /// The correction.
    #[command(flatten)]
    pub text: Text,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Issue {
    /// Issues it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Stage(response) => response.stage(session).await,
            Self::Final(response) => response.last(session).await,
            Self::Correction(correction) => correction.run(session).await,
        }
    }
}

impl Response {
    async fn stage(self, session: &Session) -> Result<(), Failure> {
        let question = IssueStageResponseRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::complaint(&session.link, &self.case).await?,
            text: self.text.read()?,
            outcome: self.outcome,
            issued_on: Some(session.day(self.on)),
            channel: self.channel,
            etag: self.mutation.etag,
        };
        session
            .ask(question, complaint::with_letters, async |stub, request| {
                ComplaintServiceClient::new(stub).issue_stage_response(request).await
            })
            .await
    }

    async fn last(self, session: &Session) -> Result<(), Failure> {
        let question = IssueFinalResponseRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::complaint(&session.link, &self.case).await?,
            text: self.text.read()?,
            outcome: self.outcome,
            issued_on: Some(session.day(self.on)),
            channel: self.channel,
            etag: self.mutation.etag,
        };
        session
            .ask(question, complaint::with_letters, async |stub, request| {
                ComplaintServiceClient::new(stub).issue_final_response(request).await
            })
            .await
    }
}

impl Correction {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = IssueCorrectionRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::complaint(&session.link, &self.case).await?,
            corrects: resolve::by_uuid("letters", &self.corrects)?,
            text: self.text.read()?,
            issued_on: Some(session.day(self.on)),
            channel: self.channel,
            etag: self.mutation.etag,
        };
        session
            .ask(question, complaint::with_letters, async |stub, request| {
                ComplaintServiceClient::new(stub).issue_correction(request).await
            })
            .await
    }
}
