//! Dates as people read and type them.

use jiff::civil::date;
use redress::{command::day::Day, present::date as shown};

use crate::fixture::TODAY;

#[test]
fn a_date_says_how_far_away_it_is() {
    for (on, words) in [
        (date(2024, 2, 27), "Tue 27 Feb 2024 (in 3 days)"),
        (date(2024, 2, 25), "Sun 25 Feb 2024 (tomorrow)"),
        (date(2024, 2, 24), "Sat 24 Feb 2024 (today)"),
        (date(2024, 2, 23), "Fri 23 Feb 2024 (overdue by 1 day)"),
        (date(2024, 2, 22), "Thu 22 Feb 2024 (overdue by 2 days)"),
        (date(2024, 8, 26), "Mon 26 Aug 2024 (in 184 days)"),
        (date(2023, 2, 24), "Fri 24 Feb 2023 (overdue by 365 days)"),
    ] {
        assert_eq!(shown::due(on, TODAY), words);
    }
}

#[test]
fn days_are_typed_in_one_form_or_by_name() {
    for (typed, on) in [
        ("2024-02-27", date(2024, 2, 27)),
        ("2024-02-29", date(2024, 2, 29)),
        ("today", TODAY),
        ("Today", TODAY),
        ("yesterday", date(2024, 2, 23)),
    ] {
        assert_eq!(typed.parse::<Day>().map(|day| day.on(TODAY)), Ok(on), "{typed}");
    }
}

#[test]
fn what_could_mean_another_day_is_not_a_day() {
    // reliability 4.1: 2026-02-30 is refused, and so is every form in which a slip passes.
    for wrong in [
        "",
        "2024-02-30",
        "2023-02-29",
        "24-02-27",
        "27/02/2024",
        "2024-2-7",
        "20240227",
        "tomorrow",
        "2024-02-27T00",
    ] {
        assert!(wrong.parse::<Day>().is_err(), "{wrong}");
    }
}

#[test]
fn a_date_goes_to_the_wire_and_back() {
    let on = date(2024, 2, 29);
    assert_eq!(shown::read(Some(&shown::wire(on))), Some(on));
    let never = redress_proto::r#type::v1::CivilDate { year: 2026, month: 2, day: 30 };
    assert_eq!(shown::read(Some(&never)), None);
    assert_eq!(shown::shown(None), "");
}

#[test]
fn an_instant_is_shown_by_the_clock_in_london() {
    // L13: 23:30Z on 30 June is half past midnight on 1 July.
    let instant: jiff::Timestamp = "2026-06-30T23:30:00Z".parse().unwrap();
    assert_eq!(shown::instant(instant.as_second()), "Wed 1 Jul 2026 00:30");
}
