//! Pages of fifty, by what is due next.

use std::time::Duration;

use anyhow::ensure;
use redress_proto::{
    complaints::v1::{ListComplaintsRequest, ListOrder, complaint_service_client::ComplaintServiceClient},
    options::v1::Role,
};
use redress_tests::chain::{Member, bearing};
use tonic::transport::Channel;

use crate::{
    closed::{self, Caller},
    measured::Measured,
    subject::Subject,
};

const PAGE: usize = 50;

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
    closed::run((0..in_flight).map(lister).collect(), measure, &subject.effort()).await
}
