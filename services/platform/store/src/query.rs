//! A statement with its values. The one place where statements are run, traced and counted.

use sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr};
use tracing::{Instrument, Span, field};

use crate::{
    DbError, Row,
    db::{Engine, postgres, sqlite},
    expand::{self, Shape},
    line::{Line, Open},
    value::{Parameter, Value},
};

/// A statement waiting for its values.
#[derive(Debug)]
#[must_use = "a query does nothing until it is run"]
pub struct Query<'t> {
    line: Line<'t>,
    sql: &'static str,
    bound: Vec<Value>,
    many: Many,
}

/// What stands for the placeholder that takes any number of keys or rows.
#[derive(Debug)]
enum Many {
    Absent,
    Rows { width: usize, values: Vec<Value> },
}

impl<'t> Query<'t> {
    pub(crate) fn new(line: Line<'t>, sql: &'static str) -> Self {
        Self { line, sql, bound: Vec::new(), many: Many::Absent }
    }

    /// Binds the next of `$1`, `$2`, ….
    pub fn bind(mut self, parameter: impl Parameter) -> Self {
        self.bound.push(parameter.value());
        self
    }

    /// Gives the keys for `{keys}`, as in `WHERE complaint_id IN ({keys})`. With no keys there are no rows and
    /// nothing is asked.
    pub fn keys<P: Parameter>(mut self, keys: impl IntoIterator<Item = P>) -> Self {
        self.many = Many::Rows { width: 1, values: keys.into_iter().map(P::value).collect() };
        self
    }

    /// Gives the rows for `{rows KIND, …}`, as in
    /// `WITH moved (entry_id, position) AS (VALUES {rows UUID, BIGINT}) UPDATE … FROM moved`, or in
    /// `WHERE (stream, version) IN (VALUES {rows UUID, BIGINT})`. A row may be repeated when the text is padded, so
    /// `{rows}` serves only where a repeated row changes nothing; to insert, use [`crate::Batch`].
    pub fn rows<const N: usize>(mut self, rows: impl IntoIterator<Item = [Value; N]>) -> Self {
        self.many = Many::Rows { width: N, values: rows.into_iter().flatten().collect() };
        self
    }

    /// Runs the statement and returns how many rows it changed.
    pub async fn execute(self) -> Result<u64, DbError> {
        let Some((mut line, ready)) = self.ready()? else { return Ok(0) };
        let span = ready.span();
        let run = async {
            let sql = ready.sql;
            let changed = match &mut line.open {
                Open::Sqlite(open) => sqlx::query_with(sql, sqlite::arguments(ready.values)?)
                    .execute(&mut **open)
                    .await?
                    .rows_affected(),
                Open::Postgres(open) => sqlx::query_with(sql, postgres::arguments(ready.values)?)
                    .execute(&mut **open)
                    .await?
                    .rows_affected(),
            };
            Span::current().record("db.rows", changed);
            Ok(changed)
        };
        let ran = run.instrument(span).await;
        ran.map_err(|error| line.fail(error))
    }

    /// Runs the statement and reads every row.
    pub async fn all<T>(self, read: impl Fn(&Row<'_>) -> Result<T, DbError> + Send) -> Result<Vec<T>, DbError>
    where
        T: Send,
    {
        let Some((mut line, ready)) = self.ready()? else { return Ok(Vec::new()) };
        let span = ready.span();
        let run = async {
            let (sql, text) = (ready.sql.clone(), ready.sql);
            let found: Vec<T> = match &mut line.open {
                Open::Sqlite(open) => sqlx::query_with(sql, sqlite::arguments(ready.values)?)
                    .fetch_all(&mut **open)
                    .await?
                    .iter()
                    .map(|row| read(&Row::sqlite(row, text.as_str())))
                    .collect::<Result<_, _>>()?,
                Open::Postgres(open) => sqlx::query_with(sql, postgres::arguments(ready.values)?)
                    .fetch_all(&mut **open)
                    .await?
                    .iter()
                    .map(|row| read(&Row::postgres(row, text.as_str())))
                    .collect::<Result<_, _>>()?,
            };
            Span::current().record("db.rows", found.len());
            Ok(found)
        };
        let ran = run.instrument(span).await;
        ran.map_err(|error| line.fail(error))
    }

    /// Runs the statement and reads the one row there may be.
    ///
    /// # Errors
    /// [`DbError::Inconsistent`] when there are several.
    pub async fn optional<T>(
        self,
        read: impl Fn(&Row<'_>) -> Result<T, DbError> + Send,
    ) -> Result<Option<T>, DbError>
    where
        T: Send,
    {
        let sql = self.sql;
        let mut found = self.all(read).await?;
        match found.len() {
            0 | 1 => Ok(found.pop()),
            _ => Err(amiss(sql, "has several rows where one was expected")),
        }
    }

    /// Runs the statement and reads the one row there must be.
    ///
    /// # Errors
    /// [`DbError::Inconsistent`] when there is none or several.
    pub async fn one<T>(self, read: impl Fn(&Row<'_>) -> Result<T, DbError> + Send) -> Result<T, DbError>
    where
        T: Send,
    {
        let sql = self.sql;
        self.optional(read).await?.ok_or_else(|| amiss(sql, "has no row where one was expected"))
    }

    /// The finished text and its values; `None` when there are no rows to speak of.
    fn ready(self) -> Result<Option<(Line<'t>, Ready)>, DbError> {
        self.line.stage.check()?;
        let engine = self.line.engine();
        let wanted = expand::highest_parameter(self.sql);
        if wanted != self.bound.len() {
            // SQLite would take a missing value for NULL.
            let told = format!("{wanted} values are wanted, {} bound, in: {}", self.bound.len(), self.sql);
            return Err(DbError::refused("bind", told));
        }
        let mut values = self.bound;
        let sql = match (expand::shape(self.sql)?, self.many) {
            (None, Many::Absent) => self.sql.into_sql_str(),
            (Some(shape), Many::Rows { width, values: many }) if shape.width() == width => {
                if many.is_empty() {
                    return Ok(None);
                }
                let rows = many.len() / width;
                let padded = expand::padded(rows, width, values.len())?;
                let last = many[many.len() - width..].to_vec();
                values.extend(many);
                for _ in rows..padded {
                    values.extend_from_slice(&last);
                }
                rendered(self.sql, &shape, padded, engine)
            }
            (Some(_) | None, Many::Absent | Many::Rows { .. }) => {
                let told = format!("the keys or rows do not fit the placeholder, in: {}", self.sql);
                return Err(DbError::refused("bind", told));
            }
        };
        if let Some(fault) = values.iter().find_map(Value::fault) {
            return Err(DbError::refused("value", fault));
        }
        Ok(Some((self.line, Ready { sql, values, engine })))
    }
}

/// A text made of `'static` pieces and parameter numbers, nothing else.
pub(crate) fn rendered(sql: &'static str, shape: &Shape, rows: usize, engine: Engine) -> SqlStr {
    AssertSqlSafe(expand::render(sql, shape, rows, engine)).into_sql_str()
}

struct Ready {
    sql: SqlStr,
    values: Vec<Value>,
    engine: Engine,
}

impl Ready {
    /// The span of this statement: its text and, once known, the number of rows; never a value.
    fn span(&self) -> Span {
        span(self.sql.as_str(), self.engine)
    }
}

pub(crate) fn span(sql: &str, engine: Engine) -> Span {
    tracing::debug_span!(
        "store.query",
        otel.kind = "client",
        db.system.name = engine.name(),
        db.query.text = sql,
        db.rows = field::Empty,
    )
}

fn amiss(sql: &str, reason: &'static str) -> DbError {
    DbError::Inconsistent { table: crate::row::table_of(sql).to_owned(), column: "*".to_owned(), reason }
}
