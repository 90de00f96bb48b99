//! What is asked of the tables that grow goes by an index, on both databases (L46): a page of a list, a read and a command
//! cost the same among a thousand complaints and among a million.

use jiff::{Timestamp, civil::date};
use redress_store::{Batch, Db, Document, Parameter as _, Table, db::Engine, mark, sealed};
use redress_testkit::database::on_each;
use uuid::Uuid;

use crate::statements::LISTS;

/// So many that going through all of them is never the cheapest.
const MANY: u128 = 20_000;

/// Rows in a statement.
const STATEMENT: u128 = 500;

const ORGANISATIONS: Table = Table::insert(
    "organisations",
    &["organisation_id", "recorded_by", "kind", "display_name", "version", "revision", "created_at"],
);
const CONTRACTS: Table =
    Table::insert("contracts", &["contract_id", "reference", "state", "version", "revision", "created_at"]);
const PARTICIPANTS: Table = Table::insert(
    "participants",
    &[
        "participant_id",
        "contract_id",
        "organisation_id",
        "reference",
        "explained",
        "state",
        "key_id",
        "version",
        "revision",
        "created_at",
    ],
);
const COMPLAINTS: Table = Table::insert(
    "complaints",
    &[
        "complaint_id",
        "contract_id",
        "participant_id",
        "organisation_id",
        "case_reference",
        "reference",
        "fingerprint",
        "stage",
        "stage_number",
        "received_on",
        "next_due_on",
        "wake_on",
        "persons_complained_about",
        "state",
        "key_id",
        "version",
        "revision",
        "created_at",
        "updated_at",
    ],
);
const PARTIES: Table = Table::insert(
    "complaint_parties",
    &["complaint_id", "organisation_id", "contract_id", "worked_by_id", "stage", "next_due_on"],
);

fn document(json: &serde_json::Value) -> Document {
    Document::of(json, "state").unwrap()
}

/// Fills in complaints of one organisation, each of a person of its own, half of them in another stage.
async fn fill(db: &Db) {
    let (nil, now, empty) = (Uuid::nil(), Timestamp::UNIX_EPOCH, document(&serde_json::json!({})));
    let mut tx = db.write().await.unwrap();
    let mut batch = Batch::new(&ORGANISATIONS);
    batch.push([
        nil.value(),
        nil.value(),
        "PROVIDER".value(),
        "P".value(),
        1_i64.value(),
        1_i64.value(),
        now.value(),
    ]);
    tx.flush(batch).await.unwrap();
    let mut batch = Batch::new(&CONTRACTS);
    batch.push([nil.value(), "C".value(), empty.clone().value(), 1_i64.value(), 1_i64.value(), now.value()]);
    tx.flush(batch).await.unwrap();
    let mut batch = Batch::new(&PARTICIPANTS);
    for number in 1..=MANY {
        batch.push([
            Uuid::from_u128(number).value(),
            nil.value(),
            nil.value(),
            format!("P-{number}").value(),
            true.value(),
            empty.clone().value(),
            nil.value(),
            1_i64.value(),
            1_i64.value(),
            now.value(),
        ]);
        // A statement that takes long is cut off, also on a machine that has much else to do.
        if number % STATEMENT == 0 {
            tx.flush(std::mem::replace(&mut batch, Batch::new(&PARTICIPANTS))).await.unwrap();
        }
    }
    let (mut complaints, mut parties) = (Batch::new(&COMPLAINTS), Batch::new(&PARTIES));
    for number in 1..=MANY {
        let id = Uuid::from_u128(number);
        let stage = if number % 2 == 0 { "RECEIVED" } else { "CLOSED" };
        let due = date(2026, 1, 1).checked_add(jiff::Span::new().days(i64::try_from(number % 700).unwrap()));
        let due = Some(due.unwrap());
        complaints.push([
            id.value(),
            nil.value(),
            id.value(),
            nil.value(),
            format!("CASE-{number}").value(),
            Some(format!("REF-{number}")).value(),
            id.as_bytes().to_vec().value(),
            stage.value(),
            1_i64.value(),
            date(2026, 1, 1).value(),
            due.value(),
            due.value(),
            document(&serde_json::json!([])).value(),
            document(&serde_json::json!({ "padding": "x".repeat(300) })).value(),
            nil.value(),
            1_i64.value(),
            1_i64.value(),
            now.value(),
            now.value(),
        ]);
        parties.push([id.value(), nil.value(), nil.value(), nil.value(), stage.value(), due.value()]);
        if number % STATEMENT == 0 {
            tx.flush(std::mem::replace(&mut complaints, Batch::new(&COMPLAINTS))).await.unwrap();
            tx.flush(std::mem::replace(&mut parties, Batch::new(&PARTIES))).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
    let mut tx = db.write().await.unwrap();
    tx.query("ANALYZE").execute().await.unwrap();
    tx.commit().await.unwrap();
}

/// The lines of a plan that go through every complaint.
fn whole_tables(engine: Engine, plan: &[String]) -> Vec<&String> {
    let through_all = |line: &&String| match engine {
        Engine::Sqlite => {
            let scanned = line.strip_prefix("SCAN ").and_then(|rest| rest.split_whitespace().next());
            matches!(scanned, Some("complaints" | "complaint_parties" | "c" | "p"))
        }
        Engine::Postgres => {
            line.contains("Seq Scan on complaints") || line.contains("Seq Scan on complaint_parties")
        }
    };
    plan.iter().filter(through_all).collect()
}

/// The lines of a plan that put rows in order which no index has in order.
fn sorts(engine: Engine, plan: &[String]) -> Vec<&String> {
    let sorted = |line: &&String| match engine {
        Engine::Sqlite => line.contains("TEMP B-TREE"),
        Engine::Postgres => line.contains("Sort"),
    };
    plan.iter().filter(sorted).collect()
}

#[tokio::test]
async fn nothing_goes_through_every_complaint_and_no_page_is_sorted() {
    on_each(&LISTS, async |db| {
        fill(db).await;
        let (mut looked, mut pages) = (0, 0);
        for sql in complaints::STATEMENTS.iter().chain(sealed::STATEMENTS).chain(mark::STATEMENTS) {
            let of_complaints = sql.contains("FROM complaints") || sql.contains("FROM complaint_parties");
            // The figures for operators count all open cases, on a timer of their own and for no caller.
            let counts_all = sql.contains("GROUP BY stage");
            if !of_complaints || counts_all {
                continue;
            }
            looked += 1;
            let plan = db.explain(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
            let whole = whole_tables(db.engine(), &plan);
            assert!(whole.is_empty(), "{sql}\non {} goes through all: {plan:#?}", db.engine().name());
            if sql.contains("FROM complaint_parties AS p JOIN") && sql.contains("LIMIT") {
                pages += 1;
                let sorted = sorts(db.engine(), &plan);
                assert!(sorted.is_empty(), "{sql}\non {} is sorted: {plan:#?}", db.engine().name());
            }
        }
        assert!(looked >= 12 && pages >= 5, "{looked} statements and {pages} pages were looked at");
    })
    .await
    .unwrap();
}
