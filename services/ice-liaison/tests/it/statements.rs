//! Every statement is prepared on both databases, and the ledger refuses to be changed on both.

use redress_store::{Db, List, db::Engine, sealed};
use redress_testkit::database::{on_each, prepare};

const LISTS: [List; 4] = [
    redress_journal::MIGRATIONS,
    redress_chain::MIGRATIONS,
    redress_disposal::MIGRATIONS,
    ice_liaison::MIGRATIONS,
];

#[tokio::test]
async fn every_statement_means_something_on_both_databases() {
    on_each(&LISTS, async |db| {
        let statements = [ice_liaison::STATEMENTS, sealed::STATEMENTS, redress_chain::STATEMENTS];
        prepare(db, &statements, &[ice_liaison::TABLES, sealed::TABLES, redress_chain::TABLES])
            .await
            .unwrap();
        // Append-only: a posting is taken back by its contra entry and by nothing else (ICE-10, I29).
        for sql in [
            "DELETE FROM ledger_postings",
            "DELETE FROM ledger_lines",
            "UPDATE ledger_lines SET pence = 0",
            "DELETE FROM ledger_years",
        ] {
            refused(db, sql).await;
        }
    })
    .await
    .unwrap();
}

/// On PostgreSQL even a change of no rows is refused; SQLite refuses row by row, so that there has to be one.
async fn refused(db: &Db, sql: &'static str) {
    let mut tx = db.write().await.unwrap();
    if db.engine() == Engine::Sqlite {
        for row in [
            "PRAGMA defer_foreign_keys = ON",
            "INSERT INTO ledger_postings (posting_id, charge_id, contract_id, liable_id, kind, posted_on, recorded_at) \
             VALUES (x'00000000000000000000000000000001', x'00000000000000000000000000000002', \
             x'00000000000000000000000000000003', x'00000000000000000000000000000004', 'CHARGE', '2024-06-03', \
             '2024-06-03T00:00:00.000000Z')",
            "INSERT INTO ledger_lines (posting_id, account, contract_id, liable_id, pence) \
             VALUES (x'00000000000000000000000000000001', 'cash', x'00000000000000000000000000000003', \
             x'00000000000000000000000000000004', 1)",
            "INSERT INTO ledger_years (year, closed_on) VALUES (2023, '2024-06-03')",
        ] {
            tx.query(row).execute().await.unwrap();
        }
    }
    assert!(tx.query(sql).execute().await.is_err(), "{sql} on {}", db.engine().name());
}
