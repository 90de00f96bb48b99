//! What the database knows of its backups and restores.

use redress_backup::{
    restored::{self, Restore},
    taken,
};
use redress_store::Db;
use redress_testkit::database::{on_each, prepare};
use uuid::Uuid;

async fn on_both(test: impl AsyncFn(&Db)) {
    on_each(&[redress_journal::MIGRATIONS, redress_backup::MIGRATIONS], test).await.unwrap();
}

#[tokio::test]
async fn every_statement_means_something_on_both_databases() {
    on_both(async |db| {
        prepare(db, &[redress_backup::STATEMENTS], &[redress_backup::TABLES]).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn only_a_backup_that_is_whole_protects_and_any_that_was_begun_may_hold_something() {
    on_both(async |db| {
        let at = |text: &str| text.parse().unwrap();
        let mut tx = db.write().await.unwrap();
        assert_eq!(taken::unprotected_since(&mut tx).await.unwrap(), None);
        assert_eq!(taken::last_begun(&mut tx).await.unwrap(), None);
        for (id, begun) in [(1, "2026-06-15T01:00:00Z"), (2, "2026-06-16T01:00:00Z")] {
            taken::begin(&mut tx, Uuid::from_u128(id), at(begun)).await.unwrap();
        }
        taken::finish(&mut tx, Uuid::from_u128(1), at("2026-06-15T01:05:00Z"), b"digest").await.unwrap();
        assert_eq!(taken::unprotected_since(&mut tx).await.unwrap(), Some(at("2026-06-15T01:00:00Z")));
        assert_eq!(taken::last_begun(&mut tx).await.unwrap(), Some(at("2026-06-16T01:00:00Z")));
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_restore_stands_until_it_is_lifted() {
    on_both(async |db| {
        let restore = Restore {
            id: Uuid::from_u128(1),
            backup: Uuid::from_u128(2),
            at: "2026-06-16T09:00:00Z".parse().unwrap(),
            taken_at: "2026-06-16T01:00:00Z".parse().unwrap(),
            epoch_before: Uuid::from_u128(3),
            log_size: 17,
            published_size: 20,
        };
        let mut tx = db.write().await.unwrap();
        assert_eq!(restored::open(&mut tx).await.unwrap(), None);
        restored::mark(&mut tx, &restore).await.unwrap();
        assert_eq!(restored::open(&mut tx).await.unwrap(), Some(restore.clone()));
        restored::lift(&mut tx, restore.at).await.unwrap();
        assert_eq!(restored::open(&mut tx).await.unwrap(), None);
        tx.commit().await.unwrap();
    })
    .await;
}
