//! What callers see, what they do not, and in which order.

use redress_proto::{
    complaints::v1::{self as proto, complaint_service_client::ComplaintServiceClient},
    options::v1::Role,
    r#type::v1::Channel,
};
use tonic::Code;

use crate::cast::{
    Cast, DEPARTMENT, JOBCENTRE, PRIME, STRANGER, SUBCONTRACTOR, day, organisation, refused, request_id,
};

#[tokio::test]
async fn a_stranger_learns_nothing_not_even_that_it_exists() {
    // Threat 14; C43
    let cast = Cast::usual().await;
    let complaint = cast.register("2026-11-02").await;
    let mut stranger = cast.officer(STRANGER).await;
    let absent = format!("complaints/{}", uuid::Uuid::from_u128(77));
    let get = |name: &str| proto::GetComplaintRequest { name: name.to_owned(), view: 0 };
    let theirs = refused(stranger.get_complaint(get(&complaint.name)).await);
    let none = refused(stranger.get_complaint(get(&absent)).await);
    assert_eq!((theirs.code, &theirs.reason, &theirs.message), (Code::NotFound, &none.reason, &none.message));
    let list =
        proto::ListComplaintsRequest { reference: complaint.case_reference.clone(), ..Default::default() };
    assert!(stranger.list_complaints(list).await.unwrap().into_inner().complaints.is_empty());
    let acknowledge = proto::AcknowledgeComplaintRequest {
        request_id: request_id(),
        name: complaint.name.clone(),
        acknowledged_on: Some(day("2026-11-03")),
        channel: Channel::Email.into(),
        etag: String::new(),
    };
    assert_eq!(refused(stranger.acknowledge_complaint(acknowledge).await).code, Code::NotFound);
}

#[tokio::test]
async fn every_party_of_the_chain_sees_the_case_and_only_those_who_may_see_the_words() {
    let cast = Cast::usual().await;
    let complaint = cast.register("2026-11-02").await;
    for (party, role) in [
        (PRIME, Role::ComplaintsOfficer),
        (SUBCONTRACTOR, Role::ComplaintsOfficer),
        (DEPARTMENT, Role::DepartmentReader),
    ] {
        let mut client = ComplaintServiceClient::new(cast.caller(party, &[role]).await);
        let request = proto::GetComplaintRequest { name: complaint.name.clone(), view: 0 };
        let seen = client.get_complaint(request).await.unwrap_or_else(|error| panic!("{role:?}: {error}"));
        assert!(seen.into_inner().statement.is_none());
    }
    // Jobcentre Plus sees what it brought, and this was not brought by it.
    let mut jobcentre = ComplaintServiceClient::new(cast.caller(JOBCENTRE, &[Role::JobcentrePlus]).await);
    let request = proto::GetComplaintRequest { name: complaint.name.clone(), view: 0 };
    assert_eq!(refused(jobcentre.get_complaint(request).await).code, Code::NotFound);

    let mut officer = cast.officer(PRIME).await;
    let full = proto::ComplaintView::Full.into();
    let request = proto::GetComplaintRequest { name: complaint.name.clone(), view: full };
    let seen = officer.get_complaint(request).await.unwrap().into_inner();
    assert!(seen.statement.unwrap().narrative.starts_with("Nobody called me back"));
    // Every date shows how it was found.
    assert!(seen.clocks.iter().all(|clock| !clock.deadline.as_ref().unwrap().derivation.is_empty()));
}

#[tokio::test]
async fn a_list_goes_by_what_is_due_page_by_page() {
    let cast = Cast::usual().await;
    for received in ["2026-11-12", "2026-11-02", "2026-11-09", "2026-11-05", "2026-11-13"] {
        cast.register(received).await;
    }
    let mut officer = cast.officer(PRIME).await;
    let mut due = Vec::new();
    let mut request = proto::ListComplaintsRequest { page_size: 2, ..Default::default() };
    loop {
        let page = officer.list_complaints(request.clone()).await.unwrap().into_inner();
        assert!(page.complaints.len() <= 2);
        due.extend(page.complaints.iter().map(|row| (row.next_due_on.unwrap(), row.name.clone())));
        if page.next_page_token.is_empty() {
            break;
        }
        request.page_token = page.next_page_token;
    }
    assert_eq!(due.len(), 5);
    assert!(due.is_sorted_by_key(|(on, _)| (on.year, on.month, on.day)));

    // G33: a token is good for its own question only.
    let first = proto::ListComplaintsRequest { page_size: 2, ..Default::default() };
    let token = officer.list_complaints(first).await.unwrap().into_inner().next_page_token;
    let other = proto::ListComplaintsRequest {
        page_size: 2,
        order: proto::ListOrder::Newest.into(),
        page_token: token,
        ..Default::default()
    };
    let refusal = refused(officer.list_complaints(other).await);
    assert_eq!(refusal.fields, [("page_token".to_owned(), "INVALID_PAGE_TOKEN".to_owned())]);

    let filtered = async |request: proto::ListComplaintsRequest| {
        let mut officer = cast.officer(PRIME).await;
        officer.list_complaints(request).await.unwrap().into_inner().complaints.len()
    };
    let stage =
        |stage: proto::Stage| proto::ListComplaintsRequest { stage: stage.into(), ..Default::default() };
    assert_eq!(filtered(stage(proto::Stage::Received)).await, 5);
    assert_eq!(filtered(stage(proto::Stage::Closed)).await, 0);
    let before = proto::ListComplaintsRequest { due_before: Some(day("2026-11-10")), ..Default::default() };
    assert_eq!(filtered(before.clone()).await, 2);
    // Whatever the order, and together with what else is asked.
    let newest = proto::ListComplaintsRequest { order: proto::ListOrder::Newest.into(), ..before };
    assert_eq!(filtered(newest.clone()).await, 2);
    let contract = cast.contract.clone();
    assert_eq!(filtered(proto::ListComplaintsRequest { contract, ..newest.clone() }).await, 2);
    let received = proto::Stage::Received.into();
    assert_eq!(filtered(proto::ListComplaintsRequest { stage: received, ..newest }).await, 2);
    let worked_by =
        proto::ListComplaintsRequest { organisation: organisation(SUBCONTRACTOR), ..Default::default() };
    assert_eq!(filtered(worked_by).await, 0);
}

#[tokio::test]
async fn a_watcher_hears_of_its_own_cases_and_resumes() {
    let cast = Cast::usual().await;
    let first = cast.register("2026-11-02").await;
    let mut officer = cast.officer(PRIME).await;
    let watch = |after_position| proto::WatchComplaintsRequest { after_position };
    let mut stream = officer.watch_complaints(watch(0)).await.unwrap().into_inner();
    let mut heard = stream.message().await.unwrap().unwrap();
    while heard.complaint.is_none() {
        heard = stream.message().await.unwrap().unwrap();
    }
    assert_eq!((heard.r#type.as_str(), &heard.complaint.unwrap().name), ("ComplaintRegistered", &first.name));
    drop(stream);

    let second = cast.register("2026-11-03").await;
    let mut stream = officer.watch_complaints(watch(heard.position)).await.unwrap().into_inner();
    let mut heard = stream.message().await.unwrap().unwrap();
    while heard.complaint.is_none() {
        heard = stream.message().await.unwrap().unwrap();
    }
    assert_eq!(heard.complaint.unwrap().name, second.name);

    let mut stranger = cast.officer(STRANGER).await;
    let mut stream = stranger.watch_complaints(watch(0)).await.unwrap().into_inner();
    let heard = stream.message().await.unwrap().unwrap();
    assert!(heard.complaint.is_none(), "a stranger's position moves on and says nothing");
}
