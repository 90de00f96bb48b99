//! What is written to the member's office.

use clap::Args;
use redress_proto::routing::v1::{
    CloseMemberLetterRequest, ReplyToMemberRequest, SendHoldingReplyRequest,
    member_letter_service_client::MemberLetterServiceClient,
};

use crate::{
    client::{Failure, resolve},
    command::{
        Session,
        day::Day,
        input::{Mutation, Text},
    },
    present::member,
};

/// Record the holding reply.
#[derive(Args, Debug)]
pub struct Holding {
    /// The letter
    #[arg(value_name = "LETTER")]
    pub letter: String,
    /// Day on which it went out
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// The apology
    #[arg(long, value_name = "TEXT")]
    pub apology: String,
    /// Why it takes longer
    #[arg(long, value_name = "TEXT")]
    pub delay_reason: String,
    /// Day by which the reply is promised
    #[arg(long, value_name = "DAY")]
    pub new_due_on: Day,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Holding {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = SendHoldingReplyRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("memberLetters", &self.letter)?,
            sent_on: Some(session.day(self.on)),
            apology: self.apology,
            delay_reason: self.delay_reason,
            new_due_on: Some(session.day(self.new_due_on)),
            etag: self.mutation.etag,
        };
        session
            .ask(question, member::show, async |stub, request| {
                MemberLetterServiceClient::new(stub).send_holding_reply(request).await
            })
            .await
    }
}

/// Record the reply.
#[derive(Args, Debug)]
pub struct Reply {
    /// The letter
    #[arg(value_name = "LETTER")]
    pub letter: String,
    /// Day on which it went out
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// The reply, with the reference of the office.
    #[command(flatten)]
    pub text: Text,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Reply {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = ReplyToMemberRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("memberLetters", &self.letter)?,
            replied_on: Some(session.day(self.on)),
            text: self.text.read()?,
            etag: self.mutation.etag,
        };
        session
            .ask(question, member::show, async |stub, request| {
                MemberLetterServiceClient::new(stub).reply_to_member(request).await
            })
            .await
    }
}

/// Close it.
#[derive(Args, Debug)]
pub struct Close {
    /// The letter
    #[arg(value_name = "LETTER")]
    pub letter: String,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Close {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = CloseMemberLetterRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("memberLetters", &self.letter)?,
            etag: self.mutation.etag,
        };
        session
            .ask(question, member::show, async |stub, request| {
                MemberLetterServiceClient::new(stub).close_member_letter(request).await
            })
            .await
    }
}
