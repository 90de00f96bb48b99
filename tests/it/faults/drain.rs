//! SIGTERM under load: the process ends by itself and in time, and everything it acknowledged is there (T23).

use std::{collections::BTreeSet, sync::Arc};

use redress_tests::{
    chain::{Chain, JETS},
    identity::Issuer,
    postgres::{self, Pair},
    seed::Seed,
    server::Launch,
};

use super::{aftermath, journal, load};

/// Ends under load, one after the other.
const ENDS: usize = 3;

#[tokio::test(flavor = "multi_thread")]
async fn a_server_told_to_end_finishes_what_it_began_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let issuer = Issuer::new().unwrap();
    let launch = Launch::sqlite(folder.path(), &issuer).unwrap();
    let url = format!("sqlite:{}", folder.path().join("data/complaints.db").display());
    end_under_load(&launch, &issuer, &url, Seed::new(0xd7a1)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_told_to_end_finishes_what_it_began_on_postgres() {
    let Some(administrator) = postgres::administrator() else { return };
    let folder = tempfile::tempdir().unwrap();
    let issuer = Issuer::new().unwrap();
    let pair = Pair::make(&administrator, "redress_drain").await.unwrap();
    let launch = Launch::postgres(folder.path(), &issuer, &pair).unwrap();
    end_under_load(&launch, &issuer, &pair.database, Seed::new(0xd7a2)).await;
    pair.remove().await.unwrap();
}

async fn end_under_load(launch: &Launch, issuer: &Issuer, url: &str, mut seed: Seed) {
    let mut server = launch.start().await.unwrap();
    let chain = Chain::set_up(&server.connect().await.unwrap(), issuer, JETS, &mut seed).await.unwrap();
    let chain = Arc::new(chain);
    let mut known = load::Known::default();
    for _ in 0..ENDS {
        let before = aftermath::listed(&server, &chain).await.len();
        let shift = load::Shift::begin(&server, &chain, &mut seed).await;
        // Under way, not about to begin.
        while aftermath::listed(&server, &chain).await.len() < before + 5 {
            tokio::task::yield_now().await;
        }
        server.terminate().unwrap();
        let status = server.ended().await.unwrap();
        assert!(status.success(), "{status}:\n{}", server.log());
        shift.end(&mut known).await;
        server = launch.start().await.unwrap();
        load::settle(&server, &chain, &mut known).await;
    }
    let acknowledged: BTreeSet<String> = known.acknowledged.values().map(|(_, name)| name.clone()).collect();
    assert_eq!(aftermath::listed(&server, &chain).await, acknowledged);
    server.stop().await.unwrap();
    journal::check(url, &acknowledged).await;
}
