//! A database beside its ledger, on either engine: what a restore by hand, a lost ledger and a crash look like.

use redress_ledger::{Agreement, Disagreement, Ledger, known};
use redress_store::{Db, Settings};
use redress_testkit::{Backend, backends, database::Scratch};
use uuid::Uuid;

use crate::fixture::{Place, erasure};

async fn on_both(test: impl AsyncFn(&Db, &Place)) {
    for backend in backends() {
        let place = Place::new();
        let (url, scratch) = match &backend {
            Backend::Sqlite => (format!("sqlite:{}/test.db", place.folder.path().display()), None),
            Backend::Postgres(administrator) => {
                let scratch = Scratch::create(administrator).await.unwrap();
                (scratch.url.clone(), Some(scratch))
            }
        };
        let db = Db::open(&url, Settings::default()).await.unwrap();
        db.migrate(&[redress_ledger::MIGRATIONS]).await.unwrap();
        test(&db, &place).await;
        db.close().await;
        if let Some(scratch) = scratch {
            scratch.remove().await.unwrap();
        }
    }
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
        for sql in redress_ledger::STATEMENTS {
            db.prepare(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
        }
        for table in redress_ledger::TABLES {
            db.prepare_table(table).await.unwrap_or_else(|error| panic!("{table:?}: {error}"));
        }
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
