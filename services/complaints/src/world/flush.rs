//! Writes what changed: one statement a table, in the order in which the tables refer to one another.

use redress_store::{DbError, Tx, sealed};

use super::World;
use crate::store::{
    complaint, contract, document, improvement, letter, organisation, participant,
    party::{self, Party},
    procedure, reach,
};

pub(super) async fn flush(world: &mut World, tx: &mut Tx) -> Result<(), DbError> {
    organisation::save(tx, world.organisations.changed().map(|(_, row)| row)).await?;
    contract::save(tx, world.contracts.changed().map(|(_, row)| row)).await?;
    reach::insert(tx, world.new_reach.iter()).await?;
    participant::save(tx, world.participants.changed().map(|(_, row)| row)).await?;
    procedure::save(tx, world.procedures.changed().map(|(_, row)| row)).await?;
    complaint::save(tx, world.complaints.changed().map(|(_, row)| row)).await?;
    party::save(tx, parties(world)).await?;
    letter::insert(tx, &world.new_letters).await?;
    improvement::save_issues(tx, world.issues.changed().map(|(_, row)| row)).await?;
    improvement::save_proposals(tx, world.proposals.changed().map(|(_, row)| row)).await?;
    document::insert(tx, &world.new_documents).await?;
    sealed::insert(tx, &world.new_sealed).await
}

/// The rows by which the parties of each changed complaint list it.
fn parties(world: &World) -> impl Iterator<Item = Party> {
    world.complaints.changed().flat_map(|(id, row)| {
        world.parties.get(&id).into_iter().flatten().map(move |organisation| Party {
            complaint: id,
            organisation: *organisation,
            contract: row.contract,
            worked_by: row.organisation,
            stage: row.summary.stage,
            next_due_on: row.summary.next_due_on,
        })
    })
}
