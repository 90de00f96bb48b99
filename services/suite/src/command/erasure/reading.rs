//! Reading requests and their letters.

use clap::Args;
use futures::StreamExt as _;
use redress_proto::records_retention::v1::{
    DownloadPartRequest, ErasureRequest, GetErasureRequestRequest, ListErasureRequestsRequest,
    ListErasureRequestsResponse, erasure_service_client::ErasureServiceClient,
    record_service_client::RecordServiceClient,
};
use serde_json::json;

use crate::{
    client::{Failure, resolve},
    command::{Session, under::Under},
    present::erasure,
};

/// Show one.
#[derive(Args, Debug)]
pub struct Show {
    /// The request, as `redress erasure list` shows it
    #[arg(value_name = "REQUEST")]
    pub request: String,
}

/// List them.
#[derive(Args, Debug)]
pub struct List {
    /// Of which contract, and how much of it.
    #[command(flatten)]
    pub under: Under,
}

/// Print a letter.
#[derive(Args, Debug)]
pub struct Letter {
    /// The request, as `redress erasure list` shows it
    #[arg(value_name = "REQUEST")]
    pub request: String,
    /// The answer, not the holding reply
    #[arg(long)]
    pub answer: bool,
}

impl Show {
    /// Shows it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        session.answer(&find(session, &self.request).await?, erasure::show)
    }
}

impl List {
    /// Lists them.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let page = self
            .under
            .gather(session, async |contract, page_size, page_token| {
                let question = ListErasureRequestsRequest { contract, page_size, page_token };
                let answer = session
                    .link
                    .ask(question, async |stub, request| {
                        ErasureServiceClient::new(stub).list_erasure_requests(request).await
                    })
                    .await?;
                Ok((answer.erasure_requests, answer.next_page_token))
            })
            .await?;
        session.answer_list(page, erasure::list, |erasure_requests, next_page_token| {
            ListErasureRequestsResponse { erasure_requests, next_page_token }
        })
    }
}

impl Letter {
    /// Prints it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let found = find(session, &self.request).await?;
        let part = if self.answer { found.answer_letter } else { found.holding_reply };
        if part.is_empty() {
            return Err(Failure::NotFound("the request is not answered yet".to_owned()));
        }
        let link = &session.link;
        let question = DownloadPartRequest { name: found.correspondence, part, offset: 0 };
        let mut pieces = link
            .open(question, async |stub, request| RecordServiceClient::new(stub).download_part(request).await)
            .await
            .map_err(|status| link.failure(&status))?;
        let mut letter = Vec::new();
        while let Some(piece) = pieces.next().await {
            letter.extend_from_slice(&piece.map_err(|status| link.failure(&status))?.data);
        }
        let text = String::from_utf8_lossy(&letter).into_owned();
        session.answer_value(&json!({ "text": text }), |_| text.clone())
    }
}

async fn find(session: &Session, request: &str) -> Result<ErasureRequest, Failure> {
    let question = GetErasureRequestRequest { name: resolve::by_uuid("erasureRequests", request)? };
    session
        .link
        .ask(question, async |stub, request| {
            ErasureServiceClient::new(stub).get_erasure_request(request).await
        })
        .await
}
