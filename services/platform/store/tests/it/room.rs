//! A database without room is noticed, and noticed to have room again (reliability T10).

use std::task::Poll;

use redress_store::{Db, DbError, room};

use crate::fixture::{Fresh, SCHEMA, add, name, on_both};

/// A limit that the writing connection keeps until it is thrown away.
const LIMIT: &str = "PRAGMA max_page_count = 1";

async fn limited(db: &Db) {
    let mut tx = db.write().await.unwrap();
    tx.query(LIMIT).execute().await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_trial_finds_room_and_leaves_nothing() {
    on_both(async |db| {
        db.migrate(&[room::MIGRATIONS]).await.unwrap();
        for sql in room::STATEMENTS {
            db.prepare(sql).await.unwrap_or_else(|error| panic!("{}: {error} in {sql}", name(&db)));
        }
        assert_eq!(db.has_room().await, Ok(true), "{}", name(&db));
        let mut tx = db.read().await.unwrap();
        let left = tx.query("SELECT room_id FROM room").all(|_| Ok(())).await.unwrap();
        assert!(left.is_empty(), "{}", name(&db));
    })
    .await;
}

#[tokio::test]
async fn a_full_database_is_noticed_until_it_has_room() {
    let fresh = Fresh::sqlite().await;
    fresh.db.migrate(&[SCHEMA, room::MIGRATIONS]).await.unwrap();
    add(&fresh.db, 1).await.unwrap();
    let mut waiting = Box::pin(fresh.db.full());
    assert_eq!(futures::poll!(waiting.as_mut()), Poll::Pending, "nobody has met a full disk");

    limited(&fresh.db).await;
    let sql = "INSERT INTO things (thing_id, version, bytes) VALUES ($1, 1, $2)";
    let mut tx = fresh.db.write().await.unwrap();
    let full = tx.query(sql).bind(uuid::Uuid::max()).bind(vec![7_u8; 100_000]).execute().await;
    assert!(matches!(full, Err(DbError::Exhausted(_))), "{full:?}");
    drop(tx);
    waiting.await;

    limited(&fresh.db).await;
    assert_eq!(fresh.db.has_room().await, Ok(false));
    fresh.db.full().await;
    // The limit went with its connection.
    assert_eq!(fresh.db.has_room().await, Ok(true));
    let mut waiting = Box::pin(fresh.db.full());
    assert_eq!(futures::poll!(waiting.as_mut()), Poll::Pending, "from then on the next time is waited for");
    drop(waiting);
    fresh.gone().await;
}
