//! SQLite: the settings without which an acknowledged commit could be lost, and the form of every type.

use std::{path::Path, str::FromStr};

use jiff::{Timestamp, civil::Date};
use redress_kernel::clock::to_microseconds;
use sqlx::{
    Arguments as _, ConnectOptions as _, Connection as _, Row as _, SqlitePool,
    sqlite::{
        SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow,
        SqliteSynchronous,
    },
};
use uuid::Uuid;

use super::Settings;
use crate::{
    Cause, DbError,
    disk::{Local, folder_of, make_folders},
    document::Document,
    value::{Kind, Value},
};

/// The first release without the bug that corrupts a database when two connections reset its log at once.
const OLDEST: (u32, u32, u32) = (3, 51, 3);

/// The writer's page cache, in KiB as SQLite wants it told: room for the pages of the indexes, which every group of commands changes.
const WRITER_CACHE: &str = "-16384";

/// Rows that a connection's thread may be ahead of who reads them.
const ROWS: usize = 256;

/// Opens the file, making it and its folder if missing, and checks that the settings took.
pub(super) async fn open(url: &str, settings: &Settings) -> Result<(SqlitePool, SqlitePool), DbError> {
    let options = SqliteConnectOptions::from_str(url)?;
    if options.get_filename() == Path::new("") || url.contains(":memory:") {
        return Err(DbError::refused("url", "a SQLite database must be a file"));
    }
    make_folders(&Local, folder_of(options.get_filename()))
        .map_err(|error| DbError::Unavailable(Cause::new("folder", error.kind().to_string())))?;
    let options = options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // With NORMAL, the last commits are lost when the power goes.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(settings.wait)
        .pragma("secure_delete", "ON")
        .pragma("trusted_schema", "OFF")
        .pragma("temp_store", "MEMORY")
        // The log is emptied every 16 MiB, so that a page which many commands change is copied once and not each time.
        .pragma("wal_autocheckpoint", "4096")
        .statement_cache_capacity(1_000)
        // A group's answer comes over in one go.
        .row_buffer_size(ROWS)
        .disable_statement_logging();
    let pool = || {
        SqlitePoolOptions::new()
            .acquire_timeout(settings.wait)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            // Out of room, SQLite undoes the transaction by itself, and the driver believes for ever that it is in
            // one: such a connection is thrown away, or nobody could write any more.
            .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
    };
    // The writer first: it makes the file and turns on the log, for which it must be alone.
    let writing = options.clone().pragma("cache_size", WRITER_CACHE);
    let writer = pool().min_connections(1).max_connections(1).connect_with(writing).await?;
    check(&writer).await?;
    let readers = pool()
        .max_connections(settings.readers.max(1))
        .connect_with(options.pragma("query_only", "ON"))
        .await?;
    Ok((writer, readers))
}

async fn check(pool: &SqlitePool) -> Result<(), DbError> {
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(pool).await?;
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    if (next(), next(), next()) < OLDEST {
        return Err(DbError::refused(
            "version",
            format!("SQLite {version} has a bug that corrupts databases"),
        ));
    }
    if let Some(fault) = faults(pool).await?.first() {
        return Err(DbError::refused("settings", *fault));
    }
    Ok(())
}

/// The settings that did not take, as a network file system or a read-only one may cause.
pub(super) async fn faults(pool: &SqlitePool) -> Result<Vec<&'static str>, DbError> {
    let mut faults = Vec::new();
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(pool).await?;
    if mode != "wal" {
        faults.push("journal_mode is not wal");
    }
    for (pragma, wanted, fault) in [
        ("PRAGMA synchronous", 2, "synchronous is not full"),
        ("PRAGMA foreign_keys", 1, "foreign_keys is off"),
        ("PRAGMA secure_delete", 1, "secure_delete is off"),
        ("PRAGMA trusted_schema", 0, "trusted_schema is on"),
    ] {
        let found: i64 = sqlx::query_scalar(pragma).fetch_one(pool).await?;
        if found != wanted {
            faults.push(fault);
        }
    }
    Ok(faults)
}

/// Empties the log into the file.
pub(super) async fn checkpoint(writer: &SqlitePool) -> Result<(), DbError> {
    let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(writer).await?;
    let busy: i64 = row.try_get(0)?;
    if busy == 0 { Ok(()) } else { Err(DbError::Conflict(Cause::new("checkpoint", "a reader held the log"))) }
}

pub(crate) fn arguments(values: Vec<Value>) -> Result<SqliteArguments, DbError> {
    let mut arguments = SqliteArguments::default();
    arguments.reserve(values.len(), 0);
    for value in values {
        let added = match value {
            Value::Null(_) => arguments.add(None::<i64>),
            Value::Uuid(uuid) => arguments.add(uuid),
            Value::Timestamp(at) => arguments.add(render(at)),
            Value::Date(on) => arguments.add(on.to_string()),
            Value::Boolean(yes) => arguments.add(yes),
            Value::Integer(number) => arguments.add(number),
            Value::Text(text) => arguments.add(text),
            Value::Bytes(bytes) => arguments.add(bytes),
            Value::Json(json) => arguments.add(json.into_text()),
        };
        added.map_err(|_| DbError::refused("bind", "a value cannot be sent"))?;
    }
    Ok(arguments)
}

/// Always six decimals, so that text sorts as time does.
fn render(at: Timestamp) -> String {
    format!("{:.6}", to_microseconds(at))
}

pub(crate) fn read(row: &SqliteRow, column: &str, kind: Kind) -> Result<Value, DbError> {
    fn parsed<T: FromStr>(text: &str, value: fn(T) -> Value) -> Result<Value, DbError> {
        text.parse().map(value).map_err(|_| DbError::Inconsistent {
            table: String::new(),
            column: String::new(),
            reason: "is not in its form",
        })
    }
    let value = match kind {
        Kind::Uuid => row.try_get::<Option<Uuid>, _>(column)?.map(Value::Uuid),
        Kind::Boolean => row.try_get::<Option<bool>, _>(column)?.map(Value::Boolean),
        Kind::Integer => row.try_get::<Option<i64>, _>(column)?.map(Value::Integer),
        Kind::Text => row.try_get::<Option<String>, _>(column)?.map(Value::Text),
        Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(column)?.map(Value::Bytes),
        Kind::Timestamp => match row.try_get::<Option<&str>, _>(column)? {
            Some(text) => Some(parsed::<Timestamp>(text, Value::Timestamp)?),
            None => None,
        },
        Kind::Date => match row.try_get::<Option<&str>, _>(column)? {
            Some(text) => Some(parsed::<Date>(text, Value::Date)?),
            None => None,
        },
        Kind::Json => row.try_get::<Option<String>, _>(column)?.map(|text| Value::Json(Document::kept(text))),
    };
    Ok(value.unwrap_or(Value::Null(kind)))
}
