//! The one function that turns a clock and a start into a date (L11), and the days that mattered on the way.

mod count;
mod kind;
mod note;
mod rebase;

use jiff::civil::Date;
use redress_kernel::Citation;
use serde::Deserialize;

use crate::{Refusal, Term, View};

pub use kind::ClockKind;
pub use note::{Note, Reason};
pub use rebase::{Rebased, rebase};

/// A limit or window, ready to be counted from any start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// What it limits.
    pub kind: ClockKind,
    /// Its length.
    pub term: Term,
    /// A margin added at the end, such as the time a posted letter travels; counted from the unrolled end (L09).
    pub allowance: Option<Term>,
    /// Which day counts as the first when the start is no working day.
    pub day_one: DayOne,
    /// What becomes of an end on a day that is not worked.
    pub roll: Roll,
    /// When someone should worry.
    pub warning: Warning,
    /// What a date that the other side stated does to it.
    pub stated: Stated,
    /// The rule behind it.
    pub citation: Citation,
}

/// Which day counts as the first of a term in working days (L01).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayOne {
    /// The first working day after the start, whatever the start. The earlier reading, and the one that cannot harm the complainant (Q18).
    #[default]
    NextWorkingDay,
    /// A start on a day that is not worked is taken as the next working day; day one is the working day after that.
    AfterStartMoved,
}

/// What becomes of an end in days, weeks, months or years that falls on a day not worked (Q18).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Roll {
    /// A limit on the provider: it stays where it is.
    Stays,
    /// A window that protects the complainant: it is not shut before the end of the next working day.
    OpenToWorkingDay,
}

/// When someone should worry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Warning {
    /// On the last working day before the end.
    WorkingDayBefore,
    /// At the end of a shorter reading of the same term, counted from the start (Q25).
    After(Term),
}

/// What a date stated by the other side does to a clock (Q5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stated {
    /// Nobody states a date for this clock.
    NotTaken,
    /// The earlier of the stated date and the term holds.
    MayShorten,
    /// The stated date holds, and the end of the term is when to worry.
    MayExtend,
}

/// A date that was computed, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Computed {
    /// What it limits.
    pub kind: ClockKind,
    /// The day from which was counted; not counted itself (XCT-07).
    pub start_on: Date,
    /// The last day of the term before any roll or allowance: what the text says.
    pub ends_on: Date,
    /// The last day that is in time.
    pub due_on: Date,
    /// The day from which someone should worry; never before the start, never after `due_on`.
    pub warn_on: Date,
    /// Version of the calendar that was counted by.
    pub calendar_version: String,
    /// The days that mattered, in order.
    pub steps: Vec<Step>,
    /// The rule behind it, with what went in.
    pub citation: Citation,
}

/// One day of a derivation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The day.
    pub on: Date,
    /// What became of it, such as `working day 3` or `skipped: Christmas Day`.
    pub note: Note,
}

impl Computed {
    /// The first day after the last in time: the day a right opens, such as day 57 (CMP-08).
    ///
    /// # Errors
    /// Refuses at the end of the civil calendar.
    pub fn opens_on(&self) -> Result<Date, Refusal> {
        self.due_on.tomorrow().map_err(|_| Refusal::DateOutOfRange)
    }
}

/// Computes `clock` from `start_on` by `view`. `stated_on` is the date the other side stated, if it did and the clock takes one.
pub fn compute(
    clock: &Clock,
    start_on: Date,
    stated_on: Option<Date>,
    view: &View<'_>,
) -> Result<Computed, Refusal> {
    count::Count::new(clock, start_on, view).run(stated_on)
}
