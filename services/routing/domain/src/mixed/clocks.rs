//! The clocks of a mixed complaint: each contribution (RTE-04), and the department's own reply (CMP-22).

use redress_policy::{Calendars, ClockKind, Computed, Pack, Refusal as PolicyRefusal, deadline::compute};

use super::{Contribution, Mixed, RaisedAt, Stage};
use crate::{
    Refusal,
    breach::{Running, count},
    contract::basis,
};

/// Every clock that runs or ran.
///
/// # Errors
/// Refuses where a needed day lies outside the calendars.
pub fn clocks(mixed: &Mixed, pack: &Pack, calendars: &Calendars) -> Result<Vec<Running>, Refusal> {
    let mut clocks = Vec::new();
    let over = matches!(mixed.stage, Stage::Abandoned);
    for (number, (at, contribution)) in (1..).zip(mixed.contributions.iter().enumerate()) {
        if let Some(deadline) = contributing(mixed, contribution, pack, calendars)? {
            let over = over || mixed.issued.is_some();
            // What answers a request answers those before it that nobody answered.
            let met_on = mixed.contributions[at..].iter().find_map(Contribution::met_on);
            clocks.push(Running { number, deadline, met_on, over });
        }
    }
    // Jobcentre Plus has it from its own receipt, or from the day the person was sent there.
    let start_on = match mixed.raised_at {
        RaisedAt::JobcentrePlus => Some(mixed.received_on),
        RaisedAt::Provider => mixed.told.as_ref().map(|told| told.told_on),
    };
    if let Some(start_on) = start_on {
        let kind = ClockKind::DepartmentReply;
        let deadline = count(pack, kind, start_on, mixed.division, calendars, mixed.recorded_on)?;
        let met_on = mixed.issued.as_ref().map(|issued| issued.on);
        clocks.extend(deadline.map(|deadline| Running { number: 1, deadline, met_on, over }));
    }
    Ok(clocks)
}

/// Q5, Q26: the earlier of the stated day and five working days. A day that was stated stands by itself where nobody knows
/// what the guidance allows.
fn contributing(
    mixed: &Mixed,
    contribution: &Contribution,
    pack: &Pack,
    calendars: &Calendars,
) -> Result<Option<Computed>, Refusal> {
    let kind = ClockKind::JcpContribution;
    let view = calendars.view(basis(mixed.division, pack), contribution.recorded_on);
    match pack.clock(kind) {
        Ok(clock) => Ok(Some(compute(&clock, contribution.requested_on, contribution.stated_due_on, &view)?)),
        Err(PolicyRefusal::ValueNotKnown { .. }) => Ok(Some(Computed {
            kind,
            start_on: contribution.requested_on,
            ends_on: contribution.due_on,
            due_on: contribution.due_on,
            warn_on: view.working_before(contribution.due_on)?.max(contribution.requested_on),
            calendar_version: view.version(),
            steps: Vec::new(),
            citation: pack.stated(&pack.rules.jcp_contribution, "RTE-04"),
        })),
        Err(refusal) => Err(refusal.into()),
    }
}
