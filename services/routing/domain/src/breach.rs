//! Limits that passed, each on record once.

use jiff::civil::Date;
use redress_policy::{Calendars, ClockKind, Computed, Pack, Refusal as PolicyRefusal, deadline::compute};
use serde::{Deserialize, Serialize};

use crate::{Refusal, contract};

/// A limit that passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    /// Which clock.
    pub kind: ClockKind,
    /// Which of several of its kind, from 1.
    pub number: u8,
    /// Its last day.
    pub due_on: Date,
}

/// A clock that runs or ran.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    /// Which of several of its kind, from 1.
    pub number: u8,
    /// Its date, and how that was arrived at.
    pub deadline: Computed,
    /// Day on which it was met; none while it was not.
    pub met_on: Option<Date>,
    /// Whether nothing can come of it any more.
    pub over: bool,
}

impl Running {
    /// Whether someone must still act on it.
    pub fn is_open(&self) -> bool {
        self.met_on.is_none() && !self.over
    }

    fn is_recorded(&self, breaches: &[Breach]) -> bool {
        breaches.iter().any(|breach| breach.kind == self.deadline.kind && breach.number == self.number)
    }
}

/// The clock to look at first: the open one that falls due first.
pub fn next_due(clocks: &[Running]) -> Option<&Running> {
    clocks
        .iter()
        .filter(|clock| clock.is_open())
        .min_by_key(|clock| (clock.deadline.due_on, clock.deadline.kind))
}

/// Limits that passed by `today` and are not on record, the first first.
pub fn passed(clocks: &[Running], breaches: &[Breach], today: Date) -> Vec<(ClockKind, u8)> {
    let mut passed: Vec<&Running> = clocks
        .iter()
        .filter(|clock| clock.is_open() && clock.deadline.due_on < today && !clock.is_recorded(breaches))
        .collect();
    passed.sort_by_key(|clock| clock.deadline.due_on);
    passed.into_iter().map(|clock| (clock.deadline.kind, clock.number)).collect()
}

/// The first day on which a limit that is not on record will have passed.
///
/// # Errors
/// Refuses at the end of the civil calendar.
pub fn wake_on(clocks: &[Running], breaches: &[Breach]) -> Result<Option<Date>, Refusal> {
    let open = clocks.iter().filter(|clock| clock.is_open() && !clock.is_recorded(breaches));
    let days: Vec<Date> = open.map(|clock| clock.deadline.opens_on()).collect::<Result<_, _>>()?;
    Ok(days.into_iter().min())
}

/// The breach to put on record, nothing where it is there, a refusal where the limit has not passed.
pub(crate) fn record(
    clocks: &[Running],
    breaches: &[Breach],
    kind: ClockKind,
    number: u8,
    today: Date,
) -> Result<Option<(Breach, redress_kernel::Citation)>, Refusal> {
    let clock = clocks.iter().find(|clock| clock.deadline.kind == kind && clock.number == number);
    match clock {
        Some(clock) if clock.is_recorded(breaches) => Ok(None),
        Some(clock) if clock.is_open() && clock.deadline.due_on < today => {
            let breach = Breach { kind, number, due_on: clock.deadline.due_on };
            Ok(Some((breach, clock.deadline.citation.clone())))
        }
        Some(_) | None => Err(Refusal::NotDue { clock: kind }),
    }
}

/// Counts the pack's clock of `kind`; nothing where its guidance is silent or not known.
pub(crate) fn count(
    pack: &Pack,
    kind: ClockKind,
    start_on: Date,
    division: redress_policy::Division,
    calendars: &Calendars,
    known_on: Date,
) -> Result<Option<Computed>, Refusal> {
    let clock = match pack.clock(kind) {
        Ok(clock) => clock,
        Err(PolicyRefusal::NoSuchClock { .. } | PolicyRefusal::ValueNotKnown { .. }) => return Ok(None),
        Err(refusal) => return Err(refusal.into()),
    };
    let view = calendars.view(contract::basis(division, pack), known_on);
    Ok(Some(compute(&clock, start_on, None, &view)?))
}
