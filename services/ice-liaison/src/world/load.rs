//! Loads what is wanted: one statement a table, first what is named, then what that leads to.

use std::collections::BTreeSet;

use ice_liaison_domain::{ChargeId, ComplaintId, ContractId, ExaminationId};
use redress_chain::{find_contracts, find_reach};
use redress_store::{DbError, Tx};

use super::{Want, World};
use crate::store::{charge, examination, ledger, procedure, record};

/// The wants, sorted by what they name. Each is named once, in an order that is the same for every group, so that two
/// groups lock nothing crosswise.
#[derive(Default)]
struct Sorted {
    complaints: BTreeSet<ComplaintId>,
    examinations: BTreeSet<ExaminationId>,
    charges: BTreeSet<ChargeId>,
    contracts: BTreeSet<ContractId>,
    years: bool,
}

pub(super) async fn load(world: &mut World, tx: &mut Tx, wants: &[Want]) -> Result<(), DbError> {
    let mut sorted = Sorted::default();
    for want in wants {
        match want {
            Want::Complaint(id) => drop(sorted.complaints.insert(*id)),
            Want::Examination(id) => drop(sorted.examinations.insert(*id)),
            Want::Charge(id) => drop(sorted.charges.insert(*id)),
            Want::Years => sorted.years = true,
        }
    }
    for row in charge::find_many(tx, listed(&sorted.charges)).await? {
        sorted.examinations.insert(row.examination);
    }
    for row in charge::find_of_examinations(tx, listed(&sorted.examinations)).await? {
        sorted.contracts.insert(row.contract);
        world.charge_of.insert(row.examination, row.id);
        world.charges.load(row.id, row);
    }
    for row in examination::find_many(tx, listed(&sorted.examinations)).await? {
        sorted.complaints.insert(row.complaint);
        sorted.contracts.insert(row.contract);
        world.examinations.load(row.id, row);
    }
    for row in charge::find_of_complaints(tx, listed(&sorted.complaints)).await? {
        if let Some(upheld) = row.state.upheld() {
            world.charged.insert(upheld.complaint, row.id);
        }
        if world.charges.get(row.id).is_none() {
            world.charges.load(row.id, row);
        }
    }
    world.live.extend(examination::find_live(tx, listed(&sorted.complaints)).await?);
    for found in record::find_many(tx, listed(&sorted.complaints)).await? {
        sorted.contracts.insert(found.case.contract);
        world.records.insert(found.case.complaint, found.case);
    }
    let contracts = listed(&sorted.contracts);
    world.reach.extend(find_reach(tx, contracts.clone()).await?);
    for (contract, procedure) in procedure::find_of_contracts(tx, contracts.clone()).await? {
        world.procedures.entry(contract).or_default().push(procedure);
    }
    for contract in find_contracts(tx, contracts).await? {
        world.contracts.insert(contract.id, contract);
    }
    if sorted.years {
        world.closed = ledger::years(tx).await?;
    }
    Ok(())
}

fn listed<T: Copy>(ids: &BTreeSet<T>) -> Vec<T> {
    ids.iter().copied().collect()
}
