//! What holds for every start, term and calendar.

use jiff::{
    ToSpan,
    civil::{Date, date},
};
use proptest::prelude::*;
use redress_policy::{
    Basis, Clock, ClockKind, DayOne, Division, Roll, Term, Unit,
    deadline::{self, Rebased, rebase},
};

use crate::fixture::{NOW, calendars, jets, library, limit};

fn start() -> impl Strategy<Value = Date> {
    (0..3_500_i32).prop_map(|days| date(2018, 1, 5).checked_add(days.days()).unwrap())
}

fn division() -> impl Strategy<Value = Division> {
    prop::sample::select(Division::ALL.to_vec())
}

fn basis() -> impl Strategy<Value = Basis> {
    prop_oneof![division().prop_map(Basis::Division), Just(Basis::AnyPartOfUk)]
}

fn day_one() -> impl Strategy<Value = DayOne> {
    prop::sample::select(vec![DayOne::NextWorkingDay, DayOne::AfterStartMoved])
}

fn roll() -> impl Strategy<Value = Roll> {
    prop::sample::select(vec![Roll::Stays, Roll::OpenToWorkingDay])
}

/// Terms that stay inside the coverage from any of the starts.
fn any_term() -> impl Strategy<Value = Term> {
    let of = |most: u16, unit| (1..=most).prop_map(move |amount| Term::new(amount, unit));
    prop_oneof![
        of(40, Unit::WorkingDays),
        of(90, Unit::CalendarDays),
        of(20, Unit::Weeks),
        of(12, Unit::Months),
        of(1, Unit::Years)
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_later_start_never_ends_earlier(start in start(), term in any_term(), basis in basis(), day_one in day_one(), roll in roll()) {
        let calendars = calendars();
        let view = calendars.view(basis, NOW);
        let clock = Clock { day_one, roll, ..limit(term) };
        let one = deadline::compute(&clock, start, None, &view).unwrap();
        let next = deadline::compute(&clock, start.tomorrow().unwrap(), None, &view).unwrap();
        prop_assert!(one.due_on <= next.due_on, "{one:?} {next:?}");
    }

    #[test]
    fn working_days_split_anywhere(start in start(), first in 1..20_u16, second in 1..20_u16, basis in basis()) {
        let calendars = calendars();
        let view = calendars.view(basis, NOW);
        let run = |amount, from| deadline::compute(&limit(Term::new(amount, Unit::WorkingDays)), from, None, &view).unwrap().due_on;
        prop_assert_eq!(run(second, run(first, start)), run(first + second, start));
    }

    #[test]
    fn working_days_end_on_one(start in start(), amount in 1..40_u16, basis in basis(), day_one in day_one()) {
        let calendars = calendars();
        let view = calendars.view(basis, NOW);
        let clock = Clock { day_one, ..limit(Term::new(amount, Unit::WorkingDays)) };
        let computed = deadline::compute(&clock, start, None, &view).unwrap();
        prop_assert_eq!(view.is_working(computed.due_on), Ok(true));
        let counted = computed.steps.iter().filter(|step| matches!(step.note, deadline::Note::WorkingDay(_))).count();
        prop_assert_eq!(counted, usize::from(amount));
    }

    #[test]
    fn the_warning_lies_between_start_and_end(start in start(), term in any_term(), basis in basis(), roll in roll()) {
        let calendars = calendars();
        let clock = Clock { roll, ..limit(term) };
        let computed = deadline::compute(&clock, start, None, &calendars.view(basis, NOW)).unwrap();
        prop_assert!(computed.start_on <= computed.warn_on && computed.warn_on <= computed.due_on, "{computed:?}");
        prop_assert!(computed.ends_on <= computed.due_on, "{computed:?}");
    }

    #[test]
    fn a_window_never_shuts_on_a_day_not_worked(start in start(), term in any_term(), basis in basis()) {
        let calendars = calendars();
        let view = calendars.view(basis, NOW);
        let clock = Clock { roll: Roll::OpenToWorkingDay, ..limit(term) };
        prop_assert_eq!(view.is_working(deadline::compute(&clock, start, None, &view).unwrap().due_on), Ok(true));
    }

    #[test]
    fn more_knowledge_never_makes_a_limit_earlier(start in start(), term in any_term(), division in division(), known in start()) {
        // Q17
        let calendars = calendars();
        let clock = limit(term);
        let set = deadline::compute(&clock, start, None, &calendars.view(Basis::Division(division), known)).unwrap();
        let again = deadline::compute(&clock, start, None, &calendars.view(Basis::Division(division), NOW)).unwrap();
        let kept = match rebase(&set, again) {
            Rebased::Stands => set.due_on,
            Rebased::Later(later) => later.due_on,
        };
        prop_assert!(set.due_on <= kept);
    }

    #[test]
    fn the_bounds_of_a_term_hold(start in start(), term in any_term(), basis in basis()) {
        let calendars = calendars();
        let computed = deadline::compute(&limit(term), start, None, &calendars.view(basis, NOW)).unwrap();
        let days = u32::try_from((computed.ends_on - start).get_days()).unwrap();
        if basis != Basis::AnyPartOfUk {
            prop_assert!(days <= term.most_days(), "{term}: {days} > {}", term.most_days());
        }
        prop_assert!(term.fewest_days() <= days, "{term}: {days} < {}", term.fewest_days());
    }

    #[test]
    fn a_term_never_longer_than_another_never_ends_later(start in start(), one in any_term(), other in any_term(), division in division()) {
        let calendars = calendars();
        let view = calendars.view(Basis::Division(division), NOW);
        let end = |term| deadline::compute(&limit(term), start, None, &view).unwrap().ends_on;
        if one.never_longer_than(other) {
            prop_assert!(end(one) <= end(other), "{one} {other}");
        }
    }

    #[test]
    fn a_term_reads_back(term in any_term()) {
        prop_assert_eq!(term.to_string().parse::<Term>(), Ok(term));
    }

    #[test]
    fn no_clock_ends_on_a_date_that_stands_for_never(start in start(), division in division()) {
        // L10
        let (library, calendars) = (library(), calendars());
        let view = calendars.view(Basis::Division(division), NOW);
        for clock in jets(library).clocks() {
            if let Ok(computed) = deadline::compute(&clock, start, None, &view) {
                prop_assert!(computed.due_on.year() <= start.year() + 7, "{computed:?}");
            }
        }
        prop_assert!(jets(library).clock(ClockKind::Report).is_err());
    }
}
