//! Reads of single complaints, the cheap half of what an officer does.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use anyhow::{Context as _, ensure};
use redress_proto::{
    complaints::v1::{ComplaintView, GetComplaintRequest, complaint_service_client::ComplaintServiceClient},
    options::v1::Role,
};
use redress_tests::chain::{Member, bearing};
use tokio::task::JoinSet;
use tonic::transport::Channel;

use crate::{
    closed::{self, Caller},
    measured::Measured,
    subject::Subject,
    watch::Watch,
};

/// Complaints that are read again and again.
const OFTEN: usize = 1000;

struct Reader {
    client: ComplaintServiceClient<Channel>,
    token: String,
    names: Arc<[String]>,
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
    let names: Arc<[String]> = subject.names().into_iter().take(OFTEN).collect();
    let reader = |number| Reader {
        client: ComplaintServiceClient::new(subject.channel(number)),
        token: token.clone(),
        names: Arc::clone(&names),
        next: number * 7,
    };
    closed::run((0..in_flight).map(reader).collect(), measure, &subject.effort()).await
}

/// Reads every complaint that was not read before, once, by `in_flight` readers.
pub(crate) async fn first(subject: &Subject, in_flight: usize) -> anyhow::Result<Measured> {
    let token = subject.chain.people.token(Member::Prime, Role::ComplaintsOfficer)?;
    let names: Arc<[String]> = subject.names().into_iter().skip(OFTEN).collect();
    let next = Arc::new(AtomicUsize::new(0));
    let (effort, watch) = (subject.effort(), Watch::start());
    let spent = effort.spent();
    let mut all = JoinSet::new();
    for number in 0..in_flight {
        let (names, next) = (Arc::clone(&names), Arc::clone(&next));
        let client = ComplaintServiceClient::new(subject.channel(number));
        let mut reader = Reader { client, token: token.clone(), names, next: 0 };
        all.spawn(async move {
            let mut measured = Measured::new()?;
            loop {
                reader.next = next.fetch_add(1, Ordering::Relaxed);
                if reader.next >= reader.names.len() {
                    return anyhow::Ok(measured);
                }
                let call = Watch::start();
                reader.call().await?;
                measured.record(call.elapsed());
            }
        });
    }
    let mut total = Measured::new()?;
    while let Some(one) = all.join_next().await {
        total.merge(&one.context("a reader panicked")??)?;
    }
    total.lasted(watch.elapsed());
    total.cost(effort.spent().saturating_sub(spent));
    Ok(total)
}
