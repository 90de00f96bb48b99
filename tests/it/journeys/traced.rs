//! A trace through the suite: from a caller into one process, by its journal into the next, and by that one's back, in spans that tell
//! of no one.

use std::collections::BTreeSet;

use redress_proto::{
    options::v1::Role,
    routing::v1::{
        Contact, Matter, RouteContactRequest, Writer, routing_service_client::RoutingServiceClient,
    },
};
use redress_testkit::{Collector, collector::Span, wait};
use redress_tests::{
    chain::{Chain, JETS, Member, bearing},
    clerk::{Clerk, contact, input, reference},
    day::today,
    identity::Issuer,
    seed::Seed,
    sides::Sides,
};

const TRACE: u128 = 0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c;
const CALLER: u64 = 0x00f0_67aa_0ba9_02b7;
const ROUTE: &str = "redress.routing.v1.RoutingService/RouteContact";

#[tokio::test(flavor = "multi_thread")]
async fn what_a_caller_records_is_recorded_through_the_journals_to_its_end() {
    let collector = Collector::start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let issuer = Issuer::new().unwrap();
    let sides = Sides::sqlite(folder.path(), &issuer).await.unwrap();
    // Nothing that begins here is recorded: what is, a caller has begun.
    let mut sides = sides
        .with("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint())
        .with("REDRESS_TELEMETRY_SAMPLED_PER_THOUSAND", 0);
    sides.up().await.unwrap();
    let sent = Box::pin(two_contacts(&sides, &issuer)).await;

    let found = |process: &str, holds: &dyn Fn(&Span) -> bool| {
        collector.spans_of(process).into_iter().filter(|span| holds(span)).collect::<Vec<_>>()
    };
    let routed = || found("redress-routing", &|span| span.name == ROUTE);
    wait::until("the call", || routed().len() == 1).await;
    let routed = routed().remove(0);
    assert_eq!(routed.trace_id, TRACE.to_be_bytes());
    assert_eq!(routed.parent_span_id, CALLER.to_be_bytes());
    // One of the entries that routing wrote has complaints open a case; the others have it do nothing.
    let taken = || found("redress-complaints", &|span| processes(span, &routed));
    let heard = || found("redress-routing", &|span| taken().iter().any(|writer| processes(span, writer)));
    wait::until("complaints to act on it", || !taken().is_empty()).await;
    wait::until("routing to hear of the case", || !heard().is_empty()).await;
    for span in taken() {
        assert_ne!(span.trace_id, routed.trace_id, "what an entry brings about may come days later");
    }

    sides.leave().await.unwrap();
    let all = collector.spans();
    let routed = all.iter().filter(|span| span.name == ROUTE).count();
    assert_eq!(routed, 1, "a call that nobody records is not recorded");
    let begun = all.iter().filter(|span| !span.links.is_empty() || span.trace_id == TRACE.to_be_bytes());
    let begun: BTreeSet<&[u8]> = begun.map(|span| &span.trace_id[..]).collect();
    let person = sent.person.as_ref().unwrap();
    let words = sent.statement.as_ref().unwrap().narrative.lines().next().unwrap();
    for span in &all {
        let told = format!("{span:?}");
        assert!(begun.contains(&span.trace_id[..]), "nobody has asked for {told}");
        for personal in [&*sent.reference, &sent.participant_reference, &person.full_name, words] {
            assert!(!told.contains(personal), "{told}");
        }
    }
}

/// Has a contact routed that nobody traces, and one under the caller's trace, which is returned.
async fn two_contacts(sides: &Sides, issuer: &Issuer) -> Contact {
    let mut seed = Seed::new(0x7ace);
    let complaints = sides.complaints.server().unwrap().connect().await.unwrap();
    let routing = sides.routing.server().unwrap().connect().await.unwrap();
    let chain = Chain::set_up(&complaints, issuer, JETS, &mut seed).await.unwrap();
    let token = chain.people.token(Member::Prime, Role::ComplaintsOfficer).unwrap();
    let mut clerk = Clerk::new(routing.clone(), token.clone(), seed.split());
    let known = clerk.until_known(&chain.contract, today());
    wait::ready("routing to know the chain", known).await.unwrap();
    let mut new = || {
        let asked = input(&chain.contract, Writer::JobcentrePlus, &[Matter::Provider], today());
        contact(asked, &reference(&mut seed))
    };
    clerk.route(new()).await.unwrap();
    let sent = new();
    let request = RouteContactRequest { request_id: clerk.id(), contact: Some(sent.clone()) };
    let mut request = bearing(&token, request).unwrap();
    let parent = format!("00-{TRACE:032x}-{CALLER:016x}-01");
    request.metadata_mut().insert("traceparent", parent.parse().unwrap());
    RoutingServiceClient::new(routing).route_contact(request).await.unwrap();
    sent
}

/// Whether a span is of the work on an entry that was written under another.
fn processes(span: &Span, writer: &Span) -> bool {
    let place = (&writer.trace_id, &writer.span_id);
    span.name.starts_with("process ")
        && span.links.iter().any(|link| (&link.trace_id, &link.span_id) == place)
}
