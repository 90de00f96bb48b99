//! What the passing of time demands of a complaint. Whoever fires it may do so late, early or twice: each command is
//! decided again by the rules, and one that was done is not due any more.

use jiff::civil::Date;
use redress_policy::Pack;

use super::{Clock, ClockState, Command, Stage, State, early_access};
use crate::Refusal;

/// The commands that are due on `today`, the day as of which the `clocks` stand, in the order in which they came due.
///
/// # Errors
/// Refuses at the end of the civil calendar.
pub fn due(state: &State, pack: &Pack, clocks: &[Clock], today: Date) -> Result<Vec<Command>, Refusal> {
    let mut due: Vec<(Date, Command)> = wakes(state, pack, clocks)?;
    due.retain(|(on, _)| *on <= today);
    due.sort_by_key(|(on, _)| *on);
    Ok(due.into_iter().map(|(_, command)| command).collect())
}

/// The first day on which something is due, past days included; none when time alone will change nothing.
///
/// # Errors
/// Refuses at the end of the civil calendar.
pub fn wake_on(state: &State, pack: &Pack, clocks: &[Clock]) -> Result<Option<Date>, Refusal> {
    Ok(wakes(state, pack, clocks)?.into_iter().map(|(on, _)| on).min())
}

fn wakes(state: &State, pack: &Pack, clocks: &[Clock]) -> Result<Vec<(Date, Command)>, Refusal> {
    let Some(case) = state.case().filter(|case| !case.stage.name().is_terminal()) else {
        return Ok(Vec::new());
    };
    let file = &case.file;
    let mut wakes = Vec::new();

    let unmet = |clock: &&Clock| matches!(clock.state, ClockState::Running | ClockState::Breached);
    for clock in clocks.iter().filter(|clock| clock.binds_provider).filter(unmet) {
        if !file.breaches.iter().any(|breach| breach.clock == clock.key) {
            wakes.push((clock.deadline.opens_on()?, Command::RecordBreach { clock: clock.key }));
        }
    }
    if super::rule::allows(super::CommandKind::OpenEarlyAccess, case.stage.name())
        && file.early_access_opened_on.is_none()
    {
        let access = early_access::early_access(pack, clocks)?;
        let open = matches!(access.standing, early_access::Standing::Open | early_access::Standing::NotYet);
        if let (true, Some(opens_on)) = (open, access.opens_on) {
            wakes.push((opens_on, Command::OpenEarlyAccess));
        }
    }
    match &case.stage {
        Stage::StageResponseIssued { stage_number, .. } => {
            let closes = file.procedure.stage(*stage_number).is_some_and(|stage| stage.silence_closes);
            if let (true, Some(window)) = (closes, super::rule::escalation(clocks, *stage_number)) {
                wakes.push((window.deadline.opens_on()?, Command::CloseSilent));
            }
        }
        Stage::FinalResponseIssued { .. } => {
            if let Some(window) = super::rule::window(file, clocks) {
                wakes.push((window.deadline.opens_on()?, Command::CloseWindowPassed));
            }
        }
        Stage::Received
        | Stage::Redirected { .. }
        | Stage::Acknowledged
        | Stage::AtStage(_)
        | Stage::WithIce { .. }
        | Stage::ReopenedByIce(_)
        | Stage::Closed { .. }
        | Stage::Withdrawn { .. } => {}
    }
    Ok(wakes)
}
