//! `kill -9` at any moment: every acknowledged registration is there once, and the journal goes on where it was (T1).

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use redress_proto::{
    complaints::v1::{ListComplaintsRequest, ListOrder, complaint_service_client::ComplaintServiceClient},
    options::v1::Role,
};
use redress_tests::{
    chain::{Chain, JETS, Member, bearing},
    identity::Issuer,
    postgres::{self, Pair},
    seed::Seed,
    server::{Launch, Server},
};
use tokio::time::Instant;

use super::{journal, load, log};

/// Cycles unless `REDRESS_KILL_CYCLES` says otherwise.
const CYCLES: u64 = 30;
/// The kill comes so long after the work began, at most.
const LATEST: u64 = 60;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let issuer = Issuer::new().unwrap();
    let launch = Launch::sqlite(folder.path(), &issuer).unwrap();
    let url = format!("sqlite:{}", folder.path().join("data/complaints.db").display());
    kill_again_and_again(&launch, &issuer, &url, Seed::new(0x51c1)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_on_postgres() {
    let Some(administrator) = postgres::administrator() else { return };
    let folder = tempfile::tempdir().unwrap();
    let issuer = Issuer::new().unwrap();
    let pair = Pair::make(&administrator, "redress_kill").await.unwrap();
    let launch = Launch::postgres(folder.path(), &issuer, &pair).unwrap();
    kill_again_and_again(&launch, &issuer, &pair.database, Seed::new(0x9057)).await;
    pair.remove().await.unwrap();
}

async fn kill_again_and_again(launch: &Launch, issuer: &Issuer, url: &str, mut seed: Seed) {
    let server = launch.start().await.unwrap();
    let chain = Chain::set_up(&server.connect().await.unwrap(), issuer, JETS, &mut seed).await.unwrap();
    let chain = Arc::new(chain);
    let mut known = load::Known::default();
    let mut witness = log::Witness::default();
    let mut server = Some(server);
    for cycle in 0..cycles() {
        let victim = match server.take() {
            Some(server) => server,
            None => launch.start().await.unwrap(),
        };
        // What the last victim left behind is whole, and everyone gets an answer to what they asked.
        witness.look(&victim, &chain).await;
        load::settle(&victim, &chain, &mut known).await;
        let shift = load::Shift::begin(&victim, &chain, &mut seed).await;
        let moment = now() + Duration::from_micros(seed.below(LATEST * 1000));
        tokio::time::sleep_until(moment).await;
        victim.kill().unwrap_or_else(|error| panic!("cycle {cycle}: {error:#}"));
        shift.end(&mut known).await;
    }
    let server = launch.start().await.unwrap();
    load::settle(&server, &chain, &mut known).await;
    load::repeat(&server, &chain, &known).await;
    let there = listed(&server, &chain).await;
    let acknowledged: BTreeSet<String> = known.acknowledged.values().map(|(_, name)| name.clone()).collect();
    assert_eq!(acknowledged.len(), known.acknowledged.len(), "two registrations had one answer");
    assert_eq!(there, acknowledged, "what is there is not what was acknowledged");
    witness.look(&server, &chain).await;
    let status = server.stop().await.unwrap();
    assert!(status.success(), "{status}");
    journal::check(url, &acknowledged).await;
    eprintln!("{} registrations in {} cycles", acknowledged.len(), cycles());
}

/// Every complaint that the prime lists; listing one twice fails.
pub(super) async fn listed(server: &Server, chain: &Chain) -> BTreeSet<String> {
    let token = chain.people.token(Member::Prime, Role::ComplaintsOfficer).unwrap();
    let mut client = ComplaintServiceClient::new(server.connect().await.unwrap());
    let mut names = BTreeSet::new();
    let mut page_token = String::new();
    loop {
        let order = ListOrder::Newest.into();
        let request =
            ListComplaintsRequest { order, page_size: 200, page_token, ..ListComplaintsRequest::default() };
        let page = client.list_complaints(bearing(&token, request).unwrap()).await.unwrap().into_inner();
        for row in page.complaints {
            assert!(names.insert(row.name.clone()), "{} is listed twice", row.name);
        }
        if page.next_page_token.is_empty() {
            return names;
        }
        page_token = page.next_page_token;
    }
}

#[expect(clippy::disallowed_methods, reason = "how long to test is no configuration of a server")]
fn cycles() -> u64 {
    std::env::var("REDRESS_KILL_CYCLES").ok().and_then(|cycles| cycles.parse().ok()).unwrap_or(CYCLES)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the moment of the kill is the one thing here that must not be in step with the server"
)]
fn now() -> Instant {
    Instant::now()
}
