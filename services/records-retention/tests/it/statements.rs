//! Every statement is prepared on both databases.

use redress_store::{mark, sealed};
use redress_testkit::backends;

use crate::ground::Ground;

#[tokio::test]
async fn every_statement_means_something_on_both_databases() {
    for backend in backends() {
        let ground = Ground::on(&backend).await;
        let db = &ground.db;
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
        ground.leave().await;
    }
}
