//! Transactions: what is dropped is undone, what is committed is seen, and races are told apart from bugs.

use redress_store::{Db, DbError};
use uuid::Uuid;

use crate::fixture::{ADD, Fresh, add, count, name, on_both};

#[tokio::test]
async fn what_is_dropped_is_undone() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        tx.query(ADD).bind(Uuid::from_u128(1)).bind(1_i64).execute().await.unwrap();
        drop(tx);
        assert_eq!(count(&db).await, 0, "{}", name(&db));

        let mut tx = db.write().await.unwrap();
        tx.query(ADD).bind(Uuid::from_u128(1)).bind(1_i64).execute().await.unwrap();
        tx.rollback().await.unwrap();
        assert_eq!(count(&db).await, 0, "{}", name(&db));

        add(&db, 1).await.unwrap();
        assert_eq!(count(&db).await, 1, "{}", name(&db));
    })
    .await;
}

#[tokio::test]
async fn a_read_cannot_write() {
    on_both(async |db| {
        let mut tx = db.read().await.unwrap();
        let refused = tx.query(ADD).bind(Uuid::nil()).bind(1_i64).execute().await;
        assert!(matches!(refused, Err(DbError::Refused(_))), "{refused:?} on {}", name(&db));
    })
    .await;
}

#[tokio::test]
async fn a_read_sees_one_state_throughout() {
    on_both(async |db| {
        add(&db, 1).await.unwrap();
        let mut tx = db.read().await.unwrap();
        let seen = async |tx: &mut redress_store::Tx| -> i64 {
            tx.query("SELECT COUNT(*) AS found FROM things").one(|row| row.get("found")).await.unwrap()
        };
        assert_eq!(seen(&mut tx).await, 1);
        add(&db, 2).await.unwrap();
        assert_eq!(seen(&mut tx).await, 1, "{}", name(&db));
        drop(tx);
        assert_eq!(count(&db).await, 2, "{}", name(&db));
    })
    .await;
}

#[tokio::test]
async fn a_missing_or_surplus_value_is_refused() {
    // style 3.3, trap 4: SQLite would take it for NULL
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let missing = tx.query(ADD).bind(Uuid::nil()).execute().await;
        assert!(matches!(missing, Err(DbError::Refused(_))), "{missing:?} on {}", name(&db));
        let surplus = tx.query(ADD).bind(Uuid::nil()).bind(1_i64).bind(2_i64).execute().await;
        assert!(matches!(surplus, Err(DbError::Refused(_))), "{surplus:?} on {}", name(&db));
    })
    .await;
}

#[tokio::test]
async fn every_increment_of_many_writers_counts() {
    // crates.md 3.4: with a deferred BEGIN, most of these fail on SQLite
    on_both(async |db| {
        add(&db, 1).await.unwrap();
        let writers: Vec<_> = (0..8)
            .map(|_| {
                let db = db.clone();
                tokio::spawn(async move {
                    for _ in 0..25 {
                        increment(&db).await.unwrap();
                    }
                })
            })
            .collect();
        for writer in writers {
            writer.await.unwrap();
        }
        let mut tx = db.read().await.unwrap();
        let version: i64 =
            tx.query("SELECT version FROM things").one(|row| row.get("version")).await.unwrap();
        assert_eq!(version, 201, "{}", name(&db));
    })
    .await;
}

async fn increment(db: &Db) -> Result<(), DbError> {
    let mut tx = db.write().await?;
    tx.query("UPDATE things SET version = version + 1").execute().await?;
    tx.commit().await
}

#[tokio::test]
async fn a_key_that_is_taken_is_a_conflict_and_other_breaches_are_bugs() {
    on_both(async |db| {
        add(&db, 1).await.unwrap();
        let taken = add(&db, 1).await.unwrap_err();
        assert!(matches!(taken, DbError::Conflict(_)), "{taken:?} on {}", name(&db));
        assert!(taken.is_certainly_aborted());
        for (thing, stage) in [(1, "AJAR"), (2, "OPEN")] {
            let mut tx = db.write().await.unwrap();
            let sql = "INSERT INTO parts (part_id, thing_id, stage) VALUES ($1, $2, $3)";
            let query = tx.query(sql).bind(Uuid::nil()).bind(Uuid::from_u128(thing)).bind(stage);
            let refused = query.execute().await;
            assert!(matches!(refused, Err(DbError::Refused(_))), "{refused:?} on {}", name(&db));
        }
    })
    .await;
}

#[tokio::test]
async fn after_a_statement_has_failed_nothing_more_is_done() {
    // PostgreSQL answers the commit of a failed transaction by undoing it and saying that all is well
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        tx.query(ADD).bind(Uuid::from_u128(1)).bind(1_i64).execute().await.unwrap();
        tx.query(ADD).bind(Uuid::from_u128(1)).bind(1_i64).execute().await.unwrap_err();
        let next = tx.query(ADD).bind(Uuid::from_u128(2)).bind(1_i64).execute().await;
        assert!(matches!(next, Err(DbError::Refused(_))), "{next:?} on {}", name(&db));
        let committed = tx.commit().await;
        assert!(matches!(committed, Err(DbError::Refused(_))), "{committed:?} on {}", name(&db));
        assert_eq!(count(&db).await, 0, "{}", name(&db));
    })
    .await;
}

#[tokio::test]
async fn no_error_repeats_a_value() {
    // reliability 5.11: names, addresses and numbers must not reach the log by way of an error
    const CANARY: &str = "JX123456D";
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let sql = "INSERT INTO parts (part_id, thing_id, stage) VALUES ($1, $2, $3)";
        let query = tx.query(sql).bind(Uuid::nil()).bind(Uuid::nil()).bind(CANARY);
        let refused = query.execute().await.unwrap_err();
        drop(tx);
        let mut tx = db.write().await.unwrap();
        let sql = "INSERT INTO things (thing_id, version, words) VALUES ($1, CAST($2 AS BIGINT), NULL)";
        let cast = tx.query(sql).bind(Uuid::nil()).bind(CANARY).execute().await;
        for error in [Some(refused), cast.err()].into_iter().flatten() {
            assert!(!format!("{error} {error:?}").contains(CANARY), "{error:?} on {}", name(&db));
        }
    })
    .await;
}

#[tokio::test]
async fn every_statement_is_checked_without_being_run() {
    on_both(async |db| {
        db.prepare(ADD).await.unwrap();
        assert_eq!(count(&db).await, 0, "{}", name(&db));
        for misspelt in ["SELECT colour FROM things", "SELEKT 1", "SELECT 1 FROM nothings"] {
            let refused = db.prepare(misspelt).await;
            assert!(matches!(refused, Err(DbError::Refused(_))), "{refused:?} on {}", name(&db));
        }
    })
    .await;
}

#[tokio::test]
async fn two_updates_in_opposite_order_are_a_conflict_and_nothing_is_lost() {
    let Some(fresh) = Fresh::postgres().await else { return };
    fresh.db.migrate(&[crate::fixture::SCHEMA]).await.unwrap();
    add(&fresh.db, 1).await.unwrap();
    add(&fresh.db, 2).await.unwrap();
    let touch = "UPDATE things SET version = version + 1 WHERE thing_id = $1";
    let (mut first, mut second) = (fresh.db.write().await.unwrap(), fresh.db.write().await.unwrap());
    first.query(touch).bind(Uuid::from_u128(1)).execute().await.unwrap();
    second.query(touch).bind(Uuid::from_u128(2)).execute().await.unwrap();
    let (one, other) = tokio::join!(
        first.query(touch).bind(Uuid::from_u128(2)).execute(),
        second.query(touch).bind(Uuid::from_u128(1)).execute()
    );
    let failed: Vec<DbError> = [one.err(), other.err()].into_iter().flatten().collect();
    assert!(matches!(failed.as_slice(), [DbError::Conflict(_)]), "{failed:?}");
    drop((first, second));
    fresh.gone().await;
}
