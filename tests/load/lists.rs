//! Pages of fifty, by what is due next; and the same where there are very many.

use std::{path::Path, time::Duration};

use anyhow::ensure;
use redress_proto::{
    complaints::v1::{ListComplaintsRequest, ListOrder, complaint_service_client::ComplaintServiceClient},
    options::v1::Role,
};
use redress_store::{Db, Settings};
use redress_tests::chain::{Member, bearing};
use tonic::transport::Channel;

use crate::{
    arguments::Plan,
    ceiling::rows::{Model, Rows},
    closed::{self, Caller},
    measured::Measured,
    report::Report,
    subject::Subject,
};

const PAGE: usize = 50;
/// Complaints filled in by one transaction.
const GROUP: u64 = 500;

struct Lister {
    client: ComplaintServiceClient<Channel>,
    token: String,
    page_token: String,
}

impl Caller for Lister {
    async fn call(&mut self) -> anyhow::Result<()> {
        let request = ListComplaintsRequest {
            order: ListOrder::Due.into(),
            page_size: i32::try_from(PAGE)?,
            page_token: std::mem::take(&mut self.page_token),
            ..ListComplaintsRequest::default()
        };
        let page = self.client.list_complaints(bearing(&self.token, request)?).await?.into_inner();
        ensure!(
            page.complaints.len() == PAGE || page.next_page_token.is_empty(),
            "a short page has a next one"
        );
        self.page_token = page.next_page_token;
        Ok(())
    }
}

pub(crate) async fn measure(
    subject: &Subject,
    in_flight: usize,
    measure: Duration,
) -> anyhow::Result<Measured> {
    let token = subject.chain.people.token(Member::Prime, Role::ComplaintsOfficer)?;
    let lister = |number| Lister {
        client: ComplaintServiceClient::new(subject.channel(number)),
        token: token.clone(),
        page_token: String::new(),
    };
    closed::run((0..in_flight).map(lister).collect(), measure).await
}

/// Fills complaints into the SQLite `database` that a server has left, up to as many as the plan says.
pub(crate) async fn fill(database: &Path, already: u64, plan: &Plan, report: &Report) -> anyhow::Result<()> {
    report.progress(&format!("filling in complaints up to {}", plan.large));
    let db = Db::open(&format!("sqlite:{}", database.display()), Settings::default()).await?;
    let model = Model::read(&mut db.read().await?).await?;
    let mut seed = plan.seed();
    for _ in 0..plan.large.saturating_sub(already).div_ceil(GROUP) {
        let mut rows = Rows::new(&model);
        for _ in 0..GROUP {
            rows.complaint(&mut seed);
        }
        let mut tx = db.write().await?;
        rows.flush(&mut tx).await?;
        tx.commit().await?;
    }
    db.close().await;
    Ok(())
}
