//! Sums of facts, for the figures of a year up to a position of each journal.

use ice_liaison_domain::{
    ContractId, OrganisationId,
    figures::{Measure, Sum},
};
use redress_kernel::Id;
use redress_store::{DbError, Row, Tx};

use super::fact::{Source, measure};

/// A year from the sums by month; of what is told as of the end, the years before too.
pub(crate) const SELECT_MONTHS: &str = "SELECT measure, f.organisation_id, f.contract_id, programme, tier, \
     CAST(SUM(counted) AS BIGINT) AS counted, CAST(SUM(days) AS BIGINT) AS days, \
     CAST(SUM(in_standard) AS BIGINT) AS in_standard, CAST(SUM(pence) AS BIGINT) AS pence FROM figure_months AS f \
     JOIN known_reach AS r ON r.contract_id = f.contract_id AND r.below_id = f.organisation_id AND r.organisation_id = $1 \
     WHERE (year = $2 OR (year < $2 AND measure IN ('LIVE', 'AWAITING_INVESTIGATOR'))) \
     GROUP BY measure, f.organisation_id, f.contract_id, programme, tier";

/// What came after a position of a journal, which is taken off again.
pub(crate) const SELECT_AFTER: &str = "SELECT measure, f.organisation_id, f.contract_id, programme, tier, \
     CAST(SUM(counted) AS BIGINT) AS counted, CAST(SUM(days) AS BIGINT) AS days, \
     CAST(SUM(in_standard) AS BIGINT) AS in_standard, CAST(SUM(pence) AS BIGINT) AS pence FROM figure_facts AS f \
     JOIN known_reach AS r ON r.contract_id = f.contract_id AND r.below_id = f.organisation_id AND r.organisation_id = $1 \
     WHERE source = $3 AND position > $4 AND (year = $2 OR (year < $2 AND measure IN ('LIVE', 'AWAITING_INVESTIGATOR'))) \
     GROUP BY measure, f.organisation_id, f.contract_id, programme, tier";

/// A sum, and whose it is.
#[derive(Clone, Debug)]
pub(crate) struct Summed {
    /// What is counted.
    pub(crate) measure: Measure,
    /// The provider.
    pub(crate) organisation: OrganisationId,
    /// The contract.
    pub(crate) contract: ContractId,
    /// Programme of the contract.
    pub(crate) programme: String,
    /// Tier of the provider.
    pub(crate) tier: i64,
    /// What it comes to.
    pub(crate) sum: Sum,
}

/// Everything of a year that `caller` sees.
pub(crate) async fn months(tx: &mut Tx, caller: OrganisationId, year: i64) -> Result<Vec<Summed>, DbError> {
    tx.query(SELECT_MONTHS).bind(caller).bind(year).all(read).await
}

/// What of it came after `position` of `source`.
pub(crate) async fn after(
    tx: &mut Tx,
    caller: OrganisationId,
    year: i64,
    source: Source,
    position: i64,
) -> Result<Vec<Summed>, DbError> {
    let query = tx.query(SELECT_AFTER).bind(caller).bind(year).bind(source.as_str()).bind(position);
    query.all(read).await
}

fn read(row: &Row<'_>) -> Result<Summed, DbError> {
    let word: String = row.get("measure")?;
    Ok(Summed {
        measure: measure(&word).ok_or_else(|| row.inconsistent("measure", "is of no known form"))?,
        organisation: Id::new(row.get("organisation_id")?),
        contract: Id::new(row.get("contract_id")?),
        programme: row.get("programme")?,
        tier: row.get("tier")?,
        sum: Sum {
            count: row.get("counted")?,
            days: row.get("days")?,
            in_standard: row.get("in_standard")?,
            pence: row.get("pence")?,
        },
    })
}
