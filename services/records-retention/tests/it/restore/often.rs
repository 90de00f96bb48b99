//! Many restores, each of any backup that there is, and between them weeks in which letters come and go (reliability T18): what was destroyed is
//! never there again, whatever is put back; what the copy had and nobody destroyed is there as it was.

use std::collections::BTreeSet;

use redress_proto::records_retention::v1 as proto;
use redress_testkit::{backends, wait};

use super::shelf::{SERVICES, Shelf, content, serves};
use crate::cast::{Cast, refused, request_id};

/// Restores on each database, unless the environment says otherwise.
const RESTORES: usize = 3;
/// Restores of one suite: a week each, within the days that a backup is kept and that the calendars cover.
const OF_A_SUITE: usize = 4;
/// Letters that come in a week.
const LETTERS: usize = 25;

/// Something that was kept, with two words that nobody writes by accident: one beside it, one in it.
struct Letter {
    record: String,
    reference: String,
    words: String,
}

/// What happened, as it must be remembered.
#[derive(Default)]
struct Memory {
    letters: Vec<Letter>,
    /// Those that are there.
    there: BTreeSet<usize>,
    destroyed: BTreeSet<usize>,
    /// Every backup, and what was there when it was taken.
    shelves: Vec<(Shelf, BTreeSet<usize>)>,
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_destroyed_comes_back_with_no_restore() {
    let restores = restores();
    for backend in backends() {
        let (mut done, mut letters, mut draw) = (0, 0, Draw(0x0e5e));
        while done < restores {
            let mut cast = Cast::on(backend.clone()).await;
            cast.fall_due().await;
            let mut memory = Memory::default();
            for _ in 0..OF_A_SUITE.min(restores - done) {
                memory.week(&cast, &mut draw).await;
                memory.restore(&mut cast, &mut draw).await;
                memory.look(&cast).await;
                done += 1;
                // The next week, so that no weekend stretches a veto.
                cast.pass(4);
            }
            letters += memory.letters.len();
            cast.suite.stop().await.unwrap();
        }
        eprintln!("{done} restores, {} canaries on {}", letters * 2, backend.name());
    }
}

impl Memory {
    /// Letters come, some go, and before, between or after that a copy is taken.
    async fn week(&mut self, cast: &Cast, draw: &mut Draw) {
        let copies = 1 + draw.below(6);
        if copies & 1 > 0 {
            self.back_up(cast).await;
        }
        for _ in 0..LETTERS {
            self.letter(cast).await;
        }
        if copies & 2 > 0 {
            self.back_up(cast).await;
        }
        let gone: BTreeSet<usize> = self.there.iter().copied().filter(|_| draw.below(3) == 0).collect();
        let names: Vec<&str> = gone.iter().map(|number| self.letters[*number].record.as_str()).collect();
        dispose(cast, &names).await;
        self.there.retain(|number| !gone.contains(number));
        self.destroyed.extend(gone);
        if copies & 4 > 0 {
            self.back_up(cast).await;
        }
    }

    async fn letter(&mut self, cast: &Cast) {
        let number = self.letters.len();
        let (reference, words) =
            (format!("REED-{number}-WARBLER"), format!("A reed bunting sang, {number}."));
        let record = proto::Record {
            contract: cast.contract.clone(),
            record_class: proto::RecordClass::CorrespondenceFile.into(),
            reference: reference.clone(),
            ..Default::default()
        };
        let record = cast.enter(record).await.unwrap().name;
        cast.lay_by(&record, words.as_bytes()).await;
        self.there.insert(number);
        self.letters.push(Letter { record, reference, words });
    }

    async fn back_up(&mut self, cast: &Cast) {
        let shelf = Shelf::new();
        shelf.back_up(cast).await;
        self.shelves.push((shelf, self.there.clone()));
    }

    /// Everything is lost, and one of the copies is put back.
    async fn restore(&mut self, cast: &mut Cast, draw: &mut Draw) {
        let (shelf, there) = &self.shelves[draw.below(self.shelves.len())];
        cast.suite.pause().await;
        for service in SERVICES {
            cast.suite.lose(service).await.unwrap();
        }
        shelf.put_back(cast).await.unwrap();
        cast.suite.restart().await.unwrap();
        serves(cast).await;
        self.there = there.difference(&self.destroyed).copied().collect();
    }

    async fn look(&self, cast: &Cast) {
        for (number, letter) in self.letters.iter().enumerate() {
            let request = proto::GetRecordRequest { name: letter.record.clone() };
            let found = cast.records().await.get_record(request).await;
            if self.there.contains(&number) {
                assert_eq!(found.unwrap().into_inner().reference, letter.reference);
                assert_eq!(content(cast, &letter.record).await.as_deref(), Some(letter.words.as_bytes()));
            } else if self.destroyed.contains(&number) {
                // Where the copy had it, the tombstone is all there is.
                if let Ok(record) = found.map(tonic::Response::into_inner) {
                    assert_eq!(record.stage(), proto::RecordStage::Destroyed, "{number}: {record:?}");
                    assert!(record.reference.is_empty(), "{number}: {record:?}");
                    assert_eq!(content(cast, &letter.record).await, None, "{number}");
                }
            } else {
                // It came after the copy, and went with what followed it.
                assert_eq!(refused(found), "NOT_FOUND", "{number}");
            }
        }
    }
}

/// Proposed, approved and carried out within the week. A copy remembers the day on which it was taken: where that is long ago, the
/// service doubts the date, and a person confirms it.
async fn dispose(cast: &Cast, records: &[&str]) {
    if records.is_empty() {
        return cast.pass(3);
    }
    believed(cast).await;
    let proposed = cast.propose(records).await.unwrap();
    cast.approve(&proposed, "omar").await.unwrap();
    cast.pass(3);
    wait::until_async("the certificate", || async {
        believed(cast).await;
        cast.disposal(&proposed.name).await.stage() == proto::DisposalStage::Certified
    })
    .await;
}

/// A person confirms the date, where it is in doubt.
async fn believed(cast: &Cast) {
    if cast.control().await.clock_in_doubt {
        let request = proto::ConfirmDateRequest { request_id: request_id() };
        cast.disposals("rita").await.confirm_date(request).await.unwrap();
    }
}

/// Draws, the same for the same seed (splitmix64).
struct Draw(u64);

impl Draw {
    fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % below as u64).unwrap()
    }
}

#[expect(clippy::disallowed_methods, reason = "how long to test is no configuration of a server")]
fn restores() -> usize {
    std::env::var("REDRESS_RESTORES").ok().and_then(|told| told.parse().ok()).unwrap_or(RESTORES)
}
