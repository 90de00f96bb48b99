//! Many rows in one statement, without which a group of commands would cost a round trip a row.

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
    value::Value,
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

    /// The statement for so many rows. It is made of `'static` pieces and parameter numbers, nothing else.
    pub(crate) fn statement(&'static self, rows: usize, engine: Engine) -> SqlStr {
        let mut rendered = RENDERED.lock().unwrap_or_else(PoisonError::into_inner);
        let text = rendered.entry((*self, rows, engine)).or_insert_with(|| self.render(rows, engine).into());
        AssertSqlSafe(Arc::clone(text)).into_sql_str()
    }

    fn render(&self, rows: usize, engine: Engine) -> String {
        let marks = Marks::of(engine, 0);
        let mut text = format!("INSERT INTO {} ({}) VALUES ", self.name, self.columns.join(", "));
        for row in 0..rows {
            text.push_str(if row > 0 { ", (" } else { "(" });
            marks.list(&mut text, 1 + row * self.columns.len(), self.columns.len());
            text.push(')');
        }
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

    /// Inserts everything, in statements of as many rows as a power of two, the largest first.
    pub(crate) async fn run(self, tx: &mut Tx) -> Result<u64, DbError> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let engine = tx.engine();
        let mut left = self.len();
        let mut values = self.values.into_iter();
        let mut changed = 0;
        while left > 0 {
            let rows = 1_usize << left.min(self.table.most()).ilog2();
            let chunk: Vec<Value> = values.by_ref().take(rows * self.table.columns.len()).collect();
            changed += insert(tx, self.table.statement(rows, engine), chunk).await?;
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

    #[test]
    fn a_save_checks_the_version_it_replaces() {
        const SAVE: Table = Table::save("t", &["id", "state", "version"], &["id"], "version");
        assert_eq!(
            SAVE.render(2, Engine::Postgres),
            "INSERT INTO t (id, state, version) VALUES ($1, $2, $3), ($4, $5, $6) ON CONFLICT (id) DO UPDATE SET \
             state = excluded.state, version = excluded.version WHERE t.version = excluded.version - 1"
        );
    }
}
