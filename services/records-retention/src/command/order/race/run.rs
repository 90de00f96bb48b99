//! Both sides at once, and what must be true afterwards.

use futures::future::join_all;
use jiff::civil::{Date, date};
use prost::Name as _;
use records_retention_domain::{Hold, HoldReason, RecordId, Refusal, disposal, record};
use redress_disposal::Holdings as _;
use redress_journal::stream::history;
use redress_proto::records_retention::v1 as proto;
use redress_store::sealed;

use super::{
    asked::{move_on, settle},
    schedule::{Beside, Schedule, Tally},
    set::{Set, content, set},
};
use crate::{
    app::CONTENT,
    command::{
        case::News,
        keep::Keep,
        laid_by::LaidBy,
        office::{CONTRACT, Office, PRIME, person, take_in},
    },
    holding::Contents,
    store,
};

const REVIEW: Date = date(2029, 1, 1);

/// Races all of them at once, and looks at what is left.
pub(super) async fn race(office: &Office, schedules: Vec<Schedule>, round: u64) -> Tally {
    office.propose();
    let sets: Vec<Set> = join_all(schedules.into_iter().map(|schedule| set(office, schedule))).await;
    office.order(round);
    let answers = join_all(sets.iter().map(|set| async move {
        let order = async {
            turns(set.schedule.turns[0]).await;
            let process = set.schedule.processes[0];
            move_on(office, process, set.disposal).await;
            if set.schedule.twice {
                move_on(office, 1 - process, set.disposal).await;
            }
        };
        let beside = async {
            turns(set.schedule.turns[1]).await;
            beside(office, set).await
        };
        let (acknowledged, ()) = tokio::join!(beside, order);
        acknowledged
    }))
    .await;
    let mut tally = Tally::default();
    for (set, acknowledged) in sets.iter().zip(answers) {
        let destroyed = look(office, set).await;
        // The one sentence: if it was acknowledged first, the data is whole; and who lost was told.
        assert_ne!(acknowledged, destroyed, "{:?}: acknowledged {acknowledged}", set.schedule);
        if destroyed { tally.destroyed += 1 } else { tally.kept += 1 }
    }
    tally
}

async fn turns(turns: u64) {
    for _ in 0..turns {
        tokio::task::yield_now().await;
    }
}

/// What comes beside the order, and whether it was acknowledged in a way that keeps the records.
async fn beside(office: &Office, set: &Set) -> bool {
    let process = set.schedule.processes[1];
    let which = usize::try_from(set.schedule.which).expect("few");
    let (record, _) = set.records[which];
    let keep = |command: record::Command, content: Option<LaidBy>| Keep {
        rulebook: office.rulebook.clone(),
        actor: person("rita"),
        caller: PRIME,
        record,
        expected: None,
        command,
        content,
    };
    match set.schedule.beside {
        Beside::Hold | Beside::HoldAndRelease => {
            let hold = hold(office);
            let place = || keep(record::Command::PlaceHold(hold.clone()), None);
            let placed = held(office.submit(process, record.uuid(), place).await);
            if placed && set.schedule.beside == Beside::HoldAndRelease {
                let release = || keep(record::Command::ReleaseHold { hold: hold.id }, None);
                office.submit(1 - process, record.uuid(), release).await.expect("a release");
            }
            placed
        }
        Beside::Case | Beside::CaseAndEnd => {
            let (participant, complaint) = (set.person, set.complaint);
            take_in(office, News::Opened { complaint, participant, contract: CONTRACT, organisation: PRIME })
                .await;
            // A case is told nothing: whether it holds is seen in the record.
            let kept = !look(office, set).await;
            if set.schedule.beside == Beside::CaseAndEnd {
                take_in(office, News::Ended { complaint }).await;
            }
            kept
        }
        Beside::Veto => match settle(office, process, set.disposal, &disposal::Command::Veto).await {
            Ok(_) => true,
            Err(Refusal::StageRefuses(conflict)) => {
                assert!(["ORDERED", "CERTIFIED"].contains(&conflict.current), "{conflict:?}");
                false
            }
            Err(other) => panic!("{other:?}"),
        },
        Beside::Part => {
            let (part, laid_by) = content(office.parts.ids.next());
            let add = || keep(record::Command::AddPart(part.clone()), Some(laid_by.clone()));
            held(office.submit(process, record.uuid(), add).await)
        }
    }
}

/// Whether it was taken; where it was not, the loser was told the truth.
fn held(answer: Result<proto::Record, Refusal>) -> bool {
    match answer {
        Ok(_) => true,
        Err(Refusal::Destroyed { .. }) => false,
        Err(other) => panic!("{other:?}"),
    }
}

fn hold(office: &Office) -> Hold {
    Hold {
        id: office.fresh(),
        reason: HoldReason::LegalClaim,
        placed_by: person("rita"),
        placed_on: date(2028, 7, 6),
        authority: Some("CLAIM-7".to_owned()),
        review_on: REVIEW,
        holds_until: None,
        matter: None,
        released_on: None,
    }
}

/// Whether the records are ordered destroyed. All of them are, or none; the journal says the same; the holder finds what it is to
/// destroy, and leaves everything else where it was.
pub(super) async fn look(office: &Office, set: &Set) -> bool {
    let mut tx = office.write().await;
    let ids: Vec<RecordId> = set.records.iter().map(|(record, _)| *record).collect();
    let rows = store::record::find_many(&mut tx, ids).await.expect("records");
    assert_eq!(rows.len(), set.records.len());
    let ordered: Vec<bool> = rows.iter().map(|row| row.state.tombstone().is_some()).collect();
    assert!(ordered.iter().all(|one| *one == ordered[0]), "some and not all: {:?}", set.schedule);
    for (record, part) in &set.records {
        let entries = history(&mut tx, "records", record.uuid(), 0, 64).await.expect("a history");
        let is_order = |entry_type: &str| entry_type == proto::DisposalOrdered::full_name();
        let orders = entries.iter().filter(|entry| is_order(&entry.entry_type)).count();
        assert_eq!(orders, usize::from(ordered[0]), "{:?}", set.schedule);
        if ordered[0] {
            let subject = format!("parts/{part}");
            Contents.take_out(&mut tx, &subject).await.expect("to be taken out");
        }
        let found = sealed::find(&mut tx, *part, CONTENT).await.expect("to look").is_some();
        assert_ne!(found, ordered[0], "{:?}", set.schedule);
    }
    tx.commit().await.expect("to be kept");
    ordered[0]
}
