//! Every start in ten years, in every division, against a second implementation that shares no code with the first: its own
//! day numbers, its own weekdays, and the annex instead of the calendar files.

use std::collections::BTreeSet;

use jiff::civil::Date;
use redress_policy::{Basis, Clock, Division, Roll, deadline};

use crate::{
    calendar::ANNEX,
    fixture::{NOW, calendars, limit, term},
};

/// Days since 1 March of the year 0, in a calendar whose year begins in March so that the leap day comes last.
fn number(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1
}

fn parts(number: i64) -> (i64, i64, i64) {
    let mut year = number / 365;
    while self::number(year, 3, 1) > number {
        year -= 1;
    }
    let month_day =
        |month: i64| if month < 3 { self::number(year + 1, month, 1) } else { self::number(year, month, 1) };
    let month = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2]
        .into_iter()
        .rfind(|month| month_day(*month) <= number)
        .unwrap();
    (if month < 3 { year + 1 } else { year }, month, number - month_day(month) + 1)
}

fn days_in_month(year: i64, month: i64) -> i64 {
    let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    number(next_year, next_month, 1) - number(year, month, 1)
}

struct Oracle {
    holidays: BTreeSet<i64>,
}

impl Oracle {
    fn of(division: usize) -> Self {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let mut holidays = BTreeSet::new();
        for row in ANNEX.lines() {
            let cells: Vec<&str> = row.split(" | ").collect();
            let year: i64 = cells[0].parse().unwrap();
            for text in cells[division + 1].split(" (").next().unwrap().split(", ") {
                let (day, month) = text.split_once(' ').unwrap();
                let month = months.iter().position(|name| *name == month).unwrap() + 1;
                holidays.insert(number(year, i64::try_from(month).unwrap(), day.parse().unwrap()));
            }
        }
        Self { holidays }
    }

    /// 1 March of the year 0 was a Wednesday; counted from Monday as 0.
    fn works(&self, day: i64) -> bool {
        (day + 2) % 7 < 5 && !self.holidays.contains(&day)
    }

    fn working_days(&self, start: i64, amount: i64) -> i64 {
        (start + 1..).filter(|day| self.works(*day)).nth(usize::try_from(amount - 1).unwrap()).unwrap()
    }

    fn open(&self, day: i64) -> i64 {
        (day..day + 20).find(|day| self.works(*day)).unwrap()
    }
}

fn months(start: i64, amount: i64) -> i64 {
    let (year, month, day) = parts(start);
    let months = year * 12 + month - 1 + amount;
    let (year, month) = (months / 12, months % 12 + 1);
    number(year, month, day.min(days_in_month(year, month)))
}

fn of(date: Date) -> i64 {
    number(i64::from(date.year()), i64::from(date.month()), i64::from(date.day()))
}

#[test]
fn every_start_of_ten_years_agrees() {
    let (first, last) = (number(2018, 1, 1), number(2028, 5, 31));
    let window = Clock { roll: Roll::OpenToWorkingDay, ..limit(term("6 months")) };
    let clocks = ["5 working days", "20 working days", "8 weeks", "6 years"].map(|text| limit(term(text)));
    let mut compared = 0;
    for (at, division) in Division::ALL.into_iter().enumerate() {
        let oracle = Oracle::of(at);
        let view = calendars().view(Basis::Division(division), NOW);
        for start in first..=last {
            let (year, month, day) = parts(start);
            let date = jiff::civil::date(
                year.try_into().unwrap(),
                month.try_into().unwrap(),
                day.try_into().unwrap(),
            );
            let ours = |clock: &Clock| of(deadline::compute(clock, date, None, &view).unwrap().due_on);
            assert_eq!(ours(&clocks[0]), oracle.working_days(start, 5), "{division} {date}");
            assert_eq!(ours(&clocks[1]), oracle.working_days(start, 20), "{division} {date}");
            assert_eq!(ours(&clocks[2]), start + 56, "{division} {date}");
            assert_eq!(ours(&clocks[3]), months(start, 72), "{division} {date}");
            assert_eq!(ours(&window), oracle.open(months(start, 6)), "{division} {date}");
            compared += 1;
        }
    }
    assert_eq!(compared, 3 * (last - first + 1));
}
