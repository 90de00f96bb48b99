//! One service follows another: in one process, over the wire, across restarts, and when it goes wrong.

use futures::future::join_all;
use jiff::SignedDuration;
use redress_chassis::auth::Identity;
use redress_proto::{
    journal::v1::{
        ListParkedEntriesRequest, ListSubscriptionsRequest, ReadmitSourceRequest, RetryParkedEntryRequest,
        SkipParkedEntryRequest, Subscription, SubscriptionStanding,
        subscription_service_client::SubscriptionServiceClient,
    },
    options::v1::Role,
};
use redress_testkit::{Backend, Bearer, Refused, Relay, Suite, backends, suite::Plan, wait};
use tonic::{Code, Request, service::interceptor::InterceptedService, transport::Channel};
use uuid::Uuid;

use crate::{
    duo::{EFFECTS, FOLLOWER, POISONOUS, RECORD, SOURCE},
    hardening::{field_of, text},
    puppet::{framed, manager, someone},
    wire::Wire,
};

/// Bytes after which the last line is cut: enough for a greeting, the head of an answer and an entry.
const FURTHEST_CUT: u32 = 500;
/// Lines that are cut beside each other.
const LINES: u32 = 4;
const GOOD: Uuid = Uuid::from_u128(0x900d);

/// Records an entry about a thing at the source.
pub(crate) async fn record(source: &Suite, thing: Uuid) {
    let mut wire = Wire::of(source, &manager()).await;
    assert_eq!(wire.call(RECORD, &named(thing)).await.code(), Code::Ok);
}

fn named(thing: Uuid) -> Vec<u8> {
    let field = field_of("redress.complaints.v1.GetParticipantRequest", "name");
    text(field, &format!("participants/{thing}"))
}

/// Who the source says asked it on a caller's behalf, and what the follower did so far.
async fn told(follower: &Suite) -> (String, String) {
    let field = field_of("redress.complaints.v1.GetProcedureRequest", "name");
    let request = text(field, &format!("procedures/{GOOD}"));
    let mut wire = Wire::of(follower, &manager()).await;
    let told = wire.send(EFFECTS, &[], framed(&request)).await.text();
    let (who, effects) = told.split_once(' ').unwrap();
    (who.to_owned(), effects.to_owned())
}

/// Waits until the follower has done this.
async fn did(follower: &Suite, expected: &str) {
    wait::until_async(expected, || async { told(follower).await.1 == expected }).await;
}

fn operator() -> Identity {
    someone([Role::Operator], true)
}

type Client = SubscriptionServiceClient<InterceptedService<Channel, Bearer>>;

async fn operators_client(suite: &Suite) -> Client {
    SubscriptionServiceClient::new(suite.caller(&operator()).await.unwrap())
}

/// A question to the follower, where several services share the listener.
fn to_follower<T>(message: T) -> Request<T> {
    let mut request = Request::new(message);
    request.metadata_mut().insert("redress-service", "complaints".parse().unwrap());
    request
}

async fn subscription(client: &mut Client) -> Subscription {
    let all = client.list_subscriptions(to_follower(ListSubscriptionsRequest {})).await.unwrap();
    all.into_inner().subscriptions.into_iter().next().unwrap_or_default()
}

fn request_id() -> String {
    #[expect(clippy::disallowed_methods, reason = "every request of a test has an id of its own")]
    Uuid::new_v4().to_string()
}

/// A source with a follower in a process of its own, which calls with a token from a file.
struct Apart {
    source: Suite,
    follower: Suite,
}

impl Apart {
    async fn on(backend: Backend) -> Self {
        let source = Suite::of([SOURCE]).on(backend.clone()).start().await.unwrap();
        let follower = following(&source, &source.url(), Role::Service).on(backend).start().await.unwrap();
        Self { source, follower }
    }

    async fn stop(self) {
        self.follower.stop().await.unwrap();
        self.source.stop().await.unwrap();
    }
}

/// A follower that finds the source at `url`.
fn following(source: &Suite, url: &str, role: Role) -> Plan {
    let token = source.folder().join("follower.token");
    std::fs::write(&token, source.token(&someone([role], false)).unwrap() + "\n").unwrap();
    Suite::of([FOLLOWER]).with("peers.routing", url).with("peers.token_file", token.display())
}

#[tokio::test(flavor = "multi_thread")]
async fn services_of_one_process_follow_each_other_without_a_socket() {
    let mut suite = Suite::of([SOURCE, FOLLOWER]).start().await.unwrap();
    record(&suite, GOOD).await;
    record(&suite, GOOD).await;
    did(&suite, "900d:1@1,900d:2@2").await;
    assert_eq!(told(&suite).await.0, "manager-1", "the caller's own identity goes with what is asked for it");
    suite.restart().await.unwrap();
    did(&suite, "900d:1@1,900d:2@2").await;
    let mut client = operators_client(&suite).await;
    let one = subscription(&mut client).await;
    assert_eq!((one.source.as_str(), one.position, one.head_position), ("routing", 2, Some(2)));
    assert_eq!(one.standing(), SubscriptionStanding::Following);
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn services_apart_follow_each_other_over_the_wire() {
    for backend in backends() {
        let mut apart = Apart::on(backend).await;
        for _ in 0..3 {
            record(&apart.source, GOOD).await;
        }
        did(&apart.follower, "900d:1@1,900d:2@2,900d:3@3").await;
        // Every layer of the source looks at who asks: it does not know the follower's issuer.
        assert_eq!(told(&apart.follower).await.0, "Unauthenticated");
        // The follower is away for a day, and takes up what it missed.
        apart.follower.pause().await;
        for _ in 0..300 {
            record(&apart.source, GOOD).await;
        }
        apart.follower.clock.move_by(SignedDuration::from_hours(24));
        apart.follower.restart().await.unwrap();
        let all: Vec<String> = (1..=303).map(|at| format!("900d:{at}@{at}")).collect();
        did(&apart.follower, &all.join(",")).await;
        apart.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_goes_away_is_waited_for() {
    // The follower knows the source by an address that outlives the source's process.
    let mut source = Suite::of([SOURCE]).start().await.unwrap();
    let relay = Relay::to(source.running().address()).await.unwrap();
    let follower = following(&source, &relay.url(), Role::Service).start().await.unwrap();
    record(&source, GOOD).await;
    did(&follower, "900d:1@1").await;
    source.pause().await;
    assert_ne!(told(&follower).await.0, "Unauthenticated", "nobody is there to say so");
    source.restart().await.unwrap();
    relay.turn_to(source.running().address());
    record(&source, GOOD).await;
    did(&follower, "900d:1@1,900d:2@2").await;
    let mut client = operators_client(&follower).await;
    let one = subscription(&mut client).await;
    assert_eq!((one.held_count, one.parked_count), (0, 0), "nothing is blamed on an entry");
    follower.stop().await.unwrap();
    source.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_identity_that_does_not_see_everything_moves_nothing() {
    let source = Suite::of([SOURCE]).start().await.unwrap();
    record(&source, GOOD).await;
    let follower = following(&source, &source.url(), Role::Auditor).start().await.unwrap();
    let text = || follower.running().metrics().scrape();
    wait::until("a scrape of the subscription", || text().contains("redress_subscription_position{")).await;
    record(&source, GOOD).await;
    assert_eq!(told(&follower).await.1, "");
    let mut client = operators_client(&follower).await;
    assert_eq!(subscription(&mut client).await.position, 0);
    // Once the identity is renewed, everything is there.
    let token = source.token(&someone([Role::Service], false)).unwrap();
    std::fs::write(source.folder().join("follower.token"), token).unwrap();
    did(&follower, "900d:1@1,900d:2@2").await;
    follower.stop().await.unwrap();
    source.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parked_entry_is_a_matter_for_a_person() {
    for backend in backends() {
        let apart = Apart::on(backend).await;
        for thing in [POISONOUS, GOOD, POISONOUS] {
            record(&apart.source, thing).await;
        }
        did(&apart.follower, "900d:1@2").await;
        let parked = ListParkedEntriesRequest::default;
        wait::until_async("the entry to be parked", || {
            // Attempts come ever later; the clock of the test goes with them, and tokens end with it.
            apart.follower.clock.move_by(SignedDuration::from_mins(5));
            async {
                let mut client = operators_client(&apart.follower).await;
                !client.list_parked_entries(parked()).await.unwrap().into_inner().entries.is_empty()
            }
        })
        .await;
        let mut client = operators_client(&apart.follower).await;
        let found = client.list_parked_entries(parked()).await.unwrap().into_inner().entries;
        assert_eq!((found.len(), found[0].position, found[0].attempt_count), (1, 1, 10));
        assert_eq!((found[0].source.as_str(), found[0].cause.as_str()), ("routing", "cannot stomach it"));
        assert_eq!(found[0].r#type, "redress.test.v1.Recorded");
        let elsewhere = ListParkedEntriesRequest { source: "ice-liaison".to_owned(), ..parked() };
        assert!(client.list_parked_entries(elsewhere).await.unwrap().into_inner().entries.is_empty());
        let one = subscription(&mut client).await;
        assert_eq!((one.held_count, one.parked_count, one.position), (1, 1, 3));

        let skip =
            SkipParkedEntryRequest { request_id: request_id(), source: "routing".to_owned(), position: 1 };
        client.skip_parked_entry(skip.clone()).await.unwrap();
        client.skip_parked_entry(skip).await.expect("a repetition has the same answer");
        let again =
            SkipParkedEntryRequest { request_id: request_id(), source: "routing".to_owned(), position: 1 };
        let refused = Refused::of(&client.skip_parked_entry(again).await.unwrap_err());
        assert_eq!((refused.code, refused.reason.as_str()), (Code::NotFound, "ENTRY_NOT_PARKED"));
        let retry =
            RetryParkedEntryRequest { request_id: request_id(), source: "routing".to_owned(), position: 3 };
        let refused = Refused::of(&client.retry_parked_entry(retry).await.unwrap_err());
        assert_eq!(refused.metadata["position"], "3", "it is still tried");
        let readmit = ReadmitSourceRequest {
            request_id: request_id(),
            source: "routing".to_owned(),
            resume_after_position: None,
        };
        let refused = Refused::of(&client.readmit_source(readmit).await.unwrap_err());
        assert_eq!(
            (refused.code, refused.reason.as_str()),
            (Code::FailedPrecondition, "SOURCE_NOT_QUARANTINED")
        );
        apart.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_is_cut_at_any_byte_loses_nothing_and_repeats_nothing() {
    // Every entry comes over a line that is cut once, a byte later each time: in the greeting, in a frame's head, in the
    // middle of an entry, between two.
    for backend in backends() {
        let (lines, step) = if backend == Backend::Sqlite { (LINES, 1) } else { (1, 23) };
        // Most of the time is spent waiting for the next attempt, so several lines are cut beside each other.
        let mut all = Vec::new();
        for line in 0..lines {
            let source = Suite::of([SOURCE]).on(backend.clone()).start().await.unwrap();
            let relay = Relay::to(source.running().address()).await.unwrap();
            let plan = following(&source, &relay.url(), Role::Service).on(backend.clone());
            let follower = plan.start().await.unwrap();
            all.push(cut_line(source, relay, follower, (line * step, lines * step)));
        }
        join_all(all).await;
    }
}

/// Cuts a line at `first` and every `step` bytes further.
async fn cut_line(source: Suite, relay: Relay, follower: Suite, (first, step): (u32, u32)) {
    let mut client = operators_client(&follower).await;
    let mut recorder = Wire::of(&source, &manager()).await;
    let mut recorded = 0;
    for bytes in (first..FURTHEST_CUT).step_by(usize::try_from(step).unwrap()) {
        relay.cut_after(bytes);
        assert_eq!(recorder.call(RECORD, &named(GOOD)).await.code(), Code::Ok);
        recorded += 1;
        wait::until_async("the entry to have its effect", || {
            let mut client = client.clone();
            async move { subscription(&mut client).await.position == recorded }
        })
        .await;
    }
    assert!(relay.cuts() >= u64::try_from(recorded).unwrap() / 2, "{} cuts", relay.cuts());
    let once_each: Vec<String> = (1..=recorded).map(|at| format!("900d:{at}@{at}")).collect();
    assert_eq!(told(&follower).await.1, once_each.join(","), "each once, in the order of the stream");
    let one = subscription(&mut client).await;
    assert_eq!((one.held_count, one.parked_count), (0, 0));
    follower.stop().await.unwrap();
    source.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_forgets_is_quarantined_until_a_person_readmits_it() {
    // The source is replaced by one that never had the entries that were taken: its position is behind the cursor.
    let mut source = Suite::of([SOURCE]).start().await.unwrap();
    let relay = Relay::to(source.running().address()).await.unwrap();
    let follower = following(&source, &relay.url(), Role::Service).start().await.unwrap();
    for _ in 0..2 {
        record(&source, GOOD).await;
    }
    did(&follower, "900d:1@1,900d:2@2").await;
    let replaced = Suite::of([SOURCE]).start().await.unwrap();
    let token = replaced.token(&someone([Role::Service], false)).unwrap();
    std::fs::write(source.folder().join("follower.token"), token).unwrap();
    relay.turn_to(replaced.running().address());
    source.pause().await;
    let mut client = operators_client(&follower).await;
    wait::until_async("the source to be quarantined", || {
        let mut client = client.clone();
        async move { subscription(&mut client).await.standing() == SubscriptionStanding::Quarantined }
    })
    .await;
    record(&replaced, GOOD).await;
    let readmit = ReadmitSourceRequest {
        request_id: request_id(),
        source: "routing".to_owned(),
        resume_after_position: Some(0),
    };
    client.readmit_source(readmit).await.unwrap();
    did(&follower, "900d:1@1,900d:1@1,900d:2@2").await;
    follower.stop().await.unwrap();
    replaced.stop().await.unwrap();
    source.stop().await.unwrap();
}
