//! Facts: what each event counts for. They are written with the event, placed when its entry has its position, and added
//! up by month then, once. Blocks of positions are summed as they fill; see [`super::block`].

use ice_liaison_domain::{
    ContractId, OrganisationId,
    figures::{Fact, Measure},
};
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx};
use uuid::Uuid;

use super::block;

/// Places the facts of an entry; those that have a place are left alone.
pub(crate) const PLACE: &str =
    "UPDATE figure_facts SET position = $1 WHERE entry_id = $2 AND position IS NULL";

/// What was placed.
pub(crate) const ADD_UP: &str = "SELECT measure, year, month, contract_id, organisation_id, programme, tier, counted, days, \
     in_standard, pence FROM figure_facts WHERE entry_id = $1 ORDER BY ordinal";

/// Adds a fact to its month.
pub(crate) const ADD: &str = "INSERT INTO figure_months (year, month, measure, contract_id, organisation_id, programme, \
     tier, counted, days, in_standard, pence) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
     ON CONFLICT (year, month, measure, contract_id, organisation_id, programme, tier) DO UPDATE SET \
     counted = figure_months.counted + excluded.counted, days = figure_months.days + excluded.days, \
     in_standard = figure_months.in_standard + excluded.in_standard, pence = figure_months.pence + excluded.pence";

/// The last position of a source that counted for anything.
pub(crate) const SELECT_HEAD: &str =
    "SELECT COALESCE(MAX(position), 0) AS head FROM figure_facts WHERE source = $1";

pub(crate) const INSERT: Table = Table::insert_new(
    "figure_facts",
    &[
        "entry_id",
        "ordinal",
        "source",
        "position",
        "measure",
        "year",
        "month",
        "contract_id",
        "organisation_id",
        "programme",
        "tier",
        "counted",
        "days",
        "in_standard",
        "pence",
    ],
);

/// The journal an entry is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// This service's own.
    Own,
    /// The complaints service's.
    Complaints,
}

/// Whose a fact is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Of {
    /// The contract.
    pub(crate) contract: ContractId,
    /// The provider.
    pub(crate) organisation: OrganisationId,
    /// Programme of the contract.
    pub(crate) programme: String,
    /// Tier of the provider.
    pub(crate) tier: u8,
}

/// A fact on its way into its table.
#[derive(Clone, Debug)]
pub(crate) struct Counted {
    /// The entry of the event it is of.
    pub(crate) entry: Uuid,
    /// Its number among those of the event.
    pub(crate) ordinal: i64,
    /// The journal the entry is of.
    pub(crate) source: Source,
    /// Position of the entry, once it has one.
    pub(crate) position: Option<i64>,
    /// The ICE year of its day.
    pub(crate) year: i64,
    /// Whose it is.
    pub(crate) of: Of,
    /// The fact.
    pub(crate) fact: Fact,
}

impl Source {
    /// Its word in the table.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Own => "ICE_LIAISON",
            Self::Complaints => "COMPLAINTS",
        }
    }
}

/// Writes facts; those that are there are left alone.
pub(crate) async fn insert(tx: &mut Tx, rows: &[Counted]) -> Result<(), DbError> {
    let mut batch = Batch::new(&INSERT);
    for row in rows {
        batch.push([
            row.entry.value(),
            row.ordinal.value(),
            row.source.as_str().to_owned().value(),
            row.position.value(),
            row.fact.measure.as_str().to_owned().value(),
            row.year.value(),
            i64::from(row.fact.on.month()).value(),
            row.of.contract.value(),
            row.of.organisation.value(),
            row.of.programme.clone().value(),
            i64::from(row.of.tier).value(),
            row.fact.count.value(),
            row.fact.days.value(),
            row.fact.in_standard.value(),
            row.fact.pence.value(),
        ]);
    }
    tx.flush(batch).await.map(drop)
}

/// Gives the facts of an entry its position, and adds them to their months. An entry that was placed before changes nothing.
pub(crate) async fn place(tx: &mut Tx, source: Source, entry: Uuid, position: i64) -> Result<(), DbError> {
    if tx.query(PLACE).bind(position).bind(entry).execute().await? == 0 {
        return Ok(());
    }
    let facts = tx.query(ADD_UP).bind(entry).all(placed).await?;
    for fact in &facts {
        let Placed { year, of_month, of, sums } = fact;
        let query = tx.query(ADD).bind(*year).bind(*of_month).bind(of.measure.as_str());
        let query = query.bind(of.contract).bind(of.organisation).bind(of.programme.as_str()).bind(of.tier);
        query.bind(sums[0]).bind(sums[1]).bind(sums[2]).bind(sums[3]).execute().await?;
    }
    block::fill(tx, source, position, &facts).await
}

/// The last position of a source that counted for anything; 0 for none.
pub(crate) async fn head(tx: &mut Tx, source: Source) -> Result<i64, DbError> {
    Ok(tx.query(SELECT_HEAD).bind(source.as_str()).optional(|row| row.get("head")).await?.unwrap_or_default())
}

/// The measure of a word.
pub(crate) fn measure(word: &str) -> Option<Measure> {
    Measure::ALL.into_iter().find(|measure| measure.as_str() == word)
}

/// A fact that has its place.
pub(super) struct Placed {
    pub(super) year: i64,
    of_month: i64,
    pub(super) of: Whose,
    /// How many, days, how many within the standard, pence.
    pub(super) sums: [i64; 4],
}

/// What is counted, and whose it is.
pub(super) struct Whose {
    pub(super) measure: String,
    pub(super) contract: Uuid,
    pub(super) organisation: Uuid,
    pub(super) programme: String,
    pub(super) tier: i64,
}

fn placed(row: &Row<'_>) -> Result<Placed, DbError> {
    Ok(Placed {
        year: row.get("year")?,
        of_month: row.get("month")?,
        of: Whose {
            measure: row.get("measure")?,
            contract: row.get("contract_id")?,
            organisation: row.get("organisation_id")?,
            programme: row.get("programme")?,
            tier: row.get("tier")?,
        },
        sums: [row.get("counted")?, row.get("days")?, row.get("in_standard")?, row.get("pence")?],
    })
}
