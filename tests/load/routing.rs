//! Routing: contacts routed one by one, and passed on as a stream.

use std::{path::Path, sync::Arc};

use anyhow::{Context as _, ensure};
use futures::{StreamExt as _, stream};
use redress_proto::{
    options::v1::Role,
    routing::v1::{
        Contact, ExplainRouteRequest, ForwardContactsRequest, ForwardedRow, Matter, RouteContactRequest,
        Writer, forward_contacts_response::Result as Became, routing_service_client::RoutingServiceClient,
    },
};
use redress_tests::{
    chain::{Chain, Member, bearing},
    clerk::{self, Clerk},
    seed::Seed,
};
use tonic::transport::Channel;

use crate::{
    arguments::Plan,
    closed::{self, Caller},
    registrations,
    report::{PASSED_ON, REGISTERED_BESIDE, Report},
    subject::Subject,
    watch::Watch,
};

/// Contacts at once.
const CROWD: usize = 64;
/// Rows of the stream.
const ROWS: usize = 10_000;

struct Desk {
    client: RoutingServiceClient<Channel>,
    chain: Arc<Chain>,
    token: String,
    seed: Seed,
}

impl Caller for Desk {
    async fn call(&mut self) -> anyhow::Result<()> {
        let contact = contact(&self.chain, Writer::Participant, &mut self.seed);
        let request = RouteContactRequest { request_id: self.seed.request_id(), contact: Some(contact) };
        self.client.route_contact(bearing(&self.token, request)?).await?;
        Ok(())
    }
}

/// Who asks only what would be decided: the deciding by itself, with nothing stored and nobody told.
struct Asker(Desk);

impl Caller for Asker {
    async fn call(&mut self) -> anyhow::Result<()> {
        let Desk { client, chain, token, .. } = &mut self.0;
        let input =
            clerk::input(&chain.contract, Writer::Participant, &[Matter::Provider], Subject::received_on());
        client.explain_route(bearing(token, ExplainRouteRequest { input: Some(input) })?).await?;
        Ok(())
    }
}

fn contact(chain: &Chain, writer: Writer, seed: &mut Seed) -> Contact {
    let input = clerk::input(&chain.contract, writer, &[Matter::Provider], Subject::received_on());
    clerk::contact(input, &clerk::reference(seed))
}

/// The whole suite on SQLite, its chain known to routing.
pub(crate) async fn measure(folder: &Path, plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    let mut subject = Subject::whole(folder).await?;
    let chain = Arc::clone(&subject.chain);
    let mut seed = plan.seed();
    let token = chain.people.token(Member::Prime, Role::ComplaintsOfficer)?;
    let mut first = Clerk::new(subject.channel(0), token.clone(), seed.split());
    let known = first.until_known(&chain.contract, Subject::received_on()).await;
    known.map_err(|refused| anyhow::anyhow!("routing does not know the chain: {refused:?}"))?;
    let mut desks = || -> Vec<Desk> {
        let desk = |number| Desk {
            client: RoutingServiceClient::new(subject.channel(number)),
            chain: Arc::clone(&chain),
            token: token.clone(),
            seed: seed.split(),
        };
        (0..CROWD).map(desk).collect()
    };
    let askers = desks().into_iter().map(Asker).collect();
    let measured = closed::run(askers, plan.measure, &subject.effort()).await?;
    report.rate("explain a route, 64 in flight", subject.column, &measured);
    let measured = closed::run(desks(), plan.measure, &subject.effort()).await?;
    report.rate("route a contact, 64 in flight", subject.column, &measured);
    // The stream is held against registrations in the same process: all four services, each following the others.
    let measured = registrations::closed(&subject, CROWD, plan.measure, &mut seed).await?;
    report.rate(REGISTERED_BESIDE, subject.column, &measured);
    let measured = passed_on(&subject, &mut seed).await?;
    report.bare_rate(PASSED_ON, subject.column, measured);
    subject.pause().await.map(drop)
}

/// Rows a second of one stream of many.
async fn passed_on(subject: &Subject, seed: &mut Seed) -> anyhow::Result<f64> {
    let token = subject.chain.people.token(Member::JobcentrePlus, Role::JobcentrePlus)?;
    let rows: Vec<ForwardContactsRequest> = (0..ROWS)
        .map(|_| {
            let contact = contact(&subject.chain, Writer::JobcentrePlus, seed);
            let row = ForwardedRow { request_id: seed.request_id(), contact: Some(contact) };
            ForwardContactsRequest { row: Some(row) }
        })
        .collect();
    let mut client = RoutingServiceClient::new(subject.channel(0));
    let watch = Watch::start();
    let mut answers = client.forward_contacts(bearing(&token, stream::iter(rows))?).await?.into_inner();
    let mut rows_taken = 0_u32;
    while let Some(answer) = answers.next().await {
        let became = answer?.result.context("a row without a result")?;
        ensure!(matches!(became, Became::Forwarded(_)), "a row was not taken: {became:?}");
        rows_taken += 1;
    }
    Ok(f64::from(rows_taken) / watch.elapsed().as_secs_f64())
}
