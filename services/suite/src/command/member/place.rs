//! Who answers a letter.

use clap::Args;
use redress_proto::routing::v1::{
    AssignMemberLetterRequest, RecordAuthorityRequest, TransferMemberLetterRequest,
    member_letter_service_client::MemberLetterServiceClient,
};

use crate::{
    client::{Failure, resolve},
    command::{Session, day::Day, input::Mutation},
    present::member,
};

/// Name who answers it.
#[derive(Args, Debug)]
pub struct Assign {
    /// The letter
    #[arg(value_name = "LETTER")]
    pub letter: String,
    /// Who answers it
    #[arg(value_name = "PERSON")]
    pub handler: String,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Assign {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = AssignMemberLetterRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("memberLetters", &self.letter)?,
            handler: self.handler,
            etag: self.mutation.etag,
        };
        session
            .ask(question, member::show, async |stub, request| {
                MemberLetterServiceClient::new(stub).assign_member_letter(request).await
            })
            .await
    }
}

/// Give it to the organisation that it belongs to.
#[derive(Args, Debug)]
pub struct Transfer {
    /// The letter
    #[arg(value_name = "LETTER")]
    pub letter: String,
    /// Organisation that it goes to
    #[arg(long, value_name = "ORGANISATION")]
    pub organisation: String,
    /// Day on which it got there
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub received_on: Day,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Transfer {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = TransferMemberLetterRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("memberLetters", &self.letter)?,
            organisation: resolve::organisation(&session.link, &self.organisation).await?,
            received_on: Some(session.day(self.received_on)),
            etag: self.mutation.etag,
        };
        session
            .ask(question, member::show, async |stub, request| {
                MemberLetterServiceClient::new(stub).transfer_member_letter(request).await
            })
            .await
    }
}

/// Record that the participant consents to the member's acting.
#[derive(Args, Debug)]
pub struct Authority {
    /// The letter
    #[arg(value_name = "LETTER")]
    pub letter: String,
    /// Day on which it came
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// Paper of the contact that shows it
    #[arg(long, value_name = "PAPER")]
    pub paper: Option<String>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Authority {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let paper = self.paper.as_deref().map(|paper| resolve::by_uuid("papers", paper)).transpose()?;
        let question = RecordAuthorityRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("memberLetters", &self.letter)?,
            on: Some(session.day(self.on)),
            paper: paper.unwrap_or_default(),
            etag: self.mutation.etag,
        };
        session
            .ask(question, member::show, async |stub, request| {
                MemberLetterServiceClient::new(stub).record_authority(request).await
            })
            .await
    }
}
