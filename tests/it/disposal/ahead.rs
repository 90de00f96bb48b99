//! The version before serves on the schema of the version after: tables have columns that it does not know, and there are tables of which
//! it has never heard. So two versions run side by side, and going back is starting the image before.

use redress_proto::{
    complaints::v1::WithdrawnBy,
    ice_liaison::v1::DeclineGround,
    routing::v1::{Matter, Writer},
};
use redress_store::{Db, List, Migration, Settings};
use redress_testkit::backends;
use redress_tests::{
    chain::Member,
    clerk::{contact, input, reference},
};

use super::ground::{Ground, ON, learned};

const SERVICES: [&str; 4] = ["complaints", "routing", "ice-liaison", "records-retention"];
const ON_SQLITE: &str = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'";
const ON_POSTGRES: &str =
    "SELECT CAST(tablename AS TEXT) AS name FROM pg_tables WHERE schemaname = current_schema";

#[tokio::test(flavor = "multi_thread")]
async fn a_case_comes_to_its_end_on_the_schema_of_the_version_after() {
    for backend in backends() {
        let mut ground = Ground::on(backend, 0xa4ea).await;
        let suite = ground.suite.as_mut().unwrap();
        suite.pause().await;
        for service in SERVICES {
            let widened = widen(&suite.database(service)).await;
            // Of the journal, the shell and the service itself.
            assert!(widened > 12, "{service} has only {widened} tables");
            widen(&suite.keyring(service)).await;
        }
        suite.restart().await.unwrap();
        ground.channel = ground.suite.as_ref().unwrap().channel().await.unwrap();
        from_first_to_last(&mut ground).await;
        ground.leave().await;
    }
}

/// Adds to every table of a database what the version before does not know, and a table; returns how many there were.
async fn widen(url: &str) -> usize {
    let db = Db::open(url, Settings::default()).await.unwrap();
    let asked = if url.starts_with("sqlite") { ON_SQLITE } else { ON_POSTGRES };
    let tables = db.read().await.unwrap().query(asked).all(|row| row.get::<String>("name")).await.unwrap();
    let mut after: Vec<String> =
        tables.iter().map(|table| format!("ALTER TABLE {table} ADD COLUMN of_after TEXT;\n")).collect();
    after.push("CREATE TABLE of_after (\n    name TEXT PRIMARY KEY\n);\n".to_owned());
    let step = Migration { version: 1, name: "after", sql: after.concat().leak() };
    let applied = db.migrate(&[List { name: "after", migrations: vec![step].leak() }]).await;
    assert_eq!(applied, Ok(1));
    db.close().await;
    tables.len()
}

/// A contact with a paper, its complaint and the examination, until all of them are destroyed and certified.
async fn from_first_to_last(ground: &mut Ground) {
    let (mut officer, mut registrar) = (ground.officer(), ground.registrar());
    let (mut clerk, mut examiner) = (ground.clerk(Member::Prime).await, ground.examiner());
    let asked = input(&ground.chain.contract, Writer::Participant, &[Matter::Provider], ON);
    let mut sent = contact(asked, &reference(&mut ground.seed));
    sent.participant = ground.chain.participant.clone();
    let routed = clerk.route(sent).await.unwrap();
    clerk.paper(&routed.name, "text/plain", b"A note of the call.\n").await.unwrap();
    learned(&mut examiner, &routed.complaint).await;
    let examination = examiner.open(&routed.complaint, ON).await.unwrap().name;
    examiner.decline(&examination, DeclineGround::Premature, ON).await.unwrap();
    officer.withdraw(&routed.complaint, WithdrawnBy::Participant, ON).await.unwrap();
    let mut records = Vec::new();
    for subject in [&routed.name, &routed.complaint, &examination] {
        records.push(registrar.record(subject, |record| !record.held).await.unwrap().name);
    }
    ground.fall_due(&mut registrar).await;
    let disposal = ground.dispose(&mut registrar, &records).await;
    assert!(disposal.receipts.iter().all(|receipt| receipt.destroyed), "{disposal:?}");
    registrar.certificate(&disposal.name).await.unwrap();
}
