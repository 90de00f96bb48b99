//! An order that is taken back by two people: what came while the records were ordered holds them from then on (RET-07, RET-10).

use jiff::civil::date;
use records_retention_domain::{
    HoldReason, RecordId,
    disposal::{Command, Ending, EndingReason, Receipt},
    record::Holder,
};
use redress_journal::{append::Origin, shell::inside::carry_out};
use redress_store::DbError;
use redress_testkit::{Backend, backends};

use super::{
    asked::{move_on, settle},
    schedule::{Beside, Schedule},
    set::{Set, set},
};
use crate::{
    command::{
        case::News,
        office::{CONTRACT, Office, PRIME, ask, of_record, person, reasons, take_in},
        receipt::TakeReceipt,
        settle::Settle,
    },
    store,
    world::World,
};

#[tokio::test(flavor = "multi_thread")]
async fn what_came_while_a_record_was_ordered_holds_it_when_it_is_back() {
    for backend in backends() {
        let office = Office::on(&backend).await;
        let (set, record) = standing_still(&office).await;
        ask(&office, set.person).await;
        let (participant, complaint) = (set.person, set.complaint);
        take_in(&office, News::Opened { complaint, participant, contract: CONTRACT, organisation: PRIME })
            .await;
        let back = || bring_back(&office, &set);
        office.submit(1, set.disposal.uuid(), back).await.expect("an ending");
        let row = of_record(&office, record).await;
        let held = [HoldReason::OpenComplaint, HoldReason::ErasurePending];
        assert_eq!(reasons(&office, &row).await, held, "on {}", backend.name());
        office.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_comes_as_a_record_is_brought_back_holds_it() {
    for backend in backends() {
        // On SQLite nobody else writes until it is back.
        let Backend::Postgres(_) = &backend else { continue };
        let office = Office::on(&backend).await;
        let (set, record) = standing_still(&office).await;
        let mut back = office.parts.db.write_in_snapshot().await.expect("to write");
        store::record::find_many(&mut back, vec![record]).await.expect("to see what it decides on");
        ask(&office, set.person).await;
        let (ids, now) = (office.parts.ids.as_ref(), office.parts.clock.now());
        let step = bring_back(&office, &set);
        let late = carry_out::<World, _>(&mut back, &step, Origin::of_suite(), ids, now).await;
        assert!(matches!(late, Err(DbError::Conflict(_))), "it decides again: {late:?}");
        drop(back);
        let back = || bring_back(&office, &set);
        office.submit(1, set.disposal.uuid(), back).await.expect("an ending");
        let row = of_record(&office, record).await;
        assert_eq!(reasons(&office, &row).await, [HoldReason::ErasurePending]);
        office.close().await;
    }
}

/// A record that is ordered, whose holder refused, and of which one person said that it should come back.
async fn standing_still(office: &Office) -> (Set, RecordId) {
    office.propose();
    let (processes, turns) = ([0, 1], [0, 0]);
    let schedule = Schedule { beside: Beside::Hold, records: 1, which: 0, processes, turns, twice: false };
    let set = set(office, schedule).await;
    let (record, _) = set.records[0];
    office.order(1);
    move_on(office, 0, set.disposal).await;
    let receipt = Receipt {
        record,
        holder: Holder::RecordsRetention,
        destroyed: false,
        parts: 0,
        keys: 0,
        sealed_texts: 0,
        objects: 0,
        on: date(2028, 7, 6),
        beyond_use_until: None,
        entry: office.parts.ids.next(),
        telling: 0,
        accepted: false,
    };
    let disposal = set.disposal;
    let refuse = || TakeReceipt { rulebook: office.rulebook.clone(), disposal, receipt: receipt.clone() };
    office.submit(0, disposal.uuid(), refuse).await.expect("an answer");
    let propose = Command::ProposeEnding {
        ending: Ending::Abandon,
        reason: EndingReason::StillNeeded,
        reference: "NOTE-7".to_owned(),
    };
    settle(office, 0, disposal, &propose).await.expect("a proposal");
    (set, record)
}

/// Another person agrees.
fn bring_back(office: &Office, set: &Set) -> Settle {
    Settle {
        rulebook: office.rulebook.clone(),
        actor: person("rita"),
        caller: PRIME,
        by_delegate: false,
        disposal: set.disposal,
        command: Command::ApproveEnding { ending: Ending::Abandon },
        ids: office.parts.ids.clone(),
    }
}
