//! Copies of one record that the service wrote, made by the database itself: the first of them fall due with it, the others much later.

use redress_store::{Db, Settings};

use super::shelf::DUE;
use crate::ceiling::pgbench;

/// Copies made by one transaction.
const GROUP: i64 = 20_000;

/// From number `$1` on to `$2`, of which those up to `$3` fall due.
const SQLITE: &str = "WITH RECURSIVE numbers (n) AS (VALUES ($1) UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < $2) \
     INSERT INTO records (record_id, contract_id, organisation_id, participant_id, complaint_id, class, reference, standing, \
     due_from, look_on, state, key_id, version, revision, created_at) \
     SELECT unhex(printf('%012x7000%016x', 1900000000000 + n, n)), contract_id, organisation_id, NULL, NULL, class, NULL, standing, \
     CASE WHEN n <= $3 THEN due_from ELSE '2199-01-01' END, CASE WHEN n <= $3 THEN look_on ELSE '2199-01-01' END, state, NULL, \
     version, revision, created_at FROM numbers, \
     (SELECT * FROM records WHERE look_on IS NOT NULL ORDER BY record_id LIMIT 1)";

/// The same: so many.
fn postgres(many: u64) -> String {
    let id = "lpad(to_hex(1900000000000 + n) || '7000' || lpad(to_hex(n), 16, '0'), 32, '0')::uuid";
    format!(
        "INSERT INTO records (record_id, contract_id, organisation_id, participant_id, complaint_id, class, reference, standing, \
         due_from, look_on, state, key_id, version, revision, created_at) \
         SELECT {id}, contract_id, organisation_id, NULL, NULL, class, NULL, standing, \
         CASE WHEN n <= {DUE} THEN due_from ELSE '2199-01-01' END, CASE WHEN n <= {DUE} THEN look_on ELSE '2199-01-01' END, state, \
         NULL, version, revision, created_at FROM generate_series(1::bigint, {many}) AS n, \
         (SELECT * FROM records WHERE look_on IS NOT NULL ORDER BY record_id LIMIT 1) AS model"
    )
}

/// Fills `many` into a database that no service uses.
pub(super) async fn fill(url: &str, many: u64) -> anyhow::Result<()> {
    if !url.starts_with("sqlite:") {
        pgbench::ask(url, &postgres(many))?;
        // What autovacuum would gather within a minute.
        pgbench::ask(url, "ANALYZE")?;
        return Ok(());
    }
    let db = Db::open(url, Settings::default()).await?;
    let many = i64::try_from(many)?;
    let mut next = 1;
    while next <= many {
        let end = (next + GROUP).min(many + 1);
        let mut tx = db.write().await?;
        tx.query(SQLITE).bind(next).bind(end).bind(i64::try_from(DUE)?).execute().await?;
        tx.commit().await?;
        next = end;
    }
    db.close().await;
    Ok(())
}
