//! Dates as people say them, from and to the wire.

use jiff::{Timestamp, civil::Date};
use redress_kernel::london_date;
use redress_proto::r#type::v1::CivilDate;

use super::Screen;

/// The date a message carries, or `None` where it is not set or no date.
pub fn read(date: Option<&CivilDate>) -> Option<Date> {
    let date = date?;
    let year = i16::try_from(date.year).ok()?;
    let month = i8::try_from(date.month).ok()?;
    let day = i8::try_from(date.day).ok()?;
    Date::new(year, month, day).ok()
}

/// A date for a message.
pub fn wire(date: Date) -> CivilDate {
    CivilDate { year: date.year().into(), month: date.month().into(), day: date.day().into() }
}

/// `Tue 27 Feb 2024`.
pub fn plain(date: Date) -> String {
    date.strftime("%a %-d %b %Y").to_string()
}

/// `Tue 27 Feb 2024`, or nothing where there is no date.
pub fn shown(date: Option<&CivilDate>) -> String {
    read(date).map(plain).unwrap_or_default()
}

/// `Tue 27 Feb 2024 (in 3 days)`.
pub fn due(date: Date, today: Date) -> String {
    format!("{} ({})", plain(date), distance(date, today))
}

/// As [`due`], for a table: on two lines where the screen is narrow.
pub fn due_in_table(date: Date, screen: Screen) -> String {
    let between = if screen.is_narrow() { "\n" } else { " " };
    format!("{}{between}({})", plain(date), distance(date, screen.today))
}

/// `in 3 days`, `tomorrow`, `today`, `overdue by 2 days`.
pub fn distance(date: Date, today: Date) -> String {
    match days(today, date) {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "overdue by 1 day".to_owned(),
        ahead @ 2.. => format!("in {ahead} days"),
        behind => format!("overdue by {} days", behind.unsigned_abs()),
    }
}

/// `Tue 27 Feb 2024 14:05` in London, for an instant at which something was recorded.
pub fn instant(seconds: i64) -> String {
    let Ok(instant) = Timestamp::from_second(seconds) else { return String::new() };
    let start = redress_kernel::clock::london_start_of_day(london_date(instant));
    let minutes = instant.duration_since(start).as_mins();
    // On the two nights on which the clocks change this is the time since midnight, which is what it says.
    format!("{} {:02}:{:02}", plain(london_date(instant)), minutes / 60, minutes % 60)
}

/// Days from one date to another.
fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}
