//! The one reply of both.

use clap::Args;
use redress_proto::routing::v1::{
    AgreeWordingRequest, IssueJointReplyRequest, ProposeJointReplyRequest,
    mixed_complaint_service_client::MixedComplaintServiceClient,
};

use crate::{
    client::{Failure, resolve},
    command::{
        Session, choice,
        day::Day,
        input::{Mutation, Text},
    },
    present::mixed,
};

/// Propose the wording.
#[derive(Args, Debug)]
pub struct Propose {
    /// The mixed complaint
    #[arg(value_name = "MIXED")]
    pub mixed: String,
    /// The wording.
    #[command(flatten)]
    pub text: Text,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Propose {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = ProposeJointReplyRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("mixedComplaints", &self.mixed)?,
            text: self.text.read()?,
            etag: self.mutation.etag,
        };
        let changed = session
            .link
            .ask(question, async |stub, request| {
                MixedComplaintServiceClient::new(stub).propose_joint_reply(request).await
            })
            .await?;
        session.answer(&changed, mixed::show)
    }
}

/// Agree to the wording.
#[derive(Args, Debug)]
pub struct Agree {
    /// The mixed complaint
    #[arg(value_name = "MIXED")]
    pub mixed: String,
    /// Digest of the wording that you have read
    #[arg(long, value_name = "SHA256")]
    pub digest: String,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Agree {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = AgreeWordingRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("mixedComplaints", &self.mixed)?,
            digest: self.digest,
            etag: self.mutation.etag,
        };
        let changed = session
            .link
            .ask(question, async |stub, request| {
                MixedComplaintServiceClient::new(stub).agree_wording(request).await
            })
            .await?;
        session.answer(&changed, mixed::show)
    }
}

/// Record that the reply went out.
#[derive(Args, Debug)]
pub struct Issue {
    /// The mixed complaint
    #[arg(value_name = "MIXED")]
    pub mixed: String,
    /// Digest of the wording that went out
    #[arg(long, value_name = "SHA256")]
    pub digest: String,
    /// Day on which it went out
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// How
    #[arg(long, value_parser = choice::of("redress.type.v1.Channel"))]
    pub channel: i32,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Issue {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = IssueJointReplyRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("mixedComplaints", &self.mixed)?,
            digest: self.digest,
            issued_on: Some(session.day(self.on)),
            channel: self.channel,
            etag: self.mutation.etag,
        };
        let changed = session
            .link
            .ask(question, async |stub, request| {
                MixedComplaintServiceClient::new(stub).issue_joint_reply(request).await
            })
            .await?;
        session.answer(&changed, mixed::show)
    }
}
