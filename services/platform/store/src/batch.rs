//! Many rows in one statement, without which a group of commands would cost a round trip a row.
//!
//! Their number is rounded up to a power of two, so that the statement caches hold a handful of texts and not one for every count;
//! rows of NULL make it up, and the statement leaves out every row whose first value is NULL. So the first column of a table is one
//! that is never NULL, such as its key.

use std::{
    collections::HashMap,
    fmt::Write as _,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr};
use tracing::{Instrument, Span};

use crate::{
    DbError, Tx,
    db::{Engine, postgres, sqlite},
    expand::{self, Marks},
    line::Open,
    query::span,
    value::{Kind, Value},
};

/// The statements rendered so far, by table and number of rows.
static RENDERED: LazyLock<Mutex<Rendered>> = LazyLock::new(Mutex::default);

type Rendered = HashMap<(Table, usize, Engine), Arc<str>>;

/// How rows go into a table. One `const` per use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Table {
    name: &'static str,
    columns: &'static [&'static str],
    taken: Taken,
}

/// What happens when the key is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Taken {
    Refuse,
    Ignore,
    Replace { key: &'static [&'static str], version: Option<&'static str> },
}

/// Rows on their way into a table.
#[derive(Debug)]
pub struct Batch {
    table: &'static Table,
    values: Vec<Value>,
    fault: Option<DbError>,
}

impl Table {
    /// Inserts rows of these columns; a key that is taken is a [`DbError::Conflict`].
    pub const fn insert(name: &'static str, columns: &'static [&'static str]) -> Self {
        Self { name, columns, taken: Taken::Refuse }
    }

    /// Inserts rows and leaves those alone whose key is there already, which then do not count.
    pub const fn insert_new(name: &'static str, columns: &'static [&'static str]) -> Self {
        Self { name, columns, taken: Taken::Ignore }
    }

    /// Inserts rows, or replaces those with the same `key`.
    pub const fn replace(
        name: &'static str,
        columns: &'static [&'static str],
        key: &'static [&'static str],
    ) -> Self {
        Self { name, columns, taken: Taken::Replace { key, version: None } }
    }

    /// Inserts rows, or replaces those with the same `key` whose `version` is one less than the new one. A row that
    /// someone else has moved on does not count: compare the number returned with the length of the batch.
    pub const fn save(
        name: &'static str,
        columns: &'static [&'static str],
        key: &'static [&'static str],
        version: &'static str,
    ) -> Self {
        Self { name, columns, taken: Taken::Replace { key, version: Some(version) } }
    }

    /// The statement for one row.
    pub(crate) fn statement(&'static self, engine: Engine) -> SqlStr {
        self.text(1, engine, |text| {
            text.push_str("VALUES (");
            Marks::of(engine, 0).list(text, 1, self.columns.len());
            text.push(')');
        })
    }

    /// The statement for so many rows of these values. A column has one type, so that the first row says what all of them are.
    fn statement_for(&'static self, rows: usize, first: &[Value], engine: Engine) -> SqlStr {
        self.text(rows, engine, |text| {
            let kinds: Vec<Kind> = first.iter().map(Value::kind).collect();
            text.push_str("SELECT * FROM (VALUES ");
            expand::rows(text, &kinds, 1, rows, engine);
            text.push_str(") AS given WHERE column1 IS NOT NULL");
        })
    }

    /// The text whose rows `given` writes. It is made of `'static` pieces and parameter numbers, nothing else.
    fn text(&'static self, rows: usize, engine: Engine, given: impl FnOnce(&mut String)) -> SqlStr {
        let mut rendered = RENDERED.lock().unwrap_or_else(PoisonError::into_inner);
        let text = rendered.entry((*self, rows, engine)).or_insert_with(|| self.render(given).into());
        AssertSqlSafe(Arc::clone(text)).into_sql_str()
    }

    fn render(&self, given: impl FnOnce(&mut String)) -> String {
        let mut text = format!("INSERT INTO {} ({}) ", self.name, self.columns.join(", "));
        given(&mut text);
        match self.taken {
            Taken::Refuse => {}
            Taken::Ignore => text.push_str(" ON CONFLICT DO NOTHING"),
            Taken::Replace { key, version } => self.render_replace(&mut text, key, version),
        }
        text
    }

    fn render_replace(&self, text: &mut String, key: &[&str], version: Option<&str>) {
        let _ = write!(text, " ON CONFLICT ({}) DO UPDATE SET ", key.join(", "));
        let others = self.columns.iter().filter(|column| !key.contains(column));
        for (at, column) in others.enumerate() {
            let comma = if at > 0 { ", " } else { "" };
            let _ = write!(text, "{comma}{column} = excluded.{column}");
        }
        if let Some(version) = version {
            let _ = write!(text, " WHERE {}.{version} = excluded.{version} - 1", self.name);
        }
    }

    /// As many rows as one statement takes.
    fn most(&self) -> usize {
        (expand::MOST_VALUES / self.columns.len().max(1)).min(512)
    }
}

impl Batch {
    /// No rows yet.
    pub const fn new(table: &'static Table) -> Self {
        Self { table, values: Vec::new(), fault: None }
    }

    /// Adds a row, its values in the order of the table's columns.
    pub fn push<const N: usize>(&mut self, row: [Value; N]) {
        if N != self.table.columns.len() {
            let told =
                format!("a row of {} has {N} values, not {}", self.table.name, self.table.columns.len());
            self.fault.get_or_insert(DbError::refused("bind", told));
        }
        if let Some(fault) = row.iter().find_map(Value::fault) {
            self.fault.get_or_insert(DbError::refused("value", fault));
        }
        if let Some(Value::Null(_)) = row.first() {
            let told = format!("the first value of a row of {} is NULL", self.table.name);
            self.fault.get_or_insert(DbError::refused("value", told));
        }
        self.values.extend(row);
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.values.len() / self.table.columns.len().max(1)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Inserts everything, in as few statements as can be.
    pub(crate) async fn run(self, tx: &mut Tx) -> Result<u64, DbError> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let (engine, width) = (tx.engine(), self.table.columns.len());
        let mut left = self.len();
        let mut values = self.values.into_iter();
        let mut changed = 0;
        while left > 0 {
            let rows = left.min(self.table.most());
            let mut chunk: Vec<Value> = values.by_ref().take(rows * width).collect();
            let sql = if rows == 1 {
                self.table.statement(engine)
            } else {
                let padded = expand::padded(rows, width, 0)?;
                let nothing: Vec<Value> =
                    chunk[..width].iter().map(|value| Value::Null(value.kind())).collect();
                chunk.extend(nothing.iter().cycle().take((padded - rows) * width).cloned());
                self.table.statement_for(padded, &nothing, engine)
            };
            changed += insert(tx, sql, chunk).await?;
            left -= rows;
        }
        Ok(changed)
    }
}

async fn insert(tx: &mut Tx, sql: SqlStr, values: Vec<Value>) -> Result<u64, DbError> {
    let mut line = tx.line();
    line.stage.check()?;
    let span = span(sql.as_str(), line.engine());
    let run = async {
        let changed = match &mut line.open {
            Open::Sqlite(open) => {
                sqlx::query_with(sql, sqlite::arguments(values)?).execute(&mut **open).await?.rows_affected()
            }
            Open::Postgres(open) => sqlx::query_with(sql, postgres::arguments(values)?)
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

#[cfg(test)]
mod tests {
    use super::*;

    const SAVE: Table = Table::save("t", &["id", "state", "version"], &["id"], "version");
    const REPLACED: &str = " ON CONFLICT (id) DO UPDATE SET state = excluded.state, version = excluded.version \
         WHERE t.version = excluded.version - 1";

    #[test]
    fn a_save_checks_the_version_it_replaces() {
        let text = SAVE.statement(Engine::Postgres);
        assert_eq!(
            text.as_str(),
            format!("INSERT INTO t (id, state, version) VALUES ($1, $2, $3){REPLACED}")
        );
    }

    #[test]
    fn rows_that_are_there_for_their_number_are_left_out() {
        let row = [Kind::Uuid, Kind::Json, Kind::Integer].map(Value::Null);
        assert_eq!(
            SAVE.statement_for(2, &row, Engine::Postgres).as_str(),
            format!(
                "INSERT INTO t (id, state, version) SELECT * FROM (VALUES ($1::UUID, $2::JSONB, $3::BIGINT), \
                 ($4, $5, $6)) AS given WHERE column1 IS NOT NULL{REPLACED}"
            )
        );
    }
}
