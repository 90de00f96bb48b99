//! Every statement is prepared on both databases.

use redress_store::{Db, Settings, mark, sealed};
use redress_testkit::{Backend, backends, database::Scratch};

#[tokio::test]
async fn every_statement_means_something_on_both_databases() {
    for backend in backends() {
        let folder = tempfile::tempdir().unwrap();
        let (url, scratch) = match &backend {
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
        let ours = records_retention::STATEMENTS.iter().chain(redress_disposal::STATEMENTS);
        for sql in ours.chain(sealed::STATEMENTS).chain(mark::STATEMENTS) {
            db.prepare(sql).await.unwrap_or_else(|error| panic!("{} on {}: {error}", sql, backend.name()));
        }
        let ours = records_retention::TABLES.iter().chain(redress_disposal::TABLES);
        for table in ours.chain(sealed::TABLES).chain(mark::TABLES) {
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
