//! Migrations: applied once, in order, never edited; append-only tables that refuse.

use redress_store::{Db, DbError, List, Migration};
use uuid::Uuid;

use crate::fixture::{Fresh, SCHEMA, name, on_both};

const FIRST: Migration =
    Migration { version: 1, name: "first", sql: "CREATE TABLE a (\n    a_id UUID PRIMARY KEY\n);\n" };
const SECOND: Migration =
    Migration { version: 2, name: "second", sql: "ALTER TABLE a ADD COLUMN seen BOOLEAN;\n" };
const THIRD: Migration =
    Migration { version: 3, name: "third", sql: "CREATE INDEX a_seen_idx ON a (seen);\n" };
const EDITED: Migration =
    Migration { version: 1, name: "first", sql: "CREATE TABLE a (\n    a_id TEXT PRIMARY KEY\n);\n" };
const WRONG: Migration = Migration {
    version: 3,
    name: "wrong",
    sql: "CREATE TABLE b (\n    b_id UUID PRIMARY KEY\n);\nDROP TABLE nothing;\n",
};

const fn list(migrations: &'static [Migration]) -> List {
    List { name: "a", migrations }
}

#[tokio::test]
async fn migrating_again_does_nothing_and_later_steps_follow() {
    on_both(async |db| {
        assert_eq!(db.pending(&[SCHEMA, list(&[FIRST])]).await.unwrap().len(), 1, "{}", name(&db));
        assert_eq!(db.migrate(&[SCHEMA, list(&[FIRST])]).await, Ok(1));
        assert_eq!(db.migrate(&[SCHEMA, list(&[FIRST])]).await, Ok(0));
        assert_eq!(db.migrate(&[SCHEMA, list(&[FIRST, SECOND, THIRD])]).await, Ok(2), "{}", name(&db));
        assert_eq!(db.pending(&[SCHEMA, list(&[FIRST, SECOND, THIRD])]).await, Ok(Vec::new()));
        // An older program finds nothing to do, and does not mind.
        assert_eq!(db.migrate(&[list(&[FIRST])]).await, Ok(0));
    })
    .await;
}

#[tokio::test]
async fn history_that_was_edited_or_reordered_is_refused() {
    on_both(async |db| {
        db.migrate(&[list(&[FIRST, THIRD_WITHOUT_SECOND])]).await.unwrap();
        for wrong in [list(&[EDITED]), list(&[FIRST, SECOND, THIRD_WITHOUT_SECOND]), list(&[SECOND, FIRST])] {
            let refused = db.migrate(&[wrong]).await;
            assert!(matches!(refused, Err(DbError::Refused(_))), "{refused:?} on {}", name(&db));
            assert!(db.pending(&[wrong]).await.is_err(), "{}", name(&db));
        }
    })
    .await;
}

const THIRD_WITHOUT_SECOND: Migration =
    Migration { version: 3, name: "third", sql: "CREATE INDEX a_idx ON a (a_id);\n" };

#[tokio::test]
async fn a_migration_that_fails_leaves_nothing_behind() {
    on_both(async |db| {
        let failed = db.migrate(&[list(&[FIRST, WRONG])]).await;
        assert!(matches!(failed, Err(DbError::Refused(_))), "{failed:?} on {}", name(&db));
        assert!(db.prepare("SELECT a_id FROM a").await.is_err(), "{}", name(&db));
        assert_eq!(db.migrate(&[list(&[FIRST])]).await, Ok(1), "{}", name(&db));
    })
    .await;
}

#[tokio::test]
async fn several_processes_may_migrate_at_once() {
    let mut fresh = vec![Fresh::sqlite().await];
    fresh.extend(Fresh::postgres().await);
    for one in fresh {
        let mut done = 0;
        let others = [again(&one).await, again(&one).await, again(&one).await];
        let lists = &[SCHEMA, list(&[FIRST, SECOND])];
        let (a, b, c) =
            tokio::join!(others[0].migrate(lists), others[1].migrate(lists), others[2].migrate(lists));
        for result in [a, b, c] {
            done += result.unwrap();
        }
        assert_eq!(done, 3, "{}", name(&one.db));
        for other in others {
            other.close().await;
        }
        one.gone().await;
    }
}

async fn again(fresh: &Fresh) -> Db {
    Db::open(&fresh.url, redress_store::Settings::default()).await.unwrap()
}

#[tokio::test]
async fn an_append_only_table_refuses_to_be_changed() {
    on_both(async |db| {
        let mut tx = db.write().await.unwrap();
        let sql = "INSERT INTO entries (entry_id, fact) VALUES ($1, $2)";
        tx.query(sql).bind(Uuid::from_u128(1)).bind("happened").execute().await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = db.write().await.unwrap();
        assert_eq!(tx.query("UPDATE entries SET position = 7").execute().await, Ok(1), "{}", name(&db));
        tx.commit().await.unwrap();

        for forbidden in [
            "UPDATE entries SET fact = 'did not happen'",
            "UPDATE entries SET entry_id = entry_id",
            "UPDATE entries SET position = 8",
            "UPDATE entries SET position = NULL",
            "DELETE FROM entries",
        ] {
            let mut tx = db.write().await.unwrap();
            let refused = tx.query(forbidden).execute().await;
            assert!(matches!(refused, Err(DbError::Refused(_))), "{forbidden}: {refused:?} on {}", name(&db));
        }
    })
    .await;
}

#[tokio::test]
async fn postgresql_refuses_to_empty_an_append_only_table() {
    let Some(fresh) = Fresh::postgres().await else { return };
    fresh.db.migrate(&[SCHEMA]).await.unwrap();
    let mut tx = fresh.db.write().await.unwrap();
    let refused = tx.query("TRUNCATE entries").execute().await;
    assert!(matches!(refused, Err(DbError::Refused(_))), "{refused:?}");
    drop(tx);
    fresh.gone().await;
}
