//! A fresh database of each kind for every test, and a service around it.

use std::{
    io::Write as _,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use jiff::Timestamp;
use redress_journal::{
    Actor, Call, Hint, Log, MIGRATIONS, Request, Sequencer, Shell,
    checkpoint::{LastCheckpoint, Signer},
    sequencer,
    shell::{self, Parts},
};
use redress_kernel::{Clock, Ids};
use redress_store::{Db, Settings, scratch};
use tempfile::TempDir;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use uuid::Uuid;

use crate::toy::{self, Add, Things};

/// A database that goes away.
pub(crate) struct Fresh {
    pub(crate) db: Db,
    pub(crate) url: String,
    pub(crate) folder: TempDir,
    remove: Option<(String, String)>,
}

impl Fresh {
    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}/test.db", folder.path().display());
        Self { db: open(&url).await, url, folder, remove: None }
    }

    /// `None`, with a line that says so, where there is no server to test with.
    pub(crate) async fn postgres() -> Option<Self> {
        #[expect(clippy::disallowed_methods, reason = "the one setting of the tests")]
        let Ok(administrator) = std::env::var("REDRESS_TEST_POSTGRES") else {
            skipped("REDRESS_TEST_POSTGRES names no server: not tried on PostgreSQL");
            return None;
        };
        let name = format!("journal_{}", Counting::from_nothing().next().simple());
        let url = scratch::create(&administrator, &name).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        Some(Self { db: open(&url).await, url, folder, remove: Some((administrator, name)) })
    }

    pub(crate) async fn gone(self) {
        self.db.close().await;
        if let Some((administrator, name)) = self.remove {
            scratch::remove(&administrator, &name).await.unwrap();
        }
    }
}

async fn open(url: &str) -> Db {
    let db = reopen(url).await;
    db.migrate(&[MIGRATIONS, toy::SCHEMA]).await.unwrap();
    db
}

/// Another process's view of the same database.
pub(crate) async fn reopen(url: &str) -> Db {
    Db::open(url, Settings { connections: 10, ..Settings::default() }).await.unwrap()
}

/// Runs a test on each kind of database.
pub(crate) async fn on_both(test: impl AsyncFn(&Fresh)) {
    let mut all = vec![Fresh::sqlite().await];
    all.extend(Fresh::postgres().await);
    for fresh in all {
        eprintln!("on {}", fresh.db.engine().name());
        test(&fresh).await;
        fresh.gone().await;
    }
}

/// Says aloud, past the test runner's capture, that something is not tested.
pub(crate) fn skipped(what: &str) {
    let mut aloud = std::io::stderr().lock();
    writeln!(aloud, "SKIPPED: {what}").unwrap();
}

/// A clock that moves by a microsecond whenever it is looked at.
pub(crate) struct Ticking(AtomicI64);

impl Ticking {
    pub(crate) fn new() -> Self {
        Self(AtomicI64::new(1_780_000_000_000_000))
    }
}

impl Clock for Ticking {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.fetch_add(1, Ordering::Relaxed)).unwrap()
    }
}

/// Ids that count, each source from a place of its own.
pub(crate) struct Counting(u64, AtomicU64);

impl Counting {
    pub(crate) fn from_nothing() -> Self {
        #[expect(clippy::disallowed_methods, reason = "tests of one server must not meet")]
        let place = Uuid::new_v4().as_u64_pair().0;
        Self(place, AtomicU64::new(1))
    }
}

impl Ids for Counting {
    fn next(&self) -> Uuid {
        Uuid::from_u64_pair(self.0, self.1.fetch_add(1, Ordering::Relaxed))
    }
}

/// A service on a database: one of maybe several.
pub(crate) struct Service {
    pub(crate) parts: Parts,
    pub(crate) shell: Shell<Things>,
}

pub(crate) const SETTINGS: shell::Settings = shell::Settings { lanes: 4, group: 32, queue: 512, retries: 3 };

impl Service {
    pub(crate) fn on(db: &Db) -> Self {
        Self::with(db, SETTINGS)
    }

    pub(crate) fn with(db: &Db, settings: shell::Settings) -> Self {
        let parts = Parts {
            db: db.clone(),
            clock: Arc::new(Ticking::new()),
            ids: Arc::new(Counting::from_nothing()),
            hint: Hint::new(),
            tasks: TaskTracker::new(),
            stop: CancellationToken::new(),
        };
        let shell = Shell::start(&parts, settings);
        Self { parts, shell }
    }

    pub(crate) async fn log(&self) -> Log {
        let (db, hint) = (self.parts.db.clone(), self.parts.hint.clone());
        Log::open(db, signer().verifier().clone(), hint, self.parts.ids.as_ref()).await.unwrap()
    }

    pub(crate) fn sequencer(&self, fresh: &Fresh, batch: i64) -> Sequencer {
        Sequencer::new(
            self.parts.db.clone(),
            signer(),
            last(fresh),
            Arc::clone(&self.parts.clock),
            self.parts.hint.clone(),
            self.parts.ids.next(),
            sequencer::Settings { batch, pace: Duration::ZERO, timer: Duration::from_millis(20) },
        )
    }

    pub(crate) async fn stopped(self) {
        self.parts.stop.cancel();
        self.parts.tasks.close();
        self.parts.tasks.wait().await;
    }
}

pub(crate) fn signer() -> Signer {
    Signer::from_seed("redress.example/toy", &[7; 32]).unwrap()
}

pub(crate) fn last(fresh: &Fresh) -> LastCheckpoint {
    LastCheckpoint::at(fresh.folder.path().join("toy.checkpoint"))
}

pub(crate) const OURS: Uuid = Uuid::from_u128(0xa);

pub(crate) fn call(add: Add) -> Call<Add> {
    let actor = Actor { organisation: Some(OURS), subject: "someone".to_owned() };
    Call { partition: Some(add.thing), ..Call::new(actor, add) }
}

/// The same, under a request id, with the fields that the chassis would have digested.
pub(crate) fn requested(id: Uuid, add: Add) -> Call<Add> {
    let digests = [("thing", add.thing.as_bytes().to_vec()), ("amount", add.amount.to_be_bytes().to_vec())];
    let digests = digests.into_iter().map(|(name, digest)| (name.to_owned(), digest)).collect();
    Call { request: Some(Request { id, method: "toy/Add", digests }), ..call(add) }
}
