//! Systems of the department and of Jobcentre Plus follow the feed that the suite's own services follow, filtered to what they may
//! see: the entries about what is theirs, in the order of the journal, and of nothing else that there is any.

use std::collections::BTreeSet;

use prost::Message as _;
use redress_journal::entry::Content;
use redress_proto::{
    journal::v1::{
        GetInclusionProofRequest, StreamEntriesRequest, StreamEntriesResponse,
        journal_service_client::JournalServiceClient,
    },
    options::v1::Role,
    routing::v1::{Matter, Writer},
};
use redress_testkit::{backends, wait};
use redress_tests::{
    chain::{JETS, Member, bearing},
    clerk::{contact, input, reference},
};
use tonic::{Code, Request, Streaming};

use super::place::Place;

#[tokio::test(flavor = "multi_thread")]
async fn jobcentre_plus_follows_what_is_its_own_and_nothing_else() {
    for backend in backends() {
        let mut place = Place::on(backend, JETS, 0xc41).await;
        let jobcentre = place.chain.people.token(Member::JobcentrePlus, Role::JobcentrePlus).unwrap();
        let sibling = place.chain.people.token(Member::Sibling, Role::Auditor).unwrap();
        let operator = place.chain.people.token(Member::Department, Role::Operator).unwrap();
        let mut followed = follow(&place, &jobcentre, 0).await;

        let own = forwarded(&mut place).await;
        let providers = routed(&mut place, &[Matter::Provider]).await;
        let policy = routed(&mut place, &[Matter::ProgrammePolicy]).await;
        // What comes last is seen by both, so that everything before it has been passed over or shown.
        let last = forwarded(&mut place).await;
        let seen = until(&mut followed, &last).await;
        assert_eq!(distinct(&seen), [&own, &policy, &last], "in the order of the journal");

        let all = until(&mut follow(&place, &operator, 0).await, &last).await;
        let known: BTreeSet<&String> = all.iter().map(|(_, id)| id).collect();
        assert!(known.contains(&providers), "whoever operates the suite sees that there is more");
        let (hidden, _) = all.iter().find(|(_, id)| *id == providers).unwrap();

        // There is no proof of what is not shown, and to somebody else nothing is shown at all.
        for token in [&jobcentre, &sibling] {
            let question = GetInclusionProofRequest { position: *hidden, size: 0 };
            let mut journal = JournalServiceClient::new(place.channel.clone());
            let refused = journal.get_inclusion_proof(of_routing(token, question)).await.unwrap_err();
            assert_eq!(refused.code(), Code::NotFound);
        }
        assert_eq!(finished(&place, &sibling).await, Vec::new(), "a subcontractor of whom nobody spoke");

        // It goes on where it was, with what is new.
        let (position, _) = seen.last().unwrap();
        let mut resumed = follow(&place, &jobcentre, *position).await;
        let newer = forwarded(&mut place).await;
        let since = until(&mut resumed, &newer).await;
        assert!(since.iter().all(|(since, _)| since > position), "nothing comes twice");
        // What became of the others is told beside it, whenever complaints is ready.
        let known = [&own, &policy, &last, &newer];
        assert!(distinct(&since).iter().all(|thing| known.contains(thing)), "{since:?}");
        place.leave().await;
    }
}

/// A contact of Jobcentre Plus, by its id.
async fn forwarded(place: &mut Place) -> String {
    let mut clerk = place.clerk(Member::JobcentrePlus, Role::JobcentrePlus).await;
    let on = place.days_ago(1);
    let asked = input(&place.chain.contract, Writer::JobcentrePlus, &[Matter::Provider], on);
    let answer = clerk.forward(contact(asked, &reference(&mut place.seed))).await.unwrap();
    id(&answer.contact.unwrap().name)
}

/// A contact at the provider, by its id.
async fn routed(place: &mut Place, about: &[Matter]) -> String {
    let mut clerk = place.clerk(Member::Prime, Role::ComplaintsOfficer).await;
    let asked = input(&place.chain.contract, Writer::Participant, about, place.days_ago(1));
    id(&clerk.route(contact(asked, &reference(&mut place.seed))).await.unwrap().name)
}

fn id(name: &str) -> String {
    name.rsplit('/').next().unwrap().to_owned()
}

fn of_routing<T>(token: &str, message: T) -> Request<T> {
    let mut request = bearing(token, message).unwrap();
    request.metadata_mut().insert("redress-service", "routing".parse().unwrap());
    request
}

async fn open(
    place: &Place,
    token: &str,
    question: StreamEntriesRequest,
) -> Streaming<StreamEntriesResponse> {
    let mut journal = JournalServiceClient::new(place.channel.clone());
    journal.stream_entries(of_routing(token, question)).await.unwrap().into_inner()
}

async fn follow(place: &Place, token: &str, after_position: i64) -> Streaming<StreamEntriesResponse> {
    open(place, token, StreamEntriesRequest { after_position, follow: true, ..Default::default() }).await
}

/// What there is now, to the end.
async fn finished(place: &Place, token: &str) -> Vec<(i64, String)> {
    let mut parts = open(place, token, StreamEntriesRequest::default()).await;
    let mut seen = Vec::new();
    while let Some(part) = parts.message().await.unwrap() {
        seen.extend(read(part));
    }
    seen
}

/// Everything until an entry about a contact: positions, and the ids of what they are about.
async fn until(parts: &mut Streaming<StreamEntriesResponse>, last: &str) -> Vec<(i64, String)> {
    wait::ready("the entry to come", async {
        let mut seen = Vec::new();
        loop {
            seen.extend(read(parts.message().await.unwrap().expect("a stream that stays open")));
            if seen.iter().any(|(_, id)| id == last) {
                return seen;
            }
        }
    })
    .await
}

fn read(part: StreamEntriesResponse) -> Vec<(i64, String)> {
    let entries = part.entries.into_iter();
    entries
        .map(|entry| (entry.position, Content::decode(entry.content.as_ref()).unwrap().stream_id))
        .collect()
}

/// The things, each once, in the order in which they first came.
fn distinct(seen: &[(i64, String)]) -> Vec<&String> {
    let mut things = Vec::new();
    for (_, id) in seen {
        if !things.contains(&id) {
            things.push(id);
        }
    }
    things
}
