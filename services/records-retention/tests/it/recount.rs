//! A record that could not be counted anew when its contract told a later last day is counted as soon as it can be: on no other day would anyone
//! look at it (L38, L41).

use jiff::SignedDuration;
use redress_kernel::Clock as _;
use redress_proto::{records_retention::v1 as proto, supply_chain::v1 as chain};
use redress_store::{Db, Settings, mark};
use redress_testkit::{Backend, backends, wait};

use crate::cast::{Cast, day, request_id};

/// The mark under which the service keeps when it last looked at the clock: the first thing that it does in a round.
const SEEN: &str = "clock last seen";

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_counted_is_counted_later() {
    for backend in backends() {
        let is_sqlite = matches!(backend, Backend::Sqlite);
        let cast = Cast::on(backend).await;
        let record = cast.letter().await;
        assert!(is_due_in_july(&cast, &record).await);
        let database = cast.suite.database("records-retention");
        let db = Db::open(&database, Settings::default()).await.unwrap();
        let id = record.trim_start_matches("records/");
        let [stop, go_on] = if is_sqlite {
            [
                "CREATE TRIGGER not_counted BEFORE UPDATE ON records BEGIN SELECT RAISE(ABORT, 'stopped here'); END".to_owned(),
                "DROP TRIGGER not_counted".to_owned(),
            ]
        } else {
            [
                format!(
                    "ALTER TABLE records ADD CONSTRAINT not_counted CHECK (record_id <> '{id}' OR due_from < '2028-07-31')"
                ),
                "ALTER TABLE records DROP CONSTRAINT not_counted".to_owned(),
            ]
        };
        alter(&db, stop).await;
        let request = chain::EndContractRequest {
            request_id: request_id(),
            name: cast.contract.clone(),
            end_on: Some(day("2022-09-30")),
            ..Default::default()
        };
        cast.chain().await.end_contract(request).await.unwrap();
        // What complaints told so far is taken in.
        let participant = cast.participant("P-2", "Mair Rees").await;
        cast.record_of(&participant).await;
        looks(&cast, &db).await;
        assert!(is_due_in_july(&cast, &record).await);
        alter(&db, go_on).await;
        wait::until_async("the later day", || async { !is_due_in_july(&cast, &record).await }).await;
        db.close().await;
        cast.suite.stop().await.unwrap();
    }
}

/// Waits for one round of the service that begins after this, and for the next, which begins when it is over.
pub(crate) async fn looks(cast: &Cast, db: &Db) {
    for _ in 0..2 {
        cast.suite.clock.move_by(SignedDuration::from_mins(1));
        let now = cast.suite.clock.now().to_string();
        wait::until_async("a round", || async { seen(db).await.as_ref() == Some(&now) }).await;
    }
}

/// The service is away for days, comes back, looks at the clock, and answers.
pub(crate) async fn comes_back_after(cast: &mut Cast, days: i64) {
    cast.suite.pause().await;
    cast.pass(days);
    cast.suite.restart().await.unwrap();
    let db = Db::open(&cast.suite.database("records-retention"), Settings::default()).await.unwrap();
    looks(cast, &db).await;
    db.close().await;
    let there = || async {
        let request = proto::GetDisposalControlRequest {};
        cast.disposals("rita").await.get_disposal_control(request).await.is_ok()
    };
    wait::until_async("the service to answer", there).await;
}

/// Whether a list of what is due by the end of July 2028 has it.
async fn is_due_in_july(cast: &Cast, record: &str) -> bool {
    let due = Some(day("2028-07-31"));
    let request = proto::ListRecordsRequest { due_until: due, page_size: 200, ..Default::default() };
    let records = cast.records().await.list_records(request).await.unwrap().into_inner().records;
    records.iter().any(|found| found.name == record)
}

async fn seen(db: &Db) -> Option<String> {
    let mut tx = db.read().await.unwrap();
    mark::find(&mut tx, SEEN).await.unwrap()
}

async fn alter(db: &Db, statement: String) {
    let mut tx = db.write().await.unwrap();
    tx.query(statement.leak()).execute().await.unwrap();
    tx.commit().await.unwrap();
}
