//! The power goes after any step of what is written outside the databases: the erasure ledger, before anything is destroyed, and the checkpoint
//! that was published last (reliability 0.4, T2). What was acknowledged before is there; what comes after goes on from it.

use std::{path::Path, sync::Arc};

use redress_journal::checkpoint::{LastCheckpoint, Signer};
use redress_ledger::{Erasure, Ledger};
use redress_testkit::power::{Forgets, Recorder};
use uuid::Uuid;

use crate::fixture::erasure;

/// How many times over each moment is lived through, with something else surviving each time.
const DRAWS: u64 = 12;
/// Draws of a second loss of power, while the first is being recovered from.
const AGAIN: u64 = 2;

/// What was acknowledged, after how many steps.
type Acknowledged<T> = Vec<(usize, T)>;

/// The last that was acknowledged before a moment.
fn last<T: Clone>(acknowledged: &Acknowledged<T>, steps: usize) -> Option<T> {
    acknowledged.iter().rfind(|(after, _)| *after <= steps).map(|(_, what)| what.clone())
}

fn ledger_in(folder: &Path) -> std::path::PathBuf {
    folder.join("volume").join("ledger").join("complaints.jsonl")
}

fn signer() -> Arc<Signer> {
    Arc::new(Signer::from_seed("redress.invalid/complaints", &[7; 32]).unwrap())
}

fn erasures(numbers: std::ops::RangeInclusive<u128>) -> Vec<Erasure> {
    numbers.map(erasure).collect()
}

/// Erasures are written down in the folder of `power`, by two processes one after the other.
async fn write_down(power: &Arc<Recorder>, folder: &Path) -> Acknowledged<u64> {
    let mut acknowledged = Vec::new();
    for batches in [vec![1..=1, 2..=4], vec![4..=5, 6..=6]] {
        let ledger = Ledger::on(power.clone(), ledger_in(folder), signer()).unwrap();
        for numbers in batches {
            let head = ledger.append(erasures(numbers)).await.unwrap();
            acknowledged.push((power.steps(), head.number));
        }
    }
    acknowledged
}

/// How many moments there are at which the power may go and something acknowledged be lost.
async fn losses(forgets: Option<Forgets>) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let power = Recorder::over(folder.path()).unwrap();
    let power = Arc::new(match forgets {
        Some(forgets) => power.forgetting(forgets),
        None => power,
    });
    let acknowledged = write_down(&power, folder.path()).await;
    let mut losses = 0;
    for steps in 0..=power.steps() {
        for draw in 0..DRAWS {
            let left = tempfile::tempdir().unwrap();
            power.cut_after(steps, draw, left.path()).unwrap();
            let expected = last(&acknowledged, steps).unwrap_or_default();
            let kept = is_whole(left.path(), expected).await;
            losses += usize::from(!kept);
        }
    }
    losses
}

/// Whether the ledger that is left goes as far as was acknowledged, and can be gone on with: also when the power goes again meanwhile.
async fn is_whole(left: &Path, expected: u64) -> bool {
    let power = Arc::new(Recorder::over(left).unwrap());
    let Ok(ledger) = Ledger::on(power.clone(), ledger_in(left), signer()) else { return false };
    if ledger.head().unwrap().number < expected {
        return false;
    }
    assert_eq!(ledger.append(erasures(1..=6)).await.unwrap().number, 6);
    for steps in 0..=power.steps() {
        for draw in 0..AGAIN {
            let after = tempfile::tempdir().unwrap();
            power.cut_after(steps, draw, after.path()).unwrap();
            let expected = if steps == power.steps() { 6 } else { expected };
            let found = Ledger::open(ledger_in(after.path()), signer()).unwrap().head().unwrap().number;
            assert!(found >= expected, "{found} of {expected} after step {steps}, draw {draw}");
        }
    }
    true
}

#[tokio::test(flavor = "multi_thread")]
async fn the_erasure_ledger_loses_nothing_that_was_acknowledged() {
    assert_eq!(losses(None).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_syncs_no_files_or_no_folders_is_found_out() {
    for forgets in [Forgets::Files, Forgets::Folders] {
        assert!(losses(Some(forgets)).await > 0, "{forgets:?}");
    }
}

#[test]
fn the_checkpoint_that_was_published_last_is_there_whole() {
    for forgets in [None, Some(Forgets::Files), Some(Forgets::Folders)] {
        let folder = tempfile::tempdir().unwrap();
        let recorder = Recorder::over(folder.path()).unwrap();
        let power = Arc::new(match forgets {
            Some(forgets) => recorder.forgetting(forgets),
            None => recorder,
        });
        let kept = |folder: &Path| LastCheckpoint::at(folder.join("complaints").join("checkpoint.note"));
        let disk = kept(folder.path()).on(power.clone());
        let notes = ["one\n", "two\n", "three, which is longer\n"];
        let mut acknowledged: Acknowledged<usize> = Vec::new();
        disk.set_back(None, Uuid::from_u128(1)).unwrap();
        for (number, note) in notes.iter().enumerate() {
            disk.write(note).unwrap();
            acknowledged.push((power.steps(), number));
        }
        let mut losses = 0;
        for steps in 0..=power.steps() {
            for draw in 0..DRAWS {
                let left = tempfile::tempdir().unwrap();
                power.cut_after(steps, draw, left.path()).unwrap();
                let found = kept(left.path()).read().unwrap();
                let found = found.map(|note| notes.iter().position(|one| *one == note));
                losses += usize::from(match (found, last(&acknowledged, steps)) {
                    // Half a note is as bad as none.
                    (Some(None), _) | (None, Some(_)) => true,
                    (None, None) => false,
                    (Some(Some(found)), expected) => expected.is_some_and(|expected| found < expected),
                });
            }
        }
        assert_eq!(losses > 0, forgets.is_some(), "{losses} with {forgets:?}");
    }
}
