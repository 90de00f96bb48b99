//! The rehearsal: backed up, worked on, lost, put back (reliability T18, 5.13; L35). What was acknowledged before the backup is
//! there once; what was destroyed since is gone, rows, keys and documents; who followed notices and goes on.

mod between;
mod by_hand;
mod often;
mod recalled;
mod refiled;
mod shared;
mod shelf;

use std::path::Path;

use redress_proto::{
    complaints::v1 as complaints, journal::v1::SubscriptionStanding, records_retention::v1 as proto,
};
use redress_testkit::{Backend, backends};

use crate::cast::{Cast, refused};
use shelf::{SERVICES, Shelf, Story, content, erasures, ledger_of, readmit, serves, standing};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_kept_is_back_and_what_was_destroyed_is_gone() {
    for backend in backends() {
        eprintln!("on {}", backend.name());
        let mut cast = Cast::on(backend).await;
        let (story, shelf) = (Story::begin(&cast).await, Shelf::new());
        // Somebody else, who waits for an answer: it holds everything about them.
        cast.participant = cast.participant("P-9", "Nia Pugh").await;
        let open = cast.complaint("Nobody has answered yet.").await;
        let held = [cast.record_of(&open).await.name, letter_about(&cast, &cast.participant).await];
        shelf.back_up(&cast).await;
        story.destroy(&cast).await;
        let lost = cast.register(proto::RecordClass::CorrespondenceFile, b"A later letter.").await.name;
        let after = cast.complaint("After the backup.").await;
        cast.record_of(&after).await;

        cast.suite.pause().await;
        let said = shelf.put_back(&cast).await.unwrap_err();
        assert!(said.contains("not empty"), "{said}");
        for service in SERVICES {
            cast.suite.lose(service).await.unwrap();
        }
        shelf.put_back(&cast).await.unwrap();
        cast.suite.restart().await.unwrap();
        serves(&cast).await;

        story.is_gone(&cast).await;
        for record in &held {
            assert_eq!(cast.get(record).await.holds[0].matter, open);
            assert_eq!(refused(cast.propose(&[record]).await), "ON_HOLD");
        }
        assert_eq!(content(&cast, &story.kept).await.unwrap(), b"A letter.");
        let request = proto::GetRecordRequest { name: lost };
        assert_eq!(refused(cast.records().await.get_record(request).await), "NOT_FOUND");
        assert_eq!((erasures(&cast, "complaints").await, erasures(&cast, "records-retention").await), (1, 2));
        // What was destroyed since the backup does not show as due again.
        for record in [&story.file, &story.letter] {
            let found = cast.get(record).await;
            assert_eq!(found.stage(), proto::RecordStage::Destroyed);
            assert!(found.tombstone.unwrap().destroyed_on.is_some());
        }
        assert_eq!(
            standing(&cast, "records-retention", "records-retention").await,
            SubscriptionStanding::Following
        );

        // All were put back, and nobody had taken what another has lost.
        for (follower, source) in [
            ("records-retention", "complaints"),
            ("complaints", "records-retention"),
            ("ice-liaison", "complaints"),
            ("ice-liaison", "records-retention"),
        ] {
            readmit(&cast, follower, source, None).await;
        }
        cast.participant = cast.participant("P-2", "Mair Rees").await;
        let complaint = cast.complaint("After the restore.").await;
        cast.record_of(&complaint).await;
        assert_eq!(refused(cast.propose(&[&story.file]).await), "ITEM_DESTROYED");
        assert_eq!((erasures(&cast, "complaints").await, erasures(&cast, "records-retention").await), (1, 2));
        // Once more, nothing being wrong any more.
        cast.suite.restart().await.unwrap();
        serves(&cast).await;
        story.is_gone(&cast).await;
        cast.suite.stop().await.unwrap();
    }
}

/// A record about a person, with nothing beside it.
async fn letter_about(cast: &Cast, participant: &str) -> String {
    let letter = proto::Record {
        contract: cast.contract.clone(),
        record_class: proto::RecordClass::CorrespondenceFile.into(),
        participant: participant.to_owned(),
        ..Default::default()
    };
    cast.enter(letter).await.unwrap().name
}

#[tokio::test(flavor = "multi_thread")]
async fn who_had_taken_what_is_lost_goes_on_where_the_copy_ended() {
    let mut cast = Cast::usual().await;
    let shelf = Shelf::new();
    shelf.back_up(&cast).await;
    let lost = cast.complaint("After the backup.").await;
    let known = cast.record_of(&lost).await.name;
    let size = shelf.lose_and_put_back(&mut cast, "complaints").await;
    let request = complaints::GetComplaintRequest { name: lost, ..Default::default() };
    assert_eq!(refused(cast.officer().await.get_complaint(request).await), "NOT_FOUND");
    readmit(&cast, "records-retention", "complaints", Some(size)).await;
    let complaint = cast.complaint("After the restore.").await;
    cast.record_of(&complaint).await;
    // What is only known here is kept: nobody says any more that it has ended.
    assert!(cast.get(&known).await.held);
    cast.suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_is_not_what_was_signed_is_not_put_back() {
    let mut cast = Cast::usual().await;
    let (story, shelf) = (Story::begin(&cast).await, Shelf::new());
    story.destroy(&cast).await;
    shelf.back_up(&cast).await;
    cast.suite.pause().await;
    for service in SERVICES {
        cast.suite.lose(service).await.unwrap();
    }
    let (from, keys) = shelf.places();
    let newest = |folder: &Path| {
        std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_dir() && !path.ends_with("blobs"))
            .max()
            .unwrap()
    };
    let backup = newest(&from.join("complaints"));
    let keys = newest(&keys.join("complaints"));
    for (file, why) in [
        (backup.join("database/database.sqlite"), "not what the manifest says"),
        (keys.join("database.sqlite"), "not what the manifest says"),
        (backup.join("objects.txt"), "not what the manifest says"),
        (backup.join("manifest.json"), "not the one that was signed"),
        (backup.join("manifest.note"), "not accepted"),
        // What was erased before the backup was taken must be in the ledger.
        (ledger_of(&cast, "complaints"), "erasure ledger"),
    ] {
        let whole = std::fs::read(&file).unwrap();
        let mut changed = whole.clone();
        match changed.get_mut(40) {
            Some(byte) => *byte ^= 1,
            None => changed.push(b'x'),
        }
        std::fs::write(&file, if file.ends_with("complaints.jsonl") { Vec::new() } else { changed }).unwrap();
        let said = shelf.put_back(&cast).await.unwrap_err();
        assert!(said.contains(why), "{}: {said}", file.display());
        std::fs::write(&file, whole).unwrap();
    }
    // Its time has passed: certificates say that it is gone.
    let now = redress_kernel::Clock::now(&*cast.suite.clock);
    cast.pass(36);
    let said = shelf.put_back(&cast).await.unwrap_err();
    assert!(said.contains("may be restored no more"), "{said}");
    cast.suite.clock.move_to(now);
    shelf.put_back(&cast).await.unwrap();
    cast.suite.restart().await.unwrap();
    serves(&cast).await;
    story.is_gone(&cast).await;
    cast.suite.stop().await.unwrap();
}

#[tokio::test]
async fn backups_whose_time_has_passed_are_deleted_with_what_only_they_name() {
    let cast = Cast::on(Backend::Sqlite).await;
    let shelf = Shelf::new();
    shelf.back_up(&cast).await;
    let (to, keys) = shelf.places();
    let count = |folder: &Path| {
        let all = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        all.filter(|path| path.is_dir() && !path.ends_with("blobs")).count()
    };
    cast.pass(20);
    shelf.back_up(&cast).await;
    assert_eq!((count(&to.join("complaints")), count(&keys.join("complaints"))), (2, 2));
    cast.pass(16);
    shelf.back_up(&cast).await;
    assert_eq!((count(&to.join("complaints")), count(&keys.join("complaints"))), (2, 2));
    cast.suite.stop().await.unwrap();
}
