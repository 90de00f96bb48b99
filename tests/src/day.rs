//! Today, as a server under test sees it.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// Today's civil date in London by the clock of this machine, which the servers under test also have.
#[expect(
    clippy::disallowed_methods,
    reason = "processes under test have the real clock, and dates sent must not be in their future"
)]
pub fn today() -> Date {
    let london = TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC);
    Timestamp::now().to_zoned(london).date()
}
