//! How a case ends at the examiner: by agreement, withdrawn, or closed.

use clap::Args;
use redress_proto::ice_liaison::v1::{
    AgreeExaminationRequest, CloseExaminationRequest, WithdrawExaminationRequest,
    examination_service_client::ExaminationServiceClient,
};

use crate::{
    client::{Failure, resolve},
    command::{Session, day::Day, input::Mutation},
    present::examination,
};

/// Record that the person and the provider agreed.
#[derive(Args, Debug)]
pub struct Agree {
    /// The case at the examiner
    #[arg(value_name = "EXAMINATION")]
    pub examination: String,
    /// Day on which the person agreed
    #[arg(long, value_name = "DAY")]
    pub person_on: Option<Day>,
    /// Day on which the provider agreed
    #[arg(long, value_name = "DAY")]
    pub provider_on: Option<Day>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

/// Record that the person withdrew.
#[derive(Args, Debug)]
pub struct Withdraw {
    /// The case at the examiner
    #[arg(value_name = "EXAMINATION")]
    pub examination: String,
    /// Day on which the person did
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

/// Record that the examiner closed a case.
#[derive(Args, Debug)]
pub struct Close {
    /// The case at the examiner
    #[arg(value_name = "EXAMINATION")]
    pub examination: String,
    /// Day on which it did
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Agree {
    /// Records it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = AgreeExaminationRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("examinations", &self.examination)?,
            person_agreed_on: session.optional_day(self.person_on),
            provider_agreed_on: session.optional_day(self.provider_on),
            etag: self.mutation.etag,
        };
        session
            .ask(question, examination::outcome, async |stub, request| {
                ExaminationServiceClient::new(stub).agree_examination(request).await
            })
            .await
    }
}

impl Withdraw {
    /// Records it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = WithdrawExaminationRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("examinations", &self.examination)?,
            withdrawn_on: Some(session.day(self.on)),
            etag: self.mutation.etag,
        };
        session
            .ask(question, examination::outcome, async |stub, request| {
                ExaminationServiceClient::new(stub).withdraw_examination(request).await
            })
            .await
    }
}

impl Close {
    /// Records it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = CloseExaminationRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("examinations", &self.examination)?,
            closed_on: Some(session.day(self.on)),
            etag: self.mutation.etag,
        };
        session
            .ask(question, examination::outcome, async |stub, request| {
                ExaminationServiceClient::new(stub).close_examination(request).await
            })
            .await
    }
}
