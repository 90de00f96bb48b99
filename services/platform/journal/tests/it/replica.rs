//! Another process that does the same thing at the worst possible moment.

use std::sync::Mutex;

use jiff::Timestamp;
use redress_journal::{Call, Command, Entries, Failure, Shell, World};
use redress_store::{DbError, Tx};
use uuid::Uuid;

use crate::{
    fixture::{Fresh, SETTINGS, Service, call, reopen, requested},
    toy::{Add, Counted, LIMIT, Things, TooMuch},
};

/// What the other process does while this one is between two statements.
static MEANWHILE: Mutex<Option<(Shell<Things>, Call<Add>)>> = Mutex::new(None);

/// The toy world, overtaken while it loads.
struct Overtaken(Things);

impl World for Overtaken {
    type Want = Uuid;

    fn new() -> Self {
        Self(Things::new())
    }

    async fn load(&mut self, tx: &mut Tx, wants: &[Uuid]) -> Result<(), DbError> {
        let meanwhile = MEANWHILE.lock().unwrap().take();
        if let Some((shell, call)) = meanwhile {
            shell.submit(call).await.unwrap();
        }
        self.0.load(tx, wants).await
    }

    fn changes(&self) -> usize {
        self.0.changes()
    }

    async fn flush(&mut self, tx: &mut Tx) -> Result<(), DbError> {
        self.0.flush(tx).await
    }
}

impl Command<Overtaken> for Add {
    type Answer = Counted;
    type Refusal = TooMuch;

    fn wants(&self, wants: &mut Vec<Uuid>) {
        Command::<Things>::wants(self, wants);
    }

    fn run(
        &self,
        world: &mut Overtaken,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<Counted, TooMuch> {
        Command::<Things>::run(self, &mut world.0, entries, now)
    }
}

#[tokio::test]
async fn a_request_answered_elsewhere_between_two_statements_gets_the_same_answer() {
    // The second one sees neither the request nor its effect, or both: never the effect alone, which would refuse it.
    // SQLite has one writer, so there is no such moment.
    let Some(fresh) = Fresh::postgres().await else { return };
    let here = Service::on(&fresh.db);
    let elsewhere = Service::on(&reopen(&fresh.url).await);
    let overtaken: Shell<Overtaken> = Shell::start(&here.parts, SETTINGS);
    let (thing, request) = (here.parts.ids.next(), here.parts.ids.next());
    let all = || requested(request, Add::new(thing, LIMIT));
    *MEANWHILE.lock().unwrap() = Some((elsewhere.shell.clone(), all()));
    assert_eq!(overtaken.submit(all()).await, Ok(Counted { total: LIMIT, version: 1 }));
    assert!(MEANWHILE.lock().unwrap().is_none(), "it was overtaken");
    assert!(here.shell.submit(call(Add::new(thing, 1))).await.is_err(), "the limit is reached, once");
    here.stopped().await;
    elsewhere.stopped().await;
    fresh.gone().await;
}

#[tokio::test]
async fn a_session_that_the_server_cuts_leaves_one_effect_under_the_same_request() {
    // Reliability T12, 5.1 (5)
    const CUT: &str = "SELECT pg_terminate_backend(pid) AS done FROM pg_stat_activity \
         WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let Some(fresh) = Fresh::postgres().await else { return };
    let service = Service::on(&fresh.db);
    let (thing, request) = (service.parts.ids.next(), service.parts.ids.next());
    service.shell.submit(call(Add::new(thing, 1))).await.unwrap();

    // The command waits for a row that someone holds, until its session is cut.
    let mut holding = fresh.db.write().await.unwrap();
    let lock = "UPDATE things SET total = total WHERE thing_id = $1";
    holding.query(lock).bind(thing).execute().await.unwrap();
    let waiting = service.shell.submit(requested(request, Add::new(thing, 1)));
    let cut = async {
        loop {
            let mut tx = fresh.db.read().await.unwrap();
            let done: Vec<bool> = tx.query(CUT).all(|row| row.get("done")).await.unwrap();
            if done == [true] {
                break;
            }
        }
    };
    let (answer, ()) = futures::join!(waiting, cut);
    assert!(matches!(answer, Err(Failure::Unavailable | Failure::OutcomeUnknown)), "{answer:?}");
    holding.rollback().await.unwrap();

    for _ in 0..2 {
        let answer = service.shell.submit(requested(request, Add::new(thing, 1))).await;
        assert_eq!(answer, Ok(Counted { total: 2, version: 2 }));
    }
    service.stopped().await;
    fresh.gone().await;
}
