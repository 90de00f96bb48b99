//! Very many complaints, written by the database itself: copies of one that the server wrote, each due on another day.

use std::path::Path;

use redress_store::{Db, Settings};

use crate::{ceiling::pgbench, report::Report};

/// Complaints filled in by one transaction.
const GROUP: i64 = 20_000;

/// What the ceilings left for a sequencer that never runs on it, and which would only disturb what is measured next.
const UNORDERED: &str = "DELETE FROM journal_pending";

/// Made by SQLite: so many, from number `$1` on to number `$2`.
const SQLITE: [&str; 2] = [
    "WITH RECURSIVE numbers (n) AS (VALUES ($1) UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < $2) \
     INSERT INTO complaints (complaint_id, contract_id, participant_id, organisation_id, case_reference, reference, fingerprint, \
     stage, stage_number, received_on, next_due_kind, next_due_on, wake_on, handler, persons_complained_about, state, key_id, \
     version, revision, created_at, updated_at) \
     SELECT unhex(printf('%012x7000%016x', 1900000000000 + n, n)), contract_id, participant_id, organisation_id, 'MANY-' || n, \
     NULL, unhex(printf('%064x', n)), stage, stage_number, received_on, next_due_kind, \
     date(next_due_on, '+' || (n % 400) || ' days'), wake_on, handler, persons_complained_about, state, key_id, version, \
     revision, created_at, updated_at FROM numbers, (SELECT * FROM complaints ORDER BY complaint_id LIMIT 1)",
    "INSERT INTO complaint_parties (complaint_id, organisation_id, contract_id, worked_by_id, stage, next_due_on) \
     SELECT c.complaint_id, p.organisation_id, p.contract_id, p.worked_by_id, c.stage, c.next_due_on FROM complaints AS c, \
     (SELECT * FROM complaint_parties WHERE complaint_id = (SELECT complaint_id FROM complaints ORDER BY complaint_id LIMIT 1)) AS p \
     WHERE c.complaint_id >= unhex(printf('%012x7000%016x', 1900000000000 + $1, $1)) \
     AND c.complaint_id < unhex(printf('%012x7000%016x', 1900000000000 + $2, $2))",
];

/// Made by PostgreSQL: so many.
fn postgres(many: u64) -> String {
    let id = "lpad(to_hex(1900000000000 + n) || '7000' || lpad(to_hex(n), 16, '0'), 32, '0')::uuid";
    format!(
        "WITH model AS (SELECT * FROM complaints ORDER BY complaint_id LIMIT 1), \
         made AS (INSERT INTO complaints (complaint_id, contract_id, participant_id, organisation_id, case_reference, \
         reference, fingerprint, stage, stage_number, received_on, next_due_kind, next_due_on, wake_on, handler, \
         persons_complained_about, state, key_id, version, revision, created_at, updated_at) \
         SELECT {id}, contract_id, participant_id, organisation_id, 'MANY-' || n, NULL, \
         decode(lpad(to_hex(n), 64, '0'), 'hex'), stage, stage_number, received_on, next_due_kind, \
         next_due_on + (n % 400)::int, wake_on, handler, persons_complained_about, state, key_id, version, revision, \
         created_at, updated_at FROM generate_series(1::bigint, {many}) AS n, model \
         RETURNING complaint_id, stage, next_due_on) \
         INSERT INTO complaint_parties (complaint_id, organisation_id, contract_id, worked_by_id, stage, next_due_on) \
         SELECT made.complaint_id, p.organisation_id, p.contract_id, p.worked_by_id, made.stage, made.next_due_on \
         FROM made, complaint_parties AS p, model WHERE p.complaint_id = model.complaint_id"
    )
}

/// Fills `many` into the SQLite database in a file, which no server uses.
pub(crate) async fn sqlite(database: &Path, many: u64, report: &Report) -> anyhow::Result<()> {
    report.progress(&format!("SQLite: filling in {many} complaints"));
    let db = Db::open(&format!("sqlite:{}", database.display()), Settings::default()).await?;
    let mut tx = db.write().await?;
    tx.query(UNORDERED).execute().await?;
    tx.commit().await?;
    let many = i64::try_from(many)?;
    let mut next = 1;
    while next <= many {
        let end = (next + GROUP).min(many + 1);
        let mut tx = db.write().await?;
        for statement in SQLITE {
            tx.query(statement).bind(next).bind(end).execute().await?;
        }
        tx.commit().await?;
        next = end;
    }
    db.close().await;
    Ok(())
}

/// The same on PostgreSQL, with the statistics that autovacuum would gather within a minute.
pub(crate) fn on_postgres(database: &str, many: u64, report: &Report) -> anyhow::Result<()> {
    report.progress(&format!("PostgreSQL: filling in {many} complaints"));
    pgbench::ask(database, UNORDERED)?;
    pgbench::ask(database, &postgres(many))?;
    pgbench::ask(database, "ANALYZE")?;
    Ok(())
}
