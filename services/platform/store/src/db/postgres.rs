//! PostgreSQL: the settings of every session, and the form of the types the driver does not know.

use std::str::FromStr;

use jiff::{
    Timestamp, ToSpan as _,
    civil::{Date, date},
};
use sqlx::{
    Arguments as _, ConnectOptions as _, Decode, Encode, Executor as _, PgPool, Postgres, Row as _, Type,
    encode::IsNull,
    error::BoxDynError,
    postgres::{
        PgArgumentBuffer, PgArguments, PgConnectOptions, PgPoolOptions, PgRow, PgTypeInfo, PgValueRef,
        types::Oid,
    },
};
use uuid::Uuid;

use super::Settings;
use crate::{
    DbError,
    document::Document,
    value::{Kind, Value},
};

/// Whether the session is outside a transaction: only then does the transaction of this very statement begin with
/// it. Asked as a simple query, because an extended one moves the statement's time on while it is being bound.
const IS_CLEAN: &str = "SELECT transaction_timestamp() = statement_timestamp()";

/// Most sessions that only look. Whoever looks does so for many at once.
const GLANCES: u32 = 2;

/// Opens the pools, that of everything with its first connection.
pub(super) async fn open(url: &str, settings: &Settings) -> Result<(PgPool, PgPool), DbError> {
    let milliseconds = |duration: std::time::Duration| duration.as_millis().to_string();
    let options = PgConnectOptions::from_str(url)?
        .application_name(&settings.application)
        .options([
            ("statement_timeout", milliseconds(settings.statement)),
            ("lock_timeout", milliseconds(settings.lock)),
            ("idle_in_transaction_session_timeout", milliseconds(settings.idle)),
            // A plan made without the values knows neither the limit of a page nor which filters are left out, and reads
            // the whole table for fifty rows.
            ("plan_cache_mode", "force_custom_plan".to_owned()),
        ])
        .statement_cache_capacity(1_000)
        .disable_statement_logging();
    let pool = PgPoolOptions::new()
        .max_connections(settings.connections.max(1))
        .acquire_timeout(settings.wait)
        // Takes the place of the driver's ping. A session found inside a transaction that nobody knows of is thrown
        // away: what its next user wrote would never be committed. (A `ROLLBACK` each time would heal it as well,
        // and write a warning to the server's log each time that nothing was wrong.)
        .test_before_acquire(false)
        .before_acquire(|session, _| {
            Box::pin(async move {
                let row = session.fetch_one(IS_CLEAN).await?;
                row.try_get::<bool, _>(0)
            })
        })
        .connect_with(options.clone())
        .await?;
    Ok((pool, glances(settings, options)))
}

/// Sessions in which nothing is ever begun, so that none can be found inside a transaction. What is asked there finds rows by
/// their keys and nothing else: it is planned once for any values, and never to read a whole table.
fn glances(settings: &Settings, options: PgConnectOptions) -> PgPool {
    let options = options.options([
        ("default_transaction_read_only", "on"),
        ("plan_cache_mode", "force_generic_plan"),
        ("enable_seqscan", "off"),
        ("enable_hashjoin", "off"),
        ("enable_mergejoin", "off"),
    ]);
    PgPoolOptions::new()
        .max_connections(GLANCES)
        .acquire_timeout(settings.wait)
        .test_before_acquire(false)
        .connect_lazy_with(options)
}

pub(crate) fn arguments(values: Vec<Value>) -> Result<PgArguments, DbError> {
    let mut arguments = PgArguments::default();
    for value in values {
        let added = match value {
            Value::Null(Kind::Uuid) => arguments.add(None::<Uuid>),
            Value::Null(Kind::Timestamp) => arguments.add(None::<Instant>),
            Value::Null(Kind::Date) => arguments.add(None::<Day>),
            Value::Null(Kind::Boolean) => arguments.add(None::<bool>),
            Value::Null(Kind::Integer) => arguments.add(None::<i64>),
            Value::Null(Kind::Text) => arguments.add(None::<String>),
            Value::Null(Kind::Bytes) => arguments.add(None::<Vec<u8>>),
            Value::Null(Kind::Json) => arguments.add(None::<Document>),
            Value::Uuid(uuid) => arguments.add(uuid),
            Value::Timestamp(at) => arguments.add(Instant(at)),
            Value::Date(on) => arguments.add(Day(on)),
            Value::Boolean(yes) => arguments.add(yes),
            Value::Integer(number) => arguments.add(number),
            Value::Text(text) => arguments.add(text),
            Value::Bytes(bytes) => arguments.add(bytes),
            Value::Json(json) => arguments.add(json),
        };
        added.map_err(|_| DbError::refused("bind", "a value cannot be sent"))?;
    }
    Ok(arguments)
}

pub(crate) fn read(row: &PgRow, column: &str, kind: Kind) -> Result<Value, DbError> {
    let value = match kind {
        Kind::Uuid => row.try_get::<Option<Uuid>, _>(column)?.map(Value::Uuid),
        Kind::Timestamp => row.try_get::<Option<Instant>, _>(column)?.map(|Instant(at)| Value::Timestamp(at)),
        Kind::Date => row.try_get::<Option<Day>, _>(column)?.map(|Day(on)| Value::Date(on)),
        Kind::Boolean => row.try_get::<Option<bool>, _>(column)?.map(Value::Boolean),
        Kind::Integer => row.try_get::<Option<i64>, _>(column)?.map(Value::Integer),
        Kind::Text => row.try_get::<Option<String>, _>(column)?.map(Value::Text),
        Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(column)?.map(Value::Bytes),
        Kind::Json => row.try_get::<Option<Document>, _>(column)?.map(Value::Json),
    };
    Ok(value.unwrap_or(Value::Null(kind)))
}

/// A `TIMESTAMPTZ`: microseconds since 2000.
struct Instant(Timestamp);

/// A `DATE`: days since 2000.
struct Day(Date);

/// 2000-01-01T00:00:00Z in microseconds since 1970.
const EPOCH: i64 = 946_684_800_000_000;

/// 2000-01-01.
const FIRST: Date = date(2000, 1, 1);

impl Type<Postgres> for Instant {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_oid(Oid(1184))
    }
}

impl Encode<'_, Postgres> for Instant {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        let microseconds = self.0.as_microsecond() - EPOCH;
        <i64 as Encode<'_, Postgres>>::encode(microseconds, buffer)
    }
}

impl Decode<'_, Postgres> for Instant {
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        let microseconds = <i64 as Decode<'_, Postgres>>::decode(value)?;
        let since_1970 = microseconds.checked_add(EPOCH).ok_or("out of range")?;
        Ok(Self(Timestamp::from_microsecond(since_1970)?))
    }
}

impl Type<Postgres> for Day {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_oid(Oid(1082))
    }
}

impl Encode<'_, Postgres> for Day {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        let days = i32::try_from(self.0.duration_since(FIRST).as_hours() / 24)?;
        <i32 as Encode<'_, Postgres>>::encode(days, buffer)
    }
}

impl Decode<'_, Postgres> for Day {
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        let days = <i32 as Decode<'_, Postgres>>::decode(value)?;
        Ok(Self(FIRST.checked_add(days.days())?))
    }
}

/// A `JSONB`: the number of the form, then the text.
impl Type<Postgres> for Document {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_oid(Oid(3802))
    }
}

/// The only form of a `JSONB` on the wire.
const JSONB_FORM: u8 = 1;

impl Encode<'_, Postgres> for Document {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        buffer.push(JSONB_FORM);
        buffer.extend_from_slice(self.as_str().as_bytes());
        Ok(IsNull::No)
    }
}

impl Decode<'_, Postgres> for Document {
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        match value.as_bytes()? {
            [JSONB_FORM, text @ ..] => Ok(Self::kept(str::from_utf8(text)?.to_owned())),
            _ => Err("a JSONB of an unknown form".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_session_left_inside_a_transaction_is_thrown_away_and_a_clean_one_is_kept() {
        // reliability 0.1: what is written in such a session is acknowledged and never committed
        #[expect(
            clippy::disallowed_methods,
            reason = "where to test is for the one who runs the tests to say"
        )]
        let Ok(url) = std::env::var("REDRESS_TEST_POSTGRES") else {
            eprintln!("REDRESS_TEST_POSTGRES is not set: not tested on PostgreSQL");
            return;
        };
        let (pool, _) = open(&url, &Settings { connections: 1, ..Settings::default() }).await.expect("opens");
        let session = async |pool: &PgPool, then: &'static str| -> i32 {
            let mut session = pool.acquire().await.expect("a session");
            let pid = sqlx::query_scalar("SELECT pg_backend_pid()")
                .fetch_one(&mut *session)
                .await
                .expect("a number");
            session.execute(then).await.expect("runs");
            pid
        };
        let first = session(&pool, "SELECT 1").await;
        let second = session(&pool, "BEGIN").await;
        assert_eq!(first, second);
        let third = session(&pool, "BEGIN; SELECT 1").await;
        assert_ne!(second, third);
        let fourth = session(&pool, "SELECT 1").await;
        assert_ne!(third, fourth);
        assert_eq!(fourth, session(&pool, "SELECT 1").await);
        pool.close().await;
    }
}
