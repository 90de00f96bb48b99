//! What the person says to the joint reply.

use clap::Args;
use redress_proto::routing::v1::{
    RecordResidualRequest, RecordSatisfactionRequest,
    mixed_complaint_service_client::MixedComplaintServiceClient,
};

use crate::{
    client::{Failure, resolve},
    command::{Session, day::Day, input::Mutation},
    present::mixed,
};

/// Record that the person is satisfied.
#[derive(Args, Debug)]
pub struct Satisfied {
    /// The mixed complaint
    #[arg(value_name = "MIXED")]
    pub mixed: String,
    /// Day on which the person said so
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Satisfied {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = RecordSatisfactionRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("mixedComplaints", &self.mixed)?,
            on: Some(session.day(self.on)),
            etag: self.mutation.etag,
        };
        session
            .ask(question, mixed::show, async |stub, request| {
                MixedComplaintServiceClient::new(stub).record_satisfaction(request).await
            })
            .await
    }
}

/// Record what is left over.
#[derive(Args, Debug)]
pub struct Residual {
    /// The mixed complaint
    #[arg(value_name = "MIXED")]
    pub mixed: String,
    /// Something is left about the provider; it opens a complaint at the next stage
    #[arg(long, required_unless_present = "jobcentre_plus")]
    pub provider: bool,
    /// Something is left about Jobcentre Plus
    #[arg(long)]
    pub jobcentre_plus: bool,
    /// Day on which the person said so
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Residual {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = RecordResidualRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("mixedComplaints", &self.mixed)?,
            provider: self.provider,
            jobcentre_plus: self.jobcentre_plus,
            on: Some(session.day(self.on)),
            etag: self.mutation.etag,
        };
        session
            .ask(question, mixed::show, async |stub, request| {
                MixedComplaintServiceClient::new(stub).record_residual(request).await
            })
            .await
    }
}
