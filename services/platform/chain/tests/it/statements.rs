//! Every statement is prepared on both databases.

use redress_testkit::database::{on_each, prepare};

#[tokio::test]
async fn every_statement_means_something_on_both_databases() {
    on_each(&[redress_chain::MIGRATIONS], async |db| {
        prepare(db, &[redress_chain::STATEMENTS], &[redress_chain::TABLES]).await.unwrap();
    })
    .await
    .unwrap();
}
