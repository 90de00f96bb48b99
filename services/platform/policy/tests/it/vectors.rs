//! Dates worked out by hand or by others, against ours.

use jiff::civil::date;
use redress_kernel::london_date;
use redress_policy::{
    Basis, Clock, Computed, DayOne, Division, Refusal, Roll,
    deadline::{self, Rebased, Stated, Warning, rebase},
};

use crate::fixture::{NOW, calendars, compute, day, due, limit, term};

use Division::{EnglandAndWales, NorthernIreland, Scotland};

#[test]
fn working_days_of_the_annex() {
    // Domain rules 7.2; XCT-07
    for (received, division, expected) in [
        ("Fri 22 Dec 2023", EnglandAndWales, "Wed 3 Jan 2024"),
        ("Fri 22 Dec 2023", Scotland, "Thu 4 Jan 2024"),
        ("Fri 22 Dec 2023", NorthernIreland, "Wed 3 Jan 2024"),
        ("Wed 16 Apr 2025", Scotland, "Thu 24 Apr 2025"),
        ("Fri 15 Mar 2024", EnglandAndWales, "Fri 22 Mar 2024"),
        ("Fri 1 Aug 2025", EnglandAndWales, "Fri 8 Aug 2025"),
        ("Wed 26 Nov 2025", Scotland, "Thu 4 Dec 2025"),
        ("Wed 10 Jun 2026", Scotland, "Thu 18 Jun 2026"),
        ("Wed 14 Sep 2022", EnglandAndWales, "Thu 22 Sep 2022"),
        ("Fri 1 May 2020", EnglandAndWales, "Mon 11 May 2020"),
        ("Fri 24 Dec 2027", Scotland, "Thu 6 Jan 2028"),
    ] {
        assert_eq!(due("5 working days", day(received), division), day(expected), "{received} in {division}");
    }
}

#[test]
fn the_same_days_before_the_holiday_was_known() {
    let clock = limit(term("5 working days"));
    let before = compute(&clock, day("Wed 14 Sep 2022"), EnglandAndWales, date(2022, 9, 8)).unwrap();
    assert_eq!(before.due_on, day("Wed 21 Sep 2022"));
    let before = compute(&clock, day("Wed 10 Jun 2026"), Scotland, date(2026, 2, 24)).unwrap();
    assert_eq!(before.due_on, day("Wed 17 Jun 2026"));
}

#[test]
fn weeks_months_and_years_of_the_annex() {
    // Domain rules 7.3; XCT-08, Q22, L15
    for (start, length, expected) in [
        ("Tue 2 Jan 2024", "8 weeks", "Tue 27 Feb 2024"),
        ("31 Aug 2023", "6 months", "29 Feb 2024"),
        ("29 Aug 2024", "6 months", "28 Feb 2025"),
        ("29 Feb 2024", "6 years", "28 Feb 2030"),
        ("31 Dec 2023", "6 years", "31 Dec 2029"),
        // L15
        ("31 Aug 2026", "6 months", "28 Feb 2027"),
        ("31 Aug 2026", "8 weeks", "26 Oct 2026"),
        ("10 Jan 2024", "6 months", "10 Jul 2024"),
    ] {
        assert_eq!(due(length, day(start), EnglandAndWales), day(expected), "{start} + {length}");
    }
}

#[test]
fn dodds_v_walker() {
    // Four months from 30 September ended on 30 January; 31 January was one day late. No calendar reaches back so far.
    let end = term("4 months").last_day_from(day("30 Sep 1978"));
    assert_eq!(end, Some(day("30 Jan 1979")));
}

#[test]
fn six_months_are_not_a_number_of_days() {
    // L15
    let (months, days) = (term("6 months"), term("183 days"));
    let start = day("31 Aug 2026");
    assert_ne!(months.last_day_from(start), days.last_day_from(start));
    assert_eq!(days.last_day_from(start), Some(day("2 Mar 2027")));
}

#[test]
fn day_57_opens_the_right() {
    // J0 7.01 tail
    let computed = compute(&limit(term("8 weeks")), day("Tue 2 Jan 2024"), Scotland, NOW).unwrap();
    assert_eq!(computed.opens_on(), Ok(day("Wed 28 Feb 2024")));
}

#[test]
fn both_conventions_of_the_first_day() {
    // L01: two systems of government gave two answers for one Saturday.
    for (start, division, next, moved) in [
        ("Mon 21 Sep 2026", EnglandAndWales, "Mon 28 Sep 2026", "Mon 28 Sep 2026"),
        ("Fri 25 Sep 2026", EnglandAndWales, "Fri 2 Oct 2026", "Fri 2 Oct 2026"),
        ("Sat 26 Sep 2026", EnglandAndWales, "Fri 2 Oct 2026", "Mon 5 Oct 2026"),
        ("Sun 27 Sep 2026", EnglandAndWales, "Fri 2 Oct 2026", "Mon 5 Oct 2026"),
        ("Mon 31 Aug 2026", EnglandAndWales, "Mon 7 Sep 2026", "Tue 8 Sep 2026"),
        ("Fri 28 Aug 2026", EnglandAndWales, "Mon 7 Sep 2026", "Mon 7 Sep 2026"),
        ("Fri 25 Dec 2026", Scotland, "Wed 6 Jan 2027", "Thu 7 Jan 2027"),
        ("Thu 31 Dec 2026", Scotland, "Mon 11 Jan 2027", "Mon 11 Jan 2027"),
        ("Fri 1 Jan 2027", Scotland, "Mon 11 Jan 2027", "Tue 12 Jan 2027"),
    ] {
        let clock = limit(term("5 working days"));
        let other = Clock { day_one: DayOne::AfterStartMoved, ..clock.clone() };
        assert_eq!(compute(&clock, day(start), division, NOW).unwrap().due_on, day(next), "{start}");
        assert_eq!(compute(&other, day(start), division, NOW).unwrap().due_on, day(moved), "{start}");
    }
}

#[test]
fn the_division_decides_about_the_fourth_of_january() {
    // L02
    let start = day("Thu 24 Dec 2026");
    assert_eq!(due("5 working days", start, EnglandAndWales), day("Tue 5 Jan 2027"));
    assert_eq!(due("5 working days", start, Scotland), day("Wed 6 Jan 2027"));
}

#[test]
fn a_new_holiday_moves_what_it_touches_and_nothing_else() {
    // L03, Q17
    let clock = limit(term("5 working days"));
    let rebased = |start| {
        let set = compute(&clock, start, EnglandAndWales, date(2022, 9, 8)).unwrap();
        let again = compute(&clock, start, EnglandAndWales, date(2022, 9, 9)).unwrap();
        (set.clone(), rebase(&set, again))
    };
    let (set, moved) = rebased(day("Wed 14 Sep 2022"));
    let Rebased::Later(later) = moved else { panic!("stands") };
    assert_eq!((set.due_on, later.due_on), (day("21 Sep 2022"), day("22 Sep 2022")));
    assert_ne!(set.calendar_version, later.calendar_version);
    let (_, untouched) = rebased(day("Thu 1 Sep 2022"));
    assert_eq!(untouched, Rebased::Stands);
}

#[test]
fn a_recomputation_never_shortens() {
    // Q17: seen in the other order, as if a holiday had been taken away.
    let clock = limit(term("5 working days"));
    let start = day("Wed 14 Sep 2022");
    let set = compute(&clock, start, EnglandAndWales, date(2022, 9, 9)).unwrap();
    let again = compute(&clock, start, EnglandAndWales, date(2022, 9, 8)).unwrap();
    assert_eq!(rebase(&set, again), Rebased::Stands);
}

#[test]
fn a_clock_past_the_coverage_is_refused() {
    // L06
    let refused = compute(&limit(term("5 working days")), day("27 Dec 2028"), Scotland, NOW);
    assert!(matches!(refused, Err(Refusal::OutsideCalendar { .. })), "{refused:?}");
    let window = Clock { roll: Roll::OpenToWorkingDay, ..limit(term("6 months")) };
    let refused = compute(&window, day("1 Aug 2028"), Scotland, NOW);
    assert!(matches!(refused, Err(Refusal::OutsideCalendar { .. })), "{refused:?}");
}

#[test]
fn an_end_that_needs_no_calendar_stands_beyond_it_with_a_warning_a_week_ahead() {
    let computed = compute(&limit(term("6 years")), day("29 Feb 2024"), EnglandAndWales, NOW).unwrap();
    assert_eq!((computed.due_on, computed.warn_on), (day("28 Feb 2030"), day("21 Feb 2030")));
    assert!(
        computed.steps.iter().any(|step| step.note.to_string().contains("known to 2028-12-31 only")),
        "{computed:?}"
    );
}

#[test]
fn a_margin_is_counted_from_the_unrolled_end_and_rolled_once() {
    // L09, Q6: six months from Fri 30 Aug 2024 end on Fri 28 Feb 2025; from 1 Sep 2024 on Sat 1 Mar 2025.
    let window = Clock { roll: Roll::OpenToWorkingDay, ..limit(term("6 months")) };
    let by_post = Clock { allowance: Some(term("2 working days")), ..window.clone() };
    let start = day("Sun 1 Sep 2024");
    let plain = compute(&window, start, Scotland, NOW).unwrap();
    let posted = compute(&by_post, start, Scotland, NOW).unwrap();
    assert_eq!((plain.ends_on, plain.due_on), (day("Sat 1 Mar 2025"), day("Mon 3 Mar 2025")));
    // Chained on the rolled date it would be Wednesday.
    assert_eq!((posted.ends_on, posted.due_on), (day("Sat 1 Mar 2025"), day("Tue 4 Mar 2025")));
}

#[test]
fn limits_on_the_provider_stay_and_windows_of_the_complainant_stay_open() {
    // Q18: eight weeks from Sat 4 May 2024 end on Sat 29 Jun 2024.
    let start = day("Sat 4 May 2024");
    let provider = compute(&limit(term("8 weeks")), start, Scotland, NOW).unwrap();
    assert_eq!((provider.due_on, provider.warn_on), (day("Sat 29 Jun 2024"), day("Fri 28 Jun 2024")));
    let window = Clock { roll: Roll::OpenToWorkingDay, ..limit(term("8 weeks")) };
    let complainant = compute(&window, start, Scotland, NOW).unwrap();
    assert_eq!((complainant.ends_on, complainant.due_on), (day("Sat 29 Jun 2024"), day("Mon 1 Jul 2024")));
}

#[test]
fn nobody_is_warned_before_the_clock_starts() {
    let computed = compute(&limit(term("1 day")), day("Sat 4 May 2024"), Scotland, NOW).unwrap();
    assert_eq!((computed.due_on, computed.warn_on), (day("Sun 5 May 2024"), day("Sat 4 May 2024")));
}

#[test]
fn a_window_over_christmas_stays_open_to_the_first_working_day() {
    // Q18: six months from 25 Jun 2027 end on Sat 25 Dec 2027; 27 and 28 December stand in for the feasts.
    let window = Clock { roll: Roll::OpenToWorkingDay, ..limit(term("6 months")) };
    let computed = compute(&window, day("25 Jun 2027"), Scotland, NOW).unwrap();
    assert_eq!((computed.ends_on, computed.due_on), (day("25 Dec 2027"), day("Wed 29 Dec 2027")));
}

#[test]
fn the_earlier_of_the_stated_date_and_the_term_holds() {
    // Q5, J0 7.08 action 1
    let calendars = calendars();
    let view = calendars.view(Basis::Division(Scotland), NOW);
    let clock = Clock { stated: Stated::MayShorten, ..limit(term("5 working days")) };
    let start = day("Mon 3 Jun 2024");
    let due = |stated| {
        deadline::compute(&clock, start, stated, &view).map(|computed| (computed.due_on, computed.warn_on))
    };
    assert_eq!(due(None), Ok((day("Mon 10 Jun 2024"), day("Fri 7 Jun 2024"))));
    assert_eq!(due(Some(day("Thu 6 Jun 2024"))), Ok((day("Thu 6 Jun 2024"), day("Wed 5 Jun 2024"))));
    assert_eq!(due(Some(day("Mon 17 Jun 2024"))), Ok((day("Mon 10 Jun 2024"), day("Fri 7 Jun 2024"))));
    assert_eq!(due(Some(day("Fri 31 May 2024"))), Err(Refusal::StatedBeforeStart));
}

#[test]
fn a_longer_stated_date_that_holds_does_not_postpone_the_warning() {
    // Q5, for a pack that lets the stated date extend
    let calendars = calendars();
    let view = calendars.view(Basis::Division(Scotland), NOW);
    let clock = Clock { stated: Stated::MayExtend, ..limit(term("5 working days")) };
    let computed =
        deadline::compute(&clock, day("Mon 3 Jun 2024"), Some(day("Mon 17 Jun 2024")), &view).unwrap();
    assert_eq!((computed.due_on, computed.warn_on), (day("Mon 17 Jun 2024"), day("Mon 10 Jun 2024")));
}

#[test]
fn a_clock_that_takes_no_stated_date_says_so() {
    let calendars = calendars();
    let view = calendars.view(Basis::Division(Scotland), NOW);
    let refused =
        deadline::compute(&limit(term("8 weeks")), day("3 Jun 2024"), Some(day("4 Jun 2024")), &view);
    assert_eq!(refused, Err(Refusal::StatedNotTaken));
}

#[test]
fn the_shorter_reading_of_thirty_days_warns() {
    // Q25, CMP-29
    let clock = Clock { warning: Warning::After(term("29 days")), ..limit(term("30 days")) };
    let computed = compute(&clock, day("19 Jun 2026"), EnglandAndWales, NOW).unwrap();
    assert_eq!((computed.due_on, computed.warn_on), (day("19 Jul 2026"), day("18 Jul 2026")));
}

#[test]
fn a_clock_starts_on_the_london_date() {
    // L13: 23:30Z on 30 June is 1 July in London, so that five working days end a day later than by UTC.
    let start = london_date("2026-06-30T23:30:00Z".parse().unwrap());
    assert_eq!(due("5 working days", start, EnglandAndWales), day("Wed 8 Jul 2026"));
    // The nights on which the clocks change: 00:30Z on 29 March is still winter time, 23:30Z on 24 October is summer's.
    for (instant, expected) in [
        ("2026-03-29T00:30:00Z", "29 Mar 2026"),
        ("2026-03-28T23:59:59Z", "28 Mar 2026"),
        ("2026-10-24T23:30:00Z", "25 Oct 2026"),
        ("2026-10-25T23:30:00Z", "25 Oct 2026"),
    ] {
        assert_eq!(london_date(instant.parse().unwrap()), day(expected), "{instant}");
    }
}

#[test]
fn the_derivation_names_every_day_that_mattered() {
    let computed = compute(&limit(term("5 working days")), day("Fri 22 Dec 2023"), Scotland, NOW).unwrap();
    assert_eq!(
        lines(&computed),
        [
            "2023-12-22 start, not counted",
            "2023-12-23 skipped: Saturday",
            "2023-12-24 skipped: Sunday",
            "2023-12-25 skipped: Christmas Day",
            "2023-12-26 skipped: Boxing Day",
            "2023-12-27 working day 1",
            "2023-12-28 working day 2",
            "2023-12-29 working day 3",
            "2023-12-30 skipped: Saturday",
            "2023-12-31 skipped: Sunday",
            "2024-01-01 skipped: New Year's Day",
            "2024-01-02 skipped: 2nd January",
            "2024-01-03 working day 4",
            "2024-01-03 warning",
            "2024-01-04 working day 5",
        ]
    );
    assert_eq!(computed.citation.inputs[0], ("start_on".to_owned(), "2023-12-22".to_owned()));
}

#[test]
fn the_derivation_says_when_a_month_has_no_such_day() {
    let window = Clock { roll: Roll::OpenToWorkingDay, ..limit(term("6 months")) };
    let computed = compute(&window, day("31 Aug 2024"), Scotland, NOW).unwrap();
    assert_eq!(
        lines(&computed),
        [
            "2024-08-31 start, not counted",
            "2025-02-27 warning",
            "2025-02-28 6 months on, the last day of a month that has no 31st",
        ]
    );
}

fn lines(computed: &Computed) -> Vec<String> {
    computed.steps.iter().map(|step| format!("{} {}", step.on, step.note)).collect()
}
