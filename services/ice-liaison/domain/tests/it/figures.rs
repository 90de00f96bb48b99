//! What is counted (ICE-11, domain 4.1), and which figures are too small to be told.

use std::collections::BTreeMap;

use ice_liaison_domain::{
    examination::{Command, DeclineGround, Event, Move, Outcome, Rules, State},
    figures::{Figure, Measure, SMALLEST_SHOWN, Sum, epoch_day, of_examination, round_down, suppress},
};
use jiff::civil::Date;
use redress_kernel::Decider as _;

use crate::fixture::{Desk, advance, agree, calendars, complete, day, open, report, send_all};

/// The sums of everything that happened at a desk.
fn sums(desk: &Desk) -> BTreeMap<Measure, Sum> {
    let mut sums: BTreeMap<Measure, Sum> = BTreeMap::new();
    let mut state: State = Rules::initial();
    for event in &desk.events {
        for fact in of_examination(&state, event, desk.pack, calendars()).unwrap() {
            sums.entry(fact.measure).or_default().add(Sum {
                count: fact.count,
                days: fact.days,
                in_standard: fact.in_standard,
                pence: fact.pence,
            });
        }
        state = Rules::evolve(state, event);
    }
    sums
}

fn count(desk: &Desk, measure: Measure) -> i64 {
    sums(desk).get(&measure).map_or(0, |sum| sum.count)
}

#[test]
fn each_case_counts_once_for_how_it_ended() {
    let on = Desk::answered().today;
    let ended = |mut desk: Desk, command: Command| {
        desk.does(command);
        desk
    };
    let decline = |ground| Command::Decline { declined_on: on, ground, reasoned: true };
    for (desk, measure) in [
        (ended(Desk::at_gateway(), decline(DeclineGround::Premature)), Measure::Premature),
        (ended(Desk::at_gateway(), decline(DeclineGround::OutOfTime)), Measure::UnableToAccept),
        (ended(Desk::resolution(), agree(on)), Measure::Resolved),
        (ended(Desk::settlement(), agree(on)), Measure::Settled),
        (ended(Desk::awaiting(), Command::Withdraw { withdrawn_on: on }), Measure::Withdrawn),
        (Desk::reported(Outcome::Upheld, 0), Measure::FullyUpheld),
        (Desk::reported(Outcome::PartiallyUpheld, 0), Measure::PartiallyUpheld),
        (Desk::reported(Outcome::NotUpheld, 0), Measure::NotUpheld),
    ] {
        let endings = [
            Measure::Premature,
            Measure::UnableToAccept,
            Measure::Resolved,
            Measure::Settled,
            Measure::Withdrawn,
            Measure::FullyUpheld,
            Measure::PartiallyUpheld,
            Measure::NotUpheld,
        ];
        for other in endings {
            assert_eq!(count(&desk, other), i64::from(other == measure), "{measure:?}: {other:?}");
        }
        assert_eq!(count(&desk, Measure::Received), 1);
        // Whatever was accepted is live until it is cleared, and waits for an investigator until it has one.
        assert_eq!(
            (count(&desk, Measure::Live), count(&desk, Measure::AwaitingInvestigator)),
            (0, 0),
            "{measure:?}"
        );
    }
    assert_eq!(count(&Desk::awaiting(), Measure::Live), 1);
    assert_eq!(count(&Desk::awaiting(), Measure::AwaitingInvestigator), 1);
}

#[test]
fn a_contact_before_the_day_from_which_ice_counts_took_no_days() {
    // ICE-23: what came after noon counts from the next working day, and ICE told the provider at once.
    let mut desk = Desk::answered();
    desk.does(open(desk.today, true));
    assert_eq!(sums(&desk)[&Measure::ContactTime].days, 0);
}

#[test]
fn withdrawn_before_acceptance_is_no_clearance() {
    let mut desk = Desk::at_gateway();
    desk.does(Command::Withdraw { withdrawn_on: desk.today });
    assert_eq!(count(&desk, Measure::Withdrawn), 0);
}

#[test]
fn times_are_told_against_ices_standards() {
    // ICE-31: accepted on 4 March 2024; resolved eight weeks later to the day, and one day after.
    for (on, within) in [("2024-04-29", 1), ("2024-04-30", 0)] {
        let mut desk = Desk::resolution().on(on);
        desk.does(agree(desk.today));
        let sum = sums(&desk)[&Measure::ResolutionTime];
        assert_eq!((sum.count, sum.days, sum.in_standard), (1, 56 + 1 - within, within));
        let sum = sums(&desk)[&Measure::EndToEndTime];
        assert_eq!((sum.count, sum.days), (1, 56 + 1 - within), "resolved is cleared");
    }
    let mut desk = Desk::evidence_requested();
    desk.does(send_all(desk.today));
    let mut desk = desk.on("2025-01-06");
    desk.does(advance(Move::Allocate, desk.today, false));
    let mut desk = desk.on("2025-06-02");
    desk.does(advance(Move::BeginInvestigation, desk.today, false));
    desk.does(report(desk.today, Outcome::Upheld, 1));
    let told = sums(&desk);
    assert_eq!((told[&Measure::WaitTime].days, told[&Measure::ReportTime].days), (308, 147));
    assert_eq!(told[&Measure::ReportTime].in_standard, 0);
    assert_eq!(told[&Measure::RecommendationsSystemic].count, 1);
    desk.does(complete(1, desk.today));
    assert_eq!(sums(&desk)[&Measure::RecommendationsDone].in_standard, 1);
}

#[test]
fn the_age_of_what_is_live_follows_from_two_sums() {
    let accepted: [Date; 2] = [day("2024-03-04"), day("2024-03-14")];
    let mut sum = Sum::default();
    for on in accepted {
        sum.add(Sum { count: 1, days: epoch_day(on), ..Sum::default() });
    }
    let figure = Figure::of(Measure::Live, sum, day("2024-03-24"));
    assert_eq!((figure.count, figure.average_hundredths), (Some(2), Some(1500)));
    assert_eq!(Figure::of(Measure::Live, Sum::default(), day("2024-03-24")).average_hundredths, None);
}

fn row(figures: &[(Measure, i64)]) -> Vec<Figure> {
    let sum = |count| Sum { count, ..Sum::default() };
    figures.iter().map(|(measure, count)| Figure::of(*measure, sum(*count), day("2024-03-24"))).collect()
}

fn counts(rows: &[Vec<Figure>]) -> Vec<Vec<Option<i64>>> {
    rows.iter().map(|row| row.iter().map(|figure| figure.count).collect()).collect()
}

#[test]
fn a_small_figure_is_left_out_with_another_that_would_give_it_away() {
    let received = |count| row(&[(Measure::Received, count)]);
    let mut rows = vec![received(34), received(20), received(11), received(3)];
    assert!(suppress(&mut rows));
    assert_eq!(counts(&rows), [[Some(34)], [Some(20)], [None], [None]]);
    let mut none = vec![received(31), received(20), received(11), received(0)];
    assert!(!suppress(&mut none), "nobody is nobody");
}

#[test]
fn outcomes_do_not_give_each_other_away() {
    use Measure::{FullyUpheld, Investigated, NotUpheld, PartiallyUpheld};
    let mut rows = vec![row(&[(Investigated, 60), (FullyUpheld, 3), (PartiallyUpheld, 9), (NotUpheld, 48)])];
    suppress(&mut rows);
    assert_eq!(counts(&rows), [[Some(60), None, None, Some(48)]]);
}

#[test]
fn what_adds_up_to_what_was_cleared_does_not_give_itself_away_nor_does_how_long_it_took() {
    use Measure::{EndToEndTime, Investigated, Resolved, Settled, SettlementTime, Withdrawn};
    let mut rows = vec![row(&[
        (EndToEndTime, 60),
        (Resolved, 3),
        (Settled, 20),
        (Withdrawn, 0),
        (Investigated, 37),
        (SettlementTime, 20),
    ])];
    assert!(suppress(&mut rows));
    assert_eq!(counts(&rows), [[Some(60), None, None, Some(0), Some(37), None]]);
}

#[test]
fn few_within_a_standard_or_outside_it_are_few_cases() {
    // ICE-11
    for (in_standard, told) in [(0, true), (4, false), (5, true), (15, true), (16, false), (20, true)] {
        let sum = Sum { count: 20, days: 100, in_standard, pence: 0 };
        let mut rows = vec![vec![Figure::of(Measure::ContactTime, sum, day("2024-06-03"))]];
        suppress(&mut rows);
        assert_eq!(rows[0][0].count.is_some(), told, "{in_standard} of 20");
    }
}

#[test]
fn what_is_left_out_for_another_does_not_stand_alone_either() {
    // ICE-11: the two upheld give away eight more, those two others of their rows, and those again one of their columns.
    let outcomes = |investigated, full, part, none| {
        row(&[
            (Measure::Investigated, investigated),
            (Measure::FullyUpheld, full),
            (Measure::PartiallyUpheld, part),
            (Measure::NotUpheld, none),
        ])
    };
    let mut rows = vec![outcomes(46, 10, 20, 16), outcomes(20, 2, 8, 10), outcomes(26, 8, 12, 6)];
    suppress(&mut rows);
    let hidden: Vec<Vec<bool>> =
        rows.iter().map(|row| row.iter().map(|figure| figure.count.is_none()).collect()).collect();
    assert!(hidden[1][1]);
    for row in &hidden {
        assert_ne!(row.iter().filter(|hidden| **hidden).count(), 1, "{hidden:?}");
    }
    for at in 0..4 {
        assert_ne!(hidden.iter().filter(|row| row[at]).count(), 1, "{hidden:?}");
    }
}

#[test]
fn two_positions_do_not_tell_of_the_few_cases_between_them() {
    let told = |sum: Sum, measure| {
        let mut rows = vec![vec![Figure::of(measure, sum, day("2024-03-24"))]];
        suppress(&mut rows);
        round_down(&mut rows);
        rows[0][0]
    };
    for count in SMALLEST_SHOWN..200 {
        let accepted = |count| told(Sum { count, ..Sum::default() }, Measure::Accepted).count.unwrap();
        for later in count..count + 12 {
            let between = accepted(later) - accepted(count);
            assert!(between == 0 || between >= SMALLEST_SHOWN, "{count} and {later}");
        }
        assert!((0..SMALLEST_SHOWN).contains(&(count - accepted(count))));
    }
    let report = told(Sum { count: 33, days: 33 * 147 + 20, in_standard: 12, pence: 0 }, Measure::ReportTime);
    assert_eq!(
        (report.count, report.in_standard, report.average_hundredths),
        (Some(30), Some(10), Some(14_800))
    );
    let charges = told(Sum { count: 7, pence: 7 * 500_000, ..Sum::default() }, Measure::ChargesRaised);
    assert_eq!((charges.count, charges.pence), (Some(5), Some(2_500_000)));
    let none = told(Sum::default(), Measure::ChargesRaised);
    assert_eq!((none.count, none.pence), (Some(0), Some(0)), "nobody is nobody");
}

#[test]
fn facts_of_one_event_do_not_depend_on_what_came_after() {
    // Reproducible to the digit: the sums of a prefix never change.
    let desk = Desk::reported(Outcome::Upheld, 1);
    let mut shorter = desk.clone();
    shorter.events.truncate(4);
    let early = sums(&shorter);
    let mut longer = desk;
    longer.events.push(Event::GatewayCheckBegun { on: day("2024-03-04") });
    longer.events.truncate(4);
    assert_eq!(early, sums(&longer));
}
