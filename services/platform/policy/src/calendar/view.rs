//! The calendar a clock is counted by: one division or all, as known on a day.

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use super::{Calendar, Calendars};
use crate::{Division, Refusal};

/// Whose bank holidays count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Those of one division.
    Division(Division),
    /// Those of any part of the United Kingdom, as section 10 of the Freedom of Information Act counts (XCT-09).
    AnyPartOfUk,
}

/// Calendars as known on a day.
#[derive(Clone, Debug)]
pub struct View<'a> {
    calendars: Vec<&'a Calendar>,
    known_on: Date,
}

/// Why a day is not worked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NonWorking<'a> {
    /// A Saturday.
    Saturday,
    /// A Sunday.
    Sunday,
    /// A bank holiday, by its name.
    Holiday(&'a str),
}

impl<'a> View<'a> {
    pub(super) fn new(calendars: &'a Calendars, basis: Basis, known_on: Date) -> Self {
        let calendars = match basis {
            Basis::Division(division) => vec![calendars.get(division)],
            Basis::AnyPartOfUk => Division::ALL.into_iter().map(|division| calendars.get(division)).collect(),
        };
        Self { calendars, known_on }
    }

    /// The day on which the view was known.
    pub fn known_on(&self) -> Date {
        self.known_on
    }

    /// The versions counted by, such as `scotland/2026-08-21@2026-02-25`. Equal versions mean equal dates.
    pub fn version(&self) -> String {
        let versions = self.calendars.iter().map(|calendar| calendar.version_known_on(self.known_on));
        versions.collect::<Vec<_>>().join("+")
    }

    /// Why `day` is not worked; nothing when it is. Refuses a day outside the coverage (L06).
    pub fn non_working(&self, day: Date) -> Result<Option<NonWorking<'a>>, Refusal> {
        if let Some(calendar) = self.calendars.iter().find(|calendar| !calendar.covers(day)) {
            return Err(Refusal::outside(calendar, day));
        }
        Ok(match day.weekday() {
            Weekday::Saturday => Some(NonWorking::Saturday),
            Weekday::Sunday => Some(NonWorking::Sunday),
            Weekday::Monday | Weekday::Tuesday | Weekday::Wednesday | Weekday::Thursday | Weekday::Friday => {
                self.calendars
                    .iter()
                    .find_map(|calendar| calendar.holiday(day, self.known_on))
                    .map(|holiday| NonWorking::Holiday(&holiday.name))
            }
        })
    }

    /// Whether `day` is worked. Refuses a day outside the coverage.
    pub fn is_working(&self, day: Date) -> Result<bool, Refusal> {
        Ok(self.non_working(day)?.is_none())
    }

    /// The first working day on or after `day`.
    pub fn working_on_or_after(&self, day: Date) -> Result<Date, Refusal> {
        let mut day = day;
        while !self.is_working(day)? {
            day = day.tomorrow().map_err(|_| Refusal::DateOutOfRange)?;
        }
        Ok(day)
    }

    /// The first working day after `day`.
    pub fn working_after(&self, day: Date) -> Result<Date, Refusal> {
        self.working_on_or_after(day.tomorrow().map_err(|_| Refusal::DateOutOfRange)?)
    }

    /// The last working day before `day`.
    pub fn working_before(&self, day: Date) -> Result<Date, Refusal> {
        let mut day = day.yesterday().map_err(|_| Refusal::DateOutOfRange)?;
        while !self.is_working(day)? {
            day = day.yesterday().map_err(|_| Refusal::DateOutOfRange)?;
        }
        Ok(day)
    }
}
