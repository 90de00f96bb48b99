//! What a newer calendar says that an older one did not: what a person looks at before a list is kept.

use jiff::civil::Date;

use super::{Calendar, Holiday, Import};

/// The difference between two states of one calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// Holidays that came in.
    pub added: Vec<Holiday>,
    /// Holidays that are no longer kept.
    pub cancelled: Vec<Holiday>,
    /// First and last day that were covered before.
    pub covered_before: (Date, Date),
    /// First and last day that are covered now.
    pub covered: (Date, Date),
}

impl News {
    /// Whether there is none: no day is worked or not worked that was not before.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.cancelled.is_empty() && self.covered == self.covered_before
    }
}

impl Calendar {
    /// What this calendar says that `earlier` did not.
    pub fn news_since(&self, earlier: &Self) -> News {
        let stands = |holiday: &&Holiday| holiday.cancelled_from.is_none();
        let missing_in = |calendar: &Self, holiday: &Holiday| {
            !calendar.holidays.iter().filter(stands).any(|other| other.on == holiday.on)
        };
        let added = self.holidays.iter().filter(stands).filter(|holiday| missing_in(earlier, holiday));
        let cancelled = earlier.holidays.iter().filter(stands).filter(|holiday| missing_in(self, holiday));
        News {
            added: added.cloned().collect(),
            cancelled: cancelled.cloned().collect(),
            covered_before: (earlier.covers_from, earlier.covers_until),
            covered: (self.covers_from, self.covers_until),
        }
    }

    /// Whether the calendar has in it all that `import` says: a list that was kept for an older program, and that the calendars
    /// of a newer one have caught up with.
    pub fn knows(&self, import: &Import) -> bool {
        let recorded = |on: &Date| self.holidays.iter().any(|holiday| holiday.on == *on);
        let cancelled = |on: &Date| {
            self.holidays.iter().any(|holiday| holiday.on == *on && holiday.cancelled_from.is_some())
        };
        self.division == import.division
            && self.version >= import.version
            && self.covers(import.covers_from)
            && self.covers(import.covers_until)
            && import.holidays.iter().all(|(on, ..)| recorded(on))
            && import.cancelled.iter().all(cancelled)
    }
}
