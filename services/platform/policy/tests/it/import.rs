//! Merging newer lists of holidays, sound and broken ones.

use jiff::civil::date;
use redress_policy::{
    Basis, Calendar, Division,
    calendar::{Fault, Feed, Import},
};

use crate::{calendar::is_named_by_its_last_change, fixture::calendars};

fn scotland() -> Calendar {
    calendars().get(Division::Scotland).clone()
}

/// The list as a complete feed would bring it on 1 March 2027, to the end of 2028.
fn complete() -> Import {
    let holidays = scotland()
        .holidays
        .into_iter()
        .map(|holiday| (holiday.on, holiday.name, holiday.substitute))
        .collect();
    Import {
        division: Division::Scotland,
        version: date(2027, 3, 1),
        covers_from: date(2018, 1, 1),
        covers_until: date(2028, 12, 31),
        holidays,
        cancelled: Vec::new(),
    }
}

fn of_2029() -> Vec<(jiff::civil::Date, String, bool)> {
    [
        (date(2029, 1, 1), "New Year's Day"),
        (date(2029, 1, 2), "2nd January"),
        (date(2029, 3, 30), "Good Friday"),
        (date(2029, 5, 7), "Early May bank holiday"),
        (date(2029, 5, 28), "Spring bank holiday"),
        (date(2029, 8, 6), "Summer bank holiday"),
        (date(2029, 11, 30), "St Andrew's Day"),
        (date(2029, 12, 25), "Christmas Day"),
        (date(2029, 12, 26), "Boxing Day"),
    ]
    .map(|(on, name)| (on, name.to_owned(), false))
    .to_vec()
}

#[test]
fn the_same_list_changes_nothing_but_the_version() {
    let merged = scotland().merge(&complete()).unwrap();
    assert_eq!(merged.holidays, scotland().holidays);
    assert_eq!(merged.version, date(2027, 3, 1));
}

#[test]
fn a_year_is_added_at_the_end() {
    let mut import = complete();
    import.covers_until = date(2029, 12, 31);
    import.holidays.extend(of_2029());
    let merged = scotland().merge(&import).unwrap();
    assert_eq!(merged.covers_until, date(2029, 12, 31));
    assert_eq!(merged.holidays.len(), scotland().holidays.len() + 9);
    assert_eq!(merged.extend_from(), date(2028, 6, 30));
}

#[test]
fn news_inside_the_coverage_is_known_from_its_day_on() {
    // L03
    let mut import = complete();
    import.holidays.push((date(2027, 6, 21), "Another day".to_owned(), false));
    import.holidays.sort();
    let calendars = calendars().clone().merged(&import).unwrap();
    let view = |known_on| calendars.view(Basis::Division(Division::Scotland), known_on);
    assert_eq!(view(date(2027, 2, 28)).is_working(date(2027, 6, 21)), Ok(true));
    assert_eq!(view(date(2027, 3, 1)).is_working(date(2027, 6, 21)), Ok(false));
}

#[test]
fn a_truncated_feed_that_claims_the_years_it_forgot_is_refused() {
    // L04: the national feed dropped 2019 to 2023.
    let mut import = complete();
    import.holidays.retain(|(on, ..)| on.year() < 2019 || on.year() > 2023);
    let faults = scotland().merge(&import).unwrap_err();
    let dropped =
        scotland().holidays.iter().filter(|holiday| (2019..=2023).contains(&holiday.on.year())).count();
    assert_eq!(faults.iter().filter(|fault| matches!(fault, Fault::Removed { .. })).count(), dropped);
}

#[test]
fn a_feed_that_speaks_of_later_years_only_forgets_nothing() {
    // L04: merge-only, so history stays as it was.
    let mut import = complete();
    import.covers_from = date(2024, 1, 1);
    import.holidays.retain(|(on, ..)| on.year() >= 2024);
    let merged = scotland().merge(&import).unwrap();
    assert_eq!(merged.holidays, scotland().holidays);
    assert_eq!(merged.covers_from, date(2018, 1, 1));
}

#[test]
fn a_day_that_moved_is_cancelled_and_kept_for_those_who_knew_it() {
    let mut import = complete();
    import.cancelled = vec![date(2028, 5, 1)];
    import.holidays.retain(|(on, ..)| *on != date(2028, 5, 1));
    import.holidays.push((date(2028, 5, 5), "Early May bank holiday".to_owned(), false));
    import.holidays.sort();
    let calendars = calendars().clone().merged(&import).unwrap();
    let view = |known_on| calendars.view(Basis::Division(Division::Scotland), known_on);
    assert_eq!(view(date(2027, 2, 28)).is_working(date(2028, 5, 1)), Ok(false));
    assert_eq!(view(date(2027, 3, 1)).is_working(date(2028, 5, 1)), Ok(true));
    assert_eq!(view(date(2027, 3, 1)).is_working(date(2028, 5, 5)), Ok(false));
    is_named_by_its_last_change(calendars.get(Division::Scotland));
}

#[test]
fn the_past_cannot_be_cancelled() {
    let mut import = complete();
    import.cancelled = vec![date(2022, 9, 19)];
    let faults = scotland().merge(&import).unwrap_err();
    assert_eq!(faults, [Fault::CancelledInThePast { on: date(2022, 9, 19) }]);
}

#[test]
fn christmas_day_on_the_27th_is_refused_unless_it_says_that_it_stands_in() {
    // L05: the feed once had Christmas Day 2027 on 27 December, unmarked.
    let mut calendar = scotland();
    let christmas = calendar.holidays.iter_mut().find(|holiday| holiday.on == date(2027, 12, 27)).unwrap();
    assert!(christmas.substitute);
    christmas.substitute = false;
    let faults = redress_policy::calendar::sanity::check(&calendar);
    assert_eq!(faults, [Fault::FeastMisnamed { feast: "Christmas Day", on: date(2027, 12, 27) }]);
}

#[test]
fn a_feast_that_is_missing_is_seen_in_every_division() {
    // L05
    for division in Division::ALL {
        for feast in [date(2026, 1, 1), date(2026, 4, 3), date(2026, 12, 25), date(2026, 12, 28)] {
            let mut calendar = calendars().get(division).clone();
            calendar.holidays.retain(|holiday| holiday.on != feast);
            let faults = redress_policy::calendar::sanity::check(&calendar);
            assert!(
                matches!(faults[..], [Fault::FeastMissing { expected, .. }] if expected == feast),
                "{division} {feast} {faults:?}"
            );
        }
    }
}

#[test]
fn everything_else_that_is_wrong_with_a_list_is_named_at_once() {
    let mut import = complete();
    import.division = Division::EnglandAndWales;
    import.version = date(2020, 1, 1);
    import.covers_from = date(2030, 1, 1);
    import.covers_until = date(2030, 12, 31);
    import.holidays = vec![(date(2031, 1, 4), "Lost".to_owned(), false)];
    import.cancelled = vec![date(2030, 7, 1)];
    let faults = scotland().merge(&import).unwrap_err();
    for expected in [
        Fault::OtherDivision,
        Fault::Older,
        Fault::Gap { from: date(2029, 1, 1) },
        Fault::OutsideCoverage { on: date(2031, 1, 4) },
        Fault::CancelledUnknown { on: date(2030, 7, 1) },
        Fault::OnWeekend { on: date(2031, 1, 4) },
    ] {
        assert!(faults.contains(&expected), "{expected} in {faults:?}");
    }
}

#[test]
fn two_holidays_on_one_day_are_refused() {
    let mut calendar = scotland();
    let first = calendar.holidays[0].clone();
    calendar.holidays.insert(0, first.clone());
    assert!(redress_policy::calendar::sanity::check(&calendar).contains(&Fault::Twice { on: first.on }));
    calendar.holidays.swap(2, 5);
    let faults = redress_policy::calendar::sanity::check(&calendar);
    assert!(faults.iter().any(|fault| matches!(fault, Fault::OutOfOrder { .. })), "{faults:?}");
}

#[test]
fn the_file_of_gov_uk_is_read_for_review() {
    let json = r#"{"scotland": {"division": "scotland", "events": [
        {"title": "New Year’s Day", "date": "2029-01-01", "notes": "", "bunting": true},
        {"title": "Boxing Day", "date": "2026-12-28", "notes": "Substitute day", "bunting": true},
        {"title": "St Andrew’s Day", "date": "2030-11-30", "notes": "", "bunting": true}]}}"#;
    let feed = Feed::parse(json).unwrap();
    let import =
        feed.import(Division::Scotland, date(2027, 3, 1), date(2026, 1, 1), date(2029, 12, 31)).unwrap();
    assert_eq!(
        import.holidays,
        [
            (date(2029, 1, 1), "New Year's Day".to_owned(), false),
            (date(2026, 12, 28), "Boxing Day".to_owned(), true)
        ]
    );
    assert!(
        feed.import(Division::NorthernIreland, date(2027, 3, 1), date(2026, 1, 1), date(2029, 12, 31))
            .is_err()
    );
    assert!(Feed::parse("{\"scotland\": 1}").is_err());
}

#[test]
fn a_list_is_read_as_it_was_written() {
    let mut import = complete();
    import.cancelled = vec![date(2028, 5, 1)];
    import.holidays.push((date(2028, 5, 5), "A \"new\" day \\ of\u{7}rest".to_owned(), true));
    assert_eq!(Import::parse("list", &import.to_toml()), Ok(import));
    let fault = Import::parse("a.toml", "division = \"wales\"").unwrap_err();
    assert_eq!(fault.name, "a.toml");
}

#[test]
fn what_comes_in_is_told_before_it_is_kept() {
    // L05
    let mut import = complete();
    import.covers_until = date(2029, 12, 31);
    import.holidays.extend(of_2029());
    import.holidays.retain(|(on, ..)| *on != date(2028, 5, 1));
    import.holidays.push((date(2028, 5, 5), "Early May bank holiday".to_owned(), false));
    import.cancelled = vec![date(2028, 5, 1)];
    let news = scotland().merge(&import).unwrap().news_since(&scotland());
    assert_eq!(news.added.len(), 10);
    assert_eq!(news.cancelled.iter().map(|holiday| holiday.on).collect::<Vec<_>>(), [date(2028, 5, 1)]);
    assert_eq!(news.covered_before.1, date(2028, 12, 31));
    assert_eq!(news.covered.1, date(2029, 12, 31));
    assert!(scotland().merge(&complete()).unwrap().news_since(&scotland()).is_empty());
}

#[test]
fn a_list_that_the_program_has_caught_up_with_is_passed_over() {
    let mut import = complete();
    import.holidays.push((date(2027, 6, 21), "Another day".to_owned(), false));
    import.holidays.sort();
    let newer = calendars().clone().merged(&import).unwrap();
    let mut older = import.clone();
    older.version = date(2027, 2, 1);
    assert_eq!(newer.clone().with_list(&older), Ok(newer.clone()));
    // One that says what the newer calendar does not know is not passed over.
    older.holidays.push((date(2027, 6, 22), "Yet another day".to_owned(), false));
    older.holidays.sort();
    assert_eq!(newer.with_list(&older), Err(vec![Fault::Older]));
}
