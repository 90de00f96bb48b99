//! The journal of a service, as those see it who follow and check it.

use redress_chassis::Member;
use redress_proto::{
    journal::v1::{
        GetCheckpointRequest, GetConsistencyProofRequest, GetInclusionProofRequest, ListEntriesRequest,
        StreamEntriesRequest, journal_service_client::JournalServiceClient,
    },
    options::v1::Role,
};
use redress_testkit::{Refused, Suite, backends};
use tonic::{Code, Request};
use uuid::Uuid;

use crate::{
    duo::{CONTRACT, SOURCE},
    following::record,
    puppet::{MEMBERS, Puppet, Shadow, someone},
};

/// Something that happens under the contract.
const THING: Uuid = Uuid::from_u128(0x900d);

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_journal_says_that_it_is_empty() {
    for backend in backends() {
        let suite = Suite::of(MEMBERS).on(backend).start().await.unwrap();
        let auditor = suite.caller(&someone([Role::Auditor], true)).await.unwrap();
        let mut journal = JournalServiceClient::new(auditor);
        let checkpoint = journal.get_checkpoint(GetCheckpointRequest {}).await.unwrap().into_inner();
        assert_eq!((checkpoint.size, checkpoint.origin.as_str()), (0, "redress.invalid/puppet"));
        assert!(checkpoint.verifier_key.starts_with("redress.invalid/puppet+"));
        let page = journal.list_entries(ListEntriesRequest::default()).await.unwrap().into_inner();
        assert_eq!((page.entries.len(), page.scanned_position, page.head_position), (0, 0, 0));
        let mut parts = journal.stream_entries(StreamEntriesRequest::default()).await.unwrap().into_inner();
        assert!(parts.message().await.unwrap().unwrap().entries.is_empty());
        assert!(parts.message().await.unwrap().is_none(), "without following the stream ends at the head");

        let beyond = ListEntriesRequest { after_position: 7, ..ListEntriesRequest::default() };
        let refused = Refused::of(&journal.list_entries(beyond).await.unwrap_err());
        assert_eq!((refused.code, refused.reason.as_str()), (Code::OutOfRange, "BEYOND_HEAD"));
        assert_eq!(refused.metadata["head_position"], "0");
        let beyond =
            StreamEntriesRequest { after_position: 7, follow: true, ..StreamEntriesRequest::default() };
        assert_eq!(journal.stream_entries(beyond).await.unwrap_err().code(), Code::OutOfRange);
        let proof = GetInclusionProofRequest { position: 1, size: 0 };
        assert_eq!(journal.get_inclusion_proof(proof).await.unwrap_err().code(), Code::OutOfRange);
        let proof = GetConsistencyProofRequest { old_size: 1, new_size: 0 };
        assert_eq!(journal.get_consistency_proof(proof).await.unwrap_err().code(), Code::OutOfRange);
        suite.stop().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_follows_before_a_contract_was_heard_of_sees_its_entries_from_then_on() {
    for backend in backends() {
        let source = Suite::of([SOURCE]).on(backend).start().await.unwrap();
        let auditor = source.caller(&someone([Role::Auditor], true)).await.unwrap();
        let request = StreamEntriesRequest { follow: true, ..StreamEntriesRequest::default() };
        let mut journal = JournalServiceClient::new(auditor);
        let mut parts = journal.stream_entries(request).await.unwrap().into_inner();
        assert_eq!(parts.message().await.unwrap().unwrap().scanned_position, 0, "the stream is open");
        record(&source, CONTRACT).await;
        record(&source, THING).await;
        let (mut seen, mut scanned) = (Vec::new(), 0);
        while scanned < 2 {
            let part = parts.message().await.unwrap().unwrap();
            scanned = part.scanned_position;
            seen.extend(part.entries.iter().map(|entry| entry.position));
        }
        assert_eq!(seen, [1, 2]);
        drop(parts);
        source.stop().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_several_services_share_a_listener_the_caller_names_one() {
    let suite = Suite::of([Member::of::<Puppet>(), Member::of::<Shadow>()]).start().await.unwrap();
    let auditor = suite.caller(&someone([Role::Auditor], true)).await.unwrap();
    let mut journal = JournalServiceClient::new(auditor);
    let refused = Refused::of(&journal.get_checkpoint(GetCheckpointRequest {}).await.unwrap_err());
    assert_eq!(refused.fields, [("redress-service".to_owned(), "REQUIRED".to_owned())]);
    for service in ["puppet", "shadow"] {
        let mut request = Request::new(GetCheckpointRequest {});
        request.metadata_mut().insert("redress-service", service.parse().unwrap());
        let checkpoint = journal.get_checkpoint(request).await.unwrap().into_inner();
        assert_eq!(checkpoint.origin, format!("redress.invalid/{service}"));
    }
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_meant_and_is_not_here_is_asked_for_later_and_no_other_answers() {
    let suite = Suite::of([Member::of::<Puppet>()]).start().await.unwrap();
    let auditor = suite.caller(&someone([Role::Auditor], true)).await.unwrap();
    let mut journal = JournalServiceClient::new(auditor);
    let mut named = async |service: &str| {
        let mut request = Request::new(GetCheckpointRequest {});
        request.metadata_mut().insert("redress-service", service.parse().unwrap());
        journal.get_checkpoint(request).await.map(|checkpoint| checkpoint.into_inner().origin)
    };
    assert_eq!(named("puppet").await.unwrap(), "redress.invalid/puppet");
    let astray = named("shadow").await.unwrap_err();
    assert_eq!(astray.code(), Code::Unavailable);
    assert_eq!(Refused::of(&astray).reason, "UNAVAILABLE");
    assert!(astray.metadata().contains_key("grpc-retry-pushback-ms"));
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_services_cannot_answer_the_same() {
    let refused = Suite::of([Member::of::<Puppet>(), Member::of::<Puppet>()]).start().await;
    let Err(error) = refused else { panic!("both were taken") };
    assert!(error.to_string().contains("redress.complaints.v1.ComplaintService"), "{error}");
}
