//! Every statement is prepared on both databases.

use redress_store::{mark, sealed};
use redress_testkit::database::{on_each, prepare};

/// Every table of the service, without the service: for what is asked of statements alone.
pub(crate) const LISTS: [redress_store::List; 4] = [
    redress_journal::MIGRATIONS,
    redress_chain::MIGRATIONS,
    redress_disposal::MIGRATIONS,
    records_retention::MIGRATIONS,
];

#[tokio::test]
async fn every_statement_means_something_on_both_databases() {
    on_each(&LISTS, async |db| {
        let statements = [
            records_retention::STATEMENTS,
            redress_disposal::STATEMENTS,
            sealed::STATEMENTS,
            mark::STATEMENTS,
        ];
        let tables = [records_retention::TABLES, redress_disposal::TABLES, sealed::TABLES, mark::TABLES];
        prepare(db, &statements, &tables).await.unwrap();
    })
    .await
    .unwrap();
}
