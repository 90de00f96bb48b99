//! Who answers a letter.

use clap::Args;
use redress_proto::routing::v1::{
    AssignMemberLetterRequest, TransferMemberLetterRequest,
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
        let changed = session
            .link
            .ask(question, async |stub, request| {
                MemberLetterServiceClient::new(stub).assign_member_letter(request).await
            })
            .await?;
        session.answer(&changed, member::show)
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
        let changed = session
            .link
            .ask(question, async |stub, request| {
                MemberLetterServiceClient::new(stub).transfer_member_letter(request).await
            })
            .await?;
        session.answer(&changed, member::show)
    }
}
