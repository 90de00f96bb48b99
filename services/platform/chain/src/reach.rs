//! Who sees whose work under a contract.

use crate::KnownContract;
use redress_kernel::{
    Id, Sight,
    noun::{ContractId, OrganisationId},
};
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx};

pub(crate) const SELECT: &str =
    "SELECT organisation_id, contract_id, below_id FROM known_reach WHERE contract_id IN ({keys})";

pub(crate) const SELECT_SCOPES: &str =
    "SELECT DISTINCT contract_id FROM known_reach WHERE organisation_id = $1";

pub(crate) const SELECT_MEMBER: &str =
    "SELECT below_id FROM known_reach WHERE contract_id = $1 AND below_id = $2 AND organisation_id = $2";

/// Rows are only added; one that is there already is left alone.
pub(crate) const INSERT: Table =
    Table::insert_new("known_reach", &["organisation_id", "contract_id", "below_id"]);

/// One organisation sees what another works under a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reach {
    /// Who sees.
    pub organisation: OrganisationId,
    /// Under which contract.
    pub contract: ContractId,
    /// Whose work.
    pub below: OrganisationId,
}

/// Everything that is seen under these contracts.
pub async fn find_reach(tx: &mut Tx, contracts: Vec<ContractId>) -> Result<Vec<Reach>, DbError> {
    tx.query(SELECT).keys(contracts).all(read).await
}

/// How far down the chain of a contract a provider stands, 0 for its holder; nothing for the department, Jobcentre Plus and whoever it
/// was novated to, which see what it works and are no tier.
pub fn tier(organisation: OrganisationId, contract: &KnownContract, reach: &[Reach]) -> Option<i64> {
    let outside = contract.outside();
    if outside.contains(&organisation) {
        return None;
    }
    let above = reach.iter().filter(|reach| {
        reach.contract == contract.id
            && reach.below == organisation
            && reach.organisation != organisation
            && !outside.contains(&reach.organisation)
    });
    Some(i64::try_from(above.count()).unwrap_or(i64::MAX))
}

/// The contracts under which an organisation sees something.
pub async fn scopes(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<ContractId>, DbError> {
    tx.query(SELECT_SCOPES).bind(organisation).all(|row| Ok(Id::new(row.get("contract_id")?))).await
}

/// Whether an organisation is, or was, part of the chain of a contract, or stands over all of it.
pub async fn is_member(
    tx: &mut Tx,
    contract: ContractId,
    organisation: OrganisationId,
) -> Result<bool, DbError> {
    let found = tx.query(SELECT_MEMBER).bind(contract).bind(organisation);
    let found = found.optional(|row: &Row<'_>| row.get::<uuid::Uuid>("below_id")).await?;
    Ok(found.is_some())
}

/// Adds what is newly seen under a contract.
pub(crate) async fn insert(
    tx: &mut Tx,
    contract: ContractId,
    seen: impl IntoIterator<Item = Sight>,
) -> Result<(), DbError> {
    let mut batch = Batch::new(&INSERT);
    for Sight { viewer, below } in seen {
        batch.push([viewer.value(), contract.value(), below.value()]);
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
