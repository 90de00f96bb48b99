//! Procedures of providers, version by version.

use std::collections::BTreeMap;

use complaints_domain::{ContractId, OrganisationId, ProcedureId, procedure};
use jiff::{Timestamp, civil::Date};
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx, document};
use serde::{Deserialize, Serialize};

pub(crate) const SELECT: &str = "SELECT procedure_id, contract_id, organisation_id, series_version, effective_on, \
     state, titles, version, revision, created_at FROM procedures WHERE procedure_id IN ({keys})";

pub(crate) const SELECT_OF_CONTRACTS: &str = "SELECT procedure_id, contract_id, organisation_id, series_version, \
     effective_on, state, titles, version, revision, created_at FROM procedures WHERE contract_id IN ({keys})";

/// A procedure is seen by those above its organisation and by those below, who must not be looser.
pub(crate) const SELECT_VISIBLE: &str = "SELECT procedure_id, contract_id, organisation_id, series_version, \
     effective_on, state, titles, version, revision, created_at FROM procedures AS p WHERE procedure_id = $1 AND EXISTS \
     (SELECT 1 FROM reach AS r WHERE r.contract_id = p.contract_id AND \
     ((r.organisation_id = $2 AND r.below_id = p.organisation_id) \
     OR (r.organisation_id = p.organisation_id AND r.below_id = $2)))";

pub(crate) const SELECT_PAGE: &str = "SELECT procedure_id, contract_id, organisation_id, series_version, \
     effective_on, state, titles, version, revision, created_at FROM procedures AS p WHERE procedure_id > $1 \
     AND (contract_id = $3 OR $3 IS NULL) AND EXISTS \
     (SELECT 1 FROM reach AS r WHERE r.contract_id = p.contract_id AND \
     ((r.organisation_id = $2 AND r.below_id = p.organisation_id) \
     OR (r.organisation_id = p.organisation_id AND r.below_id = $2))) ORDER BY procedure_id LIMIT $4";

pub(crate) const SAVE: Table = Table::save(
    "procedures",
    &[
        "procedure_id",
        "contract_id",
        "organisation_id",
        "series_version",
        "effective_on",
        "state",
        "titles",
        "version",
        "revision",
        "created_at",
    ],
    &["procedure_id"],
    "revision",
);

/// A version of a procedure as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Procedure {
    /// Which one.
    pub(crate) id: ProcedureId,
    /// Contract it applies to.
    pub(crate) contract: ContractId,
    /// Whose it is.
    pub(crate) organisation: OrganisationId,
    /// Its number in the series.
    pub(crate) series_version: i64,
    /// First day on which complaints received are worked by it.
    pub(crate) effective_on: Date,
    /// What it says, and its reviews.
    pub(crate) state: procedure::State,
    /// What people call it and its parts.
    pub(crate) titles: Titles,
    /// Version: how many things have happened to it.
    pub(crate) version: i64,
    /// How often the row was written; 0 for one that is new.
    pub(crate) revision: i64,
    /// When it was recorded.
    pub(crate) created_at: Timestamp,
}

/// What people call a procedure, its stages and its steps. No rule looks at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Titles {
    /// Of the procedure.
    pub(crate) procedure: String,
    /// Of its stages, first to last.
    pub(crate) stages: Vec<StageTitles>,
}

/// What people call a stage and its steps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StageTitles {
    /// Of the stage.
    pub(crate) stage: String,
    /// Of its steps, by their id.
    pub(crate) steps: BTreeMap<String, String>,
}

impl Titles {
    /// The title of a step of the stage of this number, counted from 1.
    pub(crate) fn step(&self, stage_number: u8, id: &str) -> Option<&str> {
        let stage = self.stages.get(usize::from(stage_number).checked_sub(1)?)?;
        stage.steps.get(id).map(String::as_str)
    }
}

/// Those with these ids, by bare id: for the world.
pub(crate) async fn find_many(tx: &mut Tx, ids: Vec<ProcedureId>) -> Result<Vec<Procedure>, DbError> {
    tx.query(SELECT).keys(ids).all(read).await
}

/// Those under these contracts, by bare id: for the world.
pub(crate) async fn find_of_contracts(
    tx: &mut Tx,
    contracts: Vec<ContractId>,
) -> Result<Vec<Procedure>, DbError> {
    tx.query(SELECT_OF_CONTRACTS).keys(contracts).all(read).await
}

/// One that `caller` may see.
pub(crate) async fn find_visible(
    tx: &mut Tx,
    id: ProcedureId,
    caller: OrganisationId,
) -> Result<Option<Procedure>, DbError> {
    tx.query(SELECT_VISIBLE).bind(id).bind(caller).optional(read).await
}

/// Those after `after` that `caller` may see.
pub(crate) async fn page(
    tx: &mut Tx,
    after: ProcedureId,
    caller: OrganisationId,
    contract: Option<ContractId>,
    limit: i64,
) -> Result<Vec<Procedure>, DbError> {
    tx.query(SELECT_PAGE).bind(after).bind(caller).bind(contract).bind(limit).all(read).await
}

/// Writes new and changed ones.
pub(crate) async fn save(tx: &mut Tx, rows: impl Iterator<Item = &Procedure>) -> Result<(), DbError> {
    let mut batch = Batch::new(&SAVE);
    for row in rows {
        batch.push([
            row.id.value(),
            row.contract.value(),
            row.organisation.value(),
            row.series_version.value(),
            row.effective_on.value(),
            document::write(&row.state)?,
            document::write_as(&row.titles, "titles")?,
            row.version.value(),
            (row.revision + 1).value(),
            row.created_at.value(),
        ]);
    }
    tx.save(batch).await
}

fn read(row: &Row<'_>) -> Result<Procedure, DbError> {
    Ok(Procedure {
        id: Id::new(row.get("procedure_id")?),
        contract: Id::new(row.get("contract_id")?),
        organisation: Id::new(row.get("organisation_id")?),
        series_version: row.get("series_version")?,
        effective_on: row.get("effective_on")?,
        state: document::read(row)?,
        titles: document::read_as(row, "titles")?,
        version: row.get("version")?,
        revision: row.get("revision")?,
        created_at: row.get("created_at")?,
    })
}
