//! How long is left until a limit, in the few words that metrics use.

use jiff::{ToSpan as _, civil::Date};

/// How long is left on `today` until a limit whose last day is `due_on`. What ends on a day without offices ends before the
/// next working day is over, so it is told with that day.
pub fn time_left(due_on: Date, today: Date, next_working_day: Date) -> &'static str {
    if due_on < today {
        "overdue"
    } else if due_on == today {
        "today"
    } else if due_on <= next_working_day {
        "next_working_day"
    } else if due_on <= today.saturating_add(7.days()) {
        "week"
    } else {
        "later"
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_limit_that_ends_on_a_weekend_is_as_urgent_as_one_on_monday() {
        let (friday, monday) = (date(2026, 11, 27), date(2026, 11, 30));
        let told = |day| time_left(date(2026, 11, day), friday, monday);
        assert_eq!(
            [26, 27, 28, 29, 30].map(told),
            ["overdue", "today", "next_working_day", "next_working_day", "next_working_day"]
        );
        assert_eq!(time_left(date(2026, 12, 1), friday, monday), "week");
        assert_eq!(time_left(date(2026, 12, 4), friday, monday), "week");
        assert_eq!(time_left(date(2026, 12, 5), friday, monday), "later");
    }
}
