//! Every statement is prepared on both databases.

use crate::place::on_both;

#[tokio::test]
async fn every_statement_means_something_on_both_databases() {
    on_both(async |db| {
        for sql in redress_chain::STATEMENTS {
            db.prepare(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
        }
        for table in redress_chain::TABLES {
            db.prepare_table(table).await.unwrap_or_else(|error| panic!("{table:?}: {error}"));
        }
    })
    .await;
}
