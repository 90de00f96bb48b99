//! Every statement is prepared on both databases.

use redress_store::{mark, sealed};
use redress_testkit::database::{on_each, prepare};

pub(crate) const LISTS: [redress_store::List; 3] =
    [redress_journal::MIGRATIONS, redress_disposal::MIGRATIONS, complaints::MIGRATIONS];

#[tokio::test]
async fn every_statement_means_something_on_both_databases() {
    on_each(&LISTS, async |db| {
        let statements =
            [complaints::STATEMENTS, redress_disposal::STATEMENTS, sealed::STATEMENTS, mark::STATEMENTS];
        let tables = [complaints::TABLES, redress_disposal::TABLES, sealed::TABLES, mark::TABLES];
        prepare(db, &statements, &tables).await.unwrap();
    })
    .await
    .unwrap();
}
