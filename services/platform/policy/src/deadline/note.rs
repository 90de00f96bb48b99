//! What became of a day of a derivation.
//!
//! It is put into words for whoever asks how a date came about. Most clocks are counted for the date alone, with every command and
//! every look at a case.

use std::{borrow::Cow, fmt};

use jiff::civil::Date;

use crate::{Term, calendar::NonWorking};

/// Why a day of a derivation is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// What a rule says of the day.
    Said(&'static str),
    /// A working day that counts, the first being 1.
    WorkingDay(u16),
    /// Not worked, and so not counted.
    Skipped(Reason),
    /// Not worked, so that a window does not shut on it.
    NotShut(Reason),
    /// The end of a term in days or weeks.
    LastOf {
        /// How many days were counted.
        days: u32,
        /// The term.
        term: Term,
    },
    /// The end of a term in months or years.
    SameDay(Term),
    /// The end of such a term in a month that lacks the day.
    LastOfMonth {
        /// The term.
        term: Term,
        /// The day that the month lacks.
        lacking: i8,
    },
    /// The end of a term after which a letter has time to travel.
    Allowed {
        /// The term.
        term: Term,
        /// The time to travel.
        allowance: Term,
    },
    /// The end of a term, beyond the last day whose bank holidays are set.
    BeyondCalendar {
        /// That last day.
        covers_until: Date,
    },
}

/// Why a day is not worked, in a word or two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(Cow<'static, str>);

impl From<NonWorking<'_>> for Reason {
    fn from(why: NonWorking<'_>) -> Self {
        Self(match why {
            NonWorking::Saturday => Cow::Borrowed("Saturday"),
            NonWorking::Sunday => Cow::Borrowed("Sunday"),
            NonWorking::Holiday(name) => Cow::Owned(name.to_owned()),
        })
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Said(words) => f.write_str(words),
            Self::WorkingDay(number) => write!(f, "working day {number}"),
            Self::Skipped(reason) => write!(f, "skipped: {reason}"),
            Self::NotShut(reason) => write!(f, "not shut: {reason}"),
            Self::LastOf { days, term } => write!(f, "day {days}, the last of {term}"),
            Self::SameDay(term) => write!(f, "{term} on, the same day of the month"),
            // Days that a month may lack: the 29th, 30th and 31st.
            Self::LastOfMonth { term, lacking: 31 } => {
                write!(f, "{term} on, the last day of a month that has no 31st")
            }
            Self::LastOfMonth { term, lacking } => {
                write!(f, "{term} on, the last day of a month that has no {lacking}th")
            }
            Self::Allowed { term, allowance } => write!(f, "end of {term}; {allowance} more for the post"),
            Self::BeyondCalendar { covers_until } => {
                write!(f, "bank holidays are known to {covers_until} only: the warning comes a week ahead")
            }
        }
    }
}
