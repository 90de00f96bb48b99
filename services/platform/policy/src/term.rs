//! Lengths of time as the guidance states them: an amount and a unit, never a number of seconds.

use std::{fmt, str::FromStr};

use jiff::{Span, ToSpan, civil::Date};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// A length of time, such as five working days or six months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// How many.
    pub amount: u16,
    /// Of what.
    pub unit: Unit,
}

/// What a term is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// Days that are neither Saturday, Sunday nor a bank holiday of the calendar.
    WorkingDays,
    /// Days of the calendar.
    CalendarDays,
    /// Seven days of the calendar.
    Weeks,
    /// Months to the same-numbered day, or the last day of the month that has none (XCT-08).
    Months,
    /// Twelve months.
    Years,
}

impl Term {
    /// A term.
    pub const fn new(amount: u16, unit: Unit) -> Self {
        Self { amount, unit }
    }

    /// The last day of the term counted from `start`, which is not counted itself (XCT-07); nothing for working days,
    /// which need a calendar, and nothing past the end of the civil calendar.
    ///
    /// Months and years end on the same-numbered day, clamped to the last of a shorter month (XCT-08, Q22).
    pub fn last_day_from(self, start: Date) -> Option<Date> {
        start.checked_add(self.span()?).ok()
    }

    /// The day that lies the term before `end`, clamped likewise; nothing for working days.
    pub fn day_before(self, end: Date) -> Option<Date> {
        end.checked_sub(self.span()?).ok()
    }

    fn span(self) -> Option<Span> {
        let amount = i64::from(self.amount);
        match self.unit {
            Unit::WorkingDays => None,
            Unit::CalendarDays => Some(amount.days()),
            Unit::Weeks => Some(amount.weeks()),
            Unit::Months => Some(amount.months()),
            Unit::Years => Some(amount.years()),
        }
    }

    /// The fewest calendar days the term can last, whatever the start and the calendar.
    pub fn fewest_days(self) -> u32 {
        let amount = u32::from(self.amount);
        match self.unit {
            // Counted from a Sunday.
            Unit::WorkingDays => amount + 2 * (amount.saturating_sub(1) / 5),
            Unit::CalendarDays => amount,
            Unit::Weeks => amount * 7,
            Unit::Months => days_of_months(amount, false),
            Unit::Years => days_of_months(amount * 12, false),
        }
    }

    /// The most calendar days the term can last, whatever the start and the calendar.
    pub fn most_days(self) -> u32 {
        let amount = u32::from(self.amount);
        match self.unit {
            Unit::WorkingDays => {
                // Counted from a Friday, and through as many bank holidays as any stretch on record holds; the
                // holidays themselves may push the count over further weekends.
                let holidays = MOST_HOLIDAYS_IN_EIGHT_WEEKS * amount.div_ceil(40);
                let days = amount + holidays;
                if amount == 0 { 0 } else { days + 2 * days.div_ceil(5) }
            }
            Unit::CalendarDays => amount,
            Unit::Weeks => amount * 7,
            Unit::Months => days_of_months(amount, true),
            Unit::Years => days_of_months(amount * 12, true),
        }
    }

    /// Whether this term can never end after `other`, whatever the start: what a procedure must show to be at least as tight.
    pub fn never_longer_than(self, other: Self) -> bool {
        match (self.months(), other.months()) {
            (Some(own), Some(others)) => own <= others,
            _ if self.unit == other.unit => self.amount <= other.amount,
            _ => self.most_days() <= other.fewest_days(),
        }
    }

    fn months(self) -> Option<u32> {
        match self.unit {
            Unit::Months => Some(u32::from(self.amount)),
            Unit::Years => Some(u32::from(self.amount) * 12),
            Unit::WorkingDays | Unit::CalendarDays | Unit::Weeks => None,
        }
    }
}

/// No eight weeks of any division's calendar hold more; a test looks through all of them.
pub const MOST_HOLIDAYS_IN_EIGHT_WEEKS: u32 = 5;

/// Bounds on the days of a run of months: no run is shorter than 365 days a year less the short February at its end,
/// none longer than 31 days a month or 366 a year.
fn days_of_months(months: u32, most: bool) -> u32 {
    let (years, rest) = (months / 12, months % 12);
    if most {
        years * 366 + rest * 31
    } else {
        (years * 365 + rest * 30).saturating_sub(u32::from(rest > 0) * 2)
    }
}

impl Unit {
    const NAMES: [(Self, &'static str); 5] = [
        (Self::WorkingDays, "working day"),
        (Self::CalendarDays, "day"),
        (Self::Weeks, "week"),
        (Self::Months, "month"),
        (Self::Years, "year"),
    ];

    /// The name of one, such as `working day`.
    pub const fn singular(self) -> &'static str {
        match self {
            Self::WorkingDays => "working day",
            Self::CalendarDays => "day",
            Self::Weeks => "week",
            Self::Months => "month",
            Self::Years => "year",
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.amount == 1 { "" } else { "s" };
        write!(f, "{} {}{plural}", self.amount, self.unit.singular())
    }
}

/// A text that is no term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be an amount and a unit, such as `5 working days`, `8 weeks` or `6 months`")]
pub struct InvalidTerm;

impl FromStr for Term {
    type Err = InvalidTerm;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (amount, unit) = text.split_once(' ').ok_or(InvalidTerm)?;
        let amount = amount.parse().map_err(|_| InvalidTerm)?;
        let singular = unit.strip_suffix('s').unwrap_or(unit);
        let (unit, _) = Unit::NAMES.into_iter().find(|(_, name)| *name == singular).ok_or(InvalidTerm)?;
        Ok(Self { amount, unit })
    }
}

impl Serialize for Term {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Term {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}
