//! The calendars against the annex of the domain rules (7.1), day by day, and what was known when.

use jiff::civil::date;
use redress_policy::{
    Basis, Calendar, Calendars, Division, Refusal, Term, View, calendar::NonWorking,
    term::MOST_HOLIDAYS_IN_EIGHT_WEEKS,
};

use crate::fixture::{NOW, calendars, day};

/// The annex: year, then England and Wales, Scotland, Northern Ireland, the count in brackets.
pub(crate) const ANNEX: &str = "\
2018 | 1 Jan, 30 Mar, 2 Apr, 7 May, 28 May, 27 Aug, 25 Dec, 26 Dec (8) | 1 Jan, 2 Jan, 30 Mar, 7 May, 28 May, 6 Aug, 30 Nov, 25 Dec, 26 Dec (9) | 1 Jan, 19 Mar, 30 Mar, 2 Apr, 7 May, 28 May, 12 Jul, 27 Aug, 25 Dec, 26 Dec (10)
2019 | 1 Jan, 19 Apr, 22 Apr, 6 May, 27 May, 26 Aug, 25 Dec, 26 Dec (8) | 1 Jan, 2 Jan, 19 Apr, 6 May, 27 May, 5 Aug, 2 Dec, 25 Dec, 26 Dec (9) | 1 Jan, 18 Mar, 19 Apr, 22 Apr, 6 May, 27 May, 12 Jul, 26 Aug, 25 Dec, 26 Dec (10)
2020 | 1 Jan, 10 Apr, 13 Apr, 8 May, 25 May, 31 Aug, 25 Dec, 28 Dec (8) | 1 Jan, 2 Jan, 10 Apr, 8 May, 25 May, 3 Aug, 30 Nov, 25 Dec, 28 Dec (9) | 1 Jan, 17 Mar, 10 Apr, 13 Apr, 8 May, 25 May, 13 Jul, 31 Aug, 25 Dec, 28 Dec (10)
2021 | 1 Jan, 2 Apr, 5 Apr, 3 May, 31 May, 30 Aug, 27 Dec, 28 Dec (8) | 1 Jan, 4 Jan, 2 Apr, 3 May, 31 May, 2 Aug, 30 Nov, 27 Dec, 28 Dec (9) | 1 Jan, 17 Mar, 2 Apr, 5 Apr, 3 May, 31 May, 12 Jul, 30 Aug, 27 Dec, 28 Dec (10)
2022 | 3 Jan, 15 Apr, 18 Apr, 2 May, 2 Jun, 3 Jun, 29 Aug, 19 Sep, 26 Dec, 27 Dec (10) | 3 Jan, 4 Jan, 15 Apr, 2 May, 2 Jun, 3 Jun, 1 Aug, 19 Sep, 30 Nov, 26 Dec, 27 Dec (11) | 3 Jan, 17 Mar, 15 Apr, 18 Apr, 2 May, 2 Jun, 3 Jun, 12 Jul, 29 Aug, 19 Sep, 26 Dec, 27 Dec (12)
2023 | 2 Jan, 7 Apr, 10 Apr, 1 May, 8 May, 29 May, 28 Aug, 25 Dec, 26 Dec (9) | 2 Jan, 3 Jan, 7 Apr, 1 May, 8 May, 29 May, 7 Aug, 30 Nov, 25 Dec, 26 Dec (10) | 2 Jan, 17 Mar, 7 Apr, 10 Apr, 1 May, 8 May, 29 May, 12 Jul, 28 Aug, 25 Dec, 26 Dec (11)
2024 | 1 Jan, 29 Mar, 1 Apr, 6 May, 27 May, 26 Aug, 25 Dec, 26 Dec (8) | 1 Jan, 2 Jan, 29 Mar, 6 May, 27 May, 5 Aug, 2 Dec, 25 Dec, 26 Dec (9) | 1 Jan, 18 Mar, 29 Mar, 1 Apr, 6 May, 27 May, 12 Jul, 26 Aug, 25 Dec, 26 Dec (10)
2025 | 1 Jan, 18 Apr, 21 Apr, 5 May, 26 May, 25 Aug, 25 Dec, 26 Dec (8) | 1 Jan, 2 Jan, 18 Apr, 5 May, 26 May, 4 Aug, 1 Dec, 25 Dec, 26 Dec (9) | 1 Jan, 17 Mar, 18 Apr, 21 Apr, 5 May, 26 May, 14 Jul, 25 Aug, 25 Dec, 26 Dec (10)
2026 | 1 Jan, 3 Apr, 6 Apr, 4 May, 25 May, 31 Aug, 25 Dec, 28 Dec (8) | 1 Jan, 2 Jan, 3 Apr, 4 May, 25 May, 15 Jun, 3 Aug, 30 Nov, 25 Dec, 28 Dec (10) | 1 Jan, 17 Mar, 3 Apr, 6 Apr, 4 May, 25 May, 13 Jul, 31 Aug, 25 Dec, 28 Dec (10)
2027 | 1 Jan, 26 Mar, 29 Mar, 3 May, 31 May, 30 Aug, 27 Dec, 28 Dec (8) | 1 Jan, 4 Jan, 26 Mar, 3 May, 31 May, 2 Aug, 30 Nov, 27 Dec, 28 Dec (9) | 1 Jan, 17 Mar, 26 Mar, 29 Mar, 3 May, 31 May, 12 Jul, 30 Aug, 27 Dec, 28 Dec (10)
2028 | 3 Jan, 14 Apr, 17 Apr, 1 May, 29 May, 28 Aug, 25 Dec, 26 Dec (8) | 3 Jan, 4 Jan, 14 Apr, 1 May, 29 May, 7 Aug, 30 Nov, 25 Dec, 26 Dec (9) | 3 Jan, 17 Mar, 14 Apr, 17 Apr, 1 May, 29 May, 12 Jul, 28 Aug, 25 Dec, 26 Dec (10)";

#[test]
fn every_holiday_of_the_annex_is_known_and_no_other() {
    let calendars = calendars();
    for row in ANNEX.lines() {
        let cells: Vec<&str> = row.split(" | ").collect();
        let year: i16 = cells[0].parse().unwrap();
        for (division, cell) in Division::ALL.into_iter().zip(&cells[1..]) {
            let (days, count) = cell.trim_end_matches(')').split_once(" (").unwrap();
            let expected: Vec<_> = days.split(", ").map(|text| day(&format!("{text} {year}"))).collect();
            let holidays = calendars.get(division).holidays.iter();
            let known: Vec<_> = holidays.map(|holiday| holiday.on).filter(|on| on.year() == year).collect();
            assert_eq!(known, expected, "{division} {year}");
            assert_eq!(known.len(), count.parse::<usize>().unwrap(), "{division} {year}");
        }
    }
}

#[test]
fn a_holiday_counts_from_the_day_it_became_known() {
    // XCT-10, Q17
    let calendars = calendars();
    for (division, holiday, known_from) in [
        (Division::EnglandAndWales, date(2022, 9, 19), date(2022, 9, 9)),
        (Division::Scotland, date(2022, 9, 19), date(2022, 9, 9)),
        (Division::NorthernIreland, date(2022, 9, 19), date(2022, 9, 9)),
        (Division::EnglandAndWales, date(2023, 5, 8), date(2022, 11, 8)),
        (Division::Scotland, date(2023, 5, 8), date(2022, 11, 8)),
        (Division::NorthernIreland, date(2023, 5, 8), date(2022, 11, 8)),
        (Division::Scotland, date(2026, 6, 15), date(2026, 2, 25)),
    ] {
        let view = |known_on| calendars.view(Basis::Division(division), known_on);
        let (eve, known) = (view(known_from.yesterday().unwrap()), view(known_from));
        assert_eq!(eve.is_working(holiday), Ok(true), "{division} {holiday}");
        assert_eq!(known.is_working(holiday), Ok(false), "{division} {holiday}");
        assert_ne!(eve.version(), known.version(), "{division} {holiday}");
    }
}

#[test]
fn a_calendar_is_named_by_the_last_day_on_which_it_changed() {
    // XCT-10: asked of all holidays on every day, the answer is the same.
    for division in Division::ALL {
        is_named_by_its_last_change(calendars().get(division));
    }
}

/// Goes through all holidays for each day.
pub(crate) fn is_named_by_its_last_change(calendar: &Calendar) {
    for day in days() {
        let news = calendar.holidays.iter().flat_map(|holiday| [holiday.known_from, holiday.cancelled_from]);
        let latest = news.flatten().filter(|on| *on <= day).max();
        let latest = latest.map_or_else(|| "first".to_owned(), |on| on.to_string());
        let Calendar { division, version, .. } = calendar;
        assert_eq!(calendar.version_known_on(day), format!("{division}/{version}@{latest}"), "{day}");
    }
}

#[test]
fn the_world_cup_day_is_scotlands_alone() {
    let calendars = calendars();
    let holiday = date(2026, 6, 15);
    for (basis, works) in [
        (Basis::Division(Division::EnglandAndWales), true),
        (Basis::Division(Division::NorthernIreland), true),
        (Basis::Division(Division::Scotland), false),
        (Basis::AnyPartOfUk, false),
    ] {
        assert_eq!(calendars.view(basis, NOW).is_working(holiday), Ok(works), "{basis:?}");
    }
}

#[test]
fn the_early_may_day_of_2020_moved_and_was_not_added() {
    let calendars = calendars();
    for division in Division::ALL {
        let view = calendars.view(Basis::Division(division), NOW);
        assert_eq!(view.is_working(date(2020, 5, 4)), Ok(true));
        assert_eq!(view.is_working(date(2020, 5, 8)), Ok(false));
        assert_eq!(view.is_working(date(2022, 5, 30)), Ok(true));
    }
}

#[test]
fn a_day_outside_the_coverage_is_refused_even_on_a_weekend() {
    // L06
    let calendars = calendars();
    let view: View<'_> = calendars.view(Basis::Division(Division::Scotland), NOW);
    for (day, refused) in [
        (date(2017, 12, 31), true),
        (date(2018, 1, 1), false),
        (date(2028, 12, 31), false),
        (date(2029, 1, 1), true),
        (date(2029, 1, 6), true),
    ] {
        let answer = view.non_working(day);
        assert_eq!(matches!(answer, Err(Refusal::OutsideCalendar { .. })), refused, "{day}");
    }
}

#[test]
fn someone_is_told_to_extend_a_calendar_eighteen_months_ahead() {
    // L06, L45
    for division in Division::ALL {
        assert_eq!(calendars().get(division).extend_from(), date(2027, 6, 30));
    }
}

#[test]
fn any_part_of_the_kingdom_shuts_when_one_does() {
    // XCT-09
    let calendars = calendars();
    let any = calendars.view(Basis::AnyPartOfUk, NOW);
    for day in days() {
        let expected = Division::ALL
            .iter()
            .all(|division| calendars.view(Basis::Division(*division), NOW).is_working(day).unwrap());
        assert_eq!(any.is_working(day).unwrap(), expected, "{day}");
    }
}

#[test]
fn the_reason_names_the_holiday() {
    let calendars = calendars();
    let view = calendars.view(Basis::Division(Division::Scotland), NOW);
    assert_eq!(view.non_working(date(2024, 12, 2)), Ok(Some(NonWorking::Holiday("St Andrew's Day"))));
    assert_eq!(view.non_working(date(2024, 12, 1)), Ok(Some(NonWorking::Sunday)));
}

#[test]
fn no_eight_weeks_hold_more_holidays_than_the_bound_of_terms_assumes() {
    let most = Division::ALL.iter().map(|division| most_in_eight_weeks(calendars(), *division)).max();
    assert_eq!(most, Some(MOST_HOLIDAYS_IN_EIGHT_WEEKS as usize));
}

fn most_in_eight_weeks(calendars: &Calendars, division: Division) -> usize {
    let holidays = &calendars.get(division).holidays;
    let eight_weeks: Term = "8 weeks".parse().unwrap();
    let within = |start| {
        let end = eight_weeks.last_day_from(start).unwrap();
        holidays.iter().filter(|holiday| start <= holiday.on && holiday.on < end).count()
    };
    holidays.iter().map(|holiday| within(holiday.on)).max().unwrap()
}

fn days() -> impl Iterator<Item = jiff::civil::Date> {
    date(2018, 1, 1).series(jiff::Span::new().days(1)).take_while(|day| *day <= date(2028, 12, 31))
}
