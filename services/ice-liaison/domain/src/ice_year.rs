//! The year by which ICE reports and charges fund: 1 April to 31 March (ICE-34).

use std::fmt;

use jiff::civil::Date;
use redress_policy::Pack;
use serde::{Deserialize, Serialize};

/// An ICE year, named by the calendar year in which it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct IceYear {
    begins: i16,
    /// Month of its first day, as the practice of the pack has it.
    month: i8,
}

impl IceYear {
    /// The year that begins in the calendar year `begins`, on the first of `month`.
    pub const fn new(begins: i16, month: i8) -> Self {
        Self { begins, month }
    }

    /// The ICE year of `day` by the practice of `pack`.
    pub fn of(day: Date, pack: &Pack) -> Self {
        Self::containing(day, Self::first_month(pack))
    }

    /// The year that contains `day`, where years begin on the first of `month`.
    pub fn containing(day: Date, month: i8) -> Self {
        let begins = if day.month() >= month { day.year() } else { day.year() - 1 };
        Self { begins, month }
    }

    /// Month in which years begin by the practice of `pack`.
    pub fn first_month(pack: &Pack) -> i8 {
        i8::try_from(pack.practice.ice_year_begins_month.value).unwrap_or(1).clamp(1, 12)
    }

    /// The year after.
    #[must_use]
    pub const fn next(self) -> Self {
        Self { begins: self.begins + 1, month: self.month }
    }

    /// The calendar year in which it begins.
    pub const fn begins(self) -> i16 {
        self.begins
    }

    /// Its first day; none beyond the civil calendar.
    pub fn first_day(self) -> Option<Date> {
        Date::new(self.begins, self.month, 1).ok()
    }

    /// Its last day; none beyond the civil calendar.
    pub fn last_day(self) -> Option<Date> {
        self.next().first_day()?.yesterday().ok()
    }
}

impl fmt::Display for IceYear {
    /// As people write it: `2024-25`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.begins, (self.begins + 1).rem_euclid(100))
    }
}
