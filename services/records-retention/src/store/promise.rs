//! What was promised of each contract's records.

use records_retention_domain::{ContractId, promise::Promise};
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx, document};

pub(crate) const SELECT: &str =
    "SELECT contract_id, state, version, revision FROM promises WHERE contract_id IN ({keys})";

pub(crate) const SAVE: Table = Table::save(
    "promises",
    &["contract_id", "withheld", "state", "version", "revision"],
    &["contract_id"],
    "revision",
);

/// A promise as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Promised {
    /// Of whose records.
    pub(crate) contract: ContractId,
    /// What was promised.
    pub(crate) state: Promise,
    /// How many things were said of it in the journal.
    pub(crate) version: i64,
    /// How often the row was written; 0 for one that is new.
    pub(crate) revision: i64,
}

impl Promised {
    /// One of which nothing was told yet.
    pub(crate) fn new(contract: ContractId) -> Self {
        Self { contract, state: Promise::default(), version: 0, revision: 0 }
    }
}

/// Those of these contracts.
pub(crate) async fn find_many(tx: &mut Tx, contracts: Vec<ContractId>) -> Result<Vec<Promised>, DbError> {
    tx.query(SELECT).keys(contracts).all(read).await
}

/// Writes new and changed ones.
pub(crate) async fn save(tx: &mut Tx, rows: impl Iterator<Item = &Promised>) -> Result<(), DbError> {
    let mut batch = Batch::new(&SAVE);
    for row in rows {
        batch.push([
            row.contract.value(),
            row.state.withheld().is_some().value(),
            document::write(&row.state)?,
            row.version.value(),
            (row.revision + 1).value(),
        ]);
    }
    tx.save(batch).await
}

fn read(row: &Row<'_>) -> Result<Promised, DbError> {
    Ok(Promised {
        contract: Id::new(row.get("contract_id")?),
        state: document::read(row)?,
        version: row.get("version")?,
        revision: row.get("revision")?,
    })
}
