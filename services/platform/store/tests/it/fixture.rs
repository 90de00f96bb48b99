//! A fresh database of each kind for every test.

use redress_store::{Db, List, Migration, Settings, db::Engine, scratch};
use tempfile::TempDir;
use uuid::Uuid;

/// One table with every type, and one that refuses to be changed.
pub(crate) const SCHEMA: List = List {
    name: "store-test",
    migrations: &[Migration { version: 1, name: "tables", sql: include_str!("schema.sql") }],
};

/// A database that goes away.
pub(crate) struct Fresh {
    pub(crate) db: Db,
    pub(crate) url: String,
    _folder: Option<TempDir>,
    remove: Option<(String, String)>,
}

impl Fresh {
    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}/made/if/missing/test.db", folder.path().display());
        let db = Db::open(&url, Settings::default()).await.unwrap();
        Self { db, url, _folder: Some(folder), remove: None }
    }

    /// `None`, with a line that says so, where there is no server to test with.
    pub(crate) async fn postgres() -> Option<Self> {
        let Some(administrator) = std::env::var("REDRESS_TEST_POSTGRES").ok() else {
            eprintln!("REDRESS_TEST_POSTGRES is not set: not tested on PostgreSQL");
            return None;
        };
        let name = format!("test_{}", Uuid::new_v4().simple());
        let url = scratch::create(&administrator, &name).await.unwrap();
        let settings = Settings { connections: 8, ..Settings::default() };
        let db = Db::open(&url, settings).await.unwrap();
        Some(Self { db, url, _folder: None, remove: Some((administrator, name)) })
    }

    pub(crate) async fn gone(self) {
        self.db.close().await;
        if let Some((administrator, name)) = self.remove {
            scratch::remove(&administrator, &name).await.unwrap();
        }
    }
}

/// Runs a test on each kind of database, with the schema applied.
pub(crate) async fn on_both(test: impl AsyncFn(Db)) {
    let mut fresh = vec![Fresh::sqlite().await];
    fresh.extend(Fresh::postgres().await);
    for one in fresh {
        assert_eq!(one.db.migrate(&[SCHEMA]).await, Ok(1));
        test(one.db.clone()).await;
        one.gone().await;
    }
}

/// Which one it is, for messages.
pub(crate) fn name(db: &Db) -> &'static str {
    Engine::name(db.engine())
}

/// Adds a row to `things` in a transaction of its own.
pub(crate) async fn add(db: &Db, number: i64) -> Result<(), redress_store::DbError> {
    let mut tx = db.write().await?;
    tx.query(ADD).bind(Uuid::from_u128(number.unsigned_abs().into())).bind(number).execute().await?;
    tx.commit().await
}

pub(crate) const ADD: &str = "INSERT INTO things (thing_id, version) VALUES ($1, $2)";

pub(crate) async fn count(db: &Db) -> i64 {
    let mut tx = db.read().await.unwrap();
    tx.query("SELECT COUNT(*) AS found FROM things").one(|row| row.get("found")).await.unwrap()
}
