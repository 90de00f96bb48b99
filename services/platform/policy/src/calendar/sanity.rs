//! What every calendar must satisfy, whoever wrote it (L05): the feasts of the division are kept on their days, or on the
//! next weekday free when they fall on a weekend.

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use super::{Calendar, Fault, Holiday};
use crate::Division;

/// A feast that every year has.
struct Feast {
    name: &'static str,
    on: Date,
}

/// Every fault of `calendar`.
pub fn check(calendar: &Calendar) -> Vec<Fault> {
    let mut faults = Vec::new();
    let standing: Vec<&Holiday> =
        calendar.holidays.iter().filter(|holiday| holiday.cancelled_from.is_none()).collect();
    for pair in standing.windows(2) {
        if pair[0].on == pair[1].on {
            faults.push(Fault::Twice { on: pair[1].on });
        } else if pair[1].on < pair[0].on {
            faults.push(Fault::OutOfOrder { on: pair[1].on });
        }
    }
    for holiday in &standing {
        if !calendar.covers(holiday.on) {
            faults.push(Fault::OutsideCoverage { on: holiday.on });
        }
        if is_weekend(holiday.on) {
            faults.push(Fault::OnWeekend { on: holiday.on });
        }
    }
    for year in calendar.covers_from.year()..=calendar.covers_until.year() {
        let feasts = feasts(calendar.division, year);
        let mut taken = Vec::new();
        // Feasts on weekdays keep their day; the others take the next day free, in order.
        let (weekend, weekday): (Vec<&Feast>, Vec<&Feast>) =
            feasts.iter().partition(|feast| is_weekend(feast.on));
        taken.extend(weekday.iter().map(|feast| feast.on));
        for feast in &weekday {
            expect(calendar, &standing, feast, feast.on, &mut faults);
        }
        for feast in weekend {
            let substitute = next_free(feast.on, &taken);
            taken.push(substitute);
            expect(calendar, &standing, feast, substitute, &mut faults);
        }
        for feast in &feasts {
            let misnamed = standing.iter().filter(|holiday| {
                holiday.on.year() == year
                    && holiday.name == feast.name
                    && !holiday.substitute
                    && holiday.on != feast.on
            });
            faults.extend(misnamed.map(|holiday| Fault::FeastMisnamed { feast: feast.name, on: holiday.on }));
        }
    }
    faults
}

fn expect(
    calendar: &Calendar,
    standing: &[&Holiday],
    feast: &Feast,
    expected: Date,
    faults: &mut Vec<Fault>,
) {
    if calendar.covers(expected) && !standing.iter().any(|holiday| holiday.on == expected) {
        faults.push(Fault::FeastMissing { feast: feast.name, expected });
    }
}

fn next_free(day: Date, taken: &[Date]) -> Date {
    let mut day = day;
    while is_weekend(day) || taken.contains(&day) {
        day = day.saturating_add(1.day());
    }
    day
}

fn feasts(division: Division, year: i16) -> Vec<Feast> {
    let easter = easter_sunday(year);
    let fixed = |name, month, day| Feast { name, on: jiff::civil::date(year, month, day) };
    let mut feasts = vec![
        fixed("New Year's Day", 1, 1),
        Feast { name: "Good Friday", on: easter.saturating_sub(2.days()) },
        fixed("Christmas Day", 12, 25),
        fixed("Boxing Day", 12, 26),
    ];
    match division {
        Division::EnglandAndWales => {
            feasts.push(Feast { name: "Easter Monday", on: easter.saturating_add(1.day()) });
        }
        Division::Scotland => {
            feasts.push(fixed("2nd January", 1, 2));
            feasts.push(fixed("St Andrew's Day", 11, 30));
        }
        Division::NorthernIreland => {
            feasts.push(Feast { name: "Easter Monday", on: easter.saturating_add(1.day()) });
            feasts.push(fixed("St Patrick's Day", 3, 17));
            feasts.push(fixed("Battle of the Boyne (Orangemen's Day)", 7, 12));
        }
    }
    feasts.sort_by_key(|feast| feast.on);
    feasts
}

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm): the Sunday after the paschal full moon.
fn easter_sunday(year: i16) -> Date {
    let full_year = i32::from(year);
    let (golden, century, within) = (full_year % 19, full_year / 100, full_year % 100);
    let epact = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (within / 4) - epact - within % 4) % 7;
    let correction = (golden + 11 * epact + 22 * to_sunday) / 451;
    let days_after_first_of_march = epact + to_sunday - 7 * correction + 21;
    jiff::civil::date(year, 3, 1).saturating_add(days_after_first_of_march.days())
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}
