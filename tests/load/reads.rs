//! Reads of single complaints, the cheap half of what an officer does.

use std::time::Duration;

use anyhow::ensure;
use redress_proto::{
    complaints::v1::{ComplaintView, GetComplaintRequest, complaint_service_client::ComplaintServiceClient},
    options::v1::Role,
};
use redress_tests::chain::{Member, bearing};
use tonic::transport::Channel;

use crate::{
    closed::{self, Caller},
    measured::Measured,
    subject::Subject,
};

struct Reader {
    client: ComplaintServiceClient<Channel>,
    token: String,
    names: Vec<String>,
    next: usize,
}

impl Caller for Reader {
    async fn call(&mut self) -> anyhow::Result<()> {
        let name = self.names[self.next % self.names.len()].clone();
        self.next += 1;
        let request = GetComplaintRequest { name: name.clone(), view: ComplaintView::Basic.into() };
        let answer = self.client.get_complaint(bearing(&self.token, request)?).await?;
        ensure!(answer.into_inner().name == name, "another complaint came back");
        Ok(())
    }
}

pub(crate) async fn measure(
    subject: &Subject,
    in_flight: usize,
    measure: Duration,
) -> anyhow::Result<Measured> {
    let token = subject.chain.people.token(Member::Prime, Role::ComplaintsOfficer)?;
    let names = subject.names();
    let reader = |number| Reader {
        client: ComplaintServiceClient::new(subject.channel(number)),
        token: token.clone(),
        names: names.clone(),
        next: number * 7,
    };
    closed::run((0..in_flight).map(reader).collect(), measure).await
}
