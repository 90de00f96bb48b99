//! The order to destroy, and what makes it wrong at the same moment: a record that is kept for longer, and a clock that jumped. One side is taken to
//! the point at which it has decided and has not committed, so that nothing is left to chance (reliability D8, T16, T20).

use jiff::{SignedDuration, civil::date};
use records_retention_domain::{RecordId, Refusal, change::Reason, contract::Agreed, disposal::Command};
use redress_journal::{append::Origin, shell::inside::carry_out};
use redress_store::DbError;
use redress_testkit::{Backend, backends};

use super::{
    asked::{self, move_on},
    run::look,
    schedule::{Beside, Schedule},
    set::{Set, set},
};
use crate::{
    clock::Look,
    command::{
        change::{AskForChange, How, Wish},
        control::{Turn, TurnSwitch},
        ended::TakeEnd,
        office::{CONTRACT, Office, PRIME, person},
        propose::control_of,
    },
    marks, store,
    world::World,
};

/// Hours of a weekend on which the service is away.
const WEEKEND: i64 = 60;

/// How it comes that a record is kept for longer.
#[derive(Clone, Copy, Debug)]
enum Longer {
    /// Somebody makes its schedule longer.
    Made,
    /// Its contract tells a later last day.
    Told,
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_for_longer_in_time_is_whole() {
    for backend in backends() {
        // On SQLite nobody else writes until the order is given.
        let Backend::Postgres(_) = &backend else { continue };
        for longer in [Longer::Made, Longer::Told] {
            let office = Office::on(&backend).await;
            let set = agreed(&office).await;
            let mut order = office.parts.db.write_in_snapshot().await.expect("to write");
            let ids: Vec<RecordId> = set.records.iter().map(|(record, _)| *record).collect();
            store::record::find_many(&mut order, ids).await.expect("to see what it decides on");
            keep_longer(&office, longer).await;
            let step = asked::order(&office, set.disposal, Command::Issue);
            let (ids, now) = (office.parts.ids.as_ref(), office.parts.clock.now());
            let late = carry_out::<World, _>(&mut order, &step, Origin::of_suite(), ids, now).await;
            assert!(matches!(late, Err(DbError::Conflict(_))), "{longer:?}: it decides again: {late:?}");
            drop(order);
            move_on(&office, 0, set.disposal).await;
            assert!(!look(&office, &set).await, "{longer:?}: destroyed before its day");
            office.close().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_has_anything_destroyed_by_a_clock_that_jumped() {
    for backend in backends() {
        let office = Office::on(&backend).await;
        let set = agreed(&office).await;
        let now = office.parts.clock.now();
        let ago = |hours| now.checked_sub(SignedDuration::from_hours(hours)).expect("an instant");
        let looked = async |hours: i64, unwitnessed: i64| {
            let mut tx = office.write().await;
            marks::set_seen(&mut tx, ago(hours)).await.expect("a mark");
            let unwitnessed = SignedDuration::from_hours(unwitnessed);
            marks::set_unwitnessed(&mut tx, unwitnessed).await.expect("a mark");
            tx.commit().await.expect("to be kept");
        };
        let order = |command: &Command, before: Option<Look>| {
            let mut order = asked::order(&office, set.disposal, command.clone());
            order.trust.before = before;
            order
        };
        for (hours, unwitnessed, before) in [
            // Longer than the service may have been away.
            (8 * 24, 0, None),
            // As long as it may have been away, and the veto is over only by what nobody saw pass; and the same once it is written down.
            (6 * 24, 0, None),
            (0, 6 * 24, Some(now)),
            // A day that has not passed since this process looked.
            (0, 0, Some(ago(24))),
        ] {
            looked(hours, unwitnessed).await;
            for command in [Command::Execute, Command::Issue] {
                let order = || order(&command, before.map(Look::at));
                let refused = office.submit(0, set.disposal.uuid(), order).await.map(drop);
                let case = (backend.name(), &command, hours, unwitnessed);
                assert_eq!(refused, Err(Refusal::DateInDoubt), "{case:?}");
            }
        }
        assert!(!look(&office, &set).await);
        // Hours without which the veto is over as well.
        looked(3, 3).await;
        let in_time = || order(&Command::Issue, None);
        office.submit(0, set.disposal.uuid(), in_time).await.expect("to be moved on");
        assert!(look(&office, &set).await);
        office.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_says_that_what_nobody_saw_pass_has_passed() {
    for backend in backends() {
        let office = Office::on(&backend).await;
        let set = agreed(&office).await;
        let mut tx = office.write().await;
        marks::set_seen(&mut tx, office.parts.clock.now()).await.expect("a mark");
        marks::set_unwitnessed(&mut tx, SignedDuration::from_hours(WEEKEND)).await.expect("a mark");
        tx.commit().await.expect("to be kept");
        let order = || asked::order(&office, set.disposal, Command::Issue);
        let refused = office.submit(0, set.disposal.uuid(), order).await.map(drop);
        assert_eq!(refused, Err(Refusal::DateInDoubt), "on {}", backend.name());
        let control = control_of(PRIME);
        let turn = Turn::ConfirmDate;
        let confirm = || TurnSwitch { actor: person("rita"), control, turn, most_a_day: 500 };
        office.submit(1, control.uuid(), confirm).await.expect("a confirmation");
        move_on(&office, 0, set.disposal).await;
        assert!(look(&office, &set).await, "on {}", backend.name());
        office.close().await;
    }
}

/// Records of a disposal that two people agreed on, on a day after the last for a veto.
async fn agreed(office: &Office) -> Set {
    office.propose();
    let (processes, turns) = ([0, 1], [0, 0]);
    let schedule = Schedule { beside: Beside::Hold, records: 1, which: 0, processes, turns, twice: false };
    let set = set(office, schedule).await;
    office.order(1);
    set
}

async fn keep_longer(office: &Office, longer: Longer) {
    match longer {
        Longer::Made => {
            let ask = || AskForChange {
                rulebook: office.rulebook.clone(),
                actor: person("omar"),
                caller: PRIME,
                id: office.fresh(),
                contract: CONTRACT,
                how: How::Make,
                wish: Wish::Period(Agreed {
                    months: 84,
                    reference: "AGR-7".to_owned(),
                    agreed_on: date(2028, 7, 3),
                }),
                reason: Reason::Agreed,
                reference: "NOTE-7".to_owned(),
            };
            office.submit(1, CONTRACT.uuid(), ask).await.expect("a longer period");
        }
        Longer::Told => {
            let (previous, end_on) = (Some(date(2022, 6, 30)), date(2023, 6, 30));
            let news = TakeEnd { contract: CONTRACT, version: 2, previous, end_on };
            let mut tx = office.write().await;
            let (ids, now) = (office.parts.ids.as_ref(), office.parts.clock.now());
            let taken = carry_out::<World, _>(&mut tx, &news, Origin::of_suite(), ids, now).await;
            taken.expect("to be taken in").expect("no refusal");
            tx.commit().await.expect("to be kept");
        }
    }
}
