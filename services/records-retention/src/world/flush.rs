//! Writes what changed: one statement a table.

use redress_store::{DbError, Tx, sealed};

use super::World;
use crate::{
    marks,
    store::{case, change, content, control, disposal, erasure, gone, person, promise, record, subject},
};

pub(super) async fn flush(world: &mut World, tx: &mut Tx) -> Result<(), DbError> {
    case::save(tx, world.cases.changed().map(|(_, row)| row)).await?;
    person::save(tx, world.persons.changed().map(|(_, row)| row)).await?;
    control::save(tx, world.controls.changed().map(|(_, row)| row)).await?;
    promise::save(tx, world.promises.changed().map(|(_, row)| row)).await?;
    change::save(tx, world.changes.changed().map(|(_, row)| row)).await?;
    record::save(tx, world.records.changed().map(|(_, row)| row)).await?;
    disposal::save(tx, world.disposals.changed().map(|(_, row)| row)).await?;
    erasure::save(tx, world.erasures.changed().map(|(_, row)| row)).await?;
    subject::insert(tx, &world.new_subjects).await?;
    if world.confirmed {
        marks::confirm(tx).await?;
    }
    gone::insert(tx, &world.new_gone).await?;
    content::insert(tx, &world.new_contents).await?;
    sealed::insert(tx, &world.new_sealed).await
}
