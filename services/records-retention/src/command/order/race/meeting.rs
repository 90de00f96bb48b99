//! The order to destroy, and what makes it wrong at the same moment: a record that is kept for longer, and a clock that jumped. One side is taken to
//! the point at which it has decided and has not committed, so that nothing is left to chance (reliability D8, T16, T20).

use std::time::Duration;

use jiff::civil::date;
use records_retention_domain::{RecordId, Refusal, change::Reason, contract::Agreed, disposal::Command};
use redress_journal::{append::Origin, shell::inside::carry_out};
use redress_store::{DbError, mark};
use redress_testkit::{Backend, backends};

use super::{
    asked::{self, DAY, move_on},
    run::look,
    schedule::{Beside, Schedule},
    set::{Set, set},
};
use crate::{
    clock::Look,
    command::{
        change::{AskForChange, How, Wish},
        ended::TakeEnd,
        office::{CONTRACT, Office, PRIME, person},
    },
    reactor::SEEN,
    store,
    world::World,
};

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
        let looked_at = async |at: Duration| {
            let seen = office.parts.clock.now().checked_sub(at).expect("an instant");
            let mut tx = office.write().await;
            mark::set(&mut tx, SEEN, seen.to_string()).await.expect("a mark");
            tx.commit().await.expect("to be kept");
        };
        looked_at(8 * DAY).await;
        for command in [Command::Execute, Command::Issue] {
            let order = || asked::order(&office, set.disposal, command.clone());
            let refused = office.submit(0, set.disposal.uuid(), order).await.map(drop);
            assert_eq!(refused, Err(Refusal::DateInDoubt), "{command:?} on {}", backend.name());
        }
        looked_at(6 * DAY).await;
        // A day that has not passed since this process looked is as good as a week in which nobody did.
        let yesterday = office.parts.clock.now().checked_sub(DAY).expect("an instant");
        let order = || {
            let mut order = asked::order(&office, set.disposal, Command::Execute);
            order.trust.before = Some(Look::at(yesterday));
            order
        };
        let refused = office.submit(0, set.disposal.uuid(), order).await.map(drop);
        assert_eq!(refused, Err(Refusal::DateInDoubt), "on {}", backend.name());
        assert!(!look(&office, &set).await);
        move_on(&office, 0, set.disposal).await;
        assert!(look(&office, &set).await);
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
