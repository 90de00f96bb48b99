//! A database, opened by URL. Nothing is written outside a transaction, so there is no write that a broken
//! connection could swallow unseen.

mod explain;
pub(crate) mod postgres;
mod rewrite;
mod self_check;
pub(crate) mod sqlite;

use std::{sync::Arc, time::Duration};

use sqlx::{AssertSqlSafe, Executor as _, PgPool, SqlSafeStr, SqlStr, SqlitePool};
use tokio::sync::watch;

pub use self_check::{Fault, Severity};

use crate::{Cause, DbError, Glance, Table, Tx, expand, glance, line::Stage, query, tx::Arm};

/// A database and its connections. Clones share them.
#[derive(Clone, Debug)]
pub struct Db {
    pools: Pools,
    health: Arc<Health>,
}

#[derive(Clone, Debug)]
pub(crate) enum Pools {
    /// One connection writes, because SQLite has one writer; others read beside it.
    Sqlite { writer: SqlitePool, readers: SqlitePool },
    /// Some connections only look.
    Postgres { all: PgPool, glances: PgPool },
}

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// The embedded default.
    Sqlite,
    /// The production one.
    Postgres,
}

/// How to use a database.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The name the server shows for our connections (PostgreSQL).
    pub application: String,
    /// Connections to PostgreSQL.
    pub connections: u32,
    /// Connections that read from SQLite, beside the one that writes.
    pub readers: u32,
    /// How long to wait for a connection, and on SQLite for another process's lock.
    pub wait: Duration,
    /// How long one statement may run (PostgreSQL).
    pub statement: Duration,
    /// How long to wait for a row's lock (PostgreSQL).
    pub lock: Duration,
    /// How long a transaction may stay open without a statement (PostgreSQL).
    pub idle: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            application: "redress".to_owned(),
            connections: 20,
            readers: 4,
            wait: Duration::from_secs(5),
            statement: Duration::from_secs(5),
            lock: Duration::from_secs(2),
            idle: Duration::from_secs(5),
        }
    }
}

/// How many connections there are, for the metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gauge {
    /// Which pool: `writer` and `readers`, or `connections` and `glances`.
    pub pool: &'static str,
    /// Connections someone is using.
    pub in_use: u64,
    /// Connections that wait for work.
    pub idle: u64,
    /// As many as there may be.
    pub most: u64,
}

/// Remembers whether the storage has failed, and whether it was full.
#[derive(Debug)]
pub(crate) struct Health {
    broken: watch::Sender<Option<Cause>>,
    pub(crate) full: watch::Sender<bool>,
}

impl Health {
    /// Passes an error on, remembering it if it means that the storage failed or is full.
    pub(crate) fn note(&self, error: DbError) -> DbError {
        match &error {
            DbError::Broken(cause) => drop(self.broken.send_replace(Some(cause.clone()))),
            DbError::Exhausted(_) => drop(self.full.send_replace(true)),
            DbError::Conflict(_)
            | DbError::Unavailable(_)
            | DbError::Timeout(_)
            | DbError::Unknown(_)
            | DbError::Inconsistent { .. }
            | DbError::Refused(_) => {}
        }
        error
    }
}

impl Db {
    /// Opens `sqlite:path/to/file` (made if missing, its folder too) or `postgres://…`.
    ///
    /// # Errors
    /// [`DbError::Refused`] when the URL names neither, or when SQLite is too old or does not take the settings
    /// without which a commit would not be durable.
    pub async fn open(url: &str, settings: Settings) -> Result<Self, DbError> {
        let pools = match url.split_once(':').map(|(scheme, _)| scheme) {
            Some("sqlite") => {
                let (writer, readers) = sqlite::open(url, &settings).await?;
                Pools::Sqlite { writer, readers }
            }
            Some("postgres" | "postgresql") => {
                let (all, glances) = postgres::open(url, &settings).await?;
                Pools::Postgres { all, glances }
            }
            Some(_) | None => {
                return Err(DbError::refused("url", "a database URL begins with sqlite: or postgres:"));
            }
        };
        let health = Health { broken: watch::Sender::new(None), full: watch::Sender::new(false) };
        Ok(Self { pools, health: Arc::new(health) })
    }

    pub(crate) fn health(&self) -> &Health {
        &self.health
    }

    /// Which database it is.
    pub const fn engine(&self) -> Engine {
        match self.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres { .. } => Engine::Postgres,
        }
    }

    /// Begins a transaction that sees one state of the database throughout and cannot change it.
    pub async fn read(&self) -> Result<Tx, DbError> {
        let begun = match &self.pools {
            Pools::Sqlite { readers, .. } => begin_sqlite(readers.clone(), "BEGIN").await,
            Pools::Postgres { all: pool, .. } => {
                begin_postgres(pool.clone(), "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await
            }
        };
        self.begun(begun)
    }

    /// A connection that looks at the database, one statement at a time and without a transaction.
    pub async fn glance(&self) -> Result<Glance, DbError> {
        let open = match &self.pools {
            Pools::Sqlite { readers, .. } => readers.acquire().await.map(glance::Arm::Sqlite),
            Pools::Postgres { glances, .. } => glances.acquire().await.map(glance::Arm::Postgres),
        };
        let arm = open.map_err(|error| self.health.note(error.into()))?;
        Ok(Glance { arm, health: Arc::clone(&self.health), stage: Stage::Sound })
    }

    /// Begins a transaction that may change things. On SQLite there is one at a time, in the order of asking.
    pub async fn write(&self) -> Result<Tx, DbError> {
        let begun = match &self.pools {
            Pools::Sqlite { writer, .. } => begin_sqlite(writer.clone(), "BEGIN IMMEDIATE").await,
            Pools::Postgres { all: pool, .. } => begin_postgres(pool.clone(), "BEGIN").await,
        };
        self.begun(begun)
    }

    /// Begins a transaction that may change things and sees one state of the database throughout, for decisions that
    /// rest on several tables. Changing a row that someone else has changed since is a [`DbError::Conflict`].
    pub async fn write_in_snapshot(&self) -> Result<Tx, DbError> {
        let begun = match &self.pools {
            Pools::Sqlite { writer, .. } => begin_sqlite(writer.clone(), "BEGIN IMMEDIATE").await,
            Pools::Postgres { all: pool, .. } => {
                begin_postgres(pool.clone(), "BEGIN ISOLATION LEVEL REPEATABLE READ").await
            }
        };
        self.begun(begun)
    }

    pub(crate) const fn pools(&self) -> &Pools {
        &self.pools
    }

    fn begun(&self, begun: Result<Arm, DbError>) -> Result<Tx, DbError> {
        let arm = begun.map_err(|error| self.health.note(error))?;
        Ok(Tx { arm, health: Arc::clone(&self.health), stage: Stage::Sound })
    }

    /// Has the database parse and check a statement without running it; a test does so with every one there is.
    pub async fn prepare(&self, sql: &'static str) -> Result<(), DbError> {
        match expand::shape(sql)? {
            None => self.prepare_text(sql.into_sql_str()).await,
            Some(shape) => self.prepare_text(query::rendered(sql, &shape, 2, self.engine())).await,
        }
    }

    /// How the database would go about a statement with a few keys or rows, line by line in its own words. A test holds
    /// statements to their indexes by it.
    pub async fn explain(&self, sql: &'static str) -> Result<Vec<String>, DbError> {
        let text = match expand::shape(sql)? {
            None => sql.into_sql_str(),
            Some(shape) => query::rendered(sql, &shape, 64, self.engine()),
        };
        match &self.pools {
            Pools::Sqlite { readers, .. } => explain::sqlite(readers, text).await,
            Pools::Postgres { all: pool, .. } => explain::postgres(pool, text).await,
        }
    }

    /// Has the database check the statement by which one row goes into a [`Table`]; those for more name nothing else.
    pub async fn prepare_table(&self, table: &'static Table) -> Result<(), DbError> {
        self.prepare_text(table.statement(self.engine())).await
    }

    async fn prepare_text(&self, sql: SqlStr) -> Result<(), DbError> {
        match &self.pools {
            Pools::Sqlite { readers, .. } => drop(readers.acquire().await?.prepare(sql).await?),
            Pools::Postgres { all: pool, .. } => drop(pool.acquire().await?.prepare(sql).await?),
        }
        Ok(())
    }

    /// Runs statements that are not portable, inside an open transaction; for migrations only.
    pub(crate) async fn run_script(tx: &mut Tx, sql: String) -> Result<(), DbError> {
        let script = sqlx::raw_sql(AssertSqlSafe(sql));
        match &mut tx.arm {
            Arm::Sqlite(open) => script.execute(&mut **open).await.map(|_| ())?,
            Arm::Postgres(open) => script.execute(&mut **open).await.map(|_| ())?,
        }
        Ok(())
    }

    /// Everything about the server that could lose or leak data; empty when all is well.
    pub async fn self_check(&self) -> Result<Vec<Fault>, DbError> {
        match &self.pools {
            Pools::Sqlite { writer, readers } => self_check::sqlite(writer, readers).await,
            Pools::Postgres { all: pool, .. } => self_check::postgres(pool).await,
        }
    }

    /// Rewrites a table so that what was deleted from it is in no file of the database. SQLite has wiped it in its
    /// file already and only needs to empty its log; PostgreSQL writes the table anew, by the function that its migration
    /// left (`-- rewritten:`), and proves that nothing was carried over.
    ///
    /// # Errors
    /// [`DbError::Conflict`] when a reader kept the log from being emptied, or what was deleted in the table; try again.
    pub async fn scrub(&self, table: &'static str) -> Result<(), DbError> {
        match &self.pools {
            Pools::Sqlite { writer, .. } => {
                sqlite::checkpoint(writer).await.map_err(|error| self.health.note(error))
            }
            Pools::Postgres { .. } => rewrite::rewrite(self, table).await,
        }
    }

    /// Empties the log of writes, so that what was deleted is not in it either. SQLite only: PostgreSQL keeps deleted rows
    /// until its tables are vacuumed, which is for its operator to schedule.
    ///
    /// # Errors
    /// [`DbError::Conflict`] when a reader kept the log from being emptied; try again.
    pub async fn empty_log(&self) -> Result<(), DbError> {
        let emptied = match &self.pools {
            Pools::Sqlite { writer, .. } => sqlite::checkpoint(writer).await,
            Pools::Postgres { .. } => Ok(()),
        };
        emptied.map_err(|error| self.health.note(error))
    }

    /// The present state of the connection pools.
    pub fn gauges(&self) -> Vec<Gauge> {
        let gauge = |pool, size: u32, idle: usize, most: u32| {
            let idle = idle as u64;
            Gauge { pool, in_use: u64::from(size).saturating_sub(idle), idle, most: most.into() }
        };
        match &self.pools {
            Pools::Sqlite { writer, readers } => vec![
                gauge("writer", writer.size(), writer.num_idle(), writer.options().get_max_connections()),
                gauge("readers", readers.size(), readers.num_idle(), readers.options().get_max_connections()),
            ],
            Pools::Postgres { all, glances } => vec![
                gauge("connections", all.size(), all.num_idle(), all.options().get_max_connections()),
                gauge("glances", glances.size(), glances.num_idle(), glances.options().get_max_connections()),
            ],
        }
    }

    /// Waits until the storage fails, which may be never. The process must then stop.
    pub async fn broken(&self) -> Cause {
        let mut watching = self.health.broken.subscribe();
        let seen = watching.wait_for(Option::is_some).await.ok().and_then(|cause| cause.clone());
        match seen {
            Some(cause) => cause,
            // Cannot be: this handle keeps the sender alive.
            None => std::future::pending().await,
        }
    }

    /// Closes every connection, after those in use have come back.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres { all, glances } => {
                glances.close().await;
                all.close().await;
            }
        }
    }
}

impl Engine {
    /// The name telemetry uses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgresql",
        }
    }
}

impl Tx {
    /// Which database it is.
    pub const fn engine(&self) -> Engine {
        match self.arm {
            Arm::Sqlite(_) => Engine::Sqlite,
            Arm::Postgres(_) => Engine::Postgres,
        }
    }
}

// Beginning happens in a task of its own, which nobody can cut short: a `begin` dropped half-way leaves the session
// inside a transaction that the driver does not know of (sqlx issues 4385 and 4393, fixed after 0.9.0). When the
// caller has gone, the finished transaction is dropped and undone like any other.

async fn begin_sqlite(pool: SqlitePool, statement: &'static str) -> Result<Arm, DbError> {
    #[expect(
        clippy::disallowed_methods,
        reason = "is waited for here, and cutting it short at shutdown is harmless"
    )]
    let begun = tokio::spawn(async move { pool.begin_with(statement).await.map(Arm::Sqlite) }).await;
    begun.map_err(|_| gone())?.map_err(DbError::from)
}

async fn begin_postgres(pool: PgPool, statement: &'static str) -> Result<Arm, DbError> {
    #[expect(
        clippy::disallowed_methods,
        reason = "is waited for here, and cutting it short at shutdown is harmless"
    )]
    let begun = tokio::spawn(async move { pool.begin_with(statement).await.map(Arm::Postgres) }).await;
    begun.map_err(|_| gone())?.map_err(DbError::from)
}

fn gone() -> DbError {
    DbError::Unavailable(Cause::new("runtime", "the process is stopping"))
}
