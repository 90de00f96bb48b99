//! Contracts, each with the chain under it.

use complaints_domain::{
    ContractId, OrganisationId, SupplyChainLinkId,
    supply_chain::{Chain, contract},
};
use jiff::Timestamp;
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx, document};
use serde::{Deserialize, Serialize};

pub(crate) const SELECT: &str = "SELECT contract_id, reference, state, version, revision, created_at FROM contracts WHERE contract_id IN ({keys})";

pub(crate) const SELECT_BY_REFERENCE: &str =
    "SELECT contract_id, reference FROM contracts WHERE reference IN ({keys})";

pub(crate) const SELECT_VISIBLE: &str = "SELECT contract_id, reference, state, version, revision, created_at FROM contracts AS c \
     WHERE contract_id = $1 AND EXISTS \
     (SELECT 1 FROM reach AS r WHERE r.organisation_id = $2 AND r.contract_id = c.contract_id)";

pub(crate) const SELECT_PAGE: &str = "SELECT contract_id, reference, state, version, revision, created_at FROM contracts AS c \
     WHERE contract_id > $1 AND EXISTS \
     (SELECT 1 FROM reach AS r WHERE r.organisation_id = $2 AND r.contract_id = c.contract_id) \
     ORDER BY contract_id LIMIT $3";

pub(crate) const SELECT_OF_LINK: &str =
    "SELECT link_id, contract_id FROM supply_chain_links WHERE link_id IN ({keys})";

pub(crate) const SAVE: Table = Table::save(
    "contracts",
    &["contract_id", "reference", "state", "version", "revision", "created_at"],
    &["contract_id"],
    "revision",
);

pub(crate) const LINKS: Table = Table::insert_new("supply_chain_links", &["link_id", "contract_id"]);

/// A contract as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Contract {
    /// Which one.
    pub(crate) id: ContractId,
    /// Its reference at the department, in its one form.
    pub(crate) reference: String,
    /// The contract and the chain under it.
    pub(crate) state: State,
    /// Version: how many things have happened to it.
    pub(crate) version: i64,
    /// How often the row was written; 0 for one that is new.
    pub(crate) revision: i64,
    /// When it was recorded.
    pub(crate) created_at: Timestamp,
}

/// A contract and the chain under it, which are one thing to everybody but the rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    /// The contract.
    pub(crate) contract: contract::Contract,
    /// Every link there ever was under it.
    pub(crate) chain: Chain,
}

/// Those with these ids, by bare id: for the world.
pub(crate) async fn find_many(tx: &mut Tx, ids: Vec<ContractId>) -> Result<Vec<Contract>, DbError> {
    tx.query(SELECT).keys(ids).all(read).await
}

/// Which contracts have these references.
pub(crate) async fn find_references(
    tx: &mut Tx,
    references: Vec<String>,
) -> Result<Vec<(String, ContractId)>, DbError> {
    let pair = |row: &Row<'_>| Ok((row.get("reference")?, Id::new(row.get("contract_id")?)));
    tx.query(SELECT_BY_REFERENCE).keys(references).all(pair).await
}

/// Which contracts these links belong to.
pub(crate) async fn find_links(
    tx: &mut Tx,
    links: Vec<SupplyChainLinkId>,
) -> Result<Vec<(SupplyChainLinkId, ContractId)>, DbError> {
    let pair = |row: &Row<'_>| Ok((Id::new(row.get("link_id")?), Id::new(row.get("contract_id")?)));
    tx.query(SELECT_OF_LINK).keys(links).all(pair).await
}

/// One of whose chain `caller` is part.
pub(crate) async fn find_visible(
    tx: &mut Tx,
    id: ContractId,
    caller: OrganisationId,
) -> Result<Option<Contract>, DbError> {
    tx.query(SELECT_VISIBLE).bind(id).bind(caller).optional(read).await
}

/// Those after `after` of whose chain `caller` is part.
pub(crate) async fn page(
    tx: &mut Tx,
    after: ContractId,
    caller: OrganisationId,
    limit: i64,
) -> Result<Vec<Contract>, DbError> {
    tx.query(SELECT_PAGE).bind(after).bind(caller).bind(limit).all(read).await
}

/// Writes new and changed ones.
pub(crate) async fn save(tx: &mut Tx, rows: impl Iterator<Item = &Contract>) -> Result<(), DbError> {
    let (mut contracts, mut links) = (Batch::new(&SAVE), Batch::new(&LINKS));
    for row in rows {
        contracts.push([
            row.id.value(),
            row.reference.clone().value(),
            document::write(&row.state)?,
            row.version.value(),
            (row.revision + 1).value(),
            row.created_at.value(),
        ]);
        for link in &row.state.chain.links {
            links.push([link.id.value(), row.id.value()]);
        }
    }
    tx.save(contracts).await?;
    // Those that were there before are left alone.
    tx.flush(links).await.map(drop)
}

fn read(row: &Row<'_>) -> Result<Contract, DbError> {
    Ok(Contract {
        id: Id::new(row.get("contract_id")?),
        reference: row.get("reference")?,
        state: document::read(row)?,
        version: row.get("version")?,
        revision: row.get("revision")?,
        created_at: row.get("created_at")?,
    })
}
