//! The provider's side: its account, and the papers there are.

use clap::Args;
use redress_proto::ice_liaison::v1::{
    ListPapersRequest, SubmitAccountRequest, examination_service_client::ExaminationServiceClient,
};

use crate::{
    client::{Failure, resolve},
    command::{
        Session,
        day::Day,
        input::{Mutation, Text},
    },
    present::examination,
};

/// Give the provider's account at the present stage.
#[derive(Args, Debug)]
pub struct Account {
    /// The case at the examiner
    #[arg(value_name = "EXAMINATION")]
    pub examination: String,
    /// Day on which it went to the examiner
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// A paper that supports it, as documents/UUID or letters/UUID; may be repeated
    #[arg(long = "evidence", value_name = "PAPER")]
    pub evidence: Vec<String>,
    /// What it says.
    #[command(flatten)]
    pub text: Text,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

/// List the papers of a complaint, and which may go to the examiner.
#[derive(Args, Debug)]
pub struct Papers {
    /// The complaint
    #[arg(value_name = "CASE")]
    pub case: String,
}

impl Account {
    /// Gives it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = SubmitAccountRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("examinations", &self.examination)?,
            given_on: Some(session.day(self.on)),
            statement: self.text.read()?,
            evidence: self.evidence,
            etag: self.mutation.etag,
        };
        session
            .ask(question, examination::outcome, async |stub, request| {
                ExaminationServiceClient::new(stub).submit_account(request).await
            })
            .await
    }
}

impl Papers {
    /// Lists them.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = ListPapersRequest { complaint: resolve::complaint(&session.link, &self.case).await? };
        let found = session
            .link
            .ask(question, async |stub, request| {
                ExaminationServiceClient::new(stub).list_papers(request).await
            })
            .await?;
        session.answer(&found, |screen, found| examination::papers(screen, &found.papers))
    }
}
