//! Reading complaints against both.

use clap::Args;
use redress_proto::routing::v1::{
    GetMixedComplaintRequest, ListMixedComplaintsRequest, ListMixedComplaintsResponse, MixedComplaintView,
    mixed_complaint_service_client::MixedComplaintServiceClient,
};

use crate::{
    client::{Failure, resolve},
    command::{Session, choice, under::Under},
    present::mixed,
};

/// Show one.
#[derive(Args, Debug)]
pub struct Show {
    /// The mixed complaint, as `redress mixed list` shows it
    #[arg(value_name = "MIXED")]
    pub mixed: String,
    /// With what the person says and the texts; the read is recorded
    #[arg(long)]
    pub full: bool,
}

/// List them.
#[derive(Args, Debug)]
pub struct List {
    /// Only those that stand here
    #[arg(long, value_parser = choice::of("redress.routing.v1.MixedStage"))]
    pub stage: Option<i32>,
    /// Of which contract, and how much of it.
    #[command(flatten)]
    pub under: Under,
}

impl Show {
    /// Shows it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let view = if self.full { MixedComplaintView::Full } else { MixedComplaintView::Basic };
        let question = GetMixedComplaintRequest {
            name: resolve::by_uuid("mixedComplaints", &self.mixed)?,
            view: view.into(),
        };
        session
            .ask(question, mixed::show, async |stub, request| {
                MixedComplaintServiceClient::new(stub).get_mixed_complaint(request).await
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
                let question = ListMixedComplaintsRequest { stage, contract, page_size, page_token };
                let answer = session
                    .link
                    .ask(question, async |stub, request| {
                        MixedComplaintServiceClient::new(stub).list_mixed_complaints(request).await
                    })
                    .await?;
                Ok((answer.mixed_complaints, answer.next_page_token))
            })
            .await?;
        session.answer_list(page, mixed::list, |mixed_complaints, next_page_token| {
            ListMixedComplaintsResponse { mixed_complaints, next_page_token }
        })
    }
}
