//! What was promised of a contract's records holds whatever is told in whatever order, until two people say otherwise (reliability D4, L38).

use jiff::{Span, civil::Date};
use proptest::prelude::*;
use records_retention_domain::{
    change::{Amendment, Command, Event, State},
    contract::ContractFacts,
    promise::Promise,
};

use crate::fixture::{
    day,
    plan::{Plan, months},
};

fn later(days: u16) -> Date {
    day("2026-01-01").checked_add(Span::new().days(i64::from(days))).unwrap()
}

/// News of a contract, one of each version as it would be at the source, and versions that two people have followed.
#[derive(Clone, Copy, Debug)]
enum Told {
    End { version: i64, days: u16 },
    Followed { version: i64 },
}

fn told() -> impl Strategy<Value = Told> {
    prop_oneof![
        4 => (1_i64..9, 0_u16..2_000).prop_map(|(version, days)| Told::End { version, days }),
        1 => (1_i64..9).prop_map(|version| Told::Followed { version }),
    ]
}

fn heard(told: &[Told]) -> Promise {
    let mut promise = Promise::default();
    for each in told {
        match *each {
            Told::End { version, days } => promise.learn(version, later(days)),
            Told::Followed { version } => promise.follow(version),
        }
    }
    promise
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_same_news_in_any_order_is_the_same_promise(
        (told, shuffled) in prop::collection::vec(told(), 1..12)
            .prop_flat_map(|told| (Just(told.clone()), Just(told).prop_shuffle())),
        again in any::<bool>(),
    ) {
        let mut shuffled = shuffled;
        if again {
            shuffled.extend(told.clone());
        }
        prop_assert_eq!(heard(&told), heard(&shuffled));
    }

    #[test]
    fn no_news_brings_a_promise_nearer(told in prop::collection::vec(told(), 0..12), version in 1_i64..12, days in 0_u16..2_000) {
        let before = heard(&told);
        let mut after = before.clone();
        after.learn(version, later(days));
        prop_assert!(after.end_on() >= before.end_on(), "{:?} became {:?}", before, after);
        // What was told last and does not count is known, until it counts.
        if let Some((_, end_on)) = after.told() {
            prop_assert_eq!(after.withheld().is_some(), Some(end_on) < after.end_on());
        }
        let known = ContractFacts { end_on: Some(later(days)), ..ContractFacts::default() };
        prop_assert_eq!(Promise::default().facts(&known), known);
    }

    #[test]
    fn a_promise_reads_back_as_it_was_written(told in prop::collection::vec(told(), 0..12)) {
        let promise = heard(&told);
        let written = serde_json::to_string(&promise).unwrap();
        prop_assert_eq!(serde_json::from_str::<Promise>(&written).unwrap(), promise);
    }

    #[test]
    fn nothing_is_shortened_without_two_people_and_a_cooling_period(
        turns in prop::collection::vec((0_u8..9, 0_u8..3, 0_u8..12), 1..40),
    ) {
        let mut plan = Plan::empty("2026-01-05");
        let mut version = 1;
        for (what, who, days) in turns {
            plan.today = plan.today.checked_add(Span::new().days(i64::from(days))).unwrap();
            plan.is(["officer-1", "officer-2", "officer-3"][usize::from(who)]);
            let before = plan.clone();
            let amendment = if days % 2 == 0 { months(60 + u16::from(days)) } else { plan.told() };
            let command = match what {
                0 => plan.propose(amendment),
                1 => plan.make(amendment),
                2 | 3 => plan.approve(),
                4 => Command::Withdraw,
                5 => Command::Lapse,
                6 => {
                    version += 1;
                    plan.promise.learn(version, later(u16::from(days) * 200));
                    prop_assert!(plan.kept().1 >= before.kept().1);
                    continue;
                }
                7 if matches!(plan.state, State::Applied { .. } | State::Void { .. }) => {
                    plan.state = State::Unproposed;
                    continue;
                }
                _ => Command::Apply,
            };
            let Ok(events) = plan.asks(&command) else { continue };
            let sooner = |plan: &Plan| (plan.kept().0.unwrap_or(72), plan.kept().1);
            let nearer = sooner(&plan).0 < sooner(&before).0 || sooner(&plan).1 < sooner(&before).1;
            if nearer {
                prop_assert_eq!(events.iter().map(Event::name).collect::<Vec<_>>(), ["ScheduleChangeApplied"]);
                let (proposal, approval) = (plan.state.proposal().unwrap(), plan.state.approval().unwrap());
                prop_assert_ne!(&proposal.proposed_by, &approval.by);
                prop_assert!(plan.today > approval.cooling_until && approval.cooling_until > approval.on);
            }
            if let Some(Amendment::Period(agreed)) = plan.state.proposal().map(|proposal| &proposal.amendment)
                && events.iter().any(Event::moves_dates)
            {
                prop_assert_eq!(plan.kept().0, Some(agreed.months));
            }
        }
    }
}
