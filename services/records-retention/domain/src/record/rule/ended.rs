//! A record that is ordered destroyed, or gone, answers with the truth and takes nothing more (L31, reliability 5.7).

use jiff::civil::Date;
use redress_kernel::{Citation, Decision};

use super::{
    super::{Command, Context, Event, Holder, Ordered, Tombstone},
    holding, keeping,
};
use crate::{Hold, Refusal};

pub(super) fn ordered(
    ordered: &Ordered,
    command: &Command,
    context: &Context<'_>,
) -> Result<Decision<Event>, Refusal> {
    match command {
        Command::Recall { disposal } if *disposal == ordered.tombstone.disposal => recall(ordered, context),
        Command::PlaceHold(hold) if hold.matter.is_some() => late(ordered, hold, context),
        Command::RecordCarriedOut { holder, on } => Ok(carried_out(ordered, *holder, *on)),
        Command::Replay(tombstone) => Ok(replayed(tombstone)),
        Command::ReleaseMatter { matter, reason } => Ok(match &ordered.file {
            Some(file) => holding::release_matter(file, *matter, *reason, context),
            None => Decision::nothing(),
        }),
        Command::Attribute { participant } => Ok(match &ordered.file {
            Some(file) => keeping::attribute(file, *participant),
            None => Decision::nothing(),
        }),
        Command::Look => Ok(Decision::nothing()),
        Command::Register(_)
        | Command::AddPart(_)
        | Command::RecordPayment(_)
        | Command::PlaceHold(_)
        | Command::ReviewHold { .. }
        | Command::ReleaseHold { .. }
        | Command::ReviewAnonymity { .. }
        | Command::Recall { .. }
        | Command::Order(_) => Err(gone(&ordered.tombstone)),
    }
}

pub(super) fn destroyed(tombstone: &Tombstone, command: &Command) -> Result<Decision<Event>, Refusal> {
    match command {
        // A receipt that arrives twice, and cases that end afterwards, change nothing.
        Command::RecordCarriedOut { .. }
        | Command::Attribute { .. }
        | Command::ReleaseMatter { .. }
        | Command::Look
        | Command::Replay(_) => Ok(Decision::nothing()),
        Command::Register(_)
        | Command::AddPart(_)
        | Command::RecordPayment(_)
        | Command::PlaceHold(_)
        | Command::ReviewHold { .. }
        | Command::ReleaseHold { .. }
        | Command::ReviewAnonymity { .. }
        | Command::Recall { .. }
        | Command::Order(_) => Err(gone(tombstone)),
    }
}

/// After a restore: what the ledger says is gone is gone, whatever the copy knew of it (L35).
pub(super) fn replayed(tombstone: &Tombstone) -> Decision<Event> {
    Decision::one(Event::ErasureReplayed(Box::new(tombstone.clone())), vec![Citation::own("RET-14")])
}

/// A case that opens now holds nothing any more; it is noted, for the order may yet be taken back.
fn late(ordered: &Ordered, hold: &Hold, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
    match &ordered.file {
        Some(file) if holding::already(file, hold, context) => Ok(Decision::nothing()),
        Some(_) => Ok(Decision::one(Event::HoldCameLate(hold.clone()), vec![Citation::own("RET-07")])),
        None => Err(gone(&ordered.tombstone)),
    }
}

/// It is kept again, and held by what opened in the meantime. Of what a holder has destroyed nothing is brought back.
fn recall(ordered: &Ordered, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
    let whole = ordered.file.as_ref().is_some_and(|file| file.holders() == ordered.outstanding);
    if !whole {
        return Err(gone(&ordered.tombstone));
    }
    let disposal = ordered.tombstone.disposal;
    Ok(Decision::one(Event::DisposalRecalled { disposal, on: context.today }, vec![Citation::own("RET-14")]))
}

fn carried_out(ordered: &Ordered, holder: Holder, on: Date) -> Decision<Event> {
    match ordered.outstanding.as_slice() {
        outstanding if !outstanding.contains(&holder) => Decision::nothing(),
        [_] => Decision::one(Event::RecordDestroyed { destroyed_on: on }, vec![Citation::own("RET-14")]),
        [..] => Decision::one(Event::HolderDone { holder }, vec![Citation::own("RET-14")]),
    }
}

fn gone(tombstone: &Tombstone) -> Refusal {
    Refusal::Destroyed { tombstone: Box::new(tombstone.clone()) }
}
