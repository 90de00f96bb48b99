//! Every statement is prepared on both databases, and the ledger refuses to be changed on both.

use redress_store::{Db, Settings, sealed};
use redress_testkit::{Backend, backends, database::Scratch};

#[tokio::test]
async fn every_statement_means_something_on_both_databases() {
    for backend in backends() {
        let folder = tempfile::tempdir().unwrap();
        let (url, scratch) = match &backend {
            Backend::Sqlite => (format!("sqlite:{}/ice.db", folder.path().display()), None),
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
            ice_liaison::MIGRATIONS,
        ])
        .await
        .unwrap();
        for sql in ice_liaison::STATEMENTS.iter().chain(sealed::STATEMENTS).chain(redress_chain::STATEMENTS) {
            db.prepare(sql).await.unwrap_or_else(|error| panic!("{} on {}: {error}", sql, backend.name()));
        }
        for table in ice_liaison::TABLES.iter().chain(sealed::TABLES).chain(redress_chain::TABLES) {
            db.prepare_table(table)
                .await
                .unwrap_or_else(|error| panic!("{table:?} on {}: {error}", backend.name()));
        }
        // Append-only: a posting is taken back by its contra entry and by nothing else (ICE-10, I29).
        for sql in [
            "DELETE FROM ledger_postings",
            "DELETE FROM ledger_lines",
            "UPDATE ledger_lines SET pence = 0",
            "DELETE FROM ledger_years",
        ] {
            refused(&db, sql, backend.name()).await;
        }
        db.close().await;
        if let Some(scratch) = scratch {
            scratch.remove().await.unwrap();
        }
    }
}

/// On PostgreSQL even a change of no rows is refused; SQLite refuses row by row, so that there has to be one.
async fn refused(db: &Db, sql: &'static str, on: &str) {
    let mut tx = db.write().await.unwrap();
    if on == "SQLite" {
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
    assert!(tx.query(sql).execute().await.is_err(), "{sql} on {on}");
}
