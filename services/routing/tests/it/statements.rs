//! Every statement is prepared on both databases.

use redress_store::sealed;
use redress_testkit::database::{on_each, prepare};

const LISTS: [redress_store::List; 4] = [
    redress_journal::MIGRATIONS,
    redress_chain::MIGRATIONS,
    redress_disposal::MIGRATIONS,
    routing::MIGRATIONS,
];

#[tokio::test]
async fn every_statement_means_something_on_both_databases() {
    on_each(&LISTS, async |db| {
        let statements = [routing::STATEMENTS, sealed::STATEMENTS, redress_chain::STATEMENTS];
        prepare(db, &statements, &[routing::TABLES, sealed::TABLES, redress_chain::TABLES]).await.unwrap();
    })
    .await
    .unwrap();
}
