//! Loads what is wanted: one statement a table, first what is named, then what that leads to.

use std::collections::BTreeSet;

use redress_store::{DbError, Tx};
use routing_domain::{ComplaintId, ContactId, ContractId, MemberLetterId, MixedComplaintId, OrganisationId};
use uuid::Uuid;

use super::{Want, World};
use crate::store::{contact, letter, mixed, paper, party};

/// The wants, sorted by what they name.
#[derive(Default)]
struct Sorted {
    contracts: Vec<ContractId>,
    contract_references: Vec<String>,
    contacts: Vec<ContactId>,
    contact_references: Vec<(OrganisationId, String)>,
    mixed: Vec<MixedComplaintId>,
    letters: Vec<MemberLetterId>,
    opened: Vec<ComplaintId>,
}

pub(super) async fn load(world: &mut World, tx: &mut Tx, wants: &[Want]) -> Result<(), DbError> {
    let mut sorted = sort(wants);
    named(world, tx, &mut sorted).await?;
    children(world, tx, &mut sorted).await?;
    contacts(world, tx, &mut sorted).await?;
    // What a contact opened is loaded with it, so that both move together.
    children(world, tx, &mut sorted).await?;
    parties(world, tx).await?;
    papers(world, tx).await?;
    contracts(world, tx, &mut sorted).await
}

/// What is named by something else than its id.
async fn named(world: &mut World, tx: &mut Tx, sorted: &mut Sorted) -> Result<(), DbError> {
    let references = distinct(std::mem::take(&mut sorted.contact_references));
    for (reference, id) in contact::find_references(tx, references).await? {
        world.contact_references.insert(reference, id);
        sorted.contacts.push(id);
    }
    let opened = distinct(std::mem::take(&mut sorted.opened));
    for (complaint, id) in contact::find_complaints(tx, opened.clone()).await? {
        world.opened_by_contact.insert(complaint, id);
        sorted.contacts.push(id);
    }
    for (complaint, id) in mixed::find_complaints(tx, opened).await? {
        world.opened_by_mixed.insert(complaint, id);
        sorted.mixed.push(id);
    }
    Ok(())
}

async fn children(world: &mut World, tx: &mut Tx, sorted: &mut Sorted) -> Result<(), DbError> {
    let mut mixed = distinct(std::mem::take(&mut sorted.mixed));
    mixed.retain(|id| world.mixed.get(*id).is_none());
    for row in mixed::find_many(tx, mixed).await? {
        sorted.contacts.push(row.contact);
        world.mixed.load(row.id, row);
    }
    let mut letters = distinct(std::mem::take(&mut sorted.letters));
    letters.retain(|id| world.letters.get(*id).is_none());
    for row in letter::find_many(tx, letters).await? {
        sorted.contacts.push(row.contact);
        world.letters.load(row.id, row);
    }
    Ok(())
}

async fn contacts(world: &mut World, tx: &mut Tx, sorted: &mut Sorted) -> Result<(), DbError> {
    for row in contact::find_many(tx, distinct(std::mem::take(&mut sorted.contacts))).await? {
        sorted.contracts.push(row.contract);
        if let Some(contact) = row.state.contact() {
            sorted.mixed.extend(contact.mixed());
            sorted.letters.extend(contact.letter());
        }
        world.contacts.load(row.id, row);
    }
    Ok(())
}

async fn parties(world: &mut World, tx: &mut Tx) -> Result<(), DbError> {
    let contacts = world.contacts.iter().map(|(id, _)| id.uuid());
    let mixed = world.mixed.iter().map(|(id, _)| id.uuid());
    let letters = world.letters.iter().map(|(id, _)| id.uuid());
    let things: Vec<Uuid> = contacts.chain(mixed).chain(letters).collect();
    for (thing, organisation) in party::find_many(tx, distinct(things)).await? {
        world.add_parties(thing, [organisation]);
    }
    Ok(())
}

async fn papers(world: &mut World, tx: &mut Tx) -> Result<(), DbError> {
    let contacts = world.contacts.iter().map(|(id, _)| id).collect();
    for (contact, paper) in paper::find_readable(tx, contacts).await? {
        world.papers.entry(contact).or_default().push(paper);
    }
    Ok(())
}

async fn contracts(world: &mut World, tx: &mut Tx, sorted: &mut Sorted) -> Result<(), DbError> {
    let references = distinct(std::mem::take(&mut sorted.contract_references));
    for known in redress_chain::find_references(tx, references).await? {
        sorted.contracts.push(known.id);
        world.contract_references.insert(known.reference, known.id);
    }
    let contracts = distinct(std::mem::take(&mut sorted.contracts));
    world.reach.extend(redress_chain::find_reach(tx, contracts.clone()).await?);
    for known in redress_chain::find_contracts(tx, contracts).await? {
        world.contracts.insert(known.id, known);
    }
    Ok(())
}

fn sort(wants: &[Want]) -> Sorted {
    let mut sorted = Sorted::default();
    for want in wants.iter().cloned() {
        match want {
            Want::Contract(id) => sorted.contracts.push(id),
            Want::ContractReference(reference) => sorted.contract_references.push(reference),
            Want::Contact(id) => sorted.contacts.push(id),
            Want::ContactReference(organisation, reference) => {
                sorted.contact_references.push((organisation, reference));
            }
            Want::Mixed(id) => sorted.mixed.push(id),
            Want::Letter(id) => sorted.letters.push(id),
            Want::Opened(complaint) => sorted.opened.push(complaint),
        }
    }
    sorted
}

/// Each once, in an order that is the same for every group, so that two groups lock nothing crosswise.
fn distinct<T: Ord>(keys: Vec<T>) -> Vec<T> {
    keys.into_iter().collect::<BTreeSet<_>>().into_iter().collect()
}
