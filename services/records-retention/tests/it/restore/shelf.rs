//! Where backups lie, what is there when one is taken, and who notices that it was put back.

use redress_chassis::process::{Settled, back_up_all, put_back_all};
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
use redress_testkit::wait;
use tempfile::TempDir;
use tonic::Request;

use crate::cast::{Caller, Cast, PRIME, refused, request_id};

pub(super) const SERVICES: [&str; 3] = ["complaints", "ice-liaison", "records-retention"];

/// Where backups go in a test.
pub(super) struct Shelf(TempDir);

impl Shelf {
    pub(super) fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    pub(super) fn places(&self) -> (std::path::PathBuf, std::path::PathBuf) {
        (self.0.path().join("backups"), self.0.path().join("keys"))
    }

    pub(super) async fn back_up(&self, cast: &Cast) {
        let (to, keys) = self.places();
        back_up_all(&cast.suite.settled().unwrap(), &cast.suite.surroundings(), (&to, &keys)).await.unwrap();
    }

    pub(super) async fn put_back(&self, cast: &Cast) -> Result<Vec<i64>, String> {
        self.put(cast, cast.suite.settled().unwrap()).await
    }

    /// One service is lost, and is there again as it was when it was backed up; returns how far its journal reaches.
    pub(super) async fn lose_and_put_back(&self, cast: &mut Cast, service: &str) -> i64 {
        cast.suite.pause().await;
        cast.suite.lose(service).await.unwrap();
        let sizes = self.put(cast, cast.suite.settled_for(service).unwrap()).await.unwrap();
        cast.suite.restart().await.unwrap();
        serves(cast).await;
        sizes[0]
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
pub(super) struct Story {
    pub(super) complaint: String,
    pub(super) file: String,
    pub(super) letter: String,
    pub(super) kept: String,
}

impl Story {
    pub(super) async fn begin(cast: &Cast) -> Self {
        let complaint = cast.complaint("They lost my canarienvogel.").await;
        let file = cast.record_of(&complaint).await.name;
        cast.withdraw(&complaint).await;
        cast.freed(&file).await;
        let (letter, kept) = (cast.letter().await, cast.letter().await);
        cast.fall_due().await;
        Self { complaint, file, letter, kept }
    }

    pub(super) async fn destroy(&self, cast: &Cast) {
        cast.dispose(&[&self.file, &self.letter]).await;
        // One line of what lay with a record here, and one of the file whose parts lay with others.
        wait::until_async("the ends to be written down", || async {
            erasures(cast, "records-retention").await == 2
        })
        .await;
    }

    /// Nothing of what was destroyed is given back.
    pub(super) async fn is_gone(&self, cast: &Cast) {
        let request = complaints::GetComplaintRequest { name: self.complaint.clone(), ..Default::default() };
        assert_eq!(refused(cast.officer().await.get_complaint(request).await), "ITEM_DESTROYED");
        assert!(content(cast, &self.letter).await.is_none());
    }
}

pub(super) async fn content(cast: &Cast, record: &str) -> Option<Vec<u8>> {
    let part = cast.get(record).await.parts.first()?.name.clone();
    cast.content(record, &part).await.ok()
}

pub(super) async fn serves(cast: &Cast) {
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

pub(super) async fn standing(cast: &Cast, follower: &'static str, source: &str) -> SubscriptionStanding {
    let request = meant(follower, redress_proto::journal::v1::ListSubscriptionsRequest {});
    let all = operator(cast).await.list_subscriptions(request).await.unwrap().into_inner().subscriptions;
    all.iter().find(|one| one.source == source).unwrap().standing()
}

/// Followers notice the new life of a source, and a person has them go on: where they were, or where the restored log ended.
pub(super) async fn readmit(cast: &Cast, follower: &'static str, source: &str, after: Option<i64>) {
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

pub(super) fn ledger_of(cast: &Cast, service: &str) -> std::path::PathBuf {
    cast.suite.folder().join("ledger").join(format!("{service}.jsonl"))
}

/// The ledger of a service, checked as a stranger would.
pub(super) async fn erasures(cast: &Cast, service: &'static str) -> u64 {
    let mut journal = JournalServiceClient::new(cast.caller(PRIME, Role::Auditor, "ada").await);
    let request = meant(service, GetCheckpointRequest::default());
    let key = journal.get_checkpoint(request).await.unwrap().into_inner().verifier_key;
    let key = VerifierKey::parse(&key).unwrap();
    let file = std::fs::File::open(ledger_of(cast, service)).unwrap();
    let extent =
        redress_ledger::read(std::io::BufReader::new(file), &key, redress_ledger::Head::empty(), |_| {});
    extent.unwrap().head.number
}
