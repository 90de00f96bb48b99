//! How many cases are under way, for those who watch: counted in one stretch of one index.

use complaints_domain::{complaint::StageName, supply_chain::OrganisationKind};
use jiff::civil::Date;
use redress_store::{DbError, Row, Tx, word};

use super::stage;

/// How many providers ever saw what an organisation works, itself included, says at which tier it works; the department and
/// Jobcentre Plus see it too and are no tier.
pub(crate) const SELECT_OPEN: &str = "SELECT d.stage, d.next_due_kind, d.next_due_on, d.cases, \
     (SELECT COUNT(*) FROM reach AS r JOIN organisations AS o ON o.organisation_id = r.organisation_id AND o.kind = $1 \
     WHERE r.below_id = d.organisation_id AND r.contract_id = d.contract_id) AS providers \
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
    tx.query(SELECT_OPEN).bind(word::of(&OrganisationKind::Provider)).all(read).await
}

fn read(row: &Row<'_>) -> Result<Open, DbError> {
    let providers: i64 = row.get("providers")?;
    Ok(Open {
        stage: stage::read(row)?,
        kind: row.get("next_due_kind")?,
        due_on: row.get("next_due_on")?,
        tier: (providers - 1).max(0),
        cases: row.get("cases")?,
    })
}
