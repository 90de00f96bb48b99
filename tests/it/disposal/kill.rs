//! `kill -9` at any step of a disposal: ordered, taken, keys destroyed, objects deleted, receipt given, certified. Whatever step it was, the
//! next process goes on there, and everything ends certified, once (reliability D20, D38, L40).
//!
//! The suite runs in a process of its own that is this test program, because no real day is past the end of a term: it is started
//! with the day that it is to believe in, and killed after a moment drawn from a seed.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use redress_proto::{complaints::v1::WithdrawnBy, records_retention::v1 as proto};
use redress_testkit::{Backend, backends, database::Scratch, wait};
use redress_tests::{
    chain::{Chain, Member},
    clerk::{contact, input, reference},
    identity::Issuer,
    registrar::Registrar,
    seed::Seed,
};
use tokio::time::Instant;
use tonic::transport::{Channel, Endpoint};

use super::ground::{self, Ground, ON};

/// What the process is told by: its folder, the instant that it believes in, and the server of its databases.
const FOLDER: &str = "REDRESS_TEST_DISPOSAL_FOLDER";
const INSTANT: &str = "REDRESS_TEST_DISPOSAL_INSTANT";
const SERVER: &str = "REDRESS_TEST_DISPOSAL_SERVER";

/// Whose databases there are, each with its keys beside it.
const SERVICES: [&str; 4] = ["complaints", "routing", "ice-liaison", "records-retention"];

const BEGIN: &str = "2022-07-04T09:00:00Z";
const DUE: &str = "2028-08-07T09:00:00Z";
const ORDERED: &str = "2028-08-11T09:00:00Z";

/// Disposals, each of records with three holders.
const DISPOSALS: usize = 6;
/// Kills while they are carried out.
const KILLS: usize = 14;
/// The kill comes so many milliseconds after the process takes calls, at most.
const LATEST: u64 = 220;

/// The process: it serves until it is killed. As a test of its own it does nothing.
#[tokio::test(flavor = "multi_thread")]
async fn the_process() {
    let (Some(folder), Some(instant)) = (told(FOLDER), told(INSTANT)) else { return };
    let folder = PathBuf::from(folder);
    let mut plan = ground::plan(Backend::Sqlite, &folder.join("issuer.jwks")).at(&instant).within(&folder);
    if let Some(server) = told(SERVER) {
        plan = plan
            .with("database.url", &server)
            .with("database.any_role", true)
            .with("keyring.url", format!("{server}-keys"))
            .with("keyring.master_key", "A".repeat(43) + "=");
    }
    // What was drawn before the kill must not be drawn again.
    let plan = plan.drawing(std::sync::Arc::new(redress_chassis::process::RandomIds));
    let suite = plan.start().await.unwrap();
    std::fs::write(folder.join("address.new"), suite.url()).unwrap();
    std::fs::rename(folder.join("address.new"), folder.join("address")).unwrap();
    std::future::pending::<()>().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_at_any_step_comes_to_the_same_end() {
    for backend in backends() {
        let (scratch, server) = match &backend {
            Backend::Sqlite => (Vec::new(), None),
            Backend::Postgres(administrator) => {
                let keys = SERVICES.map(|service| format!("{service}-keys"));
                let all = SERVICES.into_iter().chain(keys.iter().map(String::as_str));
                let (scratch, url) = Scratch::for_each(administrator, all).await.unwrap();
                (scratch, Some(url))
            }
        };
        Box::pin(killed(server.as_deref())).await;
        for scratch in scratch {
            scratch.remove().await.unwrap();
        }
    }
}

async fn killed(server: Option<&str>) {
    let folder = tempfile::tempdir().unwrap();
    let issuer = Issuer::new().unwrap();
    std::fs::write(folder.path().join("issuer.jwks"), issuer.key_set().to_string()).unwrap();
    let mut seed = Seed::new(0x4b11);

    let process = Process::start(folder.path(), server, BEGIN).await;
    let told = issuer.clone().by(|| seconds(BEGIN));
    let chain = Chain::set_up(&process.channel, &told, ground::PROGRAMME, &mut seed).await.unwrap();
    let mut first = Ground::visit(process.channel.clone(), chain, seed);
    first.end_contract().await;
    let subjects = kept(&mut first).await;
    process.kill();

    let process = Process::start(folder.path(), server, DUE).await;
    let Ground { chain, mut seed, .. } = first;
    let people = chain.people.by(&issuer.clone().by(|| seconds(DUE)));
    let mut registrar = Registrar::new(&process.channel, &people, seed.split());
    registrar.confirm_date().await.unwrap();
    let mut disposals = Vec::new();
    for subjects in &subjects {
        let mut records = Vec::new();
        for subject in subjects {
            records.push(registrar.record(subject, |record| !record.held).await.unwrap().name);
        }
        let proposed = registrar.propose(&records).await.unwrap();
        registrar.approve(&proposed).await.unwrap();
        disposals.push(proposed.name);
    }
    process.kill();

    for _ in 0..KILLS {
        let process = Process::start(folder.path(), server, ORDERED).await;
        let moment = now() + Duration::from_millis(seed.below(LATEST));
        tokio::time::sleep_until(moment).await;
        process.kill();
    }
    let process = Process::start(folder.path(), server, ORDERED).await;
    let people = people.by(&issuer.by(|| seconds(ORDERED)));
    let mut registrar = Registrar::new(&process.channel, &people, seed.split());
    for disposal in &disposals {
        let done = registrar.stands(disposal, proto::DisposalStage::Certified).await.unwrap();
        // Once each, however often it was asked: complaints, ice-liaison and routing.
        assert_eq!(done.receipts.len(), 3, "{done:?}");
        assert!(done.receipts.iter().all(|receipt| receipt.destroyed), "{done:?}");
        registrar.certificate(disposal).await.unwrap();
    }
    process.kill();
}

/// Complaints that came by routing with a paper, and were withdrawn: three holders each.
async fn kept(ground: &mut Ground) -> Vec<[String; 2]> {
    let mut clerk = ground.clerk(Member::Prime).await;
    let (mut officer, mut registrar) = (ground.officer(), ground.registrar());
    let mut all = Vec::new();
    for _ in 0..DISPOSALS {
        let about = [redress_proto::routing::v1::Matter::Provider];
        let asked =
            input(&ground.chain.contract, redress_proto::routing::v1::Writer::Participant, &about, ON);
        let mut sent = contact(asked, &reference(&mut ground.seed));
        sent.participant = ground.chain.participant.clone();
        let routed = clerk.route(sent).await.unwrap();
        clerk.paper(&routed.name, "text/plain", b"A note of the call.\n").await.unwrap();
        registrar.record(&routed.complaint, |record| record.held).await.unwrap();
        registrar.record(&routed.name, |record| record.held).await.unwrap();
        officer.withdraw(&routed.complaint, WithdrawnBy::Participant, ON).await.unwrap();
        registrar.record(&routed.name, |record| !record.held).await.unwrap();
        all.push([routed.name, routed.complaint]);
    }
    all
}

/// The suite as a process, with a day of its own.
struct Process {
    child: Child,
    channel: Channel,
}

impl Process {
    async fn start(folder: &Path, server: Option<&str>, instant: &str) -> Self {
        let address = folder.join("address");
        let _gone = std::fs::remove_file(&address);
        let child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "disposal::kill::the_process", "--nocapture"])
            .env(FOLDER, folder)
            .env(INSTANT, instant)
            .envs(server.map(|server| (SERVER, server)))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        wait::until("the process to take calls", || address.exists()).await;
        let url = std::fs::read_to_string(&address).unwrap();
        let channel = Endpoint::from_shared(url).unwrap().connect().await.unwrap();
        Self { child, channel }
    }

    /// SIGKILL: nothing is told, nothing is finished.
    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn seconds(instant: &str) -> u64 {
    let instant: jiff::Timestamp = instant.parse().unwrap();
    instant.as_second().try_into().unwrap()
}

#[expect(
    clippy::disallowed_methods,
    reason = "how the process is told what to believe is no configuration of a server"
)]
fn told(variable: &str) -> Option<String> {
    env::var(variable).ok()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the moment of the kill is the one thing here that must not be in step with the process"
)]
fn now() -> Instant {
    Instant::now()
}
