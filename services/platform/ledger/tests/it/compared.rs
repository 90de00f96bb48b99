//! A database beside its ledger, on either engine: what a restore by hand, a lost ledger and a crash look like.

use redress_ledger::{Agreement, Disagreement, Ledger, known};
use redress_store::Db;
use redress_testkit::database::{on_each, prepare};
use uuid::Uuid;

use crate::fixture::{Place, erasure};

async fn on_both(test: impl AsyncFn(&Db, &Place)) {
    on_each(&[redress_ledger::MIGRATIONS], async |db| test(db, &Place::new()).await).await.unwrap();
}

async fn begin(db: &Db, record: u128) {
    let mut tx = db.write().await.unwrap();
    known::begin(&mut tx, Uuid::from_u128(record)).await.unwrap();
    tx.commit().await.unwrap();
}

async fn finish(db: &Db, ledger: &Ledger) {
    let mut tx = db.write().await.unwrap();
    known::note(&mut tx, ledger.head().unwrap()).await.unwrap();
    tx.commit().await.unwrap();
}

async fn compared(db: &Db, ledger: &Ledger) -> Result<Agreement, Disagreement> {
    known::compare(&mut db.read().await.unwrap(), ledger).await
}

#[tokio::test]
async fn every_statement_means_something_on_both_databases() {
    on_both(async |db, _| {
        prepare(db, &[redress_ledger::STATEMENTS], &[redress_ledger::TABLES]).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_erasure_that_a_crash_left_unfinished_is_no_restore() {
    on_both(async |db, place| {
        let ledger = place.open();
        assert_eq!(compared(db, &ledger).await.unwrap(), Agreement::Whole);
        begin(db, 1).await;
        ledger.append(vec![erasure(1)]).await.unwrap();
        finish(db, &ledger).await;
        // Begun and written down; the process died before it was finished.
        begin(db, 2).await;
        ledger.append(vec![erasure(2)]).await.unwrap();
        assert_eq!(compared(db, &ledger).await.unwrap(), Agreement::Whole);
    })
    .await;
}

#[tokio::test]
async fn a_database_that_was_put_back_knows_less_than_the_ledger() {
    on_both(async |db, place| {
        let ledger = place.open();
        begin(db, 1).await;
        ledger.append(vec![erasure(1)]).await.unwrap();
        finish(db, &ledger).await;
        // What the copy never heard of.
        ledger.append(vec![erasure(2), erasure(3)]).await.unwrap();
        let Agreement::Older(entries) = compared(db, &ledger).await.unwrap() else { panic!("not noticed") };
        assert_eq!(entries.iter().map(|entry| entry.head.number).collect::<Vec<_>>(), [2, 3]);
    })
    .await;
}

#[tokio::test]
async fn a_ledger_that_was_lost_cut_or_replaced_is_not_believed() {
    on_both(async |db, place| {
        let ledger = place.open();
        begin(db, 1).await;
        begin(db, 2).await;
        ledger.append(vec![erasure(1), erasure(2)]).await.unwrap();
        finish(db, &ledger).await;
        std::fs::remove_file(place.path()).unwrap();
        assert!(matches!(compared(db, &place.open()).await, Err(Disagreement::Lost { known: 2, .. })));
        place.open().append(vec![erasure(2), erasure(1)]).await.unwrap();
        assert!(matches!(compared(db, &place.open()).await, Err(Disagreement::Lost { known: 2, .. })));
    })
    .await;
}
