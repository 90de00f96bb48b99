//! `kill -9` at any moment: every acknowledged registration is there once, and the journal goes on where it was (T1).

use std::{sync::Arc, time::Duration};

use redress_tests::{
    chain::{Chain, JETS},
    identity::Issuer,
    postgres::{self, Pair},
    seed::Seed,
    server::Launch,
};
use tokio::time::Instant;

use super::{aftermath, load, log};

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
    aftermath::look(launch, &chain, known, witness, url).await;
}

#[expect(clippy::disallowed_methods, reason = "how long to test is no configuration of a server")]
fn cycles() -> u64 {
    std::env::var("REDRESS_KILL_CYCLES").ok().and_then(|cycles| cycles.parse().ok()).unwrap_or(CYCLES)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the moment of the kill is the one thing here that must not be in step with the server"
)]
pub(super) fn now() -> Instant {
    Instant::now()
}
