//! Writes what changed: one statement a table, in the order in which the tables refer to one another.

use redress_store::{DbError, Tx, sealed};

use super::World;
use crate::store::{
    contact, letter, mixed, paper,
    party::{self, Kind, Party},
};

pub(super) async fn flush(world: &mut World, tx: &mut Tx) -> Result<(), DbError> {
    contact::save(tx, world.contacts.changed().map(|(_, row)| row)).await?;
    mixed::save(tx, world.mixed.changed().map(|(_, row)| row)).await?;
    letter::save(tx, world.letters.changed().map(|(_, row)| row)).await?;
    party::save(tx, parties(world)).await?;
    paper::insert(tx, &world.new_papers).await?;
    sealed::insert(tx, &world.new_sealed).await
}

/// The rows by which the parties of each changed thing list it.
fn parties(world: &World) -> impl Iterator<Item = Party> {
    let contacts = world.contacts.changed().filter_map(|(id, row)| {
        let contact = row.state.contact()?;
        let outcome = Some(contact.route.outcome.as_str());
        Some((id.uuid(), Kind::Contact, row.contract, contact.stage.name().as_str(), outcome))
    });
    let mixed = world
        .mixed
        .changed()
        .map(|(id, row)| (id.uuid(), Kind::Mixed, row.contract, row.state.stage_name().as_str(), None));
    let letters = world
        .letters
        .changed()
        .map(|(id, row)| (id.uuid(), Kind::Letter, row.contract, row.state.stage_name().as_str(), None));
    contacts.chain(mixed).chain(letters).flat_map(|(thing, kind, contract, stage, outcome)| {
        world.parties.get(&thing).into_iter().flatten().map(move |organisation| Party {
            thing,
            organisation: *organisation,
            kind,
            contract,
            stage,
            outcome,
        })
    })
}
