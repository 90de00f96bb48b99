//! Who follows the journal of complaints is told of the cases it may read, and of no others (ADR 0021).

use std::collections::BTreeSet;

use prost::Message as _;
use redress_journal::entry::Content;
use redress_proto::{
    complaints::v1::{self as proto, complaint_service_client::ComplaintServiceClient},
    journal::v1::{StreamEntriesRequest, journal_service_client::JournalServiceClient},
    options::v1::Role,
};
use redress_testkit::backends;
use uuid::Uuid;

use crate::cast::{Cast, JOBCENTRE, PRIME, STRANGER, SUBCONTRACTOR, day, request_id};

/// The complaints whose registration an organisation is told of.
async fn told_of(cast: &Cast, organisation: Uuid, role: Role) -> BTreeSet<String> {
    let question = StreamEntriesRequest {
        types: vec!["redress.complaints.v1.ComplaintRegistered".to_owned()],
        ..StreamEntriesRequest::default()
    };
    let mut journal = JournalServiceClient::new(cast.caller(organisation, &[role]).await);
    let mut parts = journal.stream_entries(question).await.unwrap().into_inner();
    let mut found = BTreeSet::new();
    while let Some(part) = parts.message().await.unwrap() {
        for entry in part.entries {
            let content = Content::decode(entry.content.as_ref()).unwrap();
            found.insert(proto::ComplaintRegistered::decode(content.payload.as_slice()).unwrap().complaint);
        }
    }
    found
}

#[tokio::test]
async fn a_follower_is_told_of_the_cases_it_may_read() {
    for backend in backends() {
        let cast = Cast::on(backend).await;
        let about_the_provider = cast.register("2026-11-02").await.name;
        let mut jobcentre = ComplaintServiceClient::new(cast.caller(JOBCENTRE, &[Role::JobcentrePlus]).await);
        let complaint =
            proto::Complaint { jobcentre_plus_on: Some(day("2026-11-02")), ..cast.complaint("2026-11-03") };
        let request =
            proto::RegisterComplaintRequest { request_id: request_id(), complaint: Some(complaint) };
        let brought = jobcentre.register_complaint(request).await.unwrap().into_inner().name;

        redress_testkit::wait::until_async("both to be streamed", || async {
            told_of(&cast, PRIME, Role::Auditor).await.len() == 2
        })
        .await;
        let all = BTreeSet::from([about_the_provider, brought.clone()]);
        assert_eq!(told_of(&cast, PRIME, Role::Auditor).await, all);
        assert_eq!(told_of(&cast, SUBCONTRACTOR, Role::Auditor).await, all, "both name it");
        assert_eq!(told_of(&cast, JOBCENTRE, Role::JobcentrePlus).await, BTreeSet::from([brought]));
        assert_eq!(told_of(&cast, STRANGER, Role::Auditor).await, BTreeSet::new());
        cast.suite.stop().await.unwrap();
    }
}
