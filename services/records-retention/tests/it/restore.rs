//! The rehearsal: backed up, worked on, lost, put back (reliability T18, 5.13; L35). What was acknowledged before the backup is
//! there once; what was destroyed since is gone, rows, keys and documents; who followed notices and goes on.

use std::path::Path;

use redress_chassis::process::{Settled, back_up_all, put_back_all, replay_all};
use redress_journal::checkpoint::VerifierKey;
use redress_proto::{
    complaints::v1 as complaints,
    journal::v1::{
        GetCheckpointRequest, ReadmitSourceRequest, SubscriptionStanding,
        journal_service_client::JournalServiceClient, subscription_service_client::SubscriptionServiceClient,
    },
    options::v1::Role,
    records_retention::v1 as proto,
};
use redress_testkit::{Backend, backends, wait};
use tempfile::TempDir;
use tonic::Request;

use crate::cast::{Caller, Cast, PRIME, refused, request_id};

const SERVICES: [&str; 3] = ["complaints", "ice-liaison", "records-retention"];

/// Where backups go in a test.
struct Shelf(TempDir);

impl Shelf {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn places(&self) -> (std::path::PathBuf, std::path::PathBuf) {
        (self.0.path().join("backups"), self.0.path().join("keys"))
    }

    async fn back_up(&self, cast: &Cast) {
        let (to, keys) = self.places();
        back_up_all(&cast.suite.settled().unwrap(), &cast.suite.surroundings(), (&to, &keys)).await.unwrap();
    }

    async fn put_back(&self, cast: &Cast) -> Result<Vec<i64>, String> {
        self.put(cast, cast.suite.settled().unwrap()).await
    }

    async fn put(&self, cast: &Cast, settled: Settled) -> Result<Vec<i64>, String> {
        let (from, keys) = self.places();
        let put = put_back_all(&settled, &cast.suite.surroundings(), (&from, &keys), None).await;
        match put {
            Ok(all) => Ok(all.into_iter().map(|(_, restored)| restored.log_size).collect()),
            Err(failure) => {
                let mut said = failure.to_string();
                let mut cause = std::error::Error::source(&failure);
                while let Some(error) = cause {
                    said = format!("{said}: {error}");
                    cause = error.source();
                }
                Err(said)
            }
        }
    }
}

/// What is there, and what is destroyed after the backup.
struct Story {
    complaint: String,
    file: String,
    letter: String,
    kept: String,
}

impl Story {
    async fn begin(cast: &Cast) -> Self {
        let complaint = cast.complaint("They lost my canarienvogel.").await;
        let file = cast.record_of(&complaint).await.name;
        cast.withdraw(&complaint).await;
        cast.freed(&file).await;
        let (letter, kept) = (cast.letter().await, cast.letter().await);
        cast.fall_due().await;
        Self { complaint, file, letter, kept }
    }

    async fn destroy(&self, cast: &Cast) {
        cast.dispose(&[&self.file, &self.letter]).await;
    }

    /// Nothing of what was destroyed is given back.
    async fn is_gone(&self, cast: &Cast) {
        let request = complaints::GetComplaintRequest { name: self.complaint.clone(), ..Default::default() };
        assert_eq!(refused(cast.officer().await.get_complaint(request).await), "ITEM_DESTROYED");
        assert!(content(cast, &self.letter).await.is_none());
    }
}

async fn content(cast: &Cast, record: &str) -> Option<Vec<u8>> {
    let part = cast.get(record).await.parts.first()?.name.clone();
    let request = proto::GetPartContentRequest { name: record.to_owned(), part };
    Some(cast.records().await.get_part_content(request).await.ok()?.into_inner().content.to_vec())
}

async fn serves(cast: &Cast) {
    wait::until_async("the suite to serve", || async {
        let request = proto::ListRecordsRequest::default();
        cast.records().await.list_records(request).await.is_ok()
            && cast
                .officer()
                .await
                .list_complaints(complaints::ListComplaintsRequest::default())
                .await
                .is_ok()
    })
    .await;
}

async fn operator(cast: &Cast) -> SubscriptionServiceClient<Caller> {
    SubscriptionServiceClient::new(cast.caller(PRIME, Role::Operator, "olga").await)
}

fn meant<T>(service: &'static str, message: T) -> Request<T> {
    let mut request = Request::new(message);
    request.metadata_mut().insert("redress-service", service.parse().unwrap());
    request
}

async fn standing(cast: &Cast, follower: &'static str, source: &str) -> SubscriptionStanding {
    let request = meant(follower, redress_proto::journal::v1::ListSubscriptionsRequest {});
    let all = operator(cast).await.list_subscriptions(request).await.unwrap().into_inner().subscriptions;
    all.iter().find(|one| one.source == source).unwrap().standing()
}

/// Followers notice the new life of a source, and a person has them go on: where they were, or where the restored log ended.
async fn readmit(cast: &Cast, follower: &'static str, source: &str, after: Option<i64>) {
    wait::until_async("the follower to notice", || async {
        standing(cast, follower, source).await == SubscriptionStanding::Quarantined
    })
    .await;
    let request = ReadmitSourceRequest {
        request_id: request_id(),
        source: source.to_owned(),
        resume_after_position: after,
    };
    operator(cast).await.readmit_source(meant(follower, request)).await.unwrap();
}

fn ledger_of(cast: &Cast, service: &str) -> std::path::PathBuf {
    cast.suite.folder().join("ledger").join(format!("{service}.jsonl"))
}

/// The ledger of a service, checked as a stranger would.
async fn erasures(cast: &Cast, service: &'static str) -> u64 {
    let mut journal = JournalServiceClient::new(cast.caller(PRIME, Role::Auditor, "ada").await);
    let request = meant(service, GetCheckpointRequest::default());
    let key = journal.get_checkpoint(request).await.unwrap().into_inner().verifier_key;
    let key = VerifierKey::parse(&key).unwrap();
    let file = std::fs::File::open(ledger_of(cast, service)).unwrap();
    let extent =
        redress_ledger::read(std::io::BufReader::new(file), &key, redress_ledger::Head::empty(), |_| {});
    extent.unwrap().head.number
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_kept_is_back_and_what_was_destroyed_is_gone() {
    for backend in backends() {
        eprintln!("on {}", backend.name());
        let mut cast = Cast::on(backend).await;
        let (story, shelf) = (Story::begin(&cast).await, Shelf::new());
        shelf.back_up(&cast).await;
        story.destroy(&cast).await;
        let lost = cast.letter().await;
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
        assert_eq!(content(&cast, &story.kept).await.unwrap(), b"A letter.");
        let request = proto::GetRecordRequest { name: lost };
        assert_eq!(refused(cast.records().await.get_record(request).await), "NOT_FOUND");
        assert_eq!((erasures(&cast, "complaints").await, erasures(&cast, "records-retention").await), (1, 1));
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
        // The next week, so that no weekend stretches the veto.
        cast.pass(4);
        // What the copy does not know to be gone is proposed again, and its holders say that it is.
        cast.dispose(&[&story.file, &story.letter]).await;
        assert_eq!(refused(cast.propose(&[&story.file]).await), "ITEM_DESTROYED");
        assert_eq!((erasures(&cast, "complaints").await, erasures(&cast, "records-retention").await), (1, 1));
        // Once more, nothing being wrong any more.
        cast.suite.restart().await.unwrap();
        serves(&cast).await;
        story.is_gone(&cast).await;
        cast.suite.stop().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_had_taken_what_is_lost_goes_on_where_the_copy_ended() {
    let mut cast = Cast::usual().await;
    let shelf = Shelf::new();
    shelf.back_up(&cast).await;
    let lost = cast.complaint("After the backup.").await;
    let known = cast.record_of(&lost).await.name;
    cast.suite.pause().await;
    cast.suite.lose("complaints").await.unwrap();
    let settled = cast.suite.settled_for("complaints").unwrap();
    let sizes = shelf.put(&cast, settled).await.unwrap();
    cast.suite.restart().await.unwrap();
    serves(&cast).await;
    let request = complaints::GetComplaintRequest { name: lost, ..Default::default() };
    assert_eq!(refused(cast.officer().await.get_complaint(request).await), "NOT_FOUND");
    readmit(&cast, "records-retention", "complaints", Some(sizes[0])).await;
    let complaint = cast.complaint("After the restore.").await;
    cast.record_of(&complaint).await;
    // What is only known here is kept: nobody says any more that it has ended.
    assert!(cast.get(&known).await.held);
    cast.suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_was_put_back_by_hand_answers_nothing() {
    // Reliability D35
    let mut cast = Cast::usual().await;
    let story = Story::begin(&cast).await;
    cast.suite.pause().await;
    let copies = TempDir::new().unwrap();
    let files = |folder: &Path| -> Vec<std::path::PathBuf> {
        let all = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        all.filter(|path| path.is_file() && path.to_string_lossy().contains(".db")).collect()
    };
    for file in files(cast.suite.folder()) {
        std::fs::copy(&file, copies.path().join(file.file_name().unwrap())).unwrap();
    }
    cast.suite.restart().await.unwrap();
    story.destroy(&cast).await;
    cast.suite.pause().await;
    for service in SERVICES {
        cast.suite.lose(service).await.unwrap();
    }
    for file in files(copies.path()) {
        std::fs::copy(&file, cast.suite.folder().join(file.file_name().unwrap())).unwrap();
    }

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
    assert_eq!(again, [("complaints", Some(1)), ("ice-liaison", Some(1)), ("records-retention", Some(1))]);
    cast.suite.restart().await.unwrap();
    serves(&cast).await;
    story.is_gone(&cast).await;
    assert_eq!(content(&cast, &story.kept).await.unwrap(), b"A letter.");
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
