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

use super::wording::Wording;

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
        session
            .ask(question, mixed::show, async |stub, request| {
                MixedComplaintServiceClient::new(stub).propose_joint_reply(request).await
            })
            .await
    }
}

/// Agree to the wording.
#[derive(Args, Debug)]
pub struct Agree {
    /// The mixed complaint
    #[arg(value_name = "MIXED")]
    pub mixed: String,
    /// Which wording, and that you have read it.
    #[command(flatten)]
    pub wording: Wording,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Agree {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let name = resolve::by_uuid("mixedComplaints", &self.mixed)?;
        let question = AgreeWordingRequest {
            digest: self.wording.digest(session, &name, "Agree to this wording?").await?,
            request_id: session.request_id(self.mutation.request_id),
            name,
            etag: self.mutation.etag,
        };
        session
            .ask(question, mixed::show, async |stub, request| {
                MixedComplaintServiceClient::new(stub).agree_wording(request).await
            })
            .await
    }
}

/// Record that the reply went out.
#[derive(Args, Debug)]
pub struct Issue {
    /// The mixed complaint
    #[arg(value_name = "MIXED")]
    pub mixed: String,
    /// Which wording, and that it is the one that went out.
    #[command(flatten)]
    pub wording: Wording,
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
        let name = resolve::by_uuid("mixedComplaints", &self.mixed)?;
        let question = IssueJointReplyRequest {
            digest: self.wording.digest(session, &name, "Record that this wording went out?").await?,
            request_id: session.request_id(self.mutation.request_id),
            name,
            issued_on: Some(session.day(self.on)),
            channel: self.channel,
            etag: self.mutation.etag,
        };
        session
            .ask(question, mixed::show, async |stub, request| {
                MixedComplaintServiceClient::new(stub).issue_joint_reply(request).await
            })
            .await
    }
}
