//! Counting one clock.

use jiff::civil::Date;

use super::{Clock, Computed, DayOne, Note, Roll, Stated, Step, Warning};
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
        self.note(self.start_on, Note::Said("start, not counted"));
        let ends_on = self.end(self.clock.term, self.start_on)?;
        // Always from the unrolled end; rolled once, last (L09).
        let extended_on = match self.clock.allowance {
            Some(allowance) => {
                self.note(ends_on, Note::Allowed { term: self.clock.term, allowance });
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
                self.note(end, Note::LastOf { days, term });
                Ok(end)
            }
            Unit::Months | Unit::Years => {
                let end = term.last_day_from(start).ok_or(Refusal::DateOutOfRange)?;
                let note = if end.day() == start.day() {
                    Note::SameDay(term)
                } else {
                    Note::LastOfMonth { term, lacking: start.day() }
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
                    self.note(moved, Note::Said("start taken as this working day, not counted"));
                }
                moved
            }
        };
        let mut counted = 0;
        while counted < amount {
            day = day.tomorrow().map_err(|_| Refusal::DateOutOfRange)?;
            if let Some(reason) = self.view.non_working(day)? {
                self.note(day, Note::Skipped(reason.into()));
            } else {
                counted += 1;
                self.note(day, Note::WorkingDay(counted));
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
                    self.note(day, Note::NotShut(reason.into()));
                    day = day.tomorrow().map_err(|_| Refusal::DateOutOfRange)?;
                }
                if day != end {
                    self.note(day, Note::Said("open to the end of this working day"));
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
        self.note(stated_on, Note::Said(note));
        Ok(due)
    }

    fn warn(&mut self, due: Date, end_of_term: Date) -> Result<Date, Refusal> {
        let warn = match self.clock.warning {
            Warning::After(shorter) => self.quiet_end(shorter)?.min(due),
            Warning::WorkingDayBefore => match self.view.working_before(due) {
                Ok(day) => day,
                Err(Refusal::OutsideCalendar { covers_until, .. }) if due > covers_until => {
                    self.note(due, Note::BeyondCalendar { covers_until });
                    WARN_DAYS_BEYOND_CALENDAR.day_before(due).ok_or(Refusal::DateOutOfRange)?
                }
                Err(refusal) => return Err(refusal),
            },
        };
        // A longer stated date does not postpone the worry (Q5).
        let warn = warn.min(end_of_term).max(self.start_on);
        self.note(warn, Note::Said("warning"));
        Ok(warn)
    }

    fn quiet_end(&self, term: Term) -> Result<Date, Refusal> {
        Count::new(self.clock, self.start_on, self.view).end(term, self.start_on)
    }

    fn note(&mut self, on: Date, note: Note) {
        self.steps.push(Step { on, note });
    }
}
