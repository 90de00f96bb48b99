//! A command inside a transaction that someone else has opened, such as the one that moves a subscription's cursor.

use jiff::Timestamp;
use redress_kernel::Ids;
use redress_store::{DbError, Tx};

use super::{Command, World};
use crate::append::{Entries, Origin};

/// Carries out a command in `tx`, which the caller commits, or drops to undo it.
///
/// What the command refuses has changed nothing, and the transaction can go on.
pub async fn carry_out<W: World, C: Command<W>>(
    tx: &mut Tx,
    command: &C,
    origin: Origin,
    ids: &dyn Ids,
    now: Timestamp,
) -> Result<Result<C::Answer, C::Refusal>, DbError> {
    let mut wants = Vec::new();
    command.wants(&mut wants);
    let mut world = W::new();
    world.load(tx, &wants).await?;
    let mut entries = Entries::new(ids, now, origin);
    let answer = command.run(&mut world, &mut entries, now);
    if answer.is_ok() {
        world.flush(tx).await?;
        entries.flush(tx).await?;
    }
    Ok(answer)
}
