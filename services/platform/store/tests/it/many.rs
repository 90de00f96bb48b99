//! Many rows in one statement, on both databases.

use redress_store::{Batch, DbError, Parameter as _, Table};
use uuid::Uuid;

use crate::fixture::{add, count, name, on_both};

const INSERT: Table = Table::insert("things", &["thing_id", "version", "words"]);
const INSERT_NEW: Table = Table::insert_new("things", &["thing_id", "version"]);
const REPLACE: Table = Table::replace("things", &["thing_id", "version", "words"], &["thing_id"]);
const SAVE: Table = Table::save("things", &["thing_id", "version", "words"], &["thing_id"], "version");

const MISSPELT: Table = Table::insert("things", &["thing_id", "colour"]);

const SELECT: &str =
    "SELECT thing_id FROM things WHERE version >= $1 AND thing_id IN ({keys}) ORDER BY thing_id";
const SELECT_PAIRS: &str =
    "SELECT thing_id FROM things WHERE (thing_id, version) IN (VALUES {rows UUID, BIGINT})";
const MOVE: &str = "WITH moved (thing_id, version, words) AS (VALUES {rows UUID, BIGINT, TEXT}) \
                    UPDATE things SET version = moved.version, words = moved.words FROM moved \
                    WHERE things.thing_id = moved.thing_id";

fn id(number: i64) -> Uuid {
    Uuid::from_u128(number.unsigned_abs().into())
}

fn rows(table: &'static Table, numbers: impl IntoIterator<Item = i64>, version: i64) -> Batch {
    let mut batch = Batch::new(table);
    for number in numbers {
        batch.push([id(number).value(), version.value(), Some("words").value()]);
    }
    batch
}

#[tokio::test]
async fn any_number_of_rows_goes_in() {
    on_both(async |db| {
        let mut first = 0;
        for wanted in [0, 1, 2, 3, 13, 511, 512, 513, 1_025] {
            let mut tx = db.write().await.unwrap();
            let batch = rows(&INSERT, first..first + wanted, 1);
            assert_eq!(batch.len() as u64, wanted.unsigned_abs());
            assert_eq!(tx.flush(batch).await, Ok(wanted.unsigned_abs()), "{}", name(&db));
            tx.commit().await.unwrap();
            first += wanted;
        }
        assert_eq!(count(&db).await, first, "{}", name(&db));
    })
    .await;
}

#[tokio::test]
async fn a_save_replaces_only_the_version_before() {
    on_both(async |db| {
        let save = async |numbers: std::ops::Range<i64>, version| {
            let mut tx = db.write().await.unwrap();
            let changed = tx.flush(rows(&SAVE, numbers, version)).await.unwrap();
            tx.commit().await.unwrap();
            changed
        };
        assert_eq!(save(0..5, 1).await, 5);
        assert_eq!(save(0..3, 2).await, 3);
        // Three are at version 2 already, two are still at 1.
        assert_eq!(save(0..5, 2).await, 2, "{}", name(&db));
        assert_eq!(save(0..5, 9).await, 0, "{}", name(&db));
    })
    .await;
}

#[tokio::test]
async fn keys_that_are_taken_are_refused_left_alone_or_replaced() {
    on_both(async |db| {
        add(&db, 1).await.unwrap();
        let mut tx = db.write().await.unwrap();
        let taken = tx.flush(rows(&INSERT, 0..3, 1)).await;
        assert!(matches!(taken, Err(DbError::Conflict(_))), "{taken:?} on {}", name(&db));
        drop(tx);

        let mut tx = db.write().await.unwrap();
        let mut batch = Batch::new(&INSERT_NEW);
        for number in 0..3 {
            batch.push([id(number).value(), 7_i64.value()]);
        }
        assert_eq!(tx.flush(batch).await, Ok(2), "{}", name(&db));
        assert_eq!(tx.flush(rows(&REPLACE, 0..3, 8)).await, Ok(3), "{}", name(&db));
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_row_of_the_wrong_width_is_refused_before_it_is_sent() {
    on_both(async |db| {
        let mut batch = Batch::new(&INSERT);
        batch.push([id(1).value()]);
        let mut tx = db.write().await.unwrap();
        assert!(matches!(tx.flush(batch).await, Err(DbError::Refused(_))));
    })
    .await;
}

#[tokio::test]
async fn a_row_that_would_be_left_out_is_refused_before_it_is_sent() {
    on_both(async |db| {
        let mut batch = rows(&INSERT, 0..2, 1);
        batch.push([None::<Uuid>.value(), 1_i64.value(), Some("words").value()]);
        let mut tx = db.write().await.unwrap();
        assert!(matches!(tx.flush(batch).await, Err(DbError::Refused(_))), "{}", name(&db));
        drop(tx);
        assert_eq!(count(&db).await, 0, "{}", name(&db));
    })
    .await;
}

#[tokio::test]
async fn any_number_of_keys_is_found() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        tx.flush(rows(&INSERT, 0..100, 1)).await.unwrap();
        for wanted in [0, 1, 2, 3, 64, 65] {
            // Every other key is unknown.
            let keys = (100 - wanted..100 + wanted).map(id);
            let found: Vec<Uuid> =
                tx.query(SELECT).bind(0_i64).keys(keys).all(|row| row.get("thing_id")).await.unwrap();
            let expected: Vec<Uuid> = (100 - wanted..100).map(id).collect();
            assert_eq!(found, expected, "{}", name(&db));
        }
    })
    .await;
}

#[tokio::test]
async fn pairs_are_found() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        tx.flush(rows(&INSERT, 0..3, 1)).await.unwrap();
        let pairs = [(0, 1), (1, 2), (2, 1)]
            .map(|(number, version)| [id(number).value(), i64::from(version).value()]);
        let mut found: Vec<Uuid> =
            tx.query(SELECT_PAIRS).rows(pairs).all(|row| row.get("thing_id")).await.unwrap();
        found.sort();
        assert_eq!(found, [id(0), id(2)], "{}", name(&db));
    })
    .await;
}

#[tokio::test]
async fn many_rows_are_updated_at_once_each_to_its_own_value() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        tx.flush(rows(&INSERT, 0..10, 1)).await.unwrap();
        // Five rows are rendered as eight, the last one three times over; and NULL has a type.
        let moved = (0..5).map(|number| [id(number).value(), (number + 100).value(), None::<String>.value()]);
        assert_eq!(tx.query(MOVE).rows(moved).execute().await, Ok(5), "{}", name(&db));
        let versions: Vec<i64> = tx
            .query("SELECT version FROM things ORDER BY thing_id")
            .all(|row| row.get("version"))
            .await
            .unwrap();
        assert_eq!(versions, [100, 101, 102, 103, 104, 1, 1, 1, 1, 1], "{}", name(&db));
    })
    .await;
}

#[tokio::test]
async fn keys_without_a_placeholder_and_the_reverse_are_refused() {
    on_both(async |db| {
        let mut tx = db.read().await.unwrap();
        let without = tx.query("SELECT 1 AS one").keys([id(1)]).all(|_| Ok(())).await;
        assert!(matches!(without, Err(DbError::Refused(_))), "{without:?}");
        let reverse = tx.query(SELECT).bind(0_i64).all(|_| Ok(())).await;
        assert!(matches!(reverse, Err(DbError::Refused(_))), "{reverse:?}");
        let narrow = tx.query(SELECT_PAIRS).rows([[id(1).value()]]).all(|_| Ok(())).await;
        assert!(matches!(narrow, Err(DbError::Refused(_))), "{narrow:?}");
    })
    .await;
}

#[tokio::test]
async fn statements_over_many_rows_can_be_checked_too() {
    on_both(async |db| {
        for sql in [SELECT, SELECT_PAIRS, MOVE] {
            db.prepare(sql).await.unwrap();
        }
        for table in [&INSERT, &INSERT_NEW, &REPLACE, &SAVE] {
            db.prepare_table(table).await.unwrap();
        }
        assert!(matches!(db.prepare_table(&MISSPELT).await, Err(DbError::Refused(_))), "{}", name(&db));
    })
    .await;
}
