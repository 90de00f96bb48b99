//! Facts and their sums, as the service would have written them, by statements that both databases understand.

use redress_store::{Db, Settings};
use uuid::Uuid;

/// The ICE year everything falls in.
pub(super) const YEAR: i32 = 2024;
/// Contracts that share the complaints.
const CONTRACTS: u128 = 40;

const REACH: &str = "INSERT INTO known_reach (organisation_id, contract_id, below_id) VALUES ($1, $2, $3)";

/// One fact for each complaint, at every tenth position of the complaints journal.
const COMPLAINTS: &str = "WITH RECURSIVE numbers (n) AS \
     (SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM numbers WHERE n < $1), \
     contracts AS (SELECT contract_id, below_id, ROW_NUMBER() OVER (ORDER BY contract_id) - 1 AS number FROM known_reach \
     WHERE organisation_id = $2) \
     INSERT INTO figure_facts (entry_id, ordinal, source, position, measure, year, month, contract_id, organisation_id, \
     programme, tier, counted, days, in_standard, pence) \
     SELECT $2, n, 'COMPLAINTS', n * 10, 'COMPLAINTS', 2024, 1 + n % 12, contract_id, below_id, 'jets-scotland', 1, 1, 0, 0, 0 \
     FROM numbers JOIN contracts ON number = n % 40";

/// What became of them at the examiner, in the own journal.
const CASES: &str = "WITH RECURSIVE numbers (n) AS \
     (SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM numbers WHERE n < $1), \
     contracts AS (SELECT contract_id, below_id, ROW_NUMBER() OVER (ORDER BY contract_id) - 1 AS number FROM known_reach \
     WHERE organisation_id = $2), \
     counted (measure, every, later, ordinal, one, length, within) AS (VALUES ('RECEIVED', 5, 0, 1, 1, 0, 0), \
     ('CONTACT_TIME', 5, 0, 2, 1, 6, 1), ('ACCEPTED', 20, 1, 3, 1, 0, 0), ('LIVE', 20, 1, 4, 1, 19800, 0), \
     ('INVESTIGATED', 40, 2, 5, 1, 0, 0), ('NOT_UPHELD', 40, 2, 6, 1, 0, 0), ('REPORT_TIME', 40, 2, 7, 1, 140, 1), \
     ('LIVE', 40, 2, 8, -1, -19800, 0)) \
     INSERT INTO figure_facts (entry_id, ordinal, source, position, measure, year, month, contract_id, organisation_id, \
     programme, tier, counted, days, in_standard, pence) \
     SELECT contract_id, n * 10 + ordinal, 'ICE_LIAISON', n + later, measure, 2024, 1 + n % 12, contract_id, below_id, \
     'jets-scotland', 1, one, length, within, 0 FROM numbers JOIN contracts ON number = n % 40 \
     JOIN counted ON n % every = 0";

/// What the facts come to.
const SUMS: [&str; 4] = [
    "INSERT INTO figure_months (year, month, measure, contract_id, organisation_id, programme, tier, counted, days, \
     in_standard, pence) SELECT year, month, measure, contract_id, organisation_id, programme, tier, SUM(counted), SUM(days), \
     SUM(in_standard), SUM(pence) FROM figure_facts \
     GROUP BY year, month, measure, contract_id, organisation_id, programme, tier",
    "INSERT INTO figure_sums (source, span, block, year, measure, contract_id, organisation_id, programme, tier, counted, \
     days, in_standard, pence) SELECT source, 4096, position / 4096, year, measure, contract_id, organisation_id, programme, \
     tier, SUM(counted), SUM(days), SUM(in_standard), SUM(pence) FROM figure_facts \
     GROUP BY source, position / 4096, year, measure, contract_id, organisation_id, programme, tier",
    "INSERT INTO figure_sums (source, span, block, year, measure, contract_id, organisation_id, programme, tier, counted, \
     days, in_standard, pence) SELECT source, 262144, block / 64, year, measure, contract_id, organisation_id, programme, \
     tier, SUM(counted), SUM(days), SUM(in_standard), SUM(pence) FROM figure_sums \
     GROUP BY source, block / 64, year, measure, contract_id, organisation_id, programme, tier",
    "INSERT INTO figure_marks (source, blocks) SELECT source, MAX(position) / 4096 FROM figure_facts GROUP BY source",
];

/// Fills the facts of `many` complaints, seen by `organisation`, into a database that no server uses.
pub(super) async fn fill(url: &str, many: u64, organisation: Uuid) -> anyhow::Result<()> {
    let db = Db::open(url, Settings::default()).await?;
    let mut tx = db.write().await?;
    for number in 0..CONTRACTS {
        let (contract, below) = (Uuid::from_u128(0x1000 + number), Uuid::from_u128(0x2000 + number));
        tx.query(REACH).bind(organisation).bind(contract).bind(below).execute().await?;
    }
    for facts in [COMPLAINTS, CASES] {
        tx.query(facts).bind(i64::try_from(many)?).bind(organisation).execute().await?;
    }
    for sums in SUMS {
        tx.query(sums).execute().await?;
    }
    tx.commit().await?;
    db.close().await;
    Ok(())
}
