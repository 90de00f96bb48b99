//! Databases that somebody copied and put back, with no command of the suite (reliability D35).

use std::path::{Path, PathBuf};

use redress_chassis::process::replay_all;
use redress_proto::{complaints::v1 as complaints, records_retention::v1 as proto};
use tempfile::TempDir;

use super::shelf::{SERVICES, Story, content, readmit, serves};
use crate::cast::{Cast, refused, request_id};

/// What lies with records, beside their database.
const BLOBS: &str = "records-retention/blobs";

/// The files of a suite that stands, as somebody copies them.
struct Copies(TempDir);

impl Copies {
    fn of(cast: &Cast) -> Self {
        let copies = Self(TempDir::new().unwrap());
        copy_files(cast.suite.folder(), copies.0.path());
        copy_all(&cast.suite.folder().join(BLOBS), &copies.0.path().join(BLOBS));
        copies
    }

    async fn put_back(&self, cast: &mut Cast) {
        for service in SERVICES {
            cast.suite.lose(service).await.unwrap();
        }
        copy_files(self.0.path(), cast.suite.folder());
        copy_all(&self.0.path().join(BLOBS), &cast.suite.folder().join(BLOBS));
    }
}

fn copy_files(from: &Path, to: &Path) {
    let all = std::fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<PathBuf> =
        all.filter(|path| path.is_file() && path.to_string_lossy().contains(".db")).collect();
    for file in files {
        std::fs::copy(&file, to.join(file.file_name().unwrap())).unwrap();
    }
}

/// A folder with everything in it, as somebody copies it by hand.
fn copy_all(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_all(&entry.path(), &place);
        } else {
            std::fs::copy(entry.path(), place).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_was_put_back_by_hand_answers_nothing() {
    // Reliability D35
    let mut cast = Cast::usual().await;
    let story = Story::begin(&cast).await;
    cast.suite.pause().await;
    let copies = Copies::of(&cast);
    cast.suite.restart().await.unwrap();
    story.destroy(&cast).await;
    cast.suite.pause().await;
    copies.put_back(&mut cast).await;

    cast.suite.restart().await.unwrap();
    for _ in 0..2 {
        let request = complaints::GetComplaintRequest { name: story.complaint.clone(), ..Default::default() };
        assert_eq!(refused(cast.officer().await.get_complaint(request).await), "RESTORE_IN_PROGRESS");
        let request = proto::GetRecordRequest { name: story.letter.clone() };
        assert_eq!(refused(cast.records().await.get_record(request).await), "RESTORE_IN_PROGRESS");
        let request = proto::StopDisposalsRequest { request_id: request_id() };
        assert_eq!(
            refused(cast.disposals("rita").await.stop_disposals(request).await),
            "RESTORE_IN_PROGRESS"
        );
        // Starting again changes nothing.
        cast.suite.restart().await.unwrap();
    }
    cast.suite.pause().await;
    let (settled, surroundings) = (cast.suite.settled().unwrap(), cast.suite.surroundings());
    let again = replay_all(&settled, &surroundings).await.unwrap();
    assert_eq!(again, [("complaints", Some(1)), ("ice-liaison", Some(1)), ("records-retention", Some(2))]);
    cast.suite.restart().await.unwrap();
    serves(&cast).await;
    story.is_gone(&cast).await;
    assert_eq!(content(&cast, &story.kept).await.unwrap(), b"A letter.");
    cast.suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_was_put_back_before_anything_was_erased_goes_on_in_another_life() {
    let mut cast = Cast::usual().await;
    cast.suite.pause().await;
    let copies = Copies::of(&cast);
    cast.suite.restart().await.unwrap();
    serves(&cast).await;
    let lost = cast.complaint("After the copy.").await;
    cast.record_of(&lost).await;
    cast.suite.pause().await;
    copies.put_back(&mut cast).await;

    // More was published of their journals than they know.
    let (settled, surroundings) = (cast.suite.settled().unwrap(), cast.suite.surroundings());
    let again = replay_all(&settled, &surroundings).await.unwrap();
    assert_eq!((again[0], again[2]), (("complaints", Some(0)), ("records-retention", Some(0))));
    // Said once, it is said.
    let again = replay_all(&settled, &surroundings).await.unwrap();
    assert_eq!((again[0], again[2]), (("complaints", None), ("records-retention", None)));
    cast.suite.restart().await.unwrap();
    serves(&cast).await;
    readmit(&cast, "records-retention", "complaints", None).await;
    let complaint = cast.complaint("After the copy was put back.").await;
    assert!(cast.record_of(&complaint).await.held);
    cast.suite.stop().await.unwrap();
}
