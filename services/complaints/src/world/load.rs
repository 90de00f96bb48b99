//! Loads what is wanted: one statement a table, first what is named, then what that leads to.

use std::{collections::BTreeSet, hash::Hash};

use complaints_domain::{
    ChangeProposalId, ComplaintId, ContractId, IssueId, OrganisationId, ParticipantId, ProcedureId,
    SupplyChainLinkId,
};
use redress_store::{DbError, Tx};
use uuid::Uuid;

use super::{Want, World};
use crate::store::{
    complaint, contract, document, improvement, organisation, participant, party, procedure, reach,
};

/// The wants, sorted by what they name.
#[derive(Default)]
struct Sorted {
    organisations: Vec<OrganisationId>,
    contracts: Vec<ContractId>,
    contract_references: Vec<String>,
    links: Vec<SupplyChainLinkId>,
    participants: Vec<ParticipantId>,
    participant_references: Vec<(ContractId, String)>,
    procedures_of: Vec<ContractId>,
    procedures: Vec<ProcedureId>,
    complaints: Vec<ComplaintId>,
    complaint_references: Vec<(String, ContractId)>,
    fingerprints: Vec<(ParticipantId, Vec<u8>)>,
    documents: Vec<Uuid>,
    issues: Vec<IssueId>,
    proposals: Vec<ChangeProposalId>,
}

pub(super) async fn load(world: &mut World, tx: &mut Tx, wants: &[Want]) -> Result<(), DbError> {
    let mut sorted = sort(wants);
    cases(world, tx, &mut sorted).await?;
    improvements(world, tx, &mut sorted).await?;
    participants(world, tx, &mut sorted).await?;
    procedures(world, tx, &mut sorted).await?;
    contracts(world, tx, &mut sorted).await?;
    for row in organisation::find_many(tx, distinct(sorted.organisations)).await? {
        world.organisations.load(row.id, row);
    }
    for row in document::find_of_parents(tx, distinct(sorted.documents)).await? {
        world.documents.entry(row.parent).or_default().push(row);
    }
    Ok(())
}

async fn cases(world: &mut World, tx: &mut Tx, sorted: &mut Sorted) -> Result<(), DbError> {
    let complaints = distinct(std::mem::take(&mut sorted.complaints));
    for (complaint, organisation) in party::find_many(tx, complaints.clone()).await? {
        world.add_party(complaint, organisation);
    }
    for row in complaint::find_many(tx, complaints).await? {
        sorted.contracts.push(row.contract);
        sorted.procedures.extend(row.state.case().map(|case| case.file.procedure.id));
        world.complaints.load(row.id, row);
    }
    let references = distinct(std::mem::take(&mut sorted.complaint_references));
    world.complaint_references.extend(complaint::find_references(tx, references).await?);
    let fingerprints = distinct(std::mem::take(&mut sorted.fingerprints));
    world.fingerprints.extend(complaint::find_fingerprints(tx, fingerprints).await?);
    Ok(())
}

async fn improvements(world: &mut World, tx: &mut Tx, sorted: &mut Sorted) -> Result<(), DbError> {
    for row in improvement::find_issues(tx, distinct(std::mem::take(&mut sorted.issues))).await? {
        sorted.contracts.push(row.contract);
        world.issues.load(row.id, row);
    }
    for row in improvement::find_proposals(tx, distinct(std::mem::take(&mut sorted.proposals))).await? {
        sorted.contracts.push(row.contract);
        world.proposals.load(row.id, row);
    }
    Ok(())
}

async fn participants(world: &mut World, tx: &mut Tx, sorted: &mut Sorted) -> Result<(), DbError> {
    for row in participant::find_many(tx, distinct(std::mem::take(&mut sorted.participants))).await? {
        sorted.contracts.push(row.contract);
        world.participants.load(row.id, row);
    }
    let references = distinct(std::mem::take(&mut sorted.participant_references));
    world.participant_references.extend(participant::find_references(tx, references).await?);
    Ok(())
}

async fn procedures(world: &mut World, tx: &mut Tx, sorted: &mut Sorted) -> Result<(), DbError> {
    let of_contracts = distinct(std::mem::take(&mut sorted.procedures_of));
    for row in procedure::find_of_contracts(tx, of_contracts).await? {
        world.procedures.load(row.id, row);
    }
    let mut missing = distinct(std::mem::take(&mut sorted.procedures));
    missing.retain(|id| world.procedures.get(*id).is_none());
    for row in procedure::find_many(tx, missing).await? {
        sorted.contracts.push(row.contract);
        world.procedures.load(row.id, row);
    }
    Ok(())
}

async fn contracts(world: &mut World, tx: &mut Tx, sorted: &mut Sorted) -> Result<(), DbError> {
    let references = distinct(std::mem::take(&mut sorted.contract_references));
    world.contract_references.extend(contract::find_references(tx, references).await?);
    for (link, contract) in contract::find_links(tx, distinct(std::mem::take(&mut sorted.links))).await? {
        sorted.contracts.push(contract);
        world.links.insert(link, contract);
    }
    let contracts = distinct(std::mem::take(&mut sorted.contracts));
    world.reach.extend(reach::find_many(tx, contracts.clone()).await?);
    for row in contract::find_many(tx, contracts).await? {
        world.contracts.load(row.id, row);
    }
    Ok(())
}

fn sort(wants: &[Want]) -> Sorted {
    let mut sorted = Sorted::default();
    for want in wants.iter().cloned() {
        match want {
            Want::Organisation(id) => sorted.organisations.push(id),
            Want::Contract(id) => sorted.contracts.push(id),
            Want::ContractReference(reference) => sorted.contract_references.push(reference),
            Want::Link(id) => sorted.links.push(id),
            Want::Participant(id) => sorted.participants.push(id),
            Want::ParticipantReference(contract, reference) => {
                sorted.participant_references.push((contract, reference));
            }
            Want::Procedures(contract) => sorted.procedures_of.push(contract),
            Want::Procedure(id) => sorted.procedures.push(id),
            Want::Complaint(id) => sorted.complaints.push(id),
            Want::ComplaintReference(reference, contract) => {
                sorted.complaint_references.push((reference, contract));
            }
            Want::Fingerprint(participant, fingerprint) => {
                sorted.fingerprints.push((participant, fingerprint));
            }
            Want::Documents(parent) => sorted.documents.push(parent),
            Want::Issue(id) => sorted.issues.push(id),
            Want::ChangeProposal(id) => sorted.proposals.push(id),
        }
    }
    sorted
}

/// Each once, in an order that is the same for every group, so that two groups lock nothing crosswise.
fn distinct<T: Ord + Hash>(keys: Vec<T>) -> Vec<T> {
    keys.into_iter().collect::<BTreeSet<_>>().into_iter().collect()
}
