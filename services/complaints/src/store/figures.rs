//! How many cases are under way, for those who watch: counted in one stretch of one index.

use complaints_domain::complaint::StageName;
use jiff::civil::Date;
use redress_store::{DbError, Row, Tx};

use super::stage;

/// How many organisations were ever seen above the one that works a case is the tier it works at.
pub(crate) const SELECT_OPEN: &str = "SELECT d.stage, d.next_due_kind, d.next_due_on, d.cases, \
     (SELECT COUNT(*) FROM reach AS r WHERE r.below_id = d.organisation_id AND r.contract_id = d.contract_id) AS seen_by \
     FROM (SELECT stage, next_due_kind, next_due_on, organisation_id, contract_id, COUNT(*) AS cases FROM complaints \
     WHERE next_due_on IS NOT NULL GROUP BY stage, next_due_kind, next_due_on, organisation_id, contract_id) AS d";

/// Cases that are alike in everything that is counted.
#[derive(Clone, Debug)]
pub(crate) struct Open {
    /// Their stage.
    pub(crate) stage: StageName,
    /// Kind of their next clock.
    pub(crate) kind: String,
    /// When it falls due.
    pub(crate) due_on: Date,
    /// Tier of the organisation that works them; 0 is the prime.
    pub(crate) tier: i64,
    /// How many they are.
    pub(crate) cases: i64,
}

/// All that have a clock to look at.
pub(crate) async fn open(tx: &mut Tx) -> Result<Vec<Open>, DbError> {
    tx.query(SELECT_OPEN).all(read).await
}

fn read(row: &Row<'_>) -> Result<Open, DbError> {
    let seen_by: i64 = row.get("seen_by")?;
    Ok(Open {
        stage: stage::read(row)?,
        kind: row.get("next_due_kind")?,
        due_on: row.get("next_due_on")?,
        // An organisation sees what it works itself.
        tier: (seen_by - 1).max(0),
        cases: row.get("cases")?,
    })
}
