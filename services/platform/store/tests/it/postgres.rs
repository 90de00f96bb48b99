//! What PostgreSQL, its driver and its pool must be kept from.

use std::{future::Future as _, task::Poll, time::Duration};

use redress_store::{Db, DbError, Settings, db::Severity};
use uuid::Uuid;

use crate::fixture::{ADD, Fresh, SCHEMA, add, count};

async fn open(fresh: &Fresh, connections: u32) -> Db {
    let settings = Settings { connections, ..Settings::default() };
    Db::open(&fresh.url, settings).await.unwrap()
}

#[tokio::test]
async fn callers_who_go_away_while_a_transaction_begins_cost_nobody_a_write() {
    // reliability 0.1: with the driver alone, whoever comes next finds himself in a transaction he did not begin
    let Some(fresh) = Fresh::postgres().await else { return };
    fresh.db.migrate(&[SCHEMA]).await.unwrap();
    let db = open(&fresh, 1).await;
    for number in 0..100_i64 {
        let mut waits = number % 5;
        let mut begin = Box::pin(db.read());
        // Goes away after having been woken so many times, which is somewhere between asking for the connection and
        // the answer to BEGIN.
        std::future::poll_fn(|context| {
            waits -= 1;
            if begin.as_mut().poll(context).is_ready() || waits < 0 { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
        drop(begin);
        add(&db, number).await.unwrap();
    }
    // Seen by someone else, so it is committed and not merely visible to its own session.
    assert_eq!(count(&fresh.db).await, 100);
    db.close().await;
    fresh.gone().await;
}

#[tokio::test]
async fn a_dropped_statement_does_not_leak_into_the_next_transaction() {
    let Some(fresh) = Fresh::postgres().await else { return };
    fresh.db.migrate(&[SCHEMA]).await.unwrap();
    let db = open(&fresh, 1).await;
    let mut tx = db.write().await.unwrap();
    let cut =
        tokio::time::timeout(Duration::from_millis(20), tx.query("SELECT pg_sleep(0.2)").execute()).await;
    assert!(cut.is_err());
    drop(tx);
    add(&db, 1).await.unwrap();
    assert_eq!(count(&fresh.db).await, 1);
    db.close().await;
    fresh.gone().await;
}

#[tokio::test]
async fn a_statement_that_takes_too_long_is_a_timeout_and_a_lock_that_does_a_conflict() {
    let Some(fresh) = Fresh::postgres().await else { return };
    fresh.db.migrate(&[SCHEMA]).await.unwrap();
    let settings = Settings {
        statement: Duration::from_millis(100),
        lock: Duration::from_millis(50),
        ..Settings::default()
    };
    let db = Db::open(&fresh.url, settings).await.unwrap();
    let mut tx = db.write().await.unwrap();
    let slow = tx.query("SELECT pg_sleep(10)").execute().await;
    assert!(matches!(slow, Err(DbError::Timeout(_))), "{slow:?}");
    drop(tx);

    add(&db, 1).await.unwrap();
    let touch = "UPDATE things SET version = 2";
    let mut holder = fresh.db.write().await.unwrap();
    holder.query(touch).execute().await.unwrap();
    let mut waiter = db.write().await.unwrap();
    let refused = waiter.query(touch).execute().await;
    assert!(matches!(refused, Err(DbError::Conflict(_))), "{refused:?}");
    drop((holder, waiter));
    db.close().await;
    fresh.gone().await;
}

#[tokio::test]
async fn a_connection_lost_before_the_commit_is_answered_leaves_the_outcome_unknown() {
    // reliability 5.1.5
    let Some(fresh) = Fresh::postgres().await else { return };
    fresh.db.migrate(&[SCHEMA]).await.unwrap();
    let mut tx = fresh.db.write().await.unwrap();
    tx.query(ADD).bind(Uuid::from_u128(1)).bind(1_i64).execute().await.unwrap();
    let pid: i64 =
        tx.query("SELECT CAST(pg_backend_pid() AS BIGINT) AS pid").one(|row| row.get("pid")).await.unwrap();
    let mut killer = fresh.db.write().await.unwrap();
    let kill = "SELECT pg_terminate_backend(CAST($1 AS INT), 5000) AS gone";
    assert!(killer.query(kill).bind(pid).one(|row| row.get::<bool>("gone")).await.unwrap());
    let lost = tx.commit().await.unwrap_err();
    assert!(matches!(lost, DbError::Unknown(_)), "{lost:?}");
    assert!(!lost.is_certainly_aborted());
    drop(killer);
    fresh.gone().await;
}

#[tokio::test]
async fn no_free_connection_is_unavailable() {
    let Some(fresh) = Fresh::postgres().await else { return };
    let settings = Settings { connections: 1, wait: Duration::from_millis(500), ..Settings::default() };
    let db = Db::open(&fresh.url, settings).await.unwrap();
    let held = db.read().await.unwrap();
    assert_eq!(db.gauges().first().map(|gauge| (gauge.in_use, gauge.idle, gauge.most)), Some((1, 0, 1)));
    let none = db.read().await;
    assert!(matches!(none, Err(DbError::Unavailable(_))), "{none:?}");
    drop(held);
    db.close().await;
    fresh.gone().await;
}

#[tokio::test]
async fn the_self_check_finds_what_could_lose_or_leak() {
    // reliability 0.4: only the settings say that a commit reaches the disk
    let Some(fresh) = Fresh::postgres().await else { return };
    let faults = fresh.db.self_check().await.unwrap();
    let found: Vec<_> = faults.iter().map(|fault| (fault.setting, fault.found.as_str())).collect();
    // The tests are run by a superuser on a server that is otherwise set up as it should be.
    assert!(found.contains(&("role", "superuser")), "{found:?}");
    assert!(faults.iter().all(|fault| fault.setting == "role"), "{found:?}");

    let lax =
        Db::open(&format!("{}?options=-csynchronous_commit%3Doff", fresh.url), Settings::default()).await;
    let lax = lax.unwrap();
    let faults = lax.self_check().await.unwrap();
    let grave = faults.iter().find(|fault| fault.setting == "synchronous_commit");
    assert_eq!(grave.map(|fault| fault.severity), Some(Severity::Grave), "{faults:?}");
    lax.close().await;
    fresh.gone().await;
}
