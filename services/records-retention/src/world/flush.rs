//! Writes what changed: one statement a table.

use redress_store::{DbError, Tx, mark, sealed};

use super::World;
use crate::{
    reactor::DOUBT,
    store::{control, disposal, person, record},
};

pub(super) async fn flush(world: &mut World, tx: &mut Tx) -> Result<(), DbError> {
    person::save(tx, world.persons.changed().map(|(_, row)| row)).await?;
    control::save(tx, world.controls.changed().map(|(_, row)| row)).await?;
    record::save(tx, world.records.changed().map(|(_, row)| row)).await?;
    disposal::save(tx, world.disposals.changed().map(|(_, row)| row)).await?;
    if world.confirmed {
        mark::set(tx, DOUBT, String::new()).await?;
    }
    sealed::insert(tx, &world.new_sealed).await
}
