//! An empty database of the service, migrated, without the service: for what is asked of statements alone.

use redress_store::{Db, Settings};
use redress_testkit::{Backend, database::Scratch};
use tempfile::TempDir;

/// A database of the service on either engine.
pub(crate) struct Ground {
    pub(crate) db: Db,
    scratch: Option<Scratch>,
    _folder: TempDir,
}

impl Ground {
    /// With every table and nothing in them.
    pub(crate) async fn on(backend: &Backend) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (url, scratch) = match backend {
            Backend::Sqlite => (format!("sqlite:{}/records.db", folder.path().display()), None),
            Backend::Postgres(administrator) => {
                let scratch = Scratch::create(administrator).await.unwrap();
                (scratch.url.clone(), Some(scratch))
            }
        };
        let db = Db::open(&url, Settings::default()).await.unwrap();
        let lists = [
            redress_journal::MIGRATIONS,
            redress_chain::MIGRATIONS,
            redress_disposal::MIGRATIONS,
            records_retention::MIGRATIONS,
        ];
        db.migrate(&lists).await.unwrap();
        Self { db, scratch, _folder: folder }
    }

    /// Takes it away.
    pub(crate) async fn leave(self) {
        self.db.close().await;
        if let Some(scratch) = self.scratch {
            scratch.remove().await.unwrap();
        }
    }
}
