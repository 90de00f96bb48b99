//! What a clock makes happen, and what a change of calendar or guidance does. Each may be fired late or twice.

use redress_kernel::{Citation, Decision};
use redress_policy::ClockKind;

use super::{Decided, all_clocks, guard};
use crate::{
    Refusal,
    complaint::{Case, ClockKey, ClockState, CommandKind, Context, Event, clocks, early_access},
};

/// CMP-08: the day after eight weeks without a final response opens the early way, where the pack has it.
pub(super) fn open_early_access(case: &Case, context: &Context<'_>) -> Decided {
    guard(case, CommandKind::OpenEarlyAccess)?;
    if case.file.early_access_opened_on.is_some() {
        return Ok(Decision::nothing());
    }
    // Silence gives no right, and ignorance gives no answer: both are said as what they are.
    context.pack.clock(ClockKind::EightWeekRight)?;
    let access = early_access::early_access(context.pack, &all_clocks(case, context)?)?;
    match (access.standing, access.opens_on) {
        (early_access::Standing::Open, Some(opens_on)) => {
            Ok(Decision::one(Event::EarlyAccessOpened { opens_on }, vec![access.citation]))
        }
        (_, opens_on) => Err(Refusal::EarlyAccessNotOpen { opens_on, citation: Box::new(access.citation) }),
    }
}

/// Records once that a limit on the provider passed.
pub(super) fn record_breach(case: &Case, key: ClockKey, context: &Context<'_>) -> Decided {
    guard(case, CommandKind::RecordBreach)?;
    if case.file.breaches.iter().any(|breach| breach.clock == key) {
        return Ok(Decision::nothing());
    }
    let all = all_clocks(case, context)?;
    match clocks::find(&all, key) {
        Some(clock) if clock.binds_provider && clock.state == ClockState::Breached => {
            let event = Event::ClockBreached { clock: key, due_on: clock.deadline.due_on };
            Ok(Decision::one(event, vec![clock.deadline.citation.clone()]))
        }
        Some(_) | None => Err(Refusal::NotDue { clock: key.kind }),
    }
}

/// Q17, L03: clocks that run move to the later date of a newer calendar; none moves to an earlier one.
pub(super) fn rebase(case: &Case, context: &Context<'_>) -> Decided {
    guard(case, CommandKind::RebaseClocks)?;
    let moved = clocks::moved(case, context.pack, context.calendars, context.today)?;
    if moved.is_empty() {
        return Ok(Decision::nothing());
    }
    let view = context.calendars.view(clocks::basis(&case.file, context.pack), context.today);
    let event = Event::ClocksRebased { known_on: context.today, calendar_version: view.version(), moved };
    Ok(Decision::one(event, vec![Citation::own("XCT-10").with("known_on", context.today)]))
}

/// Pins another version of the guidance of the same programme (Q19), where it applies (XCT-02). Whose bank holidays count stays as it
/// is (C31).
pub(super) fn repin(case: &Case, context: &Context<'_>) -> Decided {
    guard(case, CommandKind::RepinPack)?;
    let (file, pack) = (&case.file, context.pack);
    if pack.reference == file.pack {
        return Ok(Decision::nothing());
    }
    if pack.programme != file.programme {
        return Err(Refusal::OtherProgramme { programme: file.programme.clone() });
    }
    if !pack.applies.territory.contains(&file.division) {
        return Err(Refusal::DivisionLocked { division: file.division.slug() });
    }
    let event = Event::PackRepinned { from: file.pack.clone(), to: pack.reference.clone() };
    Ok(Decision::one(event, vec![pack.cite(&pack.applies.source)]))
}
