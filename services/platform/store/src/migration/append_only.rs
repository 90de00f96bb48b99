//! Tables that refuse to be changed, on either database, whoever asks.

use std::fmt::Write as _;

use super::translate::{is_column, wrong};
use crate::{DbError, db::Engine};

/// A table marked append-only, its columns, and those that may be given a value once.
struct Mark<'s> {
    table: &'s str,
    once: Vec<&'s str>,
    columns: Vec<&'s str>,
}

/// The triggers for every mark in the text.
pub(super) fn triggers(sql: &str, engine: Engine) -> Result<String, DbError> {
    let mut text = String::new();
    for line in sql.lines() {
        let Some(mark) = line.trim().strip_prefix("-- append-only:") else { continue };
        let mark = parse(mark.trim(), sql)?;
        match engine {
            Engine::Sqlite => sqlite(&mut text, &mark),
            Engine::Postgres => postgres(&mut text, &mark),
        }
    }
    Ok(text)
}

fn parse<'s>(mark: &'s str, sql: &'s str) -> Result<Mark<'s>, DbError> {
    let (table, once) = match mark.split_once(", ") {
        None => (mark, Vec::new()),
        Some((table, rest)) => {
            let names =
                rest.strip_suffix(" set once").ok_or_else(|| wrong("the mark is not understood", mark))?;
            (table, names.split(" and ").collect())
        }
    };
    let opening = format!("CREATE TABLE {table} (");
    let columns: Vec<&str> = sql
        .lines()
        .map(str::trim)
        .skip_while(|line| *line != opening)
        .skip(1)
        .take_while(|line| *line != ");")
        .filter(|line| is_column(line))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    if columns.is_empty() || once.iter().any(|name| !columns.contains(name)) {
        return Err(wrong("the mark names a table or column that this text does not make", mark));
    }
    Ok(Mark { table, once, columns })
}

impl Mark<'_> {
    fn fixed(&self) -> String {
        let fixed: Vec<&str> =
            self.columns.iter().copied().filter(|name| !self.once.contains(name)).collect();
        fixed.join(", ")
    }
}

fn sqlite(text: &mut String, mark: &Mark<'_>) {
    let (table, fixed) = (mark.table, mark.fixed());
    let refuse = format!("BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;");
    let _ = writeln!(text, "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}");
    let _ = writeln!(text, "CREATE TRIGGER {table}_no_update BEFORE UPDATE OF {fixed} ON {table} {refuse}");
    for name in &mark.once {
        let _ = writeln!(
            text,
            "CREATE TRIGGER {table}_{name}_once BEFORE UPDATE OF {name} ON {table} WHEN OLD.{name} IS NOT NULL {refuse}"
        );
    }
}

fn postgres(text: &mut String, mark: &Mark<'_>) {
    let (table, fixed) = (mark.table, mark.fixed());
    let _ = writeln!(
        text,
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$\n\
         BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23001'; END $$;"
    );
    let refuse = "EXECUTE FUNCTION refuse_change();";
    // By statement, so that even a change of no rows is refused, and emptying the table too.
    let _ = writeln!(
        text,
        "CREATE TRIGGER {table}_no_delete BEFORE DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT {refuse}\n\
         CREATE TRIGGER {table}_no_update BEFORE UPDATE OF {fixed} ON {table} FOR EACH STATEMENT {refuse}"
    );
    for name in &mark.once {
        let _ = writeln!(
            text,
            "CREATE TRIGGER {table}_{name}_once BEFORE UPDATE OF {name} ON {table} \
             FOR EACH ROW WHEN (OLD.{name} IS NOT NULL) {refuse}"
        );
    }
}
