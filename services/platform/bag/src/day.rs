//! Days and times as a person reads them.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use redress_letter::Language;

/// `3 March 2024`.
pub(crate) fn words(day: Date) -> String {
    Language::English.date(day)
}

/// `3 March 2024 at 10:12`, in London.
pub(crate) fn moment(at: Timestamp) -> String {
    let zone = TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC);
    let local = at.to_zoned(zone);
    format!("{} at {:02}:{:02}", words(local.date()), local.hour(), local.minute())
}
