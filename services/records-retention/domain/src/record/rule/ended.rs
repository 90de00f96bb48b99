//! A record that is ordered destroyed, or gone, answers with the truth and takes nothing more (L31, reliability 5.7).

use jiff::civil::Date;
use redress_kernel::{Citation, Decision};

use super::super::{Command, Event, Holder, Ordered, Tombstone};
use crate::Refusal;

pub(super) fn ordered(ordered: &Ordered, command: &Command) -> Result<Decision<Event>, Refusal> {
    match command {
        Command::RecordCarriedOut { holder, on } => Ok(carried_out(ordered, *holder, *on)),
        Command::ReleaseMatter { .. } | Command::Look => Ok(Decision::nothing()),
        Command::Register(_)
        | Command::AddPart(_)
        | Command::RecordPayment(_)
        | Command::PlaceHold(_)
        | Command::ReviewHold { .. }
        | Command::ReleaseHold { .. }
        | Command::ReviewAnonymity { .. }
        | Command::Order(_) => Err(gone(&ordered.tombstone)),
    }
}

pub(super) fn destroyed(tombstone: &Tombstone, command: &Command) -> Result<Decision<Event>, Refusal> {
    match command {
        // A receipt that arrives twice, and cases that end afterwards, change nothing.
        Command::RecordCarriedOut { .. } | Command::ReleaseMatter { .. } | Command::Look => {
            Ok(Decision::nothing())
        }
        Command::Register(_)
        | Command::AddPart(_)
        | Command::RecordPayment(_)
        | Command::PlaceHold(_)
        | Command::ReviewHold { .. }
        | Command::ReleaseHold { .. }
        | Command::ReviewAnonymity { .. }
        | Command::Order(_) => Err(gone(tombstone)),
    }
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
