//! Replicas that are restarted one after the other: whoever repeats a call once, at another replica, sees no failure, and nothing
//! happens twice (T23).

use std::{
    collections::BTreeSet,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use redress_proto::{
    complaints::v1::{RegisterComplaintRequest, complaint_service_client::ComplaintServiceClient},
    options::v1::Role,
};
use redress_testkit::wait;
use redress_tests::{
    chain::{Chain, JETS, Member, bearing},
    day::today,
    identity::Issuer,
    postgres::{self, Pair},
    refused::Refused,
    seed::Seed,
    server::{Launch, Server},
};
use tokio::task::JoinSet;
use tonic::{Code, Status, transport::Channel};

use super::{aftermath, journal, load};

const CALLERS: usize = 4;
/// How often each replica is restarted.
const ROUNDS: usize = 2;
/// Registrations that each replica must have taken part in between two restarts.
const BETWEEN: usize = 10;
/// Every replica signs the same log.
const SIGNING_KEY: &str = "cmVwbGljYXMgcmVwbGljYXMgcmVwbGljYXMgcmVwISE=";

/// Where the replicas are found, as a balancer knows them.
type Found = Arc<RwLock<Vec<Channel>>>;

#[derive(Default)]
struct Counts {
    calls: AtomicUsize,
    repeated: AtomicUsize,
    over: AtomicBool,
}

#[tokio::test(flavor = "multi_thread")]
async fn no_call_fails_twice_while_replicas_are_restarted_one_by_one() {
    let Some(administrator) = postgres::administrator() else { return };
    let folder = tempfile::tempdir().unwrap();
    let issuer = Issuer::new().unwrap();
    let pair = Pair::make(&administrator, "redress_rolling").await.unwrap();
    let launch = |name: &str| {
        let launch = Launch::postgres(&folder.path().join(name), &issuer, &pair).unwrap();
        launch.with("REDRESS_JOURNAL_SIGNING_KEY", SIGNING_KEY).with("REDRESS_LIMITS_PRE_DRAIN", "100ms")
    };
    let launches = [launch("a"), launch("b")];
    let mut servers: Vec<Server> = Vec::new();
    for launch in &launches {
        servers.push(launch.start().await.unwrap());
    }
    let mut seed = Seed::new(0x9011);
    let chain = Arc::new(
        Chain::set_up(&servers[0].connect().await.unwrap(), &issuer, JETS, &mut seed).await.unwrap(),
    );
    let found: Found = Arc::default();
    for server in &servers {
        let channel = server.connect().await.unwrap();
        found.write().unwrap_or_else(PoisonError::into_inner).push(channel);
    }
    let counts = Arc::new(Counts::default());
    let mut callers = JoinSet::new();
    for _ in 0..CALLERS {
        callers.spawn(call(found.clone(), chain.clone(), counts.clone(), seed.split()));
    }
    for replica in (0..ROUNDS).flat_map(|_| [0, 1]) {
        let before = counts.calls.load(Ordering::SeqCst);
        wait::until("both to be called", || counts.calls.load(Ordering::SeqCst) >= before + BETWEEN).await;
        servers[replica].terminate().unwrap();
        let status = servers[replica].ended().await.unwrap();
        assert!(status.success(), "{status}:\n{}", servers[replica].log());
        // Only where somebody called it in vain something was tried.
        let repeated = counts.repeated.load(Ordering::SeqCst);
        wait::until("a call in vain", || counts.repeated.load(Ordering::SeqCst) > repeated).await;
        servers[replica] = launches[replica].start().await.unwrap();
        let channel = servers[replica].connect().await.unwrap();
        found.write().unwrap_or_else(PoisonError::into_inner)[replica] = channel;
    }
    counts.over.store(true, Ordering::SeqCst);
    let mut acknowledged = BTreeSet::new();
    while let Some(names) = callers.join_next().await {
        acknowledged.extend(names.unwrap());
    }
    assert_eq!(aftermath::listed(&servers[0], &chain).await, acknowledged);
    for server in servers {
        server.stop().await.unwrap();
    }
    journal::check(&pair.database, &acknowledged).await;
    pair.remove().await.unwrap();
}

/// Registers complaints at one replica after the other; a call that gets no answer is repeated once at the other.
async fn call(found: Found, chain: Arc<Chain>, counts: Arc<Counts>, mut seed: Seed) -> Vec<String> {
    let token = chain.people.token(Member::Prime, Role::ComplaintsOfficer).unwrap();
    let mut names = Vec::new();
    for turn in 0.. {
        if counts.over.load(Ordering::SeqCst) {
            break;
        }
        let at = |turn: usize| found.read().unwrap_or_else(PoisonError::into_inner)[turn % 2].clone();
        let request = chain.registration(today(), &mut seed);
        let name = match answered(at(turn), &token, &request).await {
            Ok(name) => name,
            Err(status) => {
                assert!(load::gone(&status), "{status:?}");
                counts.repeated.fetch_add(1, Ordering::SeqCst);
                answered(at(turn + 1), &token, &request)
                    .await
                    .unwrap_or_else(|status| panic!("a call failed twice: {status:?}"))
            }
        };
        counts.calls.fetch_add(1, Ordering::SeqCst);
        names.push(name);
    }
    names
}

/// What a replica answers, or that it gave no answer. Who is told to come back, because the machine is slow, does.
async fn answered(
    channel: Channel,
    token: &str,
    request: &RegisterComplaintRequest,
) -> Result<String, Status> {
    let mut client = ComplaintServiceClient::new(channel);
    loop {
        match client.register_complaint(bearing(token, request.clone()).unwrap()).await {
            Ok(answer) => return Ok(answer.into_inner().name),
            Err(status) if Refused::from(&status).retry || status.code() == Code::DeadlineExceeded => {}
            Err(status) => return Err(status),
        }
    }
}
