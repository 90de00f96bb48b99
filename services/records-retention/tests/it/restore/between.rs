//! The process ends between the line of the erasure ledger and its note in the database. That is no sign of a restore: the record had ended here before
//! its end was written down, so the next start serves.

use redress_proto::records_retention::v1 as proto;
use redress_store::{Db, Settings};
use redress_testkit::{Backend, backends, wait};

use super::shelf::{erasures, ledger_of, serves};
use crate::cast::Cast;

/// Has the note refused, and taken again: whatever the ledger came to is not written into the database.
const STOP: [(&str, &str); 2] = [
    (
        "CREATE TRIGGER not_noted BEFORE INSERT ON erasure_ledger BEGIN SELECT RAISE(ABORT, 'stopped here'); END",
        "DROP TRIGGER not_noted",
    ),
    (
        "ALTER TABLE erasure_ledger ADD CONSTRAINT not_noted CHECK (number < 0)",
        "ALTER TABLE erasure_ledger DROP CONSTRAINT not_noted",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_was_never_noted_freezes_nothing() {
    for backend in backends() {
        eprintln!("on {}", backend.name());
        let (stop, go_on) = match &backend {
            Backend::Sqlite => STOP[0],
            Backend::Postgres(_) => STOP[1],
        };
        let mut cast = Cast::on(backend).await;
        // Its parts lie with others, so that this service's own line is of its end.
        let complaint = cast.complaint("Nobody called me back.").await;
        let record = cast.record_of(&complaint).await.name;
        cast.withdraw(&complaint).await;
        cast.freed(&record).await;
        cast.fall_due().await;
        let database = cast.suite.database("records-retention");
        alter(&database, stop).await;

        cast.dispose(&[&record]).await;
        let ledger = ledger_of(&cast, "records-retention");
        wait::until("the line", || std::fs::read(&ledger).is_ok_and(|lines| lines.ends_with(b"\n"))).await;
        assert_eq!(erasures(&cast, "records-retention").await, 1);
        cast.suite.pause().await;
        let db = Db::open(&database, Settings::default()).await.unwrap();
        let mut tx = db.read().await.unwrap();
        assert_eq!(redress_ledger::known::head(&mut tx).await.unwrap().number, 0, "the line was noted");
        drop(tx);
        db.close().await;
        alter(&database, go_on).await;

        cast.suite.restart().await.unwrap();
        serves(&cast).await;
        assert_eq!(cast.get(&record).await.stage(), proto::RecordStage::Destroyed);
        // What comes after it is written down and noted as ever.
        let letter = cast.letter().await;
        cast.pass(4);
        cast.dispose(&[&letter]).await;
        assert_eq!(erasures(&cast, "records-retention").await, 2);
        cast.suite.restart().await.unwrap();
        serves(&cast).await;
        cast.suite.stop().await.unwrap();
    }
}

async fn alter(database: &str, statement: &'static str) {
    let db = Db::open(database, Settings::default()).await.unwrap();
    let mut tx = db.write().await.unwrap();
    tx.query(statement).execute().await.unwrap();
    tx.commit().await.unwrap();
    db.close().await;
}
