//! Every statement is prepared on both databases.

use redress_store::{Db, Settings, sealed};
use redress_testkit::{Backend, backends, database::Scratch};

#[tokio::test]
async fn every_statement_means_something_on_both_databases() {
    for backend in backends() {
        let folder = tempfile::tempdir().unwrap();
        let (url, scratch) = match &backend {
            Backend::Sqlite => (format!("sqlite:{}/routing.db", folder.path().display()), None),
            Backend::Postgres(administrator) => {
                let scratch = Scratch::create(administrator).await.unwrap();
                (scratch.url.clone(), Some(scratch))
            }
        };
        let db = Db::open(&url, Settings::default()).await.unwrap();
        db.migrate(&[
            redress_journal::MIGRATIONS,
            redress_chain::MIGRATIONS,
            redress_disposal::MIGRATIONS,
            routing::MIGRATIONS,
        ])
        .await
        .unwrap();
        let chain = redress_chain::STATEMENTS.iter();
        for sql in routing::STATEMENTS.iter().chain(sealed::STATEMENTS).chain(chain) {
            db.prepare(sql).await.unwrap_or_else(|error| panic!("{} on {}: {error}", sql, backend.name()));
        }
        for table in routing::TABLES.iter().chain(sealed::TABLES).chain(redress_chain::TABLES) {
            db.prepare_table(table)
                .await
                .unwrap_or_else(|error| panic!("{table:?} on {}: {error}", backend.name()));
        }
        db.close().await;
        if let Some(scratch) = scratch {
            scratch.remove().await.unwrap();
        }
    }
}
