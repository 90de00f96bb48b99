//! Days as people type them.

use std::str::FromStr;

use jiff::{ToSpan as _, civil::Date};

/// A day on the command line; which one `today` is depends on the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// The present day in London.
    Today,
    /// The day before it.
    Yesterday,
    /// A day of the calendar.
    On(Date),
}

impl Day {
    /// The date it is when today is `today`.
    pub fn on(self, today: Date) -> Date {
        match self {
            Self::Today => today,
            Self::Yesterday => today.saturating_sub(1.day()),
            Self::On(date) => date,
        }
    }
}

impl FromStr for Day {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.to_ascii_lowercase().as_str() {
            "today" => Ok(Self::Today),
            "yesterday" => Ok(Self::Yesterday),
            other => {
                // The parser of the library also takes shorter and longer forms, in which a slip can mean another day.
                let shaped =
                    other.len() == 10 && other.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
                let date = shaped.then(|| other.parse().ok()).flatten();
                date.map(Self::On).ok_or("a day is 2024-02-27, today or yesterday")
            }
        }
    }
}
