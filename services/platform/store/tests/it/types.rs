//! Every portable type comes back as it went in, and a wrong one does not go in.

use jiff::{Timestamp, civil::date};
use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};
use redress_kernel::Id;
use redress_store::{Column, Db, DbError, Document, Parameter};
use serde_json::json;
use uuid::Uuid;

use crate::fixture::{name, on_both};

const THING: Uuid = Uuid::from_u128(1);

/// A row with one column of interest; the version is given twice where that is the one.
macro_rules! insert {
    ("version") => {
        "INSERT INTO things (thing_id, version) VALUES ($1, $2)"
    };
    ($column:literal) => {
        concat!("INSERT INTO things (thing_id, version, ", $column, ") VALUES ($1, 1, $2)")
    };
}
/// Puts `value` into one column and reads it back.
async fn there_and_back<T>(db: &Db, column: &'static str, value: T) -> Result<T, DbError>
where
    T: Parameter + Column + Clone + Send + Sync,
{
    // One statement for each column, because statements are constants.
    let (insert, select) = match column {
        "thing_id" => {
            ("INSERT INTO things (thing_id, version) VALUES ($1, 1)", "SELECT thing_id FROM things")
        }
        "version" => (insert!("version"), "SELECT version FROM things"),
        "at" => (insert!("at"), "SELECT at FROM things"),
        "on_day" => (insert!("on_day"), "SELECT on_day FROM things"),
        "yes" => (insert!("yes"), "SELECT yes FROM things"),
        "words" => (insert!("words"), "SELECT words FROM things"),
        "bytes" => (insert!("bytes"), "SELECT bytes FROM things"),
        "json" => (insert!("json"), "SELECT json FROM things"),
        other => panic!("no column {other}"),
    };
    let mut tx = db.write().await?;
    let query = tx.query(insert);
    let query = if column == "thing_id" { query } else { query.bind(THING) };
    query.bind(value).execute().await?;
    tx.query(select).one(|row| row.get(column)).await
}

async fn returns<T>(db: &Db, column: &'static str, values: impl IntoIterator<Item = T>)
where
    T: Parameter + Column + Clone + Send + Sync + PartialEq + std::fmt::Debug,
{
    for value in values {
        let found = there_and_back(db, column, value.clone()).await;
        assert_eq!(found, Ok(value), "{column} on {}", name(db));
    }
}

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn document(json: &serde_json::Value) -> Document {
    Document::of(json, "json").unwrap()
}

/// PostgreSQL lays a document out anew, so that it is the same without being the same text.
async fn return_documents<const N: usize>(db: &Db, documents: [serde_json::Value; N]) {
    for json in documents {
        let found = there_and_back(db, "json", document(&json)).await.unwrap();
        assert_eq!(found.read(), Some(json), "{}", name(db));
    }
}

#[tokio::test]
async fn extremes_come_back() {
    on_both(async |db| {
        returns(&db, "thing_id", [Uuid::nil(), Uuid::max(), Uuid::from_u128(7)]).await;
        returns(&db, "version", [i64::MIN, -1, 0, 1, i64::MAX]).await;
        let instants = [
            "0001-01-01T00:00:00Z",
            "1969-12-31T23:59:59.999999Z",
            "1999-12-31T23:59:59.999999Z",
            "2000-01-01T00:00:00.000001Z",
            "2026-06-30T23:30:00Z",
            "9999-12-30T21:59:59.999999Z",
        ];
        returns(&db, "at", instants.map(instant)).await;
        returns(&db, "on_day", [date(1, 1, 1), date(1999, 12, 31), date(2024, 2, 29), date(9999, 12, 31)])
            .await;
        returns(&db, "yes", [true, false]).await;
        let long = "ß".repeat(100_000);
        returns(&db, "words", ["", "O'Brien", "Ŵyn ŷ", "👩🏽‍⚕️", "%_\\", &long].map(str::to_owned)).await;
        returns(&db, "bytes", [vec![], vec![0], (0..=255).collect(), vec![7; 1_000_000]]).await;
        let json = [
            json!(null),
            json!({}),
            json!([]),
            json!({"b": [1, -1, true, null, "x", 9_007_199_254_740_993_i64], "a": {"": "ŷ"}}),
            json!(i64::MAX),
            json!(0.1),
        ];
        return_documents(&db, json).await;
    })
    .await;
}

#[tokio::test]
async fn null_of_every_type_comes_back() {
    on_both(async |db| {
        returns(&db, "at", [None::<Timestamp>]).await;
        returns(&db, "on_day", [None::<jiff::civil::Date>]).await;
        returns(&db, "yes", [None::<bool>]).await;
        returns(&db, "words", [None::<String>, Some(String::new())]).await;
        returns(&db, "bytes", [None::<Vec<u8>>, Some(vec![])]).await;
        returns(&db, "json", [None::<Document>, Some(document(&json!({})))]).await;
    })
    .await;
}

#[tokio::test]
async fn typed_ids_are_uuids() {
    enum Thing {}
    on_both(async |db| returns(&db, "thing_id", [Id::<Thing>::new(Uuid::from_u128(3))]).await).await;
}

#[tokio::test]
async fn finer_than_a_microsecond_is_cut_off_alike() {
    on_both(async |db| {
        for (given, kept) in [
            ("2026-01-01T00:00:00.123456789Z", "2026-01-01T00:00:00.123456Z"),
            ("1960-01-01T00:00:00.123456Z", "1960-01-01T00:00:00.123456Z"),
        ] {
            let found = there_and_back(&db, "at", instant(given)).await;
            assert_eq!(found, Ok(instant(kept)), "{}", name(&db));
        }
    })
    .await;
}

#[tokio::test]
async fn time_sorts_as_it_passes() {
    // style 3.3, trap 1
    on_both(async |db| {
        let instants = [
            "2026-01-01T00:00:01Z",
            "2026-01-01T00:00:00.5Z",
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:00:00.500001Z",
            "0999-01-01T00:00:00Z",
        ]
        .map(instant);
        let mut tx = db.write().await.unwrap();
        for (number, at) in instants.iter().enumerate() {
            let id = Uuid::from_u128(number as u128);
            tx.query(insert!("at")).bind(id).bind(*at).execute().await.unwrap();
        }
        let sql = "SELECT at FROM things WHERE at < $1 ORDER BY at";
        let found: Vec<Timestamp> =
            tx.query(sql).bind(instant("2026-01-01T00:00:01Z")).all(|row| row.get("at")).await.unwrap();
        let mut wanted = instants[1..].to_vec();
        wanted.sort();
        assert_eq!(found, wanted, "{}", name(&db));
    })
    .await;
}

#[tokio::test]
async fn what_only_one_database_would_keep_is_refused_by_both() {
    on_both(async |db| {
        let early = Timestamp::MIN;
        for refused in [
            there_and_back(&db, "words", "a\0b".to_owned()).await.map(drop),
            there_and_back(&db, "json", document(&json!({"a": ["\0"]}))).await.map(drop),
            there_and_back(&db, "json", document(&json!({"\0": 1}))).await.map(drop),
            there_and_back(&db, "at", early).await.map(drop),
            there_and_back(&db, "on_day", date(0, 1, 1)).await.map(drop),
        ] {
            assert!(matches!(refused, Err(DbError::Refused(_))), "{refused:?} on {}", name(&db));
        }
    })
    .await;
}

#[tokio::test]
async fn a_value_of_the_wrong_type_is_refused() {
    on_both(async |db| {
        let wrong = [
            ("thing_id", there_and_back(&db, "thing_id", "seven".to_owned()).await.map(drop)),
            ("thing_id", there_and_back(&db, "thing_id", vec![1_u8, 2]).await.map(drop)),
            ("version", there_and_back(&db, "version", "seven".to_owned()).await.map(drop)),
            ("at", there_and_back(&db, "at", 7_i64).await.map(drop)),
            ("on_day", there_and_back(&db, "on_day", 7_i64).await.map(drop)),
            ("yes", there_and_back(&db, "yes", 2_i64).await.map(drop)),
            ("bytes", there_and_back(&db, "bytes", "x".to_owned()).await.map(drop)),
            ("json", there_and_back(&db, "json", vec![1_u8]).await.map(drop)),
        ];
        for (column, refused) in wrong {
            assert!(matches!(refused, Err(DbError::Refused(_))), "{column}: {refused:?} on {}", name(&db));
        }
        // PostgreSQL makes text of anything, so that the value does not come back; SQLite refuses it at once.
        assert!(there_and_back(&db, "words", vec![1_u8]).await.is_err(), "{}", name(&db));
    })
    .await;
}

#[tokio::test]
async fn a_row_that_cannot_be_read_names_its_table_and_column() {
    on_both(async |db| {
        crate::fixture::add(&db, 1).await.unwrap();
        let mut tx = db.read().await.unwrap();
        for (result, column) in [
            (
                tx.query("SELECT version FROM things")
                    .one(|row| row.get::<String>("version"))
                    .await
                    .map(drop),
                "version",
            ),
            (
                tx.query("SELECT words FROM things").one(|row| row.get::<String>("words")).await.map(drop),
                "words",
            ),
            (
                tx.query("SELECT words FROM things").one(|row| row.get::<String>("word")).await.map(drop),
                "word",
            ),
        ] {
            let Err(DbError::Inconsistent { table, column: found, .. }) = result else {
                panic!("{result:?}")
            };
            assert_eq!((table.as_str(), found.as_str()), ("things", column), "{}", name(&db));
        }
    })
    .await;
}

#[tokio::test]
async fn any_text_comes_back() {
    on_both(async |db| {
        let mut runner = TestRunner::deterministic();
        for _ in 0..50 {
            let text = any::<String>().new_tree(&mut runner).unwrap().current().replace('\0', "");
            returns(&db, "words", [text.clone()]).await;
            return_documents(&db, [json!({ "text": text })]).await;
        }
    })
    .await;
}
