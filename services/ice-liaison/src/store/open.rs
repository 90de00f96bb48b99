//! How much is open, for those who watch.

use jiff::civil::Date;
use redress_store::{DbError, Row, Tx};

/// A provider is whoever also stands below somebody, if only below itself; the department and Jobcentre Plus see what it works
/// and are no tier.
pub(crate) const SELECT_LETTERS: &str = "SELECT o.due_on, o.things, (SELECT COUNT(*) FROM known_reach AS r \
     WHERE r.below_id = o.organisation_id AND r.contract_id = o.contract_id AND EXISTS (SELECT 1 FROM known_reach AS p \
     WHERE p.contract_id = r.contract_id AND p.below_id = r.organisation_id)) AS providers \
     FROM (SELECT due_on, contract_id, organisation_id, COUNT(*) AS things FROM ice_letters \
     WHERE is_open GROUP BY due_on, contract_id, organisation_id) AS o";

/// The same for what the examiner recommended.
pub(crate) const SELECT_RECOMMENDATIONS: &str = "SELECT o.due_on, o.things, (SELECT COUNT(*) FROM known_reach AS r \
     WHERE r.below_id = o.organisation_id AND r.contract_id = o.contract_id AND EXISTS (SELECT 1 FROM known_reach AS p \
     WHERE p.contract_id = r.contract_id AND p.below_id = r.organisation_id)) AS providers \
     FROM (SELECT due_on, contract_id, organisation_id, COUNT(*) AS things FROM recommendations \
     WHERE is_open GROUP BY due_on, contract_id, organisation_id) AS o";

/// Examinations under way, by stage.
pub(crate) const SELECT_STAGES: &str =
    "SELECT stage, COUNT(*) AS examinations FROM examinations WHERE is_live GROUP BY stage";

/// Things that are due on one day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Open {
    /// The day.
    pub(crate) due_on: Date,
    /// Tier of the organisation whose they are; 0 is the prime.
    pub(crate) tier: i64,
    /// How many they are.
    pub(crate) things: i64,
}

/// What is open by one of the statements above.
pub(crate) async fn find(tx: &mut Tx, statement: &'static str) -> Result<Vec<Open>, DbError> {
    let read = |row: &Row<'_>| {
        let providers: i64 = row.get("providers")?;
        Ok(Open { due_on: row.get("due_on")?, tier: (providers - 1).max(0), things: row.get("things")? })
    };
    tx.query(statement).all(read).await
}

/// How many examinations are in each stage.
pub(crate) async fn stages(tx: &mut Tx) -> Result<Vec<(String, i64)>, DbError> {
    tx.query(SELECT_STAGES).all(|row| Ok((row.get("stage")?, row.get("examinations")?))).await
}
