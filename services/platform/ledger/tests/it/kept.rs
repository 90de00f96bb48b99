//! What is written down is there for every process, once each, and survives a write that was cut off.

use std::{fs::OpenOptions, io::Write as _};

use proptest::prelude::*;
use redress_ledger::Erasure;

use crate::fixture::{Place, erasure};

#[tokio::test]
async fn an_erasure_is_written_down_once_whoever_says_so_and_however_often() {
    let place = Place::new();
    let (one, other) = (place.open(), place.open());
    assert_eq!(one.head().unwrap().number, 0);
    assert_eq!(one.append(vec![erasure(1), erasure(2), erasure(1)]).await.unwrap().number, 2);
    assert_eq!(other.append(vec![erasure(2), erasure(3)]).await.unwrap().number, 3);
    assert_eq!(one.append(vec![erasure(3)]).await.unwrap(), other.head().unwrap());
    let read: Vec<_> = place.open().after(1).unwrap().into_iter().map(|entry| entry.erasure).collect();
    assert_eq!(read, [erasure(2), erasure(3)]);
    assert_eq!(place.text().lines().count(), 3);
}

#[tokio::test]
async fn the_end_of_a_record_is_written_down_beside_what_one_holder_destroyed_of_it() {
    let place = Place::new();
    let part = erasure(1);
    let end = Erasure { ends_record: true, ..part.clone() };
    place.open().append(vec![part.clone()]).await.unwrap();
    assert!(!place.text().contains("ends_record"), "a line as it always was");
    place.open().append(vec![end.clone(), part.clone()]).await.unwrap();
    assert_eq!(place.open().append(vec![end.clone()]).await.unwrap().number, 2);
    let read: Vec<_> = place.open().after(0).unwrap().into_iter().map(|entry| entry.erasure).collect();
    assert_eq!(read, [part, end]);
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_that_write_at_the_same_time_lose_nothing_of_each_other() {
    let place = Place::new();
    let mut writing = tokio::task::JoinSet::new();
    for number in 0..40 {
        // Each as a process of its own, and every erasure by two of them.
        let ledger = place.open();
        writing.spawn(async move { ledger.append(vec![erasure(number / 2 + 1)]).await.unwrap() });
    }
    writing.join_all().await;
    let mut records: Vec<u128> =
        place.open().after(0).unwrap().iter().map(|entry| entry.erasure.record.as_u128()).collect();
    records.sort_unstable();
    assert_eq!(records, (1..=20).collect::<Vec<_>>());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_write_that_was_cut_off_anywhere_is_as_good_as_none(cut in 0_usize..4_000) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let place = Place::new();
            place.open().append(vec![erasure(1)]).await.unwrap();
            let whole = place.text();
            place.open().append(vec![erasure(2)]).await.unwrap();
            let line = place.text()[whole.len()..].to_owned();
            // The process died while it wrote: anything short of the whole line may be there.
            let part = &line.as_bytes()[..cut % line.len()];
            std::fs::write(place.path(), &whole).unwrap();
            OpenOptions::new().append(true).open(place.path()).unwrap().write_all(part).unwrap();
            let ledger = place.open();
            assert_eq!(ledger.head().unwrap().number, 1);
            assert_eq!(ledger.after(0).unwrap().len(), 1);
            assert_eq!(ledger.append(vec![erasure(2)]).await.unwrap().number, 2);
            assert_eq!(place.text(), whole + &line);
        });
    }
}
