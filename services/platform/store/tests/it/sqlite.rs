//! What SQLite must be told to do.

use redress_store::{Db, DbError, Settings};

use crate::fixture::{Fresh, SCHEMA, add};

#[tokio::test]
async fn a_commit_is_durable_before_it_is_acknowledged() {
    // reliability 0.3: with NORMAL, a power cut loses acknowledged commits, which no test that kills would show (0.4)
    let fresh = Fresh::sqlite().await;
    assert_eq!(fresh.db.self_check().await, Ok(Vec::new()));
    for (pragma, column, wanted) in [
        ("PRAGMA synchronous", "synchronous", 2),
        ("PRAGMA foreign_keys", "foreign_keys", 1),
        ("PRAGMA secure_delete", "secure_delete", 1),
        ("PRAGMA trusted_schema", "trusted_schema", 0),
    ] {
        let mut tx = fresh.db.write().await.unwrap();
        let found: i64 = tx.query(pragma).one(|row| row.get(column)).await.unwrap();
        assert_eq!(found, wanted, "{pragma}");
    }
    let mut tx = fresh.db.write().await.unwrap();
    let mode: String = tx.query("PRAGMA journal_mode").one(|row| row.get("journal_mode")).await.unwrap();
    assert_eq!(mode, "wal");
    drop(tx);
    fresh.gone().await;
}

#[tokio::test]
async fn what_was_committed_is_there_after_opening_again() {
    let fresh = Fresh::sqlite().await;
    fresh.db.migrate(&[SCHEMA]).await.unwrap();
    add(&fresh.db, 1).await.unwrap();
    let again = Db::open(&fresh.url, Settings::default()).await.unwrap();
    assert_eq!(crate::fixture::count(&again).await, 1);
    again.close().await;
    fresh.gone().await;
}

#[tokio::test]
async fn a_database_must_be_a_file_or_a_server() {
    for url in ["sqlite::memory:", "sqlite:", "mysql://localhost/x", "redress.db", ""] {
        let refused = Db::open(url, Settings::default()).await;
        assert!(matches!(refused, Err(DbError::Refused(_))), "{url}: {refused:?}");
    }
}

#[tokio::test]
async fn a_file_that_is_no_database_means_the_storage_is_broken() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("no.db");
    std::fs::write(&file, vec![b'x'; 8_192]).unwrap();
    let broken = Db::open(&format!("sqlite:{}", file.display()), Settings::default()).await;
    let Err(DbError::Broken(cause)) = broken else { panic!("{broken:?}") };
    assert_eq!(cause.code, "sqlite 26");
}

#[tokio::test]
async fn another_processs_lock_is_a_conflict() {
    let fresh = Fresh::sqlite().await;
    fresh.db.migrate(&[SCHEMA]).await.unwrap();
    let settings = Settings { wait: std::time::Duration::from_millis(50), ..Settings::default() };
    let other = Db::open(&fresh.url, settings).await.unwrap();
    let held = fresh.db.write().await.unwrap();
    let busy = other.write().await;
    assert!(matches!(busy, Err(DbError::Conflict(_))), "{busy:?}");
    drop(held);
    other.close().await;
    fresh.gone().await;
}

#[tokio::test]
async fn storage_that_fails_is_told_to_whoever_waits_for_it() {
    let fresh = Fresh::sqlite().await;
    fresh.db.migrate(&[SCHEMA]).await.unwrap();
    for number in 0..200 {
        add(&fresh.db, number).await.unwrap();
    }
    fresh.db.scrub("things").await.unwrap();
    let file = fresh.url.strip_prefix("sqlite:").unwrap();
    let mut bytes = std::fs::read(file).unwrap();
    bytes[4_096..].fill(0xA5);
    std::fs::write(file, bytes).unwrap();
    // A fresh connection, which holds no good copy in its cache.
    let again = Db::open(&fresh.url, Settings::default()).await.unwrap();
    let mut tx = again.read().await.unwrap();
    let broken = tx.query("SELECT version FROM things").all(|_| Ok(())).await;
    assert!(matches!(broken, Err(DbError::Broken(_))), "{broken:?}");
    drop(tx);
    assert_eq!(again.broken().await.code, "sqlite 11");
    again.close().await;
}

#[tokio::test]
async fn a_full_disk_takes_nothing_and_loses_nothing() {
    // reliability T10
    let fresh = Fresh::sqlite().await;
    fresh.db.migrate(&[SCHEMA]).await.unwrap();
    add(&fresh.db, 1).await.unwrap();
    let mut tx = fresh.db.write().await.unwrap();
    tx.query("PRAGMA max_page_count = 1").execute().await.unwrap();
    let sql = "INSERT INTO things (thing_id, version, bytes) VALUES ($1, 1, $2)";
    let full = tx.query(sql).bind(uuid::Uuid::max()).bind(vec![7_u8; 100_000]).execute().await.unwrap_err();
    assert!(matches!(full, DbError::Exhausted(_)), "{full:?}");
    assert!(full.is_certainly_aborted());
    drop(tx);
    // There is room again: the limit was that connection's, and whoever comes next is given a sound one.
    add(&fresh.db, 2).await.unwrap();
    assert_eq!(crate::fixture::count(&fresh.db).await, 2);
    fresh.gone().await;
}

#[tokio::test]
async fn the_library_is_not_one_that_corrupts() {
    // reliability 0.5: before 3.51.3 a checkpoint that races a commit corrupts the file
    let fresh = Fresh::sqlite().await;
    let mut tx = fresh.db.read().await.unwrap();
    let version: String =
        tx.query("SELECT sqlite_version() AS version").one(|row| row.get("version")).await.unwrap();
    let parts: Vec<u32> = version.split('.').map(|part| part.parse().unwrap()).collect();
    assert!(parts >= vec![3, 51, 3], "{version}");
    let mapped: i64 = tx.query("PRAGMA mmap_size").one(|row| row.get("mmap_size")).await.unwrap();
    assert_eq!(mapped, 0, "a file that is mapped into memory cannot report a failing disk");
    drop(tx);
    fresh.gone().await;
}
