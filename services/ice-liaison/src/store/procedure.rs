//! Which versions of procedures there are, for a recommendation that is carried out by one.

use ice_liaison_domain::{ContractId, ProcedureId};
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Table, Tx};

pub(crate) const SELECT: &str =
    "SELECT contract_id, procedure_id FROM known_procedures WHERE contract_id IN ({keys})";

pub(crate) const INSERT: Table = Table::insert_new("known_procedures", &["procedure_id", "contract_id"]);

/// The versions under these contracts.
pub(crate) async fn find_of_contracts(
    tx: &mut Tx,
    contracts: Vec<ContractId>,
) -> Result<Vec<(ContractId, ProcedureId)>, DbError> {
    let read = |row: &redress_store::Row<'_>| {
        Ok((Id::new(row.get("contract_id")?), Id::new(row.get("procedure_id")?)))
    };
    tx.query(SELECT).keys(contracts).all(read).await
}

/// Adds one.
pub(crate) async fn insert(tx: &mut Tx, procedure: ProcedureId, contract: ContractId) -> Result<(), DbError> {
    let mut batch = Batch::new(&INSERT);
    batch.push([procedure.value(), contract.value()]);
    tx.flush(batch).await.map(drop)
}
