//! Bank holidays of the divisions, and since when each was known. A day outside a calendar's coverage is a refusal,
//! never a working day by default (L06).

pub mod feed;
pub mod import;
pub mod sanity;

mod library;
mod list;
mod news;
mod versions;
mod view;

use jiff::civil::Date;
use serde::Deserialize;

use self::versions::Versions;
use crate::{Division, LoadFault, Term, Unit};

pub use feed::Feed;
pub use import::{Fault, Import};
pub use library::Calendars;
pub use news::News;
pub use view::{Basis, NonWorking, View};

/// The bank holidays of one division.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// The division.
    pub division: Division,
    /// Date of the snapshot it was taken from.
    pub version: Date,
    /// First day that is known.
    pub covers_from: Date,
    /// Last day that is known.
    pub covers_until: Date,
    /// The holidays in order of their date.
    #[serde(rename = "holiday")]
    pub holidays: Vec<Holiday>,
    /// What it is called, made of the holidays once they are all there: every clock asks.
    #[serde(skip)]
    versions: Versions,
}

/// A day on which offices are shut.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// The day, substitutes applied.
    pub on: Date,
    /// Its name.
    pub name: String,
    /// The day stands in for a feast that fell on a weekend or on another holiday.
    #[serde(default)]
    pub substitute: bool,
    /// The day on which it came to be known; nothing when it was known as long as the calendar reaches back.
    pub known_from: Option<Date>,
    /// The day from which it was known not to be kept; nothing while it stands. A holiday is never deleted.
    pub cancelled_from: Option<Date>,
}

impl Holiday {
    /// Whether the holiday was believed to be kept by someone who asked on `known_on`.
    pub fn known_on(&self, known_on: Date) -> bool {
        self.known_from.is_none_or(|from| from <= known_on)
            && self.cancelled_from.is_none_or(|from| known_on < from)
    }
}

impl Calendar {
    /// Reads a calendar file and checks it: in order, inside its coverage, and sane.
    pub fn parse(name: &'static str, text: &str) -> Result<Self, LoadFault> {
        let calendar: Self = toml::from_str(text).map_err(|error| LoadFault::new(name, error.to_string()))?;
        let faults = sanity::check(&calendar);
        if faults.is_empty() { Ok(calendar.named()) } else { Err(LoadFault::listing(name, &faults)) }
    }

    /// The holiday kept on `day` as known on `known_on`.
    pub fn holiday(&self, day: Date, known_on: Date) -> Option<&Holiday> {
        let first = self.holidays.partition_point(|holiday| holiday.on < day);
        self.holidays[first..]
            .iter()
            .take_while(|holiday| holiday.on == day)
            .find(|holiday| holiday.known_on(known_on))
    }

    /// Whether `day` lies inside the coverage.
    pub fn covers(&self, day: Date) -> bool {
        (self.covers_from..=self.covers_until).contains(&day)
    }

    /// Names what was known on `known_on`, such as `scotland@2026-02-25`: the division and the last day on which the
    /// calendar changed, or its snapshot's first coverage when it had not. Equal names mean equal holidays.
    pub fn version_known_on(&self, known_on: Date) -> &str {
        self.versions.known_on(known_on)
    }

    /// The calendar with its names, when its holidays are complete.
    fn named(mut self) -> Self {
        self.versions = Versions::of(&self);
        self
    }

    /// The first day on which fewer than eighteen months of coverage remain: from then on someone should extend it (L06, L45).
    pub fn extend_from(&self) -> Date {
        Term::new(18, Unit::Months).day_before(self.covers_until).unwrap_or(self.covers_from)
    }
}
