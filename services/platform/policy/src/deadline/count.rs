//! Counting one clock.

use jiff::civil::Date;

use super::{Clock, Computed, DayOne, Roll, Stated, Step, Warning};
use crate::{Refusal, Term, Unit, View};

/// How far ahead to warn about an end so far away that nobody has set its bank holidays yet. The end itself stands
/// without them; only "the working day before" would be a guess (L06).
const WARN_DAYS_BEYOND_CALENDAR: Term = Term::new(7, Unit::CalendarDays);

/// One run of [`super::compute`].
pub(super) struct Count<'a> {
    clock: &'a Clock,
    start_on: Date,
    view: &'a View<'a>,
    steps: Vec<Step>,
}

impl<'a> Count<'a> {
    pub(super) fn new(clock: &'a Clock, start_on: Date, view: &'a View<'a>) -> Self {
        Self { clock, start_on, view, steps: Vec::new() }
    }

    pub(super) fn run(mut self, stated_on: Option<Date>) -> Result<Computed, Refusal> {
        self.note(self.start_on, "start, not counted");
        let ends_on = self.end(self.clock.term, self.start_on)?;
        // Always from the unrolled end; rolled once, last (L09).
        let extended_on = match self.clock.allowance {
            Some(allowance) => {
                self.note(ends_on, format!("end of {}; {allowance} more for the post", self.clock.term));
                self.end(allowance, ends_on)?
            }
            None => ends_on,
        };
        let rolled_on = self.roll(extended_on)?;
        let due_on = self.stated(rolled_on, stated_on)?;
        let warn_on = self.warn(due_on, rolled_on)?;
        self.steps.sort_by_key(|step| step.on);

        let mut citation =
            self.clock.citation.clone().with("start_on", self.start_on).with("term", self.clock.term);
        if let Some(stated_on) = stated_on {
            citation = citation.with("stated_on", stated_on);
        }
        Ok(Computed {
            kind: self.clock.kind,
            start_on: self.start_on,
            ends_on,
            due_on,
            warn_on,
            calendar_version: self.view.version(),
            steps: self.steps,
            citation,
        })
    }

    /// The last day of `term` from `start`, not rolled.
    fn end(&mut self, term: Term, start: Date) -> Result<Date, Refusal> {
        match term.unit {
            Unit::WorkingDays => self.working_days(term.amount, start),
            Unit::CalendarDays | Unit::Weeks => {
                let end = term.last_day_from(start).ok_or(Refusal::DateOutOfRange)?;
                let days = if term.unit == Unit::Weeks {
                    u32::from(term.amount) * 7
                } else {
                    u32::from(term.amount)
                };
                self.note(end, format!("day {days}, the last of {term}"));
                Ok(end)
            }
            Unit::Months | Unit::Years => {
                let end = term.last_day_from(start).ok_or(Refusal::DateOutOfRange)?;
                let note = if end.day() == start.day() {
                    format!("{term} on, the same day of the month")
                } else {
                    format!("{term} on, the last day of a month that has no {}", ordinal(start.day()))
                };
                self.note(end, note);
                Ok(end)
            }
        }
    }

    fn working_days(&mut self, amount: u16, start: Date) -> Result<Date, Refusal> {
        let mut day = match self.clock.day_one {
            DayOne::NextWorkingDay => start,
            DayOne::AfterStartMoved => {
                let moved = self.view.working_on_or_after(start)?;
                if moved != start {
                    self.note(moved, "start taken as this working day, not counted");
                }
                moved
            }
        };
        let mut counted = 0;
        while counted < amount {
            day = day.tomorrow().map_err(|_| Refusal::DateOutOfRange)?;
            if let Some(reason) = self.view.non_working(day)? {
                self.note(day, format!("skipped: {}", reason.name()));
            } else {
                counted += 1;
                self.note(day, format!("working day {counted}"));
            }
        }
        Ok(day)
    }

    fn roll(&mut self, end: Date) -> Result<Date, Refusal> {
        match self.clock.roll {
            Roll::Stays => Ok(end),
            Roll::OpenToWorkingDay => {
                let mut day = end;
                while let Some(reason) = self.view.non_working(day)? {
                    self.note(day, format!("not shut: {}", reason.name()));
                    day = day.tomorrow().map_err(|_| Refusal::DateOutOfRange)?;
                }
                if day != end {
                    self.note(day, "open to the end of this working day");
                }
                Ok(day)
            }
        }
    }

    fn stated(&mut self, computed: Date, stated_on: Option<Date>) -> Result<Date, Refusal> {
        let Some(stated_on) = stated_on else { return Ok(computed) };
        if stated_on < self.start_on {
            return Err(Refusal::StatedBeforeStart);
        }
        let (due, note) = match self.clock.stated {
            Stated::NotTaken => return Err(Refusal::StatedNotTaken),
            Stated::MayShorten if stated_on <= computed => (stated_on, "stated date, the earlier"),
            Stated::MayShorten => (computed, "stated date, too late to hold"),
            Stated::MayExtend => (stated_on, "stated date"),
        };
        self.note(stated_on, note);
        Ok(due)
    }

    fn warn(&mut self, due: Date, end_of_term: Date) -> Result<Date, Refusal> {
        let warn = match self.clock.warning {
            Warning::After(shorter) => self.quiet_end(shorter)?.min(due),
            Warning::WorkingDayBefore => {
                match self.view.working_before(due) {
                    Ok(day) => day,
                    Err(Refusal::OutsideCalendar { covers_until, .. }) if due > covers_until => {
                        self.note(due, format!("bank holidays are known to {covers_until} only: the warning comes a week ahead"));
                        WARN_DAYS_BEYOND_CALENDAR.day_before(due).ok_or(Refusal::DateOutOfRange)?
                    }
                    Err(refusal) => return Err(refusal),
                }
            }
        };
        // A longer stated date does not postpone the worry (Q5).
        let warn = warn.min(end_of_term).max(self.start_on);
        self.note(warn, "warning");
        Ok(warn)
    }

    fn quiet_end(&self, term: Term) -> Result<Date, Refusal> {
        Count::new(self.clock, self.start_on, self.view).end(term, self.start_on)
    }

    fn note(&mut self, on: Date, note: impl Into<String>) {
        self.steps.push(Step { on, note: note.into() });
    }
}

/// Days that a month may lack: the 29th, 30th and 31st.
fn ordinal(day: i8) -> String {
    if day == 31 { "31st".to_owned() } else { format!("{day}th") }
}
