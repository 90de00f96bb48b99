//! Contracts as their owner's journal tells of them.

use jiff::civil::Date;
use redress_kernel::{
    Link, Members,
    noun::{ContractId, OrganisationId},
};
use redress_policy::{Division, PackRef};
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx, document};
use serde::{Deserialize, Serialize};

pub(crate) const SELECT: &str = "SELECT state FROM known_contracts WHERE contract_id IN ({keys})";

pub(crate) const SELECT_BY_REFERENCE: &str =
    "SELECT state FROM known_contracts WHERE reference IN ({keys}) ORDER BY contract_id";

pub(crate) const PUT: Table =
    Table::replace("known_contracts", &["contract_id", "reference", "state", "version"], &["contract_id"]);

/// A contract and the chain under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownContract {
    /// The contract.
    pub id: ContractId,
    /// Its reference at the department, in its one form; empty where the journal did not tell.
    pub reference: String,
    /// Programme, as the packs call it.
    pub programme: String,
    /// The pack that programme and first day chose.
    pub pack: PackRef,
    /// The prime provider.
    pub holder: OrganisationId,
    /// The organisation of the department that commissions.
    pub commissioner: OrganisationId,
    /// The Jobcentre Plus organisation that passes complaints on.
    pub jobcentre_plus: Option<OrganisationId>,
    /// Whose bank holidays count; none to take the pack's own.
    pub division: Option<Division>,
    /// First day.
    pub effective_on: Date,
    /// Last day; none while it runs.
    pub end_on: Option<Date>,
    /// Retention agreed in place of the pack's (RET-01).
    pub agreed_retention: Option<AgreedRetention>,
    /// Every link there ever was under it, oldest first.
    pub links: Vec<Link>,
    /// The providers to which it was novated, oldest first.
    #[serde(default)]
    pub novated_to: Vec<OrganisationId>,
}

/// A retention period agreed with the department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreedRetention {
    /// Months after the end of the contract.
    pub months: u16,
    /// Reference of the written agreement.
    pub agreement_reference: String,
    /// Date of the agreement.
    pub agreed_on: Date,
}

impl KnownContract {
    /// Its members on a day: the prime, and everyone whom links in force on that day join to it.
    pub fn members_at(&self, on: Date) -> Members {
        Members::on(self.holder, &self.links, on)
    }

    /// The organisations that see the whole chain without being placed in it: the department, Jobcentre Plus, and whoever it was novated to.
    pub fn outside(&self) -> Vec<OrganisationId> {
        let outside = [Some(self.commissioner), self.jobcentre_plus].into_iter().flatten();
        outside.chain(self.novated_to.iter().copied()).collect()
    }

    /// Who decides about its records: the prime, until it was novated.
    pub fn controller(&self) -> OrganisationId {
        self.novated_to.last().copied().unwrap_or(self.holder)
    }
}

/// Those with these ids that are known.
pub async fn find_contracts(tx: &mut Tx, ids: Vec<ContractId>) -> Result<Vec<KnownContract>, DbError> {
    tx.query(SELECT).keys(ids).all(read).await
}

/// Those with these references that are known.
pub async fn find_references(tx: &mut Tx, references: Vec<String>) -> Result<Vec<KnownContract>, DbError> {
    tx.query(SELECT_BY_REFERENCE).keys(references).all(read).await
}

/// Puts one there as it is at a version of its stream.
pub(crate) async fn put(tx: &mut Tx, contract: &KnownContract, version: i64) -> Result<(), DbError> {
    let mut batch = Batch::new(&PUT);
    batch.push([
        contract.id.value(),
        contract.reference.as_str().value(),
        document::write(contract)?,
        version.value(),
    ]);
    tx.flush(batch).await.map(drop)
}

fn read(row: &Row<'_>) -> Result<KnownContract, DbError> {
    document::read(row)
}
