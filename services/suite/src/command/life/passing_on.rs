//! Passing a case on: to the next stage, or to Jobcentre Plus.

use clap::Args;
use redress_proto::complaints::v1::{
    EscalateComplaintRequest, RedirectComplaintRequest, complaint_service_client::ComplaintServiceClient,
};

use crate::{
    client::{Failure, resolve},
    command::{Session, choice, day::Day, input::Mutation},
    present::complaint,
};

/// Take a case to the next stage.
#[derive(Args, Debug)]
pub struct Escalate {
    /// The case
    #[arg(value_name = "CASE")]
    pub case: String,
    /// Day on which the person asked for it
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// Why, in the person's words
    #[arg(long, default_value = "", hide_default_value = true, value_name = "TEXT")]
    pub reason: String,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Escalate {
    /// Records it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = EscalateComplaintRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::complaint(&session.link, &self.case).await?,
            requested_on: Some(session.day(self.on)),
            reason: self.reason,
            etag: self.mutation.etag,
        };
        session
            .ask(question, complaint::outcome, async |stub, request| {
                ComplaintServiceClient::new(stub).escalate_complaint(request).await
            })
            .await
    }
}

/// Send the person to Jobcentre Plus, where the complaint belongs.
#[derive(Args, Debug)]
pub struct Redirect {
    /// The case
    #[arg(value_name = "CASE")]
    pub case: String,
    /// Why: programme-policy or mixed
    #[arg(long, value_parser = choice::of("redress.complaints.v1.Subject"))]
    pub because: i32,
    /// Day on which the person was told
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub told_on: Day,
    /// How the person was told
    #[arg(long, value_parser = choice::of("redress.type.v1.Channel"))]
    pub channel: i32,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Redirect {
    /// Records it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = RedirectComplaintRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::complaint(&session.link, &self.case).await?,
            subject: self.because,
            told_on: Some(session.day(self.told_on)),
            channel: self.channel,
            etag: self.mutation.etag,
        };
        session
            .ask(question, complaint::outcome, async |stub, request| {
                ComplaintServiceClient::new(stub).redirect_complaint(request).await
            })
            .await
    }
}
