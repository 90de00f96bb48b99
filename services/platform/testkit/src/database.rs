//! A database of its own for each test, on either engine.

use std::{
    io::{self, Write as _},
    process,
    sync::atomic::{AtomicU64, Ordering},
};

use anyhow::Context as _;
use redress_store::{Db, DbError, List, Settings, Table, scratch};
use tempfile::TempDir;

/// The variable that names a PostgreSQL server by an administrator's URL.
pub const VARIABLE: &str = "REDRESS_TEST_POSTGRES";

/// How many sessions of this database wait for another's lock.
const WAITING: &str = "SELECT COUNT(*) AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

/// A database engine to test on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Backend {
    /// A file in the test's own folder.
    Sqlite,
    /// A server, by an administrator's URL.
    Postgres(String),
}

/// The engines to test on: SQLite always, PostgreSQL where [`VARIABLE`] names a server. Says so when it does not.
pub fn backends() -> Vec<Backend> {
    let mut backends = vec![Backend::Sqlite];
    match postgres() {
        Some(backend) => backends.push(backend),
        None => drop(writeln!(io::stderr(), "PostgreSQL is not tested: {VARIABLE} is not set")),
    }
    backends
}

/// The PostgreSQL server to test on, if one is named.
#[expect(clippy::disallowed_methods, reason = "this is how a test is told where to run")]
pub fn postgres() -> Option<Backend> {
    std::env::var(VARIABLE).ok().map(Backend::Postgres)
}

/// Runs a test on each engine, in a database of its own with these tables.
///
/// # Errors
/// When a database cannot be made or removed.
pub async fn on_each(lists: &[List], test: impl AsyncFn(&Db)) -> anyhow::Result<()> {
    for backend in backends() {
        let place = Opened::on(&backend, Settings::default(), lists).await?;
        test(&place.db).await;
        place.leave().await?;
    }
    Ok(())
}

/// Has the engine check all of these statements and tables.
///
/// # Errors
/// With the first that means nothing to it.
pub async fn prepare(
    db: &Db,
    statements: &[&[&'static str]],
    tables: &[&[&'static Table]],
) -> anyhow::Result<()> {
    let on = db.engine().name();
    for sql in statements.concat() {
        db.prepare(sql).await.with_context(|| format!("{sql} on {on}"))?;
    }
    for table in tables.concat() {
        db.prepare_table(table).await.with_context(|| format!("{table:?} on {on}"))?;
    }
    Ok(())
}

/// Whether somebody waits for another's lock in this database, of which PostgreSQL alone can tell.
///
/// # Errors
/// Those of the database.
pub async fn someone_waits(db: &Db) -> Result<bool, DbError> {
    let mut tx = db.read().await?;
    Ok(tx.query(WAITING).one(|row| row.get::<i64>("waiting")).await? > 0)
}

impl Backend {
    /// Its name, for messages.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }
}

/// A database of a test's own, open, on either engine.
#[derive(Debug)]
pub struct Opened {
    /// The database.
    pub db: Db,
    scratch: Option<Scratch>,
    _folder: TempDir,
}

impl Opened {
    /// Makes one with these tables.
    pub async fn on(backend: &Backend, settings: Settings, lists: &[List]) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let (url, scratch) = match backend {
            Backend::Sqlite => (format!("sqlite:{}/test.db", folder.path().display()), None),
            Backend::Postgres(administrator) => {
                let scratch = Scratch::create(administrator).await?;
                (scratch.url.clone(), Some(scratch))
            }
        };
        let db = Db::open(&url, settings).await?;
        db.migrate(lists).await?;
        Ok(Self { db, scratch, _folder: folder })
    }

    /// Closes and removes it.
    pub async fn leave(self) -> anyhow::Result<()> {
        self.db.close().await;
        match self.scratch {
            Some(scratch) => scratch.remove().await,
            None => Ok(()),
        }
    }
}

/// A database on a server, to be dropped when the test is done.
#[derive(Debug)]
pub struct Scratch {
    administrator: String,
    name: String,
    /// The URL of the database.
    pub url: String,
}

impl Scratch {
    /// Makes an empty database on the server of `administrator`.
    pub async fn create(administrator: &str) -> anyhow::Result<Self> {
        Self::named(administrator, fresh_name()).await
    }

    /// Makes an empty database for each of some services, and returns them with the URL that leads each to its own, in which
    /// `{service}` stands for the service.
    pub async fn for_each(
        administrator: &str,
        services: impl Iterator<Item = &str>,
    ) -> anyhow::Result<(Vec<Self>, String)> {
        let base = fresh_name();
        let mut all = Vec::new();
        for service in services {
            all.push(Self::named(administrator, format!("{base}-{service}")).await?);
        }
        let (server, _) = administrator.rsplit_once('/').unwrap_or((administrator, ""));
        Ok((all, format!("{server}/{base}-{{service}}")))
    }

    async fn named(administrator: &str, name: String) -> anyhow::Result<Self> {
        let url = scratch::create(administrator, &name).await.context("a database for the test")?;
        Ok(Self { administrator: administrator.to_owned(), name, url })
    }

    /// Drops it and makes it anew, empty.
    pub async fn empty(&self) -> anyhow::Result<()> {
        scratch::remove(&self.administrator, &self.name).await.context("dropping the test's database")?;
        scratch::create(&self.administrator, &self.name).await.context("a database for the test")?;
        Ok(())
    }

    /// Drops it.
    pub async fn remove(self) -> anyhow::Result<()> {
        scratch::remove(&self.administrator, &self.name).await.context("dropping the test's database")
    }
}

/// A name that no other database of the tests has.
fn fresh_name() -> String {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    format!("test_{}_{}", process::id(), NUMBER.fetch_add(1, Ordering::Relaxed))
}
