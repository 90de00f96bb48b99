//! Limits by how long is left until they pass, and limits that passed, as every service that has clocks tells them.

use std::{collections::BTreeMap, ops::RangeInclusive};

use jiff::{ToSpan as _, civil::Date};
use opentelemetry::{
    KeyValue,
    metrics::{Counter, Meter},
};
use redress_policy::{Calendars, ClockKind, calendar::Basis};

use super::{
    catalogue::{DEADLINES_BREACHED, DEADLINES_OPEN, DEADLINES_OVERDUE},
    figures::Figure,
};

/// Whose time a clock counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// It binds the provider: when it passes, a duty was missed.
    Provider,
    /// It binds the department, or Jobcentre Plus for it.
    Department,
    /// It is the complainant's own time: that it passes is nobody's fault.
    Person,
}

impl Whose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Department => "department",
            Self::Person => "person",
        }
    }
}

/// Limits as they are counted on one day.
#[derive(Debug)]
pub struct Limits {
    today: Date,
    next_working_day: Date,
    open: BTreeMap<(String, Whose, &'static str), i64>,
    overdue: BTreeMap<(String, i64), i64>,
}

impl Limits {
    /// Counts on `today`. The next working day is the next on which offices are open in every part of the UK, and
    /// tomorrow where the calendars do not reach.
    pub fn on(today: Date, calendars: &Calendars) -> Self {
        let view = calendars.view(Basis::AnyPartOfUk, today);
        let next_working_day = view.working_after(today).or_else(|_| today.tomorrow()).unwrap_or(today);
        Self { today, next_working_day, open: BTreeMap::new(), overdue: BTreeMap::new() }
    }

    /// Adds so many of a kind that end on a day, worked at a tier of the chain.
    pub fn add(&mut self, kind: &str, whose: Whose, due_on: Date, tier: i64, count: i64) {
        let left = time_left(due_on, self.today, self.next_working_day);
        *self.open.entry((kind.to_owned(), whose, left)).or_default() += count;
        if whose == Whose::Provider && due_on < self.today {
            *self.overdue.entry((kind.to_owned(), tier)).or_default() += count;
        }
    }

    /// What they come to.
    pub fn figures(self) -> Vec<Figure> {
        let open = self.open.into_iter().map(|((kind, whose, left), count)| {
            let figure = Figure::new(&DEADLINES_OPEN, count);
            figure.with("kind", kind).with("whose", whose.as_str()).with("due", left)
        });
        let overdue = self.overdue.into_iter().map(|((kind, tier), count)| {
            Figure::new(&DEADLINES_OVERDUE, count).with("kind", kind).with("tier", tier.to_string())
        });
        open.chain(overdue).collect()
    }
}

/// The tiers of a chain: that of the prime, and the ten that may be below it.
const TIERS: RangeInclusive<u8> = 0..=10;

/// Counts limits on the provider as their passing is recorded.
#[derive(Debug)]
pub struct Breaches {
    counter: Counter<u64>,
    service: &'static str,
}

impl Breaches {
    /// Of a service, whose clocks that can bind a provider are of these kinds: so each count begins at nothing and not at one.
    pub fn of(service: &'static str, meter: &Meter, kinds: impl IntoIterator<Item = ClockKind>) -> Self {
        let breaches = Self { counter: DEADLINES_BREACHED.counter(meter), service };
        for kind in kinds {
            for tier in TIERS {
                breaches.add(0, kind.name(), tier);
            }
        }
        breaches
    }

    /// One more of each of these kinds, of what is worked at this tier.
    pub fn count(&self, kinds: &[String], tier: u8) {
        for kind in kinds {
            self.add(1, kind, tier);
        }
    }

    fn add(&self, more: u64, kind: &str, tier: u8) {
        let labels = [
            KeyValue::new("service", self.service),
            KeyValue::new("kind", kind.to_owned()),
            KeyValue::new("tier", tier.to_string()),
        ];
        self.counter.add(more, &labels);
    }
}

/// How long is left on `today` until a limit whose last day is `due_on`. What ends on a day without offices ends before the
/// next working day is over, so it is told with that day.
fn time_left(due_on: Date, today: Date, next_working_day: Date) -> &'static str {
    if due_on < today {
        "overdue"
    } else if due_on == today {
        "today"
    } else if due_on <= next_working_day {
        "next_working_day"
    } else if due_on <= today.saturating_add(7.days()) {
        "week"
    } else {
        "later"
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_limit_that_ends_on_a_weekend_is_as_urgent_as_one_on_monday() {
        let (friday, monday) = (date(2026, 11, 27), date(2026, 11, 30));
        let told = |day| time_left(date(2026, 11, day), friday, monday);
        assert_eq!(
            [26, 27, 28, 29, 30].map(told),
            ["overdue", "today", "next_working_day", "next_working_day", "next_working_day"]
        );
        assert_eq!(time_left(date(2026, 12, 1), friday, monday), "week");
        assert_eq!(time_left(date(2026, 12, 4), friday, monday), "week");
        assert_eq!(time_left(date(2026, 12, 5), friday, monday), "later");
    }

    #[test]
    fn only_what_binds_the_provider_is_overdue() {
        let today = date(2026, 12, 24);
        let mut limits = Limits::on(today, &Calendars::embedded().unwrap());
        assert_eq!(limits.next_working_day, date(2026, 12, 29), "Boxing Day 2026 is kept on the 28th");
        limits.add("STEP", Whose::Provider, date(2026, 12, 23), 2, 3);
        limits.add("ESCALATION", Whose::Person, date(2026, 12, 23), 0, 5);
        limits.add("DEPARTMENT_REPLY", Whose::Department, date(2026, 12, 23), 0, 7);
        let overdue = Figure::new(&DEADLINES_OVERDUE, 3).with("kind", "STEP").with("tier", "2");
        let figures = limits.figures();
        assert_eq!(figures.last(), Some(&overdue));
        assert_eq!(figures.len(), 4);
    }
}
