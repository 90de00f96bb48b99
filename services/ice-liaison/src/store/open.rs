//! How much is open, for those who watch.

use ice_liaison_domain::{ContractId, OrganisationId};
use jiff::civil::Date;
use redress_kernel::Id;
use redress_store::{DbError, Row, Tx};

/// Letters of the examiner's, by whoever answers them.
pub(crate) const SELECT_LETTERS: &str = "SELECT due_on, contract_id, organisation_id, COUNT(*) AS things FROM ice_letters \
     WHERE is_open GROUP BY due_on, contract_id, organisation_id";

/// What the examiner recommended, by whoever is to do it.
pub(crate) const SELECT_RECOMMENDATIONS: &str = "SELECT due_on, contract_id, organisation_id, COUNT(*) AS things \
     FROM recommendations WHERE is_open GROUP BY due_on, contract_id, organisation_id";

/// Examinations under way, by stage.
pub(crate) const SELECT_STAGES: &str =
    "SELECT stage, COUNT(*) AS examinations FROM examinations WHERE is_live GROUP BY stage";

/// Things that are due on one day, and whose they are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Open {
    /// The day.
    pub(crate) due_on: Date,
    /// Their contract.
    pub(crate) contract: ContractId,
    /// Whose they are.
    pub(crate) organisation: OrganisationId,
    /// How many they are.
    pub(crate) things: i64,
}

/// What is open by one of the statements above.
pub(crate) async fn find(tx: &mut Tx, statement: &'static str) -> Result<Vec<Open>, DbError> {
    let read = |row: &Row<'_>| {
        Ok(Open {
            due_on: row.get("due_on")?,
            contract: Id::new(row.get("contract_id")?),
            organisation: Id::new(row.get("organisation_id")?),
            things: row.get("things")?,
        })
    };
    tx.query(statement).all(read).await
}

/// How many examinations are in each stage.
pub(crate) async fn stages(tx: &mut Tx) -> Result<Vec<(String, i64)>, DbError> {
    tx.query(SELECT_STAGES).all(|row| Ok((row.get("stage")?, row.get("examinations")?))).await
}
