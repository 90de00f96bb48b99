//! Loads what is wanted: one statement a table, first what is named, then what that leads to.

use std::{collections::BTreeSet, hash::Hash};

use records_retention_domain::{
    ComplaintId, ContractId, DisposalControlId, DisposalId, ErasureRequestId, OrganisationId, ParticipantId,
    RecordId, ScheduleChangeId,
};
use redress_kernel::Id;
use redress_store::{DbError, Tx};
use uuid::Uuid;

use super::{Want, World};
use crate::{
    marks,
    store::{
        case, change, control, disposal, erasure,
        gone::{self, Content},
        person::{self, Person},
        promise, record, subject,
    },
};

/// The wants, sorted by what they name.
#[derive(Default)]
struct Sorted {
    contracts: Vec<ContractId>,
    promises: Vec<ContractId>,
    changes: Vec<ScheduleChangeId>,
    records: Vec<RecordId>,
    references: Vec<(OrganisationId, String)>,
    persons: Vec<ParticipantId>,
    held: Vec<ParticipantId>,
    cases: Vec<ComplaintId>,
    subjects: Vec<Uuid>,
    disposals: Vec<DisposalId>,
    manifests: Vec<DisposalId>,
    controls: Vec<DisposalControlId>,
    erasures: Vec<ErasureRequestId>,
    gone: Vec<Content>,
    date: bool,
}

pub(super) async fn load(world: &mut World, tx: &mut Tx, wants: &[Want]) -> Result<(), DbError> {
    let mut sorted = sort(wants);
    disposals(world, tx, &mut sorted).await?;
    records(world, tx, &mut sorted).await?;
    erasures(world, tx, &mut sorted).await?;
    for row in control::find_many(tx, distinct(sorted.controls)).await? {
        world.controls.load(row.id, row);
    }
    for row in change::find_many(tx, distinct(sorted.changes)).await? {
        sorted.contracts.push(row.contract);
        world.changes.load(row.id, row);
    }
    let contracts = distinct(sorted.contracts);
    sorted.promises.extend(&contracts);
    for row in promise::find_many(tx, distinct(sorted.promises)).await? {
        world.promises.load(row.contract, row);
    }
    for reach in redress_chain::find_reach(tx, contracts.clone()).await? {
        world.add_reach(&reach);
    }
    for contract in redress_chain::find_contracts(tx, contracts).await? {
        world.contracts.insert(contract.id, contract);
    }
    let contents = distinct(std::mem::take(&mut sorted.gone));
    if !contents.is_empty() {
        world.gone.extend(gone::find(tx, contents).await?);
    }
    if sorted.date {
        world.doubt = marks::doubt(tx).await?;
        world.seen = marks::seen(tx).await?;
    }
    Ok(())
}

async fn disposals(world: &mut World, tx: &mut Tx, sorted: &mut Sorted) -> Result<(), DbError> {
    let manifests: BTreeSet<DisposalId> = std::mem::take(&mut sorted.manifests).into_iter().collect();
    let mut ids = std::mem::take(&mut sorted.disposals);
    ids.extend(&manifests);
    for row in disposal::find_many(tx, distinct(ids)).await? {
        sorted.contracts.push(row.contract);
        sorted.controls.push(Id::new(row.organisation.uuid()));
        if manifests.contains(&row.id) {
            let items = row.state.proposal().map(|proposal| proposal.items.as_slice()).unwrap_or_default();
            sorted.records.extend(items.iter().map(|item| item.record));
        }
        world.disposals.load(row.id, row);
    }
    Ok(())
}

async fn records(world: &mut World, tx: &mut Tx, sorted: &mut Sorted) -> Result<(), DbError> {
    for (subject, record) in subject::find_many(tx, distinct(std::mem::take(&mut sorted.subjects))).await? {
        sorted.records.push(record);
        world.subjects.insert(subject, record);
    }
    let cases = distinct(std::mem::take(&mut sorted.cases));
    for row in case::find_many(tx, cases.clone()).await? {
        sorted.records.extend(&row.state.records);
        sorted.held.extend(row.state.participant);
        world.cases.load(row.id, row);
    }
    let mut found = record::find_of_complaints(tx, cases).await?;
    sorted.held.extend(found.iter().filter_map(|row| row.participant));
    let whole = distinct(std::mem::take(&mut sorted.persons));
    sorted.held.extend(&whole);
    let mut whole: BTreeSet<ParticipantId> = whole.into_iter().collect();
    for row in persons(world, tx, std::mem::take(&mut sorted.held)).await? {
        sorted.contracts.push(row.contract);
        sorted.records.extend(&row.named);
        // What was open while each record was held for itself is released from each.
        whole.extend((!row.matters.is_empty()).then_some(row.id));
    }
    found.extend(record::find_of_persons(tx, whole.into_iter().collect()).await?);
    found.extend(record::find_many(tx, distinct(std::mem::take(&mut sorted.records))).await?);
    let mut about = Vec::new();
    for row in found {
        sorted.contracts.push(row.contract);
        about.extend(row.participant);
        world.records.load(row.id, row);
    }
    for row in persons(world, tx, about).await? {
        sorted.contracts.push(row.contract);
    }
    let references = distinct(std::mem::take(&mut sorted.references));
    world.references.extend(record::find_references(tx, references).await?);
    Ok(())
}

/// What holds everything about these people, as far as it is not here yet.
async fn persons(world: &mut World, tx: &mut Tx, ids: Vec<ParticipantId>) -> Result<Vec<Person>, DbError> {
    let missing = distinct(ids).into_iter().filter(|id| world.persons.get(*id).is_none()).collect();
    let found = person::find_many(tx, missing).await?;
    for row in &found {
        world.persons.load(row.id, row.clone());
    }
    Ok(found)
}

/// Those that are named, and those of everyone whose records are here: their dates and holds hang on them.
async fn erasures(world: &mut World, tx: &mut Tx, sorted: &mut Sorted) -> Result<(), DbError> {
    let mut found = erasure::find_many(tx, distinct(std::mem::take(&mut sorted.erasures))).await?;
    let about = world.records.iter().filter_map(|(_, row)| row.participant);
    let persons = about.chain(world.persons.iter().map(|(_, row)| row.id)).collect();
    found.extend(erasure::find_of_persons(tx, distinct(persons)).await?);
    for row in found {
        sorted.contracts.push(row.contract);
        world.erasures.load(row.id, row);
    }
    Ok(())
}

fn sort(wants: &[Want]) -> Sorted {
    let mut sorted = Sorted::default();
    for want in wants {
        match want {
            Want::Contract(id) => sorted.contracts.push(*id),
            Want::Promise(id) => sorted.promises.push(*id),
            Want::Change(id) => sorted.changes.push(*id),
            Want::Record(id) => sorted.records.push(*id),
            Want::Reference(organisation, text) => sorted.references.push((*organisation, text.clone())),
            Want::Person(id) => sorted.persons.push(*id),
            Want::Held(id) => sorted.held.push(*id),
            Want::Case(id) => sorted.cases.push(*id),
            Want::Subject(id) => sorted.subjects.push(*id),
            Want::Disposal(id) => sorted.disposals.push(*id),
            Want::Manifest(id) => sorted.manifests.push(*id),
            Want::Erasure(id) => sorted.erasures.push(*id),
            Want::Control(id) => sorted.controls.push(*id),
            Want::Gone(content) => sorted.gone.push(content.clone()),
            Want::Date => sorted.date = true,
        }
    }
    sorted
}

fn distinct<T: Ord + Hash>(items: Vec<T>) -> Vec<T> {
    items.into_iter().collect::<BTreeSet<T>>().into_iter().collect()
}
