//! Every clock of a complaint, computed from state, pack and calendars and from nothing else (L11). A stored date is a
//! cache of what [`clocks`] returns.
//!
//! A clock is counted by the calendar as known on the day its start was recorded. A calendar that changes later moves it
//! only by a recorded event, to a later date, and the first date stays on show (Q17, L03).

mod settings;

use jiff::civil::Date;
use redress_policy::{Basis, Calendars, ClockKind, Computed, Pack, View, deadline::compute};
use serde::{Deserialize, Serialize};

use super::{Case, File, Stage, State};
use crate::Refusal;
use settings::{Holder, Setting, settings};

/// Names a clock of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ClockKey {
    /// What it limits.
    pub kind: ClockKind,
    /// Stage of the procedure or process run it belongs to; 1 where there is only one.
    pub number: u8,
}

/// A clock of a case and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Which one.
    pub key: ClockKey,
    /// Its date, its warning, its derivation and the rule behind it.
    pub deadline: Computed,
    /// What became of it.
    pub state: ClockState,
    /// Day on which it was met.
    pub met_on: Option<Date>,
    /// The date before the calendar changed, where it moved; never later than the deadline's.
    pub original_due_on: Option<Date>,
    /// Whether it limits the provider; otherwise it is time that the person has.
    pub binds_provider: bool,
}

/// What became of a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClockState {
    /// Running and in time.
    Running,
    /// Past its date and not met.
    Breached,
    /// Met in time.
    Met,
    /// Met, but late.
    MetLate,
    /// The case ended first, or the person let the time pass.
    Lapsed,
}

impl ClockState {
    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Running => "RUNNING",
            Self::Breached => "BREACHED",
            Self::Met => "MET",
            Self::MetLate => "MET_LATE",
            Self::Lapsed => "LAPSED",
        }
    }
}

impl ClockKey {
    /// A clock of `kind`.
    pub const fn new(kind: ClockKind, number: u8) -> Self {
        Self { kind, number }
    }
}

/// Every clock that runs or ran, the next to breach first.
///
/// # Errors
/// Refuses where a needed day lies outside the calendars, or a date outside the civil calendar.
pub fn clocks(state: &State, pack: &Pack, calendars: &Calendars, today: Date) -> Result<Vec<Clock>, Refusal> {
    state.case().map_or(Ok(Vec::new()), |case| of_case(case, pack, calendars, today))
}

/// The clock to look at first: the limit on the provider that is or falls due first, or else the person's own time.
/// None once the case has ended.
pub fn next_due<'a>(state: &State, clocks: &'a [Clock]) -> Option<&'a Clock> {
    if state.stage_name().is_terminal() {
        return None;
    }
    let open = |clock: &&Clock| matches!(clock.state, ClockState::Running | ClockState::Breached);
    clocks.iter().filter(open).min_by_key(|clock| (!clock.binds_provider, clock.deadline.due_on, clock.key))
}

pub(super) fn of_case(
    case: &Case,
    pack: &Pack,
    calendars: &Calendars,
    today: Date,
) -> Result<Vec<Clock>, Refusal> {
    let mut clocks = settings(&case.file, pack)?
        .iter()
        .map(|setting| clock(case, setting, pack, calendars, today))
        .collect::<Result<Vec<_>, _>>()?;
    clocks.sort_by_key(|clock| {
        let open = matches!(clock.state, ClockState::Running | ClockState::Breached);
        (!open, clock.deadline.due_on, clock.key)
    });
    Ok(clocks)
}

/// The clock of `key`, where the case has it.
pub(super) fn find(clocks: &[Clock], key: ClockKey) -> Option<&Clock> {
    clocks.iter().find(|clock| clock.key == key)
}

/// Whose bank holidays count: the division pinned on the case, or all of them where the pack says so (Q4, XCT-09).
pub(super) fn basis(file: &File, pack: &Pack) -> Basis {
    if pack.practice.any_part_of_uk.value { Basis::AnyPartOfUk } else { Basis::Division(file.division) }
}

/// What the calendar as known on `known_on` would make of each clock that still runs: those that would end later. One that
/// passed by the older calendar alone still runs: a holiday that is learned late takes nothing from anyone (Q17).
pub(super) fn moved(
    case: &Case,
    pack: &Pack,
    calendars: &Calendars,
    known_on: Date,
) -> Result<Vec<super::MovedClock>, Refusal> {
    let view = calendars.view(basis(&case.file, pack), known_on);
    let mut moved = Vec::new();
    for setting in settings(&case.file, pack)? {
        let due_on = clock(case, &setting, pack, calendars, known_on)?.deadline.due_on;
        // As it stood on its last day, before time alone made anything of it.
        if standing(case, &setting, due_on, due_on) != ClockState::Running {
            continue;
        }
        let again = count(&setting, &view)?;
        if again.due_on > due_on && again.due_on >= known_on {
            moved.push(super::MovedClock { clock: setting.key, from: due_on, to: again.due_on });
        }
    }
    Ok(moved)
}

fn clock(
    case: &Case,
    setting: &Setting,
    pack: &Pack,
    calendars: &Calendars,
    today: Date,
) -> Result<Clock, Refusal> {
    let file = &case.file;
    let basis = basis(file, pack);
    let first = count(setting, &calendars.view(basis, setting.set_on))?;
    let original_due_on = first.due_on;
    let mut deadline = first;
    for rebased in file.rebased.iter().filter(|rebased| rebased.clock == setting.key) {
        let again = count(setting, &calendars.view(basis, rebased.known_on))?;
        if again.due_on > deadline.due_on {
            deadline = again;
        }
    }
    Ok(Clock {
        key: setting.key,
        state: standing(case, setting, deadline.due_on, today),
        met_on: setting.met_on,
        original_due_on: (original_due_on < deadline.due_on).then_some(original_due_on),
        binds_provider: setting.holder == Holder::Provider,
        deadline,
    })
}

fn count(setting: &Setting, view: &View<'_>) -> Result<Computed, Refusal> {
    Ok(compute(&setting.clock, setting.start_on, setting.stated_on, view)?)
}

fn standing(case: &Case, setting: &Setting, due_on: Date, today: Date) -> ClockState {
    if let Some(met_on) = setting.met_on {
        return if met_on <= due_on { ClockState::Met } else { ClockState::MetLate };
    }
    let past = today > due_on;
    match setting.holder {
        Holder::Provider => match ended_on(&case.stage) {
            Some(ended) if ended <= due_on => ClockState::Lapsed,
            Some(_) => ClockState::Breached,
            None if past => ClockState::Breached,
            None => ClockState::Running,
        },
        Holder::Person if past || setting.over || left(&case.stage) => ClockState::Lapsed,
        Holder::Person => ClockState::Running,
    }
}

/// Whether the person's own time is over. Closing a case takes none of it; only the person's own leaving does.
fn left(stage: &Stage) -> bool {
    ended_on(stage).is_some() && !matches!(stage, Stage::Closed { .. })
}

fn ended_on(stage: &Stage) -> Option<Date> {
    match stage {
        Stage::Redirected { told_on, .. } => Some(*told_on),
        Stage::Closed { closed_on, .. } => Some(*closed_on),
        Stage::Withdrawn { withdrawn_on } => Some(*withdrawn_on),
        Stage::Received
        | Stage::Acknowledged
        | Stage::AtStage(_)
        | Stage::StageResponseIssued { .. }
        | Stage::FinalResponseIssued { .. }
        | Stage::WithIce { .. }
        | Stage::ReopenedByIce(_) => None,
    }
}
