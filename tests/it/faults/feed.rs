//! A service that follows another is killed at any moment, the line between them is cut at any byte, and the source goes away
//! and comes back: what was handed over has its effect once, in the order in which it was handed over (L18).

use std::{collections::BTreeSet, fs, time::Duration};

use redress_chassis::{Member, auth::Identity};
use redress_proto::{
    complaints::v1::{ComplaintRegistered, Statement},
    options::v1::Role,
    routing::v1::{ComplaintHandedOver, Contact},
    r#type::v1::Channel,
};
use redress_testkit::{
    Relay, Suite,
    routing::{Routing, fresh_contact, hand_over, keep},
    wait,
};
use redress_tests::{
    chain::{Chain, JETS, civil},
    day::today,
    identity::Issuer,
    postgres::{self, Pair},
    seed::Seed,
    server::{Launch, Server},
};
use uuid::Uuid;

use super::{aftermath::listed, streamed::streamed};

/// Cycles of handing over, cutting and killing.
const CYCLES: u64 = 25;
/// Complaints that are handed over in each.
const EACH: u64 = 4;
/// The kill comes so many milliseconds after the first of them, at most.
const LATEST: u64 = 120;
/// The line is cut so many bytes further, at most.
const FURTHEST: u64 = 4000;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_handed_over_has_its_effect_once_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let issuer = Issuer::new().unwrap();
    let launch = Launch::sqlite(folder.path(), &issuer).unwrap();
    kill_the_follower(launch, &issuer, Seed::new(0xfeed)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_handed_over_has_its_effect_once_on_postgres() {
    let Some(administrator) = postgres::administrator() else { return };
    let folder = tempfile::tempdir().unwrap();
    let issuer = Issuer::new().unwrap();
    let pair = Pair::make(&administrator, "redress_feed").await.unwrap();
    let launch = Launch::postgres(folder.path(), &issuer, &pair).unwrap();
    kill_the_follower(launch, &issuer, Seed::new(0xfeed_0002)).await;
    pair.remove().await.unwrap();
}

async fn kill_the_follower(launch: Launch, issuer: &Issuer, mut seed: Seed) {
    let origin = format!("feed-{}.invalid", seed.uuid());
    let mut source = Suite::of([Member::of::<Routing>()])
        .with("journal.origin", format!("{origin}/{{service}}"))
        .start()
        .await
        .unwrap();
    let log = format!("{origin}/routing");
    let relay = Relay::to(source.running().address()).await.unwrap();
    let token = launch.folder().join("service.token");
    fs::write(&token, source.token(&service()).unwrap()).unwrap();
    let launch =
        launch.with("REDRESS_PEERS_ROUTING", relay.url()).with("REDRESS_PEERS_TOKEN_FILE", token.display());

    let server = launch.start().await.unwrap();
    let chain = Chain::set_up(&server.connect().await.unwrap(), issuer, JETS, &mut seed).await.unwrap();
    let (mut handed, mut server) = (Vec::new(), Some(server));
    for cycle in 0..CYCLES {
        let victim = match server.take() {
            Some(server) => server,
            None => launch.start().await.unwrap(),
        };
        relay.cut_after(u32::try_from(seed.below(FURTHEST)).unwrap());
        if cycle % 5 == 4 {
            source.restart().await.unwrap();
            relay.turn_to(source.running().address());
        }
        for _ in 0..EACH {
            let next = complaint(&chain, &mut seed);
            hand_over(&log, &next).await.unwrap();
            handed.push(next.complaint);
        }
        let moment = now() + Duration::from_micros(seed.below(LATEST * 1000));
        tokio::time::sleep_until(moment).await;
        victim.kill().unwrap_or_else(|error| panic!("cycle {cycle}: {error:#}"));
    }
    let server = launch.start().await.unwrap();
    let expected: BTreeSet<String> = handed.iter().cloned().collect();
    wait::until_async("everything to be there", || async { listed(&server, &chain).await == expected }).await;
    // A complaint is listed from its commit on, and streamed once the sequencer has given it a position.
    let all = handed.len();
    wait::until_async("all of it to be streamed", || async {
        registered(&server, &chain).await.len() >= all
    })
    .await;
    assert_eq!(
        registered(&server, &chain).await,
        handed,
        "each once, in the order in which it was handed over"
    );
    assert!(relay.cuts() > 0);
    let status = server.stop().await.unwrap();
    assert!(status.success(), "{status}");
    source.stop().await.unwrap();
}

/// The ids under which complaints were registered, in the order of the journal.
async fn registered(server: &Server, chain: &Chain) -> Vec<String> {
    streamed::<ComplaintRegistered>(server, chain).await.into_iter().map(|it| it.complaint).collect()
}

fn complaint(chain: &Chain, seed: &mut Seed) -> ComplaintHandedOver {
    let contact = fresh_contact();
    let statement = Statement { narrative: format!("It is {}.", seed.number()), ..Statement::default() };
    keep(&contact, Some(Contact { statement: Some(statement), ..Contact::default() }));
    ComplaintHandedOver {
        complaint: contact.replace("contacts", "complaints"),
        contact,
        contract: chain.contract.clone(),
        participant: chain.participant.clone(),
        received_on: Some(civil(today())),
        channel: Channel::Telephone.into(),
        starts_at_stage: 1,
        ..ComplaintHandedOver::default()
    }
}

fn service() -> Identity {
    Identity {
        organisation: Uuid::from_u128(0x5e),
        subject: "redress-complaints".to_owned(),
        roles: [Role::Service].into_iter().collect(),
        person: false,
    }
}

#[expect(clippy::disallowed_methods, reason = "when to kill is measured from now")]
fn now() -> tokio::time::Instant {
    tokio::time::Instant::now()
}
