//! Every statement means something to both databases.

use redress_journal::statements::{TABLES, TEXTS};

use crate::fixture::on_both;

#[tokio::test]
async fn both_databases_take_every_statement() {
    on_both(async |fresh| {
        for text in TEXTS {
            fresh.db.prepare(text).await.unwrap_or_else(|error| panic!("{error}: {text}"));
        }
        for table in TABLES {
            fresh.db.prepare_table(table).await.unwrap_or_else(|error| panic!("{error}: {table:?}"));
        }
    })
    .await;
}
