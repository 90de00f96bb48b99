//! The clocks of a letter: the target, and the most that is allowed (RTE-12, RTE-13). Day one is the day after receipt by
//! whoever answers; each who receives it has clocks of its own.

use redress_policy::{Calendars, ClockKind, Pack};

use super::{Letter, Stage};
use crate::{
    Refusal,
    breach::{Running, count},
};

/// Every clock that runs or ran for whoever answers now.
///
/// # Errors
/// Refuses where a needed day lies outside the calendars.
pub fn clocks(letter: &Letter, pack: &Pack, calendars: &Calendars) -> Result<Vec<Running>, Refusal> {
    let number = u8::try_from(letter.transfers.len()).unwrap_or(u8::MAX).saturating_add(1);
    let met_on = letter.replied.as_ref().map(|(on, _)| *on);
    let over = matches!(letter.stage, Stage::Abandoned);
    let mut clocks = Vec::new();
    for kind in [ClockKind::ElectedMemberReply, ClockKind::ElectedMemberReplyCap] {
        let counted = count(pack, kind, letter.received_on, letter.division, calendars, letter.recorded_on)?;
        clocks.extend(counted.map(|mut deadline| {
            // A holding reply promises a day of its own; the target is then that day, if it is the later one (RTE-13).
            if let Some(promised_on) = letter.promised_on
                && kind == ClockKind::ElectedMemberReply
                && promised_on > deadline.due_on
            {
                deadline.steps.push(redress_policy::Step {
                    on: promised_on,
                    note: redress_policy::deadline::Note::Said("promised by the holding reply"),
                });
                deadline.due_on = promised_on;
            }
            Running { number, deadline, met_on, over }
        }));
    }
    Ok(clocks)
}
