//! Pages: sizes are judged, clamped or defaulted; tokens belong to the caller and the filter they were given for (G32, G33).

use prost_reflect::{DynamicMessage, Value};
use redress_proto::{
    complaints::v1::{ListComplaintsRequest, ListOrder, complaint_service_client::ComplaintServiceClient},
    options::v1::Role,
    routing::v1::{Matter, Writer},
};
use redress_tests::{
    chain::{Member, bearing},
    clerk,
    contract::{self, Rpc},
    day::today,
    refused::Refused,
};
use tonic::Code;

use super::filled::filled;
use crate::stand::{Stand, refused};

fn lists() -> Vec<Rpc> {
    let mut lists = contract::rpcs();
    lists.retain(|rpc| rpc.method.input().get_field_by_name("page_size").is_some());
    assert!(lists.len() >= 8, "{}", lists.len());
    lists
}

#[tokio::test(flavor = "multi_thread")]
async fn sizes_are_judged_clamped_or_defaulted() {
    let mut stand = Stand::new(0x9a6).await;
    let parents = parents(&mut stand).await;
    for rpc in lists() {
        let token = stand.token(Member::Prime, &rpc);
        let whole = request(&stand, &rpc, &parents);
        let sized = |size: i32| {
            let mut message = whole.clone();
            message.set_field_by_name("page_size", Value::I32(size));
            message
        };
        let refusal = refused(&rpc, "a negative size", stand.send(&rpc, &token, &sized(-1)).await);
        assert!(refusal.names("page_size"), "{}: {refusal:?}", rpc.path());
        for size in [0, 1, 200, 201, 1_000_000_000, i32::MAX] {
            let answer = stand.send(&rpc, &token, &sized(size)).await;
            let pages = answer.unwrap_or_else(|refusal| panic!("{} with {size}: {refusal:?}", rpc.path()));
            let page = DynamicMessage::decode(rpc.method.output(), &pages[0][..]).unwrap();
            let items =
                page.fields().filter_map(|(_, value)| value.as_list().map(<[Value]>::len)).max().unwrap_or(0);
            let most = usize::try_from(if size == 0 { 50 } else { size.min(200) }).unwrap();
            assert!(items <= most, "{} with {size} gave {items}", rpc.path());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_that_were_not_given_out_are_refused() {
    let mut stand = Stand::new(0x9a7).await;
    let parents = parents(&mut stand).await;
    for rpc in lists().iter().filter(|rpc| rpc.method.input().get_field_by_name("page_token").is_some()) {
        let token = stand.token(Member::Prime, rpc);
        for page_token in ["x", "AAAA", "{}", "' OR 1=1", &"A".repeat(500)] {
            let mut message = request(&stand, rpc, &parents);
            message.set_field_by_name("page_token", Value::String(page_token.to_owned()));
            let refusal = refused(rpc, "an invented token", stand.send(rpc, &token, &message).await);
            assert_eq!(refusal.code, Code::InvalidArgument, "{}: {refusal:?}", rpc.path());
            assert!(refusal.names("page_token"), "{}: {refusal:?}", rpc.path());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_good_for_its_caller_and_its_filter_alone() {
    let mut stand = Stand::new(0x9a8).await;
    for _ in 0..3 {
        stand.chain.register(&stand.peer.channel(), today(), &mut stand.seed).await.unwrap();
    }
    let mut client = ComplaintServiceClient::new(stand.peer.channel());
    let people = &stand.chain.people;
    let officer = people.token(Member::Prime, Role::ComplaintsOfficer).unwrap();
    let newest = ListComplaintsRequest {
        order: ListOrder::Newest.into(),
        page_size: 1,
        ..ListComplaintsRequest::default()
    };
    let first =
        client.list_complaints(bearing(&officer, newest.clone()).unwrap()).await.unwrap().into_inner();
    let page_token = first.next_page_token;
    assert!(!page_token.is_empty());
    let next = ListComplaintsRequest { page_token: page_token.clone(), ..newest.clone() };
    let second = client.list_complaints(bearing(&officer, next.clone()).unwrap()).await.unwrap().into_inner();
    assert_ne!(first.complaints[0].name, second.complaints[0].name);

    let mut flipped = page_token.clone().into_bytes();
    let middle = flipped.len() / 2;
    flipped[middle] = if flipped[middle] == b'A' { b'B' } else { b'A' };
    let flipped = ListComplaintsRequest { page_token: String::from_utf8(flipped).unwrap(), ..newest.clone() };
    let refiltered = ListComplaintsRequest { contract: stand.chain.contract.clone(), ..next.clone() };
    let reordered = ListComplaintsRequest { order: ListOrder::Due.into(), ..next.clone() };
    let rival = people.token(Member::Rival, Role::ComplaintsOfficer).unwrap();
    let misuses = [(&officer, flipped), (&officer, refiltered), (&officer, reordered), (&rival, next)];
    for (bearer, request) in misuses {
        let status = client.list_complaints(bearing(bearer, request).unwrap()).await.unwrap_err();
        let refusal = Refused::from(&status);
        assert!(refusal.code == Code::InvalidArgument && refusal.names("page_token"), "{refusal:?}");
    }
}

/// Whatever something is listed under: a complaint and a contact of the prime.
async fn parents(stand: &mut Stand) -> [String; 2] {
    let complaint = stand.chain.register(&stand.peer.channel(), today(), &mut stand.seed).await.unwrap();
    let mut clerk = stand.clerk(Member::Prime, Role::ComplaintsManager).await;
    let asked = clerk::input(&stand.chain.contract, Writer::Participant, &[Matter::Enquiry], today());
    let contact = clerk.route(clerk::contact(asked, &clerk::reference(&mut stand.seed))).await.unwrap();
    [complaint, contact.name]
}

/// A request that the prime may make: it names what is there, and optional names are left out.
fn request(stand: &Stand, rpc: &Rpc, parents: &[String; 2]) -> DynamicMessage {
    let chain = &stand.chain;
    let mut names = super::filled::Names::absent(&mut stand.seed.clone()).with(&chain.contract);
    for parent in parents {
        names = names.with(parent);
    }
    let mut message = filled(&rpc.method.input(), &names, &mut stand.seed.clone());
    for field in rpc.method.input().fields() {
        let rules = contract::rules(&field).unwrap_or_default();
        if !rules.required && field.name() != "parent" {
            message.clear_field(&field);
        }
    }
    message
}
