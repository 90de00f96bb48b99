//! Who sees whose cases under a contract.

use complaints_domain::{ContractId, OrganisationId};
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx};

pub(crate) const SELECT: &str =
    "SELECT organisation_id, contract_id, below_id FROM reach WHERE contract_id IN ({keys})";

pub(crate) const SELECT_SCOPES: &str = "SELECT DISTINCT contract_id FROM reach WHERE organisation_id = $1";

/// Rows are only added; one that is there already is left alone.
pub(crate) const INSERT: Table = Table::insert_new("reach", &["organisation_id", "contract_id", "below_id"]);

/// One organisation sees what another works under a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Reach {
    /// Who sees.
    pub(crate) organisation: OrganisationId,
    /// Under which contract.
    pub(crate) contract: ContractId,
    /// Whose work.
    pub(crate) below: OrganisationId,
}

/// Everything that is seen under these contracts.
pub(crate) async fn find_many(tx: &mut Tx, contracts: Vec<ContractId>) -> Result<Vec<Reach>, DbError> {
    tx.query(SELECT).keys(contracts).all(read).await
}

/// The contracts under which an organisation sees something.
pub(crate) async fn scopes(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<ContractId>, DbError> {
    tx.query(SELECT_SCOPES).bind(organisation).all(|row| Ok(Id::new(row.get("contract_id")?))).await
}

/// Adds what is newly seen.
pub(crate) async fn insert(tx: &mut Tx, rows: impl Iterator<Item = &Reach>) -> Result<(), DbError> {
    let mut batch = Batch::new(&INSERT);
    for row in rows {
        batch.push([row.organisation.value(), row.contract.value(), row.below.value()]);
    }
    tx.flush(batch).await.map(drop)
}

fn read(row: &Row<'_>) -> Result<Reach, DbError> {
    Ok(Reach {
        organisation: Id::new(row.get("organisation_id")?),
        contract: Id::new(row.get("contract_id")?),
        below: Id::new(row.get("below_id")?),
    })
}
