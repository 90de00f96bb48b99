//! Contacts come in at routing, complaints takes up what is handed over, and routing hears what became of it, while either is
//! killed at any moment and the lines between them are cut at any byte. Whatever was acknowledged has its effect once, in the
//! order of the stream, and rows that are passed on in a stream that breaks have one result each (L18, R26).

mod desk;
mod rows;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use redress_proto::{
    complaints::v1::ComplaintRegistered,
    options::v1::Role,
    routing::v1::{ComplaintHandedOver, Fate, HandoverAnswered, Matter, Writer},
};
use redress_testkit::wait;
use redress_tests::{
    chain::{Chain, JETS, Member},
    clerk::{Clerk, contact, input, reference},
    day::today,
    identity::Issuer,
    postgres,
    seed::Seed,
    server::Server,
    sides::Sides,
};
use tokio::task::JoinSet;

use self::{desk::Desk, rows::Rows};
use super::{aftermath::listed, streamed::streamed};

/// Cycles of coming in, cutting and killing.
const CYCLES: u64 = 10;
/// Desks at which contacts are routed.
const DESKS: usize = 3;
/// Contacts that come to each in a cycle.
const EACH: usize = 3;
/// Rows that are passed on in a cycle, of which every one in [`ROWS_TO_A_BAD_ONE`] can be taken by nobody.
const ROWS: usize = 10;
const ROWS_TO_A_BAD_ONE: usize = 5;
/// How long all may take to be taken up after the last kill: whoever could not be reached is asked again within ten seconds, more
/// than once.
const SETTLING: Duration = Duration::from_secs(90);
/// How often it is looked whether they are.
const LOOK: Duration = Duration::from_millis(50);
/// Contacts that come while complaints is away.
const A_DAY: usize = 80;
/// A line is cut so many bytes further, at most.
const FURTHEST: u64 = 4000;
/// Of so many kills one is of complaints; the others are of routing.
const KILLS: u64 = 3;
/// The kill comes so many milliseconds after the first contact, at most.
const LATEST: u64 = 120;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_acknowledged_has_its_effect_once_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let issuer = Issuer::new().unwrap();
    let sides = Sides::sqlite(folder.path(), &issuer).await.unwrap();
    Box::pin(kill_either(sides, &issuer, Seed::new(0x3077))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_acknowledged_has_its_effect_once_on_postgres() {
    let Some(administrator) = postgres::administrator() else { return };
    let folder = tempfile::tempdir().unwrap();
    let issuer = Issuer::new().unwrap();
    let sides = Sides::postgres(folder.path(), &issuer, &administrator, "redress_either").await.unwrap();
    Box::pin(kill_either(sides, &issuer, Seed::new(0x3078))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_was_away_takes_up_what_waited_for_it_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let issuer = Issuer::new().unwrap();
    let sides = Sides::sqlite(folder.path(), &issuer).await.unwrap();
    Box::pin(be_away(sides, &issuer, Seed::new(0x3079))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_was_away_takes_up_what_waited_for_it_on_postgres() {
    let Some(administrator) = postgres::administrator() else { return };
    let folder = tempfile::tempdir().unwrap();
    let issuer = Issuer::new().unwrap();
    let sides = Sides::postgres(folder.path(), &issuer, &administrator, "redress_away").await.unwrap();
    Box::pin(be_away(sides, &issuer, Seed::new(0x307a))).await;
}

/// Complaints is down while a day's contacts come in, and routing is when complaints comes back: neither is missed for longer than
/// it is away.
async fn be_away(mut sides: Sides, issuer: &Issuer, mut seed: Seed) {
    let chain = begin(&mut sides, issuer, &mut seed).await;
    let jobcentre = chain.people.token(Member::JobcentrePlus, Role::JobcentrePlus).unwrap();
    sides.complaints.pause().await.unwrap();
    let mut rows = Rows::new(jobcentre, seed.split());
    rows.fill((0..A_DAY).map(|_| fresh(&chain, Writer::JobcentrePlus, &mut seed)));
    let rows = rows.finish(routing(&sides).connect().await.unwrap()).await;
    sides.routing.pause().await.unwrap();
    sides.up().await.unwrap();
    let acknowledged: Vec<String> = rows.complaints().collect();
    assert_eq!(acknowledged.len(), A_DAY);
    once(&sides, &chain, &acknowledged).await;
    sides.leave().await.unwrap();
}

/// Starts both, with a chain that both know.
async fn begin(sides: &mut Sides, issuer: &Issuer, seed: &mut Seed) -> Chain {
    sides.up().await.unwrap();
    let channel = complaints(sides).connect().await.unwrap();
    let chain = Chain::set_up(&channel, issuer, JETS, seed).await.unwrap();
    let officer = chain.people.token(Member::Prime, Role::ComplaintsOfficer).unwrap();
    let mut clerk = Clerk::new(routing(sides).connect().await.unwrap(), officer, seed.split());
    wait::ready("routing to know the chain", clerk.until_known(&chain.contract, today())).await.unwrap();
    chain
}

async fn kill_either(mut sides: Sides, issuer: &Issuer, mut seed: Seed) {
    let chain = begin(&mut sides, issuer, &mut seed).await;
    let officer = chain.people.token(Member::Prime, Role::ComplaintsOfficer).unwrap();
    let jobcentre = chain.people.token(Member::JobcentrePlus, Role::JobcentrePlus).unwrap();

    let mut desks: Vec<Desk> = (0..DESKS).map(|_| Desk::new(officer.clone(), seed.split())).collect();
    let mut rows = Rows::new(jobcentre, seed.split());
    for _ in 0..CYCLES {
        sides.up().await.unwrap();
        cut_lines(&sides, &mut seed);
        for desk in &mut desks {
            desk.fill((0..EACH).map(|_| fresh(&chain, Writer::Participant, &mut seed)));
        }
        rows.fill((0..ROWS).map(|number| {
            let mut row = fresh(&chain, Writer::JobcentrePlus, &mut seed);
            if number % ROWS_TO_A_BAD_ONE == 0 {
                row.statement = None;
            }
            row
        }));
        let channel = routing(&sides).connect().await.unwrap();
        let mut at_work = JoinSet::new();
        for desk in desks.drain(..) {
            at_work.spawn(desk.work(channel.clone()));
        }
        let mut passing_on = JoinSet::new();
        passing_on.spawn(rows.work(channel));
        let moment = now() + Duration::from_micros(seed.below(LATEST * 1000));
        tokio::time::sleep_until(moment).await;
        kill_one(&mut sides, &mut seed);
        desks = at_work.join_all().await;
        rows = passing_on.join_next().await.unwrap().unwrap();
    }
    sides.up().await.unwrap();
    let channel = routing(&sides).connect().await.unwrap();
    let mut finished = Vec::new();
    for desk in desks {
        finished.push(desk.finish(channel.clone()).await);
    }
    let rows = rows.finish(channel.clone()).await;
    for desk in &finished {
        desk.repeat(channel.clone()).await;
    }
    assert_eq!(rows.refused(), usize::try_from(CYCLES).unwrap() * ROWS / ROWS_TO_A_BAD_ONE);
    let routed = finished.iter().flat_map(Desk::complaints).chain(rows.complaints());
    let acknowledged: Vec<String> = routed.collect();
    once(&sides, &chain, &acknowledged).await;
    for side in [&sides.complaints, &sides.routing] {
        assert!(side.way().cuts() > 0, "no line was ever cut");
    }
    sides.leave().await.unwrap();
}

fn complaints(sides: &Sides) -> &Server {
    sides.complaints.server().unwrap()
}

fn routing(sides: &Sides) -> &Server {
    sides.routing.server().unwrap()
}

/// Has each line between them cut somewhere.
fn cut_lines(sides: &Sides, seed: &mut Seed) {
    for side in [&sides.complaints, &sides.routing] {
        side.way().cut_after(u32::try_from(seed.below(FURTHEST)).unwrap());
    }
}

fn kill_one(sides: &mut Sides, seed: &mut Seed) {
    let victim = if seed.below(KILLS) == 0 { &mut sides.complaints } else { &mut sides.routing };
    victim.kill().unwrap();
}

/// Each complaint that was acknowledged is there once, in the order in which routing handed it over, and routing heard of it
/// once.
async fn once(sides: &Sides, chain: &Chain, acknowledged: &[String]) {
    let expected: BTreeSet<String> = acknowledged.iter().cloned().collect();
    assert_eq!(expected.len(), acknowledged.len(), "two contacts were answered with one complaint");
    let complaints = complaints(sides);
    taken_up(complaints, chain, &expected).await;
    // A complaint is listed from its commit on, and streamed once the sequencer has given it a position.
    wait::until_async("all of it to be streamed", || async {
        streamed::<ComplaintRegistered>(complaints, chain).await.len() >= expected.len()
    })
    .await;
    let handed: Vec<String> = streamed::<ComplaintHandedOver>(routing(sides), chain)
        .await
        .into_iter()
        .map(|it| it.complaint)
        .collect();
    let registered: Vec<String> =
        streamed::<ComplaintRegistered>(complaints, chain).await.into_iter().map(|it| it.complaint).collect();
    assert_eq!(registered, handed, "each once, in the order in which it was handed over");
    assert_eq!(registered.into_iter().collect::<BTreeSet<_>>(), expected, "nothing else was handed over");

    wait::until_async("routing to hear of all of it", || async {
        heard(sides, chain).await.len() >= expected.len()
    })
    .await;
    let heard = heard(sides, chain).await;
    assert_eq!(heard.keys().cloned().collect::<BTreeSet<_>>(), expected);
    assert!(heard.values().all(|fates| fates == &[Fate::Open]), "{heard:?}");
}

/// Waits until every one of these is there, and says which are not where some never come.
async fn taken_up(complaints: &Server, chain: &Chain, expected: &BTreeSet<String>) {
    let all = async {
        let mut looks = tokio::time::interval(LOOK);
        while listed(complaints, chain).await != *expected {
            looks.tick().await;
        }
    };
    if tokio::time::timeout(SETTLING, all).await.is_err() {
        let there = listed(complaints, chain).await;
        let missing: Vec<_> = expected.difference(&there).collect();
        let more: Vec<_> = there.difference(expected).collect();
        panic!("not taken up: {missing:?}; and not handed over: {more:?}\n{}", complaints.log());
    }
}

/// What routing recorded of each complaint's fate.
async fn heard(sides: &Sides, chain: &Chain) -> BTreeMap<String, Vec<Fate>> {
    let mut heard: BTreeMap<String, Vec<Fate>> = BTreeMap::new();
    for answered in streamed::<HandoverAnswered>(routing(sides), chain).await {
        heard.entry(answered.complaint.clone()).or_default().push(answered.fate());
    }
    heard
}

/// A contact about the provider, which no other is equal to.
fn fresh(chain: &Chain, writer: Writer, seed: &mut Seed) -> redress_proto::routing::v1::Contact {
    let asked = input(&chain.contract, writer, &[Matter::Provider], today());
    contact(asked, &reference(seed))
}

#[expect(clippy::disallowed_methods, reason = "when to kill is measured from now")]
fn now() -> tokio::time::Instant {
    tokio::time::Instant::now()
}
