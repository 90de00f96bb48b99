//! Drafts for the department's approval (CMP-16).

use clap::{Args, Subcommand};
use redress_proto::complaints::v1::{
    LetterKind, SubmitDraftRequest, complaint_service_client::ComplaintServiceClient,
};

use crate::{
    client::{Failure, resolve},
    command::{
        Session, choice,
        input::{Mutation, Text},
    },
    present::complaint,
};

/// What a draft is to become.
#[derive(Debug, Subcommand)]
pub enum Draft {
    /// A draft of the response of a stage that is not the last
    Stage(Reply),
    /// A draft of the final response
    Final(Reply),
}

/// A reply and what it decides.
#[derive(Args, Debug)]
pub struct Reply {
    /// The case
    #[arg(value_name = "CASE")]
    pub case: String,
    /// What it decides
    #[arg(long, value_parser = choice::of("redress.complaints.v1.Outcome"))]
    pub outcome: i32,
    /// The letter.
    #[command(flatten)]
    pub text: Text,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Draft {
    /// Sends it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let (kind, reply) = match self {
            Self::Stage(reply) => (LetterKind::StageResponse, reply),
            Self::Final(reply) => (LetterKind::FinalResponse, reply),
        };
        let question = SubmitDraftRequest {
            request_id: session.request_id(reply.mutation.request_id),
            name: resolve::complaint(&session.link, &reply.case).await?,
            kind: kind.into(),
            text: reply.text.read()?,
            outcome: reply.outcome,
            etag: reply.mutation.etag,
        };
        session
            .ask(question, complaint::with_letters, async |stub, request| {
                ComplaintServiceClient::new(stub).submit_draft(request).await
            })
            .await
    }
}
