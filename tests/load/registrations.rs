//! Registrations: the one write that everything else follows.

use std::{sync::Arc, time::Duration};

use jiff::civil::Date;
use redress_proto::{complaints::v1::complaint_service_client::ComplaintServiceClient, options::v1::Role};
use redress_tests::{
    chain::{Chain, Member, bearing},
    seed::Seed,
};
use tonic::transport::Channel;

use crate::{
    closed::{self, Caller},
    measured::Measured,
    open,
    subject::{Ledger, Subject},
};

/// Callers of the open loop; more than are ever waiting.
const POOL: usize = 128;

struct Officer {
    client: ComplaintServiceClient<Channel>,
    chain: Arc<Chain>,
    token: String,
    received_on: Date,
    seed: Seed,
    ledger: Ledger,
}

impl Caller for Officer {
    async fn call(&mut self) -> anyhow::Result<()> {
        let request = self.chain.registration(self.received_on, &mut self.seed);
        let answer = self.client.register_complaint(bearing(&self.token, request)?).await?;
        self.ledger.note(answer.into_inner().name);
        Ok(())
    }
}

pub(crate) async fn closed(
    subject: &Subject,
    in_flight: usize,
    measure: Duration,
    seed: &mut Seed,
) -> anyhow::Result<Measured> {
    closed::run(officers(subject, in_flight, seed, in_flight as u64)?, measure, &subject.effort()).await
}

pub(crate) async fn open(
    subject: &Subject,
    rate: f64,
    measure: Duration,
    seed: &mut Seed,
) -> anyhow::Result<Measured> {
    open::run(officers(subject, POOL, seed, 1000)?, rate, measure).await
}

/// Officers of the prime; `phase` makes what they draw differ from phase to phase.
fn officers(subject: &Subject, count: usize, seed: &mut Seed, phase: u64) -> anyhow::Result<Vec<Officer>> {
    let token = subject.chain.people.token(Member::Prime, Role::ComplaintsOfficer)?;
    let mut seed = Seed::new(seed.number() ^ phase);
    let officer = |number| Officer {
        client: ComplaintServiceClient::new(subject.channel(number)),
        chain: Arc::clone(&subject.chain),
        token: token.clone(),
        received_on: Subject::received_on(),
        seed: seed.split(),
        ledger: subject.ledger(),
    };
    Ok((0..count).map(officer).collect())
}
