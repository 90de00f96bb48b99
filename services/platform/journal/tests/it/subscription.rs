//! Acting on another service's entries: once each, in order, whatever fails.

mod life;
mod past;
mod poison;
mod weather;

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use jiff::Timestamp;
use redress_journal::{
    Call, Command, Failure, Filter, Hint, Shell,
    append::Origin,
    entry::{Actor, Entry},
    feed::Page,
    shell::inside,
    subscription::{
        self, Fault, HandleFault, Handler, LocalSource, Settings, Source, SourceFault, Standing,
        Subscription,
        operate::{Operations, Readmit, Refused, Retry, Skip},
        report::{self, Gauges, Parked},
    },
};
use redress_kernel::{Clock, Ids as _};
use redress_store::{Cause, Db, DbError, Row, Tx};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{
    fixture::{Counting, Fresh, SETTINGS, Service, call, on_both},
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
    /// Most entries that the database bears in a transaction.
    stamina: Arc<Mutex<Option<usize>>>,
    /// Entries in this transaction; everything is fetched before it begins.
    borne: Arc<AtomicUsize>,
    /// Streams whose entries need something that cannot be reached.
    unreachable: Arc<Mutex<BTreeSet<Uuid>>>,
    seen: Arc<Mutex<Vec<(Uuid, i64)>>>,
}

impl Handler for Mirror {
    /// The position for which it was fetched.
    type Prepared = i64;

    async fn prepare(&self, entry: &Entry) -> Result<i64, HandleFault> {
        let stream = entry.stream().map_err(|_| HandleFault::Poison("no stream".to_owned()))?;
        self.borne.store(0, Ordering::SeqCst);
        if self.unreachable.lock().unwrap().contains(&stream.id) {
            return Err(HandleFault::Unavailable);
        }
        Ok(entry.position)
    }

    async fn handle(&self, tx: &mut Tx, entry: &Entry, prepared: i64) -> Result<(), HandleFault> {
        assert_eq!(prepared, entry.position, "what was fetched for it");
        let weather = self.weather.lock().unwrap().clone();
        if let Some(error) = weather {
            return Err(error.into());
        }
        let borne = self.borne.fetch_add(1, Ordering::SeqCst) + 1;
        if self.stamina.lock().unwrap().is_some_and(|most| borne > most) {
            return Err(DbError::Unavailable(Cause::new("25P03", "took too long")).into());
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
        let parts = subscription::Parts {
            db: self.here.clone(),
            clock: Arc::<Still>::clone(&self.clock),
            ids: Arc::new(Counting::from_nothing()),
            hint: Hint::new(),
            draw: Arc::new(|| 7),
            watcher: Arc::new(()),
        };
        let settings = Settings { batch: 5, timer: Duration::from_millis(10), ..Settings::default() };
        Subscription::new(parts, source, self.mirror.clone(), settings)
    }

    async fn gauges(&self, source: &str) -> Gauges {
        let all = report::gauges(&mut self.here.read().await.unwrap()).await.unwrap();
        all.into_iter().find(|one| one.source == source).unwrap()
    }

    async fn parked(&self) -> Vec<Parked> {
        report::parked(&mut self.here.read().await.unwrap(), "there", ("", 0), 10).await.unwrap()
    }

    /// Has an operator do something.
    async fn operate<C: Command<Operations, Answer = (), Refusal = Refused>>(
        &self,
        command: C,
    ) -> Result<(), Failure<Refused>> {
        let service = Service::on(&self.here);
        let shell = Shell::start(&service.parts, SETTINGS);
        let actor = Actor { organisation: None, subject: "an operator".to_owned() };
        let done = shell.submit(Call::new(actor, command)).await;
        service.stopped().await;
        done
    }

    fn subscription(&self) -> Subscription<LocalSource, Mirror> {
        self.subscription_to(self.source.clone())
    }

    async fn add(&mut self, thing: Uuid, amount: i64) {
        self.there.shell.submit(call(Add::new(thing, amount))).await.unwrap();
        self.sequencer.round().await.unwrap();
    }

    /// The bytes of the next entry about a thing.
    async fn another(&mut self, thing: Uuid) -> Vec<u8> {
        self.add(thing, 1).await;
        let newest = self.source.read(4, 1).await.unwrap();
        newest.entries[0].bytes.clone()
    }

    async fn total_here(&self, thing: Uuid) -> i64 {
        total(&mut self.here.read().await.unwrap(), thing).await
    }

    fn later(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

fn retry(position: i64) -> Retry {
    Retry { source: "there".to_owned(), position }
}

fn skip(position: i64) -> Skip {
    Skip { source: "there".to_owned(), position, record: Counting::from_nothing().next() }
}

fn readmit(source: &str, resume_after: Option<i64>) -> Readmit {
    Readmit { source: source.to_owned(), resume_after, record: Counting::from_nothing().next() }
}

fn not_parked_at(position: i64) -> Refused {
    Refused::NotParked { source_name: "there".to_owned(), position }
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
