//! Sums of facts, for the figures of a year up to a position of each journal.

#[cfg(test)]
mod positions;

use std::ops::Range;

use ice_liaison_domain::{
    ContractId, OrganisationId,
    figures::{Measure, Sum},
};
use redress_kernel::Id;
use redress_store::{DbError, Row, Tx};

use super::{
    block::{self, Cover, Span},
    fact::{Source, measure},
};

/// A year from the sums by month; of what is told as of the end, the years before too.
pub(crate) const SELECT_MONTHS: &str = "SELECT measure, f.organisation_id, f.contract_id, programme, tier, \
     CAST(SUM(counted) AS BIGINT) AS counted, CAST(SUM(days) AS BIGINT) AS days, \
     CAST(SUM(in_standard) AS BIGINT) AS in_standard, CAST(SUM(pence) AS BIGINT) AS pence FROM figure_months AS f \
     JOIN known_reach AS r ON r.contract_id = f.contract_id AND r.below_id = f.organisation_id AND r.organisation_id = $1 \
     WHERE (year = $2 OR (year < $2 AND measure IN ('LIVE', 'AWAITING_INVESTIGATOR'))) \
     GROUP BY measure, f.organisation_id, f.contract_id, programme, tier";

/// The same from the sums of some blocks of a journal.
pub(crate) const SELECT_SUMS: &str = "SELECT measure, f.organisation_id, f.contract_id, programme, tier, \
     CAST(SUM(counted) AS BIGINT) AS counted, CAST(SUM(days) AS BIGINT) AS days, \
     CAST(SUM(in_standard) AS BIGINT) AS in_standard, CAST(SUM(pence) AS BIGINT) AS pence FROM figure_sums AS f \
     JOIN known_reach AS r ON r.contract_id = f.contract_id AND r.below_id = f.organisation_id AND r.organisation_id = $1 \
     WHERE source = $3 AND span = $4 AND block >= $5 AND block < $6 \
     AND (year = $2 OR (year < $2 AND measure IN ('LIVE', 'AWAITING_INVESTIGATOR'))) \
     GROUP BY measure, f.organisation_id, f.contract_id, programme, tier";

/// The same from the facts of some positions of a journal.
pub(crate) const SELECT_FACTS: &str = "SELECT measure, f.organisation_id, f.contract_id, programme, tier, \
     CAST(SUM(counted) AS BIGINT) AS counted, CAST(SUM(days) AS BIGINT) AS days, \
     CAST(SUM(in_standard) AS BIGINT) AS in_standard, CAST(SUM(pence) AS BIGINT) AS pence FROM figure_facts AS f \
     JOIN known_reach AS r ON r.contract_id = f.contract_id AND r.below_id = f.organisation_id AND r.organisation_id = $1 \
     WHERE source = $3 AND position >= $4 AND position < $5 \
     AND (year = $2 OR (year < $2 AND measure IN ('LIVE', 'AWAITING_INVESTIGATOR'))) \
     GROUP BY measure, f.organisation_id, f.contract_id, programme, tier";

/// Whose figures of which year.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Year {
    /// Who asks, and sees what lies below it.
    pub(crate) caller: OrganisationId,
    /// The calendar year in which it began.
    pub(crate) begins: i64,
}

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

/// Everything that is known of a year.
pub(crate) async fn months(tx: &mut Tx, year: Year) -> Result<Vec<Summed>, DbError> {
    tx.query(SELECT_MONTHS).bind(year.caller).bind(year.begins).all(read).await
}

/// What of a year `source` told up to `position`; several sums may be of the same thing.
pub(crate) async fn up_to(
    tx: &mut Tx,
    year: Year,
    source: Source,
    position: i64,
) -> Result<Vec<Summed>, DbError> {
    let mark = block::mark(tx, source).await?;
    let Cover { large, small, single } = Cover::up_to(position, mark);
    let mut all = sums(tx, year, source, Span::Large, large).await?;
    all.extend(sums(tx, year, source, Span::Small, small).await?);
    let query = tx.query(SELECT_FACTS).bind(year.caller).bind(year.begins).bind(source.as_str());
    all.extend(query.bind(single.start).bind(single.end).all(read).await?);
    Ok(all)
}

async fn sums(
    tx: &mut Tx,
    year: Year,
    source: Source,
    span: Span,
    blocks: Range<i64>,
) -> Result<Vec<Summed>, DbError> {
    let query = tx.query(SELECT_SUMS).bind(year.caller).bind(year.begins).bind(source.as_str());
    query.bind(span.positions()).bind(blocks.start).bind(blocks.end).all(read).await
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
