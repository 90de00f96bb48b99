//! The way to Jobcentre Plus, and what the provider has to say.

use clap::Args;
use redress_proto::routing::v1::{
    DirectToJobcentrePlusRequest, RequestContributionRequest, SendContributionRequest,
    mixed_complaint_service_client::MixedComplaintServiceClient,
};

use crate::{
    client::{Failure, resolve},
    command::{
        Session,
        day::Day,
        input::{Mutation, Text},
        told::Told,
    },
    present::mixed,
};

/// Record that the person was sent to Jobcentre Plus.
#[derive(Args, Debug)]
pub struct Direct {
    /// The mixed complaint
    #[arg(value_name = "MIXED")]
    pub mixed: String,
    /// When and how.
    #[command(flatten)]
    pub told: Told,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Direct {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = DirectToJobcentrePlusRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("mixedComplaints", &self.mixed)?,
            told: Some(self.told.message(session)?),
            etag: self.mutation.etag,
        };
        session
            .ask(question, mixed::show, async |stub, request| {
                MixedComplaintServiceClient::new(stub).direct_to_jobcentre_plus(request).await
            })
            .await
    }
}

/// Ask for the part of the provider.
#[derive(Args, Debug)]
pub struct Request {
    /// The mixed complaint
    #[arg(value_name = "MIXED")]
    pub mixed: String,
    /// Day on which it was asked for
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// Last day that was stated; at most five working days later
    #[arg(long, value_name = "DAY")]
    pub due_on: Option<Day>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Request {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = RequestContributionRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("mixedComplaints", &self.mixed)?,
            requested_on: Some(session.day(self.on)),
            due_on: session.optional_day(self.due_on),
            etag: self.mutation.etag,
        };
        session
            .ask(question, mixed::show, async |stub, request| {
                MixedComplaintServiceClient::new(stub).request_contribution(request).await
            })
            .await
    }
}

/// Send the part of the provider.
#[derive(Args, Debug)]
pub struct Contribute {
    /// The mixed complaint
    #[arg(value_name = "MIXED")]
    pub mixed: String,
    /// Day on which it was sent
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// What the provider says.
    #[command(flatten)]
    pub text: Text,
    /// Paper on file that goes with it; may be given several times
    #[arg(long = "paper", value_name = "PAPER")]
    pub papers: Vec<String>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Contribute {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let papers: Result<_, _> =
            self.papers.iter().map(|paper| resolve::by_uuid("papers", paper)).collect();
        let question = SendContributionRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("mixedComplaints", &self.mixed)?,
            sent_on: Some(session.day(self.on)),
            text: self.text.read()?,
            papers: papers?,
            etag: self.mutation.etag,
        };
        session
            .ask(question, mixed::show, async |stub, request| {
                MixedComplaintServiceClient::new(stub).send_contribution(request).await
            })
            .await
    }
}
