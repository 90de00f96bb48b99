//! What comes beside the order, and what must be true afterwards.

use std::ops::AddAssign;

use futures::future::join_all;
use jiff::civil::{Date, date};
use prost::Name as _;
use records_retention_domain::{
    ComplaintId, DisposalId, Hold, HoldReason, ParticipantId, RecordClass, RecordId, Refusal,
    anonymised::Method,
    disposal,
    record::{self, Holder, Part},
};
use redress_disposal::Holdings as _;
use redress_journal::{append::Origin, shell::inside::carry_out, stream::history};
use redress_proto::records_retention::v1 as proto;
use redress_store::{
    DbError,
    sealed::{self, Sealed},
};
use uuid::Uuid;

use super::office::{CONTRACT, Office, PRIME, person};
use crate::{
    app::CONTENT,
    command::{
        case::{News, TakeIn},
        keep::Keep,
        order::MoveOn,
        propose::Propose,
        register::RegisterRecord,
        settle::Settle,
    },
    holding::Contents,
    store,
    world::World,
};

const REVIEW: Date = date(2029, 1, 1);

/// Draws schedules, the same ones for the same seed.
pub(super) struct Draw(u64);

impl Draw {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// One of `0..below` (splitmix64).
    fn below(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % below
    }

    fn process(&mut self) -> usize {
        usize::from(self.below(2) == 1)
    }
}

/// What comes beside the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beside {
    /// A person's hold.
    Hold,
    /// A hold that is released at once: the release can still be put right, so the record stays.
    HoldAndRelease,
    /// A complaint of the person opens, and holds everything about them.
    Case,
    /// A veto.
    Veto,
    /// Something is added that no approver has read.
    Part,
}

/// One race.
#[derive(Clone, Copy, Debug)]
pub(super) struct Schedule {
    beside: Beside,
    /// Records of the disposal; one of them is raced for.
    records: u64,
    which: u64,
    processes: [usize; 2],
    /// How long each side waits, in turns of the runtime.
    turns: [u64; 2],
    /// Whether both are asked to move the disposal on.
    twice: bool,
}

impl Schedule {
    pub(super) fn draw(draw: &mut Draw) -> Self {
        let beside = match draw.below(10) {
            0..=3 => Beside::Hold,
            4 => Beside::HoldAndRelease,
            5 | 6 => Beside::Case,
            7 => Beside::Veto,
            _ => Beside::Part,
        };
        let records = if draw.below(4) == 0 { 3 } else { 1 };
        Self {
            beside,
            records,
            which: draw.below(records),
            processes: [draw.process(), draw.process()],
            turns: [draw.below(12), draw.below(12)],
            twice: draw.below(4) == 0,
        }
    }
}

/// How races ended.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub(super) kept: u64,
    pub(super) destroyed: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.kept += other.kept;
        self.destroyed += other.destroyed;
    }
}

/// What a schedule races for.
struct Set {
    schedule: Schedule,
    records: Vec<(RecordId, Uuid)>,
    person: ParticipantId,
    complaint: ComplaintId,
    disposal: DisposalId,
}

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

/// Records that are due, about a person of their own, with a disposal that two people agreed on.
async fn set(office: &Office, schedule: Schedule) -> Set {
    let (person_id, complaint): (ParticipantId, ComplaintId) = (office.fresh(), office.fresh());
    take_in(office, News::PersonRecorded { participant: person_id, contract: CONTRACT, organisation: PRIME })
        .await;
    let mut records = Vec::new();
    for _ in 0..schedule.records {
        let (record, part): (RecordId, Uuid) = (office.fresh(), office.parts.ids.next());
        let register = || RegisterRecord {
            rulebook: office.rulebook.clone(),
            actor: person("rita"),
            caller: PRIME,
            id: record,
            contract: CONTRACT,
            class: RecordClass::CorrespondenceFile,
            participant: Some(person_id),
            reference: None,
            completed_on: None,
            funded_start_on: None,
            content: Some(content(part)),
            ids: office.parts.ids.clone(),
        };
        office.submit(schedule.processes[0], record.uuid(), register).await.expect("a record");
        records.push((record, part));
    }
    let disposal: DisposalId = office.fresh();
    let named: Vec<RecordId> = records.iter().map(|(record, _)| *record).collect();
    let propose = || Propose {
        rulebook: office.rulebook.clone(),
        actor: person("rita"),
        caller: PRIME,
        id: disposal,
        records: named.clone(),
        method: Method::Destroy,
        assessment: None,
    };
    let proposed = office.submit(schedule.processes[0], disposal.uuid(), propose).await.expect("a proposal");
    let digest = records_retention_domain::Digest::parse(&proposed.digest).expect("a digest");
    let approve = disposal::Command::Approve { digest };
    settle(office, schedule.processes[1], disposal, &approve).await.expect("an approval");
    Set { schedule, records, person: person_id, complaint, disposal }
}

fn content(part: Uuid) -> (Part, Sealed) {
    let key = Uuid::from_u128(part.as_u128() + 1);
    let sealed = Sealed { subject: part, part: CONTENT.to_owned(), key, content: b"sealed".to_vec() };
    let added_on = date(2028, 7, 3);
    let id = redress_kernel::Id::new(part);
    (
        Part { id, holder: Holder::RecordsRetention, subject: String::new(), added_on, is_report: false },
        sealed,
    )
}

async fn move_on(office: &Office, process: usize, disposal: DisposalId) {
    let command = || MoveOn { rulebook: office.rulebook.clone(), disposal, prepared: None };
    office.submit(process, disposal.uuid(), command).await.expect("to be moved on");
}

async fn settle(
    office: &Office,
    process: usize,
    disposal: DisposalId,
    command: &disposal::Command,
) -> Result<proto::Disposal, Refusal> {
    let settle = || Settle {
        rulebook: office.rulebook.clone(),
        actor: person("omar"),
        caller: PRIME,
        disposal,
        command: command.clone(),
    };
    office.submit(process, disposal.uuid(), settle).await
}

/// Takes news in as a follower does: in a transaction of its own, again where others were first.
async fn take_in(office: &Office, news: News) {
    let parts = &office.parts;
    let command = TakeIn { rulebook: office.rulebook.clone(), news, ids: parts.ids.clone() };
    loop {
        let mut tx = office.write().await;
        let now = parts.clock.now();
        let done =
            carry_out::<World, _>(&mut tx, &command, Origin::of_suite(), parts.ids.as_ref(), now).await;
        let done = match done {
            Ok(done) => {
                done.expect("no refusal");
                tx.commit().await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(()) => return,
            Err(DbError::Conflict(_) | DbError::Unavailable(_)) => tokio::task::yield_now().await,
            Err(error) => panic!("{error:?}"),
        }
    }
}

/// What comes beside the order, and whether it was acknowledged in a way that keeps the records.
async fn beside(office: &Office, set: &Set) -> bool {
    let process = set.schedule.processes[1];
    let which = usize::try_from(set.schedule.which).expect("few");
    let (record, _) = set.records[which];
    let keep = |command: record::Command, content: Option<Sealed>| Keep {
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
        Beside::Case => {
            let (participant, complaint) = (set.person, set.complaint);
            take_in(office, News::Opened { complaint, participant, contract: CONTRACT, organisation: PRIME })
                .await;
            // A case is told nothing: whether it holds is seen in the record.
            !look(office, set).await
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
            let (part, mut sealed) = content(office.parts.ids.next());
            // A record has one key.
            sealed.key = Uuid::from_u128(set.records[which].1.as_u128() + 1);
            let add = || keep(record::Command::AddPart(part.clone()), Some(sealed.clone()));
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
async fn look(office: &Office, set: &Set) -> bool {
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
