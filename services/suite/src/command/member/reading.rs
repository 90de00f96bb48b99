//! Reading letters of elected members.

use clap::Args;
use redress_proto::routing::v1::{
    GetMemberLetterRequest, ListMemberLettersRequest, ListMemberLettersResponse, MemberLetterView,
    member_letter_service_client::MemberLetterServiceClient,
};

use crate::{
    client::{Failure, gather, resolve},
    command::{Session, choice, input::Paging},
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
    /// Only those of this contract: reference or name
    #[arg(long, value_name = "CONTRACT")]
    pub contract: Option<String>,
    /// How much of it.
    #[command(flatten)]
    pub paging: Paging,
}

impl Show {
    /// Shows it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let view = if self.full { MemberLetterView::Full } else { MemberLetterView::Basic };
        let question = GetMemberLetterRequest {
            name: resolve::by_uuid("memberLetters", &self.letter)?,
            view: view.into(),
        };
        let found = session
            .link
            .ask(question, async |stub, request| {
                MemberLetterServiceClient::new(stub).get_member_letter(request).await
            })
            .await?;
        session.answer(&found, member::show)
    }
}

impl List {
    /// Lists them.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let link = &session.link;
        let contract = match &self.contract {
            Some(contract) => resolve::contract(link, contract).await?,
            None => String::new(),
        };
        let stage = self.stage.unwrap_or_default();
        let page = gather(self.paging.most(), self.paging.page_token, async |page_size, page_token| {
            let question =
                ListMemberLettersRequest { stage, contract: contract.clone(), page_size, page_token };
            let answer = link
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
