//! Reading letters of elected members.

use clap::Args;
use redress_proto::routing::v1::{
    GetMemberLetterRequest, ListMemberLettersRequest, ListMemberLettersResponse, MemberLetterView,
    member_letter_service_client::MemberLetterServiceClient,
};

use crate::{
    client::{Failure, resolve},
    command::{Session, choice, under::Under},
    present::member,
};

/// Show one.
#[derive(Args, Debug)]
pub struct Show {
    /// The letter, as `redress member list` shows it
    #[arg(value_name = "LETTER")]
    pub letter: String,
    /// With the member and the texts; the read is recorded
    #[arg(long)]
    pub full: bool,
}

/// List them.
#[derive(Args, Debug)]
pub struct List {
    /// Only those that stand here
    #[arg(long, value_parser = choice::of("redress.routing.v1.LetterStage"))]
    pub stage: Option<i32>,
    /// Of which contract, and how much of it.
    #[command(flatten)]
    pub under: Under,
}

impl Show {
    /// Shows it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let view = if self.full { MemberLetterView::Full } else { MemberLetterView::Basic };
        let question = GetMemberLetterRequest {
            name: resolve::by_uuid("memberLetters", &self.letter)?,
            view: view.into(),
        };
        session
            .ask(question, member::show, async |stub, request| {
                MemberLetterServiceClient::new(stub).get_member_letter(request).await
            })
            .await
    }
}

impl List {
    /// Lists them.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let stage = self.stage.unwrap_or_default();
        let page = self
            .under
            .gather(session, async |contract, page_size, page_token| {
                let question = ListMemberLettersRequest { stage, contract, page_size, page_token };
                let answer = session
                    .link
                    .ask(question, async |stub, request| {
                        MemberLetterServiceClient::new(stub).list_member_letters(request).await
                    })
                    .await?;
                Ok((answer.member_letters, answer.next_page_token))
            })
            .await?;
        session.answer_list(page, member::list, |member_letters, next_page_token| ListMemberLettersResponse {
            member_letters,
            next_page_token,
        })
    }
}
