//! A sweep costs what is due, not what is stored: what is asked of the table of records goes by an index, on both databases.

use jiff::{Timestamp, civil::date};
use redress_store::{Batch, Db, Document, Parameter as _, Table};
use redress_testkit::database::on_each;
use uuid::Uuid;

use crate::statements::LISTS;

/// So many that going through all of them is never the cheapest.
const MANY: u128 = 20_000;

/// Rows in a statement.
const STATEMENT: u128 = 500;

const RECORDS: Table = Table::insert(
    "records",
    &[
        "record_id",
        "contract_id",
        "organisation_id",
        "class",
        "standing",
        "due_from",
        "look_on",
        "state",
        "version",
        "revision",
        "created_at",
    ],
);

/// Statements that are asked again and again, and the index each goes by.
const ASKED: [(&str, &str); 2] = [
    ("FROM records WHERE look_on <= $1", "records_look_idx"),
    ("FROM records WHERE contract_id = $1 AND record_id > $2", "records_contract_idx"),
];

/// Records of a hundred contracts, each due on another day in the years ahead.
async fn fill(db: &Db) {
    let (now, state) = (Timestamp::UNIX_EPOCH, serde_json::json!({ "stage": "UNREGISTERED" }));
    let state = Document::of(&state, "state").unwrap();
    let mut tx = db.write().await.unwrap();
    let mut batch = Batch::new(&RECORDS);
    for number in 0..MANY {
        let day =
            date(2026, 1, 1).saturating_add(jiff::Span::new().days(i64::try_from(number % 3_000).unwrap()));
        batch.push([
            Uuid::from_u128(number + 1).value(),
            Uuid::from_u128(number % 100).value(),
            Uuid::from_u128(1).value(),
            "SERVICES_SUPPLIED".value(),
            "KEPT".value(),
            Some(day).value(),
            Some(day).value(),
            state.clone().value(),
            1_i64.value(),
            1_i64.value(),
            now.value(),
        ]);
        // A statement that takes long is cut off, also on a machine that has much else to do.
        if (number + 1) % STATEMENT == 0 {
            tx.flush(std::mem::replace(&mut batch, Batch::new(&RECORDS))).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn what_is_due_is_found_by_an_index() {
    on_each(&LISTS, async |db| {
        fill(db).await;
        for (part, index) in ASKED {
            let statement = records_retention::STATEMENTS.iter().find(|statement| statement.contains(part));
            let statement = statement.unwrap_or_else(|| panic!("no statement has {part}"));
            let plan = db.explain(statement).await.unwrap().join("\n");
            assert!(plan.contains(index), "{statement}\n{plan}");
        }
    })
    .await
    .unwrap();
}
