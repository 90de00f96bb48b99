//! The clock as a value that is handed in, and the one way from an instant to a legal date.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// Tells the time. The process has one that asks the system; tests hold one still.
pub trait Clock: Send + Sync + 'static {
    /// The present instant, in whole microseconds, which is what both databases keep.
    fn now(&self) -> Timestamp;

    /// The present civil date in London.
    fn today(&self) -> Date {
        london_date(self.now())
    }
}

/// When something is decided: the instant, and the only date the guidance knows at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The instant.
    pub now: Timestamp,
    /// The civil date in London.
    pub today: Date,
}

impl Moment {
    /// The moment at an instant.
    pub fn at(now: Timestamp) -> Self {
        Self { now, today: london_date(now) }
    }
}

/// The civil date in London at `instant`: the only date the guidance knows.
///
/// An instant of 23:30Z on 30 June is 1 July in London (lesson L13).
pub fn london_date(instant: Timestamp) -> Date {
    instant.to_zoned(london()).date()
}

/// The instant at which a London civil date begins.
pub fn london_start_of_day(date: Date) -> Timestamp {
    date.to_zoned(london()).map_or(Timestamp::MIN, |zoned| zoned.timestamp())
}

fn london() -> TimeZone {
    // The database of time zones is compiled in, so that the answer depends on no machine's settings.
    TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC)
}

/// Cuts an instant to whole microseconds, so that a value read back equals the one written on both databases.
pub fn to_microseconds(instant: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(instant.as_microsecond()).unwrap_or(instant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn late_evening_in_summer_is_the_next_day_in_london() {
        // L13
        let instant: Timestamp = "2026-06-30T23:30:00Z".parse().expect("instant");
        assert_eq!(london_date(instant), jiff::civil::date(2026, 7, 1));
    }

    #[test]
    fn winter_follows_utc() {
        let instant: Timestamp = "2026-12-30T23:30:00Z".parse().expect("instant");
        assert_eq!(london_date(instant), jiff::civil::date(2026, 12, 30));
    }

    #[test]
    fn both_nights_on_which_the_clocks_change_begin_at_local_midnight() {
        // L13: 29 March 2026 has 23 hours, 25 October 2026 has 25.
        for (date, start) in [
            (jiff::civil::date(2026, 3, 30), "2026-03-29T23:00:00Z"),
            (jiff::civil::date(2026, 10, 25), "2026-10-24T23:00:00Z"),
            (jiff::civil::date(2026, 10, 26), "2026-10-26T00:00:00Z"),
        ] {
            assert_eq!(london_start_of_day(date).to_string(), start);
        }
    }
}
