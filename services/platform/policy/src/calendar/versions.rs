//! What a calendar is called from each day on which something of it became known.

use jiff::civil::Date;

use super::Calendar;

/// The names of one calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Versions {
    /// Before the first change.
    first: String,
    /// From each change on, in order.
    changed: Vec<(Date, String)>,
}

impl Versions {
    pub(super) fn of(calendar: &Calendar) -> Self {
        let Calendar { division, version, holidays, .. } = calendar;
        let news = holidays.iter().flat_map(|holiday| [holiday.known_from, holiday.cancelled_from]);
        let mut news: Vec<Date> = news.flatten().collect();
        news.sort_unstable();
        news.dedup();
        let changed = news.into_iter().map(|on| (on, format!("{division}/{version}@{on}")));
        Self { first: format!("{division}/{version}@first"), changed: changed.collect() }
    }

    pub(super) fn known_on(&self, known_on: Date) -> &str {
        let known = self.changed.partition_point(|(on, _)| *on <= known_on);
        self.changed[..known].last().map_or(&self.first, |(_, name)| name)
    }
}
