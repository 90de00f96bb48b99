//! A database of its own for each test, on either engine.

use redress_store::{Db, Settings};
use redress_testkit::{Backend, backends, database::Scratch};

/// Runs a test on each engine.
pub(crate) async fn on_both(test: impl AsyncFn(&Db)) {
    for backend in backends() {
        let folder = tempfile::tempdir().unwrap();
        let (url, scratch) = match &backend {
            Backend::Sqlite => (format!("sqlite:{}/chain.db", folder.path().display()), None),
            Backend::Postgres(administrator) => {
                let scratch = Scratch::create(administrator).await.unwrap();
                (scratch.url.clone(), Some(scratch))
            }
        };
        let db = Db::open(&url, Settings::default()).await.unwrap();
        db.migrate(&[redress_chain::MIGRATIONS]).await.unwrap();
        test(&db).await;
        db.close().await;
        if let Some(scratch) = scratch {
            scratch.remove().await.unwrap();
        }
    }
}
