//! Whether a change has anything end sooner (reliability D4).

use jiff::civil::Date;
use redress_policy::{Calendars, Pack, deadline};

use crate::{
    RecordClass, Refusal,
    contract::ContractFacts,
    schedule::{Schedule, Trigger, schedule},
};

/// Whether the term of any class that is counted from the end of the contract would end sooner. Where no last day is known on one side, both are
/// counted from the same day: that a contract ends at all is what sets the clock running (RET-01), and shortens nothing.
///
/// # Errors
/// Refuses a day outside the civil calendar.
pub fn shortens(
    before: &ContractFacts,
    after: &ContractFacts,
    (pack, calendars, today): (&Pack, &Calendars, Date),
) -> Result<bool, Refusal> {
    let from = before.end_on.or(after.end_on).unwrap_or(today);
    let to = after.end_on.or(before.end_on).unwrap_or(today);
    for class in RecordClass::ALL {
        let sooner =
            match (last(class, before, from, pack, calendars)?, last(class, after, to, pack, calendars)?) {
                (Some(before), Some(after)) => after < before,
                // What is kept for want of a schedule would end some day.
                (None, Some(_)) => true,
                (Some(_) | None, None) => false,
            };
        if sooner {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The last day of a class's term under a contract that ended on `end_on`; nothing for what is counted from something else.
fn last(
    class: RecordClass,
    facts: &ContractFacts,
    end_on: Date,
    pack: &Pack,
    calendars: &Calendars,
) -> Result<Option<Date>, Refusal> {
    let Some(Schedule { trigger: Trigger::ContractEnd, clock }) =
        schedule(class, pack, facts.agreed.as_ref())
    else {
        return Ok(None);
    };
    let view = calendars.view(pack.basis(), end_on);
    Ok(Some(deadline::compute(&clock, end_on, None, &view)?.due_on))
}
