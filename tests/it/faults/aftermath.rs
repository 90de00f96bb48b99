//! What is found after a server went away again and again: everything that was acknowledged, once, and nothing else.

use std::collections::BTreeSet;

use redress_proto::{
    complaints::v1::{ListComplaintsRequest, ListOrder, complaint_service_client::ComplaintServiceClient},
    options::v1::Role,
};
use redress_tests::{
    chain::{Chain, Member, bearing},
    server::{Launch, Server},
};

use super::{journal, load, log};

/// Starts the server once more and holds what it has against what its officers know; the journal lies at `url`.
pub(super) async fn look(
    launch: &Launch,
    chain: &Chain,
    mut known: load::Known,
    mut witness: log::Witness,
    url: &str,
) {
    let server = launch.start().await.unwrap();
    load::settle(&server, chain, &mut known).await;
    load::repeat(&server, chain, &known).await;
    let there = listed(&server, chain).await;
    let acknowledged: BTreeSet<String> = known.acknowledged.values().map(|(_, name)| name.clone()).collect();
    assert_eq!(acknowledged.len(), known.acknowledged.len(), "two registrations had one answer");
    assert_eq!(there, acknowledged, "what is there is not what was acknowledged");
    witness.look(&server, chain).await;
    let status = server.stop().await.unwrap();
    assert!(status.success(), "{status}");
    journal::check(url, &acknowledged).await;
    eprintln!("{} registrations", acknowledged.len());
}

/// Every complaint that the prime lists; listing one twice fails.
pub(super) async fn listed(server: &Server, chain: &Chain) -> BTreeSet<String> {
    let token = chain.people.token(Member::Prime, Role::ComplaintsOfficer).unwrap();
    let mut client = ComplaintServiceClient::new(server.connect().await.unwrap());
    let mut names = BTreeSet::new();
    let mut page_token = String::new();
    loop {
        let order = ListOrder::Newest.into();
        let request =
            ListComplaintsRequest { order, page_size: 200, page_token, ..ListComplaintsRequest::default() };
        let page = client.list_complaints(bearing(&token, request).unwrap()).await.unwrap().into_inner();
        for row in page.complaints {
            assert!(names.insert(row.name.clone()), "{} is listed twice", row.name);
        }
        if page.next_page_token.is_empty() {
            return names;
        }
        page_token = page.next_page_token;
    }
}
