//! What every test starts from.

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use redress_kernel::Citation;
use redress_policy::{
    Basis, Calendars, Clock, ClockKind, Computed, DayOne, Division, Library, Pack, PackRef, Refusal, Roll,
    Term,
    deadline::{self, Stated, Warning},
};

/// A day by which everything in the embedded calendars is known.
pub(crate) const NOW: Date = date(2026, 11, 1);

/// The embedded library, read once: laws ask for it thousands of times.
pub(crate) fn library() -> &'static Library {
    static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::embedded().unwrap());
    &LIBRARY
}

/// The embedded calendars, read once.
pub(crate) fn calendars() -> &'static Calendars {
    static CALENDARS: LazyLock<Calendars> = LazyLock::new(|| Calendars::embedded().unwrap());
    &CALENDARS
}

pub(crate) fn pack<'a>(library: &'a Library, id: &str) -> &'a Pack {
    library.packs().iter().rfind(|pack| pack.reference.id == id).unwrap()
}

pub(crate) fn jets(library: &Library) -> &Pack {
    pack(library, "jets-scotland")
}

pub(crate) fn reference(id: &str, version: &str) -> PackRef {
    PackRef { id: id.to_owned(), version: version.to_owned() }
}

pub(crate) fn term(text: &str) -> Term {
    text.parse().unwrap()
}

/// A day written as in the guidance's vectors, such as `22 Dec 2023`, a weekday before it checked when given.
pub(crate) fn day(text: &str) -> Date {
    let parts: Vec<&str> = text.split(' ').collect();
    let (weekday, parts) = if parts.len() == 4 { (Some(parts[0]), &parts[1..]) } else { (None, &parts[..]) };
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = months.iter().position(|month| *month == parts[1]).unwrap() + 1;
    let day = date(parts[2].parse().unwrap(), month.try_into().unwrap(), parts[0].parse().unwrap());
    if let Some(weekday) = weekday {
        assert!(format!("{:?}", day.weekday()).starts_with(weekday), "{text} is a {:?}", day.weekday());
    }
    day
}

/// A plain limit on the provider.
pub(crate) fn limit(term: Term) -> Clock {
    Clock {
        kind: ClockKind::Step,
        term,
        allowance: None,
        day_one: DayOne::NextWorkingDay,
        roll: Roll::Stays,
        warning: Warning::WorkingDayBefore,
        stated: Stated::NotTaken,
        citation: Citation {
            rule: "CMP-06".to_owned(),
            pack: String::new(),
            pack_version: String::new(),
            document: String::new(),
            paragraph: String::new(),
            inputs: Vec::new(),
        },
    }
}

pub(crate) fn compute(
    clock: &Clock,
    start: Date,
    division: Division,
    known_on: Date,
) -> Result<Computed, Refusal> {
    let calendars = calendars();
    deadline::compute(clock, start, None, &calendars.view(Basis::Division(division), known_on))
}

pub(crate) fn due(text: &str, start: Date, division: Division) -> Date {
    compute(&limit(term(text)), start, division, NOW).unwrap().due_on
}
