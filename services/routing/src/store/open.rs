//! How much is open, for those who watch.

use jiff::civil::Date;
use redress_kernel::Id;
use redress_store::{DbError, Row, Tx};
use routing_domain::{ContractId, OrganisationId};

/// Contributions, by who owes them.
pub(crate) const SELECT_CONTRIBUTIONS: &str = "SELECT 'JCP_CONTRIBUTION' AS kind, contribution_due_on AS due_on, contract_id, \
     organisation_id, COUNT(*) AS things FROM mixed_complaints WHERE contribution_due_on IS NOT NULL \
     GROUP BY contribution_due_on, contract_id, organisation_id";

/// Letters by the clock to look at next, of whoever answers them.
pub(crate) const SELECT_LETTERS: &str = "SELECT next_due_kind AS kind, next_due_on AS due_on, contract_id, organisation_id, \
     COUNT(*) AS things FROM member_letters WHERE next_due_on IS NOT NULL \
     GROUP BY next_due_kind, next_due_on, contract_id, organisation_id";

/// Joint replies that Jobcentre Plus owes.
pub(crate) const SELECT_REPLIES: &str = "SELECT reply_due_on AS due_on, COUNT(*) AS things FROM mixed_complaints \
     WHERE reply_due_on IS NOT NULL GROUP BY reply_due_on";

/// What has a clock, by stage.
pub(crate) const SELECT_STAGES: &str = "SELECT stage, COUNT(*) AS things FROM mixed_complaints WHERE next_due_on IS NOT NULL \
     GROUP BY stage UNION ALL SELECT stage, COUNT(*) AS things FROM member_letters WHERE next_due_on IS NOT NULL GROUP BY stage";

/// Things that are due on one day, and whose they are.
#[derive(Clone, Debug)]
pub(crate) struct Open {
    /// Which clock.
    pub(crate) kind: String,
    /// The day.
    pub(crate) due_on: Date,
    /// Their contract.
    pub(crate) contract: ContractId,
    /// Who owes them.
    pub(crate) organisation: OrganisationId,
    /// How many they are.
    pub(crate) things: i64,
}

/// What is open by one of the first two statements.
pub(crate) async fn find(tx: &mut Tx, statement: &'static str) -> Result<Vec<Open>, DbError> {
    let read = |row: &Row<'_>| {
        Ok(Open {
            kind: row.get("kind")?,
            due_on: row.get("due_on")?,
            contract: Id::new(row.get("contract_id")?),
            organisation: Id::new(row.get("organisation_id")?),
            things: row.get("things")?,
        })
    };
    tx.query(statement).all(read).await
}

/// On which days how many joint replies are due.
pub(crate) async fn replies(tx: &mut Tx) -> Result<Vec<(Date, i64)>, DbError> {
    tx.query(SELECT_REPLIES).all(|row| Ok((row.get("due_on")?, row.get("things")?))).await
}

/// How many things are in each stage.
pub(crate) async fn stages(tx: &mut Tx) -> Result<Vec<(String, i64)>, DbError> {
    tx.query(SELECT_STAGES).all(|row| Ok((row.get("stage")?, row.get("things")?))).await
}
