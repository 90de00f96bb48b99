//! Acting on another service's entries: once each, in order, whatever fails.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use jiff::Timestamp;
use redress_journal::{
    Actor, Filter,
    append::Origin,
    entry::Entry,
    feed::Page,
    shell::inside,
    subscription::{
        Fault, HandleFault, Handler, LocalSource, Settings, Source, SourceFault, Standing, Subscription,
    },
};
use redress_kernel::Clock;
use redress_store::{Cause, Db, DbError, Row, Tx};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{
    fixture::{Counting, Fresh, Service, call, on_both},
    toy::{Add, Things, total},
};

/// A clock that a test moves.
struct Still(AtomicI64);

impl Clock for Still {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// Adds what was added elsewhere, except to the streams that it is told to choke on.
#[derive(Clone, Default)]
struct Mirror {
    poisonous: Arc<Mutex<BTreeSet<Uuid>>>,
    weather: Arc<Mutex<Option<DbError>>>,
    seen: Arc<Mutex<Vec<(Uuid, i64)>>>,
}

impl Handler for Mirror {
    async fn handle(&self, tx: &mut Tx, entry: &Entry) -> Result<(), HandleFault> {
        let weather = self.weather.lock().unwrap().clone();
        if let Some(error) = weather {
            return Err(error.into());
        }
        let stream = entry.stream().map_err(|_| HandleFault::Poison("no stream".to_owned()))?;
        let amount = entry.content.payload.as_slice().try_into().map(i64::from_be_bytes).unwrap();
        let origin = Origin { causation: entry.id().ok(), ..Origin::of_suite() };
        let now = entry.content.record_time.unwrap().timestamp().unwrap();
        let ids = Counting::from_nothing();
        let done =
            inside::carry_out::<Things, _>(tx, &Add::new(stream.id, amount), origin, &ids, now).await?;
        // The effect is there already, and must go again with the transaction.
        if self.poisonous.lock().unwrap().contains(&stream.id) || done.is_err() {
            return Err(HandleFault::Poison("cannot stomach it".to_owned()));
        }
        self.seen.lock().unwrap().push((stream.id, entry.content.version));
        Ok(())
    }
}

/// One service to listen to, and a database to listen in.
struct Pair {
    there: Service,
    sequencer: redress_journal::Sequencer,
    source: LocalSource,
    here: Db,
    mirror: Mirror,
    clock: Arc<Still>,
}

impl Pair {
    async fn new(there: &Fresh, here: &Fresh) -> Self {
        let service = Service::on(&there.db);
        let log = service.log().await;
        Self {
            sequencer: service.sequencer(there, 1000),
            source: LocalSource::new("there", log.feed(), Filter::everything()),
            there: service,
            here: here.db.clone(),
            mirror: Mirror::default(),
            clock: Arc::new(Still(AtomicI64::new(1_790_000_000))),
        }
    }

    fn subscription_to<S: Source>(&self, source: S) -> Subscription<S, Mirror> {
        Subscription::new(
            self.here.clone(),
            source,
            self.mirror.clone(),
            Arc::<Still>::clone(&self.clock),
            Arc::new(Counting::from_nothing()),
            Arc::new(|| 7),
            Settings { batch: 5, timer: Duration::from_millis(10), ..Settings::default() },
        )
    }

    fn subscription(&self) -> Subscription<LocalSource, Mirror> {
        self.subscription_to(self.source.clone())
    }

    async fn add(&mut self, thing: Uuid, amount: i64) {
        self.there.shell.submit(call(Add::new(thing, amount))).await.unwrap();
        self.sequencer.round().await.unwrap();
    }

    async fn total_here(&self, thing: Uuid) -> i64 {
        total(&mut self.here.read().await.unwrap(), thing).await
    }

    fn later(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

async fn until_idle<S: Source>(subscription: &mut Subscription<S, Mirror>) {
    loop {
        let step = subscription.step().await.unwrap();
        if step.handled + step.held == 0 {
            return;
        }
    }
}

/// Runs a test with the subscriber on each kind of database, and the source beside it.
async fn on_pairs(test: impl AsyncFn(Pair)) {
    on_both(async |here| {
        let there = Fresh::sqlite().await;
        test(Pair::new(&there, here).await).await;
        there.gone().await;
    })
    .await;
}

#[tokio::test]
async fn each_entry_has_one_effect_across_restarts_and_repeats() {
    // L18, reliability 2.2 (3)
    on_pairs(async |mut pair| {
        let things: Vec<Uuid> = (0..3).map(|_| pair.there.parts.ids.next()).collect();
        for n in 0..12_usize {
            pair.add(things[n % 3], 1).await;
        }
        until_idle(&mut pair.subscription()).await;
        // A new process begins where the last one ended, and two at once do nothing twice.
        pair.add(things[0], 1).await;
        let (mut one, mut two) = (pair.subscription(), pair.subscription());
        let (first, second) = futures::join!(one.step(), two.step());
        let handled =
            [first, second].into_iter().filter_map(Result::ok).map(|step| step.handled).sum::<usize>();
        assert_eq!(handled, 1);
        for (thing, expected) in things.iter().zip([5, 4, 4]) {
            assert_eq!(pair.total_here(*thing).await, expected);
        }
        for thing in things {
            let seen = pair.mirror.seen.lock().unwrap().clone();
            let versions: Vec<i64> =
                seen.into_iter().filter(|(id, _)| *id == thing).map(|(_, version)| version).collect();
            let mut ordered = versions.clone();
            ordered.sort_unstable();
            assert_eq!(versions, ordered, "in the order of the stream");
        }
        let gauges = pair.subscription().gauges().await.unwrap();
        assert_eq!((gauges.position, gauges.held, gauges.parked), (13, 0, 0));
        pair.there.stopped().await;
    })
    .await;
}

#[tokio::test]
async fn poison_is_parked_after_ten_attempts_while_other_streams_flow() {
    // Reliability 5.2 (5), T15
    on_pairs(async |mut pair| {
        let (bad, good) = (pair.there.parts.ids.next(), pair.there.parts.ids.next());
        pair.mirror.poisonous.lock().unwrap().insert(bad);
        for thing in [good, bad, good, bad, good] {
            pair.add(thing, 1).await;
        }
        let mut subscription = pair.subscription();
        let step = subscription.step().await.unwrap();
        assert_eq!((step.handled, step.held, step.position), (3, 2, 5));
        assert_eq!(pair.total_here(good).await, 3, "the others went on");
        assert_eq!(pair.total_here(bad).await, 0, "nothing of the failed attempt is left");

        for attempt in 2..=10 {
            assert_eq!(subscription.parked().await.unwrap(), [], "not before attempt {attempt}");
            pair.later(301);
            subscription.step().await.unwrap();
        }
        let parked = subscription.parked().await.unwrap();
        assert_eq!(parked.len(), 1, "only the first of the stream; the second waits behind it");
        assert_eq!((parked[0].position, parked[0].attempts, parked[0].stream.id), (2, 10, bad));
        assert_eq!(parked[0].reason, "cannot stomach it");
        pair.later(100_000);
        assert_eq!(subscription.step().await.unwrap().handled, 0, "nobody tries it any more");

        // What comes later waits behind it, too.
        pair.add(bad, 1).await;
        pair.add(good, 1).await;
        let step = subscription.step().await.unwrap();
        assert_eq!((step.handled, step.held), (1, 1));
        let gauges = subscription.gauges().await.unwrap();
        assert_eq!((gauges.held, gauges.parked), (2, 1));

        // Someone has mended it.
        pair.mirror.poisonous.lock().unwrap().clear();
        assert!(!subscription.redrive(1).await.unwrap(), "only what is parked is redriven");
        assert!(subscription.redrive(2).await.unwrap());
        assert_eq!(subscription.step().await.unwrap().handled, 3, "it, and all that waited behind it");
        assert_eq!(pair.total_here(bad).await, 3);
        assert_eq!(subscription.gauges().await.unwrap().held, 0);
        pair.there.stopped().await;
    })
    .await;
}

#[tokio::test]
async fn a_parked_entry_is_skipped_by_a_person_who_is_named_in_the_journal() {
    on_pairs(async |mut pair| {
        let bad = pair.there.parts.ids.next();
        pair.mirror.poisonous.lock().unwrap().insert(bad);
        pair.add(bad, 1).await;
        pair.add(bad, 2).await;
        let mut subscription = pair.subscription();
        subscription.step().await.unwrap();
        let person = || Actor { organisation: None, subject: "an operator".to_owned() };
        assert!(!subscription.skip(1, person()).await.unwrap(), "not while it is still tried");
        for _ in 0..9 {
            pair.later(301);
            subscription.step().await.unwrap();
        }
        assert!(!subscription.skip(2, person()).await.unwrap(), "not one that only waits");
        assert!(subscription.skip(1, person()).await.unwrap());
        assert!(!subscription.skip(1, person()).await.unwrap(), "once");
        pair.mirror.poisonous.lock().unwrap().clear();
        assert_eq!(subscription.step().await.unwrap().handled, 1);
        assert_eq!(pair.total_here(bad).await, 2, "the second without the first");

        let journal = "SELECT content FROM journal WHERE entry_type = 'redress.journal.v1.EntrySkipped'";
        let mut tx = pair.here.read().await.unwrap();
        let content: Vec<u8> = tx.query(journal).one(|row: &Row<'_>| row.get("content")).await.unwrap();
        let entry = Entry::parse(1, content, String::new()).unwrap();
        assert_eq!(entry.content.actor_subject, "an operator");
        drop(tx);
        pair.there.stopped().await;
    })
    .await;
}

#[tokio::test]
async fn bad_weather_is_not_blamed_on_the_entry() {
    on_pairs(async |mut pair| {
        let thing = pair.there.parts.ids.next();
        pair.add(thing, 1).await;
        let mut subscription = pair.subscription();
        let storm = DbError::Unavailable(Cause::new("08006", "gone"));
        *pair.mirror.weather.lock().unwrap() = Some(storm.clone());
        for _ in 0..20 {
            assert_eq!(subscription.step().await, Err(Fault::Database(storm.clone())));
        }
        *pair.mirror.weather.lock().unwrap() = None;
        assert_eq!(subscription.step().await.unwrap().handled, 1);
        assert_eq!(subscription.gauges().await.unwrap().held, 0);
        // What the database will never take is the entry's fault.
        pair.add(thing, 1).await;
        *pair.mirror.weather.lock().unwrap() = Some(DbError::Refused(Cause::new("22003", "out of range")));
        assert_eq!(subscription.step().await.unwrap().held, 1);
        pair.there.stopped().await;
    })
    .await;
}

/// A source that tells what the test wants.
#[derive(Clone)]
struct Told {
    name: &'static str,
    page: Arc<Mutex<Page>>,
}

impl Source for Told {
    fn name(&self) -> &str {
        self.name
    }

    async fn read(&self, after: i64, limit: usize) -> Result<Page, SourceFault> {
        let mut page = self.page.lock().unwrap().clone();
        if after > page.head {
            return Err(SourceFault::BeyondHead { head: page.head });
        }
        page.entries.retain(|entry| entry.position > after);
        page.entries.truncate(limit);
        Ok(page)
    }

    async fn wait(&self, _: i64) {}
}

#[tokio::test]
async fn a_source_with_another_past_is_quarantined() {
    // Reliability 5.2 (3), threat 6: restored, forked or replaced.
    on_pairs(async |mut pair| {
        let thing = pair.there.parts.ids.next();
        for _ in 0..4 {
            pair.add(thing, 1).await;
        }
        let honest = pair.source.read(0, 100).await.unwrap();
        let mut forked = honest.clone();
        forked.entries[2].bytes.push(0);
        let mut restored = honest.clone();
        restored.entries.truncate(2);
        (restored.head, restored.scanned) = (2, 2);
        let another_life = Page { epoch: Uuid::from_u128(9), ..honest.clone() };
        let mut shuffled = honest.clone();
        shuffled.entries.swap(2, 3);
        let mut expected = 0;
        for (name, page, why) in [
            ("forked", forked, "another one now"),
            ("restored", restored, "fewer"),
            ("replaced", another_life, "another life"),
            ("shuffled", shuffled, "out of order"),
        ] {
            let told = Told { name, page: Arc::new(Mutex::new(honest.clone())) };
            until_idle(&mut pair.subscription_to(told.clone())).await;
            expected += 4;
            assert_eq!(pair.total_here(thing).await, expected);

            *told.page.lock().unwrap() = page;
            let step = pair.subscription_to(told.clone()).step().await.unwrap();
            assert!(
                matches!(&step.standing, Standing::Quarantined(reason) if reason.contains(why)),
                "{step:?}"
            );

            // It stays so, also for the next process and for an honest page, until a person has looked.
            *told.page.lock().unwrap() = honest.clone();
            let mut next = pair.subscription_to(told);
            assert!(matches!(next.step().await.unwrap().standing, Standing::Quarantined(_)));
            assert!(matches!(next.gauges().await.unwrap().standing, Standing::Quarantined(_)));
            assert!(next.readmit().await.unwrap());
            assert!(!next.readmit().await.unwrap());
            until_idle(&mut next).await;
            assert_eq!(pair.total_here(thing).await, expected, "nothing was done twice");
        }
        pair.there.stopped().await;
    })
    .await;
}

#[tokio::test]
async fn a_running_subscription_follows_and_stops() {
    on_pairs(async |mut pair| {
        let thing = pair.there.parts.ids.next();
        let stop = CancellationToken::new();
        let running = pair.there.parts.tasks.spawn(pair.subscription().run(stop.clone()));
        for _ in 0..5 {
            pair.add(thing, 1).await;
        }
        while pair.total_here(thing).await < 5 {
            tokio::task::yield_now().await;
        }
        stop.cancel();
        running.await.unwrap();
        pair.there.stopped().await;
    })
    .await;
}

#[tokio::test]
async fn a_filtered_source_moves_the_cursor_past_what_it_does_not_show() {
    on_pairs(async |mut pair| {
        let thing = pair.there.parts.ids.next();
        for _ in 0..3 {
            pair.add(thing, 1).await;
        }
        let nothing = Filter { types: vec!["toy.Other".to_owned()], ..Filter::everything() };
        let source = LocalSource::new("there", pair.there.log().await.feed(), nothing);
        let step = pair.subscription_to(source).step().await.unwrap();
        assert_eq!((step.handled, step.position, step.head), (0, 3, 3));
        assert_eq!(pair.subscription().gauges().await.unwrap().position, 3);
        pair.there.stopped().await;
    })
    .await;
}
