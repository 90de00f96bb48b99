//! Statements over any number of keys or rows, rendered from `'static` texts and parameter numbers only.
//!
//! Neither database takes a list as one parameter in the same way, so `{keys}` becomes `$2, $3, …` and
//! `{rows UUID, BIGINT}` becomes `($2, $3), ($4, $5), …`. Counts are rounded up to a power of two by repeating the
//! last row, so that the statement caches hold a handful of texts and not one for every count.

use std::{
    collections::HashMap,
    fmt::Write as _,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use crate::{DbError, db::Engine, value::Kind};

/// As many values as one statement may have: SQLite takes 32,766, PostgreSQL 65,535.
pub(crate) const MOST_VALUES: usize = 32_000;

/// What the placeholder asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `{keys}`: a flat list.
    Keys,
    /// `{rows …}`: rows of these kinds.
    Rows(Vec<Kind>),
}

impl Shape {
    pub(crate) fn width(&self) -> usize {
        match self {
            Self::Keys => 1,
            Self::Rows(kinds) => kinds.len(),
        }
    }
}

/// How a repeated parameter is written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Marks {
    /// `$7`.
    Numbered,
    /// `?`, which SQLite prefers by far: it looks for a numbered one among all before it, each time one is bound.
    Bare,
}

/// The highest `$n` in a statement.
pub(crate) fn highest_parameter(sql: &str) -> usize {
    sql.split('$')
        .skip(1)
        .filter_map(|rest| {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            rest[..digits].parse::<usize>().ok()
        })
        .max()
        .unwrap_or(0)
}

/// The placeholder of a statement, if it has one.
pub(crate) fn shape(sql: &str) -> Result<Option<Shape>, DbError> {
    let Some((_, rest)) = sql.split_once('{') else { return Ok(None) };
    let wrong =
        || DbError::refused("placeholder", format!("the placeholder is neither keys nor rows, in: {sql}"));
    let (inner, _) = rest.split_once('}').ok_or_else(wrong)?;
    if inner == "keys" {
        return Ok(Some(Shape::Keys));
    }
    let kinds = inner.strip_prefix("rows ").ok_or_else(wrong)?;
    let kinds: Option<Vec<Kind>> = kinds.split(',').map(|name| Kind::parse(name.trim())).collect();
    kinds.map(|kinds| Some(Shape::Rows(kinds))).ok_or_else(wrong)
}

/// The count to render for: the next power of two.
pub(crate) fn padded(rows: usize, width: usize, bound: usize) -> Result<usize, DbError> {
    let most = (MOST_VALUES - bound) / width;
    if rows > most {
        return Err(DbError::refused("bind", format!("{rows} rows at once are more than {most}")));
    }
    Ok(rows.next_power_of_two().min(most))
}

type Rendered = HashMap<(&'static str, usize, Engine), Arc<str>>;

static RENDERED: LazyLock<Mutex<Rendered>> = LazyLock::new(Mutex::default);

/// The statement for so many rows.
pub(crate) fn render(sql: &'static str, shape: &Shape, rows: usize, engine: Engine) -> Arc<str> {
    let mut rendered = RENDERED.lock().unwrap_or_else(PoisonError::into_inner);
    Arc::clone(rendered.entry((sql, rows, engine)).or_insert_with(|| write(sql, shape, rows, engine).into()))
}

fn write(sql: &'static str, shape: &Shape, rows: usize, engine: Engine) -> String {
    let (before, rest) = sql.split_once('{').unwrap_or((sql, ""));
    let after = rest.split_once('}').map_or("", |(_, after)| after);
    let fixed = highest_parameter(sql);
    let (first, marks) = (fixed + 1, Marks::of(engine, fixed));
    let mut text = String::with_capacity(sql.len() + rows * shape.width() * 8);
    text.push_str(before);
    match shape {
        Shape::Keys => marks.list(&mut text, first, rows),
        Shape::Rows(kinds) => self::rows(&mut text, kinds, first, rows, engine),
    }
    text.push_str(after);
    text
}

/// So many rows of these kinds in parentheses, with commas between, whose parameters begin at `first`.
pub(crate) fn rows(text: &mut String, kinds: &[Kind], first: usize, rows: usize, engine: Engine) {
    let marks = Marks::of(engine, first - 1);
    for row in 0..rows {
        text.push_str(if row > 0 { ", (" } else { "(" });
        let start = first + row * kinds.len();
        match (row, engine) {
            // A bare list of values has the types PostgreSQL finds in its first row.
            (0, Engine::Postgres) => {
                for (at, kind) in kinds.iter().enumerate() {
                    let comma = if at > 0 { ", " } else { "" };
                    let _ = write!(text, "{comma}${}::{}", start + at, kind.name());
                }
            }
            (_, Engine::Postgres | Engine::Sqlite) => marks.list(text, start, kinds.len()),
        }
        text.push(')');
    }
}

impl Marks {
    /// The marks for a statement that has so many parameters beside the repeated ones.
    pub(crate) fn of(engine: Engine, fixed: usize) -> Self {
        match engine {
            Engine::Sqlite if fixed == 0 => Self::Bare,
            Engine::Sqlite | Engine::Postgres => Self::Numbered,
        }
    }

    /// So many of them, with commas between.
    pub(crate) fn list(self, text: &mut String, first: usize, count: usize) {
        for number in first..first + count {
            text.push_str(if number > first { ", " } else { "" });
            match self {
                Self::Numbered => {
                    let _ = write!(text, "${number}");
                }
                Self::Bare => text.push('?'),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_follow_the_other_parameters() {
        let sql = "SELECT a FROM t WHERE b = $1 AND id IN ({keys}) AND c = $2";
        assert_eq!(
            write(sql, &Shape::Keys, 2, Engine::Sqlite),
            "SELECT a FROM t WHERE b = $1 AND id IN ($3, $4) AND c = $2"
        );
    }

    #[test]
    fn rows_tell_postgresql_their_types_once() {
        let sql = "VALUES {rows UUID, BIGINT}";
        let shape = shape(sql).expect("well formed").expect("present");
        assert_eq!(write(sql, &shape, 2, Engine::Postgres), "VALUES ($1::UUID, $2::BIGINT), ($3, $4)");
        assert_eq!(write(sql, &shape, 2, Engine::Sqlite), "VALUES (?, ?), (?, ?)");
    }

    #[test]
    fn counts_are_rounded_up_and_bounded() {
        assert_eq!(padded(5, 2, 0), Ok(8));
        assert_eq!(padded(16_000, 2, 0), Ok(16_000));
        assert!(padded(16_001, 2, 0).is_err());
    }

    #[test]
    fn a_misspelt_placeholder_is_refused() {
        assert!(shape("SELECT {key}").is_err());
        assert!(shape("VALUES {rows INT}").is_err());
    }
}
