//! Merging a newer list of bank holidays. Merge-only: what was once a holiday is never deleted (L04), and nothing is taken
//! that the calendar's own laws contradict (L05). An import is reviewed by a person; nothing here is applied by itself.

use std::fmt;

use jiff::civil::Date;

use super::{Calendar, Holiday, sanity};
use crate::Division;

/// A list of bank holidays from elsewhere, and what it claims to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The division.
    pub division: Division,
    /// Date of the list, and the day from which its news is taken as known.
    pub version: Date,
    /// First day the list speaks for.
    pub covers_from: Date,
    /// Last day the list speaks for.
    pub covers_until: Date,
    /// The holidays: day, name, and whether the day is a substitute.
    pub holidays: Vec<(Date, String, bool)>,
    /// Holidays to come that are no longer kept, such as a Monday that was moved. Leaving one out of `holidays` without naming it here is a fault.
    pub cancelled: Vec<Date>,
}

/// Why an import is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The list is of another division.
    OtherDivision,
    /// The list is older than the calendar.
    Older,
    /// The list leaves days between its coverage and the calendar's that nobody knows.
    Gap {
        /// The first such day.
        from: Date,
    },
    /// The list lacks a holiday that the calendar has (L04).
    Removed {
        /// The holiday.
        on: Date,
    },
    /// A holiday that has passed cannot be cancelled.
    CancelledInThePast {
        /// The holiday.
        on: Date,
    },
    /// A day that is no holiday cannot be cancelled.
    CancelledUnknown {
        /// The day.
        on: Date,
    },
    /// A holiday outside the coverage the list claims.
    OutsideCoverage {
        /// The holiday.
        on: Date,
    },
    /// Two holidays on one day.
    Twice {
        /// The day.
        on: Date,
    },
    /// The holidays are not in order of their date.
    OutOfOrder {
        /// The day out of order.
        on: Date,
    },
    /// A holiday on a weekend, where a substitute belongs.
    OnWeekend {
        /// The day.
        on: Date,
    },
    /// A feast of the division is neither on its day nor on the day that stands in for it (L05).
    FeastMissing {
        /// The feast.
        feast: &'static str,
        /// The day on which it should be kept.
        expected: Date,
    },
    /// A feast is named on a day that is not its own without being marked as a substitute (L05).
    FeastMisnamed {
        /// The feast.
        feast: &'static str,
        /// The day it is named on.
        on: Date,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherDivision => f.write_str("the list is of another division"),
            Self::Older => f.write_str("the list is older than the calendar"),
            Self::Gap { from } => write!(f, "nobody knows the days from {from} to the list's coverage"),
            Self::Removed { on } => write!(f, "the holiday on {on} is missing from the list"),
            Self::CancelledInThePast { on } => {
                write!(f, "the holiday on {on} has passed and cannot be cancelled")
            }
            Self::CancelledUnknown { on } => write!(f, "{on} is no holiday and cannot be cancelled"),
            Self::OutsideCoverage { on } => write!(f, "the holiday on {on} is outside the coverage"),
            Self::Twice { on } => write!(f, "{on} is listed twice"),
            Self::OutOfOrder { on } => write!(f, "{on} is out of order"),
            Self::OnWeekend { on } => {
                write!(f, "the holiday on {on} falls on a weekend, where a substitute belongs")
            }
            Self::FeastMissing { feast, expected } => write!(f, "{feast} is not kept on {expected}"),
            Self::FeastMisnamed { feast, on } => {
                write!(f, "{on} is named {feast} without being marked as a substitute")
            }
        }
    }
}

impl Calendar {
    /// This calendar with `import` merged in: new holidays known from the import's date on, cancelled ones cancelled from then,
    /// coverage extended. Earlier views stay as they were.
    ///
    /// # Errors
    /// Every fault at once; nothing is taken then.
    pub fn merge(&self, import: &Import) -> Result<Self, Vec<Fault>> {
        let mut faults = self.misfits(import);
        let standing = self.holidays.iter().filter(|holiday| holiday.cancelled_from.is_none());
        for holiday in standing.filter(|holiday| import.speaks_for(holiday.on)) {
            let listed = import.holidays.iter().any(|(on, ..)| *on == holiday.on);
            let cancelled = import.cancelled.contains(&holiday.on);
            if cancelled && holiday.on < import.version {
                faults.push(Fault::CancelledInThePast { on: holiday.on });
            } else if !listed && !cancelled {
                faults.push(Fault::Removed { on: holiday.on });
            }
        }

        let merged = self.with(import);
        faults.extend(sanity::check(&merged));
        if faults.is_empty() { Ok(merged) } else { Err(faults) }
    }

    fn misfits(&self, import: &Import) -> Vec<Fault> {
        let mut faults = Vec::new();
        if import.division != self.division {
            faults.push(Fault::OtherDivision);
        }
        if import.version < self.version {
            faults.push(Fault::Older);
        }
        if let Ok(next) = self.covers_until.tomorrow()
            && next < import.covers_from
        {
            faults.push(Fault::Gap { from: next });
        }
        if let Ok(next) = import.covers_until.tomorrow()
            && next < self.covers_from
        {
            faults.push(Fault::Gap { from: next });
        }
        let outside = import.holidays.iter().filter(|(on, ..)| !import.speaks_for(*on));
        faults.extend(outside.map(|(on, ..)| Fault::OutsideCoverage { on: *on }));
        let unknown =
            import.cancelled.iter().filter(|day| !self.holidays.iter().any(|holiday| holiday.on == **day));
        faults.extend(unknown.map(|on| Fault::CancelledUnknown { on: *on }));
        faults
    }

    fn with(&self, import: &Import) -> Self {
        let mut merged = self.clone();
        merged.version = self.version.max(import.version);
        merged.covers_from = self.covers_from.min(import.covers_from);
        merged.covers_until = self.covers_until.max(import.covers_until);
        for holiday in &mut merged.holidays {
            if holiday.cancelled_from.is_none() && import.cancelled.contains(&holiday.on) {
                holiday.cancelled_from = Some(import.version);
            }
        }
        for (on, name, substitute) in &import.holidays {
            let kept =
                merged.holidays.iter().any(|holiday| holiday.on == *on && holiday.cancelled_from.is_none());
            if !kept {
                // Days beyond what was covered before were nobody's business before; only news inside the coverage is dated.
                let known_from = self.covers(*on).then_some(import.version);
                let (name, substitute) = (name.clone(), *substitute);
                merged.holidays.push(Holiday { on: *on, name, substitute, known_from, cancelled_from: None });
            }
        }
        merged.holidays.sort_by_key(|holiday| (holiday.on, holiday.known_from));
        merged.named()
    }
}

impl Import {
    fn speaks_for(&self, day: Date) -> bool {
        (self.covers_from..=self.covers_until).contains(&day)
    }
}
