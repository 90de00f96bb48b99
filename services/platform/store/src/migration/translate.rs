//! From the one schema text to either database's own.
//!
//! PostgreSQL takes it as it is. SQLite gets STRICT tables, its own type names, and for every type that it does not
//! have a CHECK of the form in which values are kept, so that what PostgreSQL refuses, SQLite refuses.

use crate::{DbError, value::Kind};

/// Checks the text and returns it.
pub(super) fn postgres(sql: &str) -> Result<String, DbError> {
    sqlite(sql)?;
    Ok(sql.to_owned())
}

/// Translates line by line: a column is a line of `name TYPE …` between `CREATE TABLE … (` and `);`, or follows
/// `ADD COLUMN`.
pub(super) fn sqlite(sql: &str) -> Result<String, DbError> {
    let mut text = String::with_capacity(sql.len() * 2);
    let mut table = None;
    for line in sql.lines() {
        let trimmed = line.trim();
        match table {
            None if trimmed.starts_with("CREATE TABLE ") => {
                if !trimmed.ends_with('(') {
                    return Err(wrong("a table must open its bracket at the end of its line", trimmed));
                }
                table = Some(());
                text.push_str(line);
            }
            None => match line.split_once("ADD COLUMN ") {
                Some((before, after)) => {
                    text.push_str(before);
                    text.push_str("ADD COLUMN ");
                    text.push_str(&column(after)?);
                }
                None => text.push_str(line),
            },
            Some(()) if trimmed == ");" => {
                table = None;
                text.push_str(") STRICT;");
            }
            Some(()) if is_column(trimmed) => text.push_str(&column(line)?),
            Some(()) => text.push_str(line),
        }
        text.push('\n');
    }
    match table {
        None => Ok(text),
        Some(()) => Err(wrong("a table must close with a line of its own", ");")),
    }
}

/// Whether a line within a table is that of a column: it begins with a lower-case name and not with a constraint.
pub(super) fn is_column(line: &str) -> bool {
    let name = line.split_whitespace().next().unwrap_or_default();
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && line
            .split_whitespace()
            .nth(1)
            .is_some_and(|word| word.starts_with(|c: char| c.is_ascii_uppercase()))
}

fn column(line: &str) -> Result<String, DbError> {
    let name = line.split_whitespace().next().unwrap_or_default();
    let after_name = line.find(name).unwrap_or_default() + name.len();
    let (before, rest) = line.split_at(after_name);
    let rest = rest.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let (kind, rest) = rest.split_at(end);
    let kind = Kind::parse(kind).ok_or_else(|| wrong("the type of a column is not portable", line.trim()))?;
    Ok(format!("{before} {}{rest}", rendered(kind, name)))
}

/// The type's name in SQLite and the form its values must have. A CHECK lets NULL pass.
fn rendered(kind: Kind, name: &str) -> String {
    const INSTANT: &str = "[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]\
                           .[0-9][0-9][0-9][0-9][0-9][0-9]Z";
    match kind {
        Kind::Uuid => format!("BLOB CHECK (length({name}) = 16)"),
        Kind::Timestamp => format!("TEXT CHECK ({name} GLOB '{INSTANT}')"),
        Kind::Date => format!("TEXT CHECK (date({name}) IS {name})"),
        Kind::Boolean => format!("INTEGER CHECK ({name} IN (0, 1))"),
        Kind::Integer => "INTEGER".to_owned(),
        Kind::Text => "TEXT".to_owned(),
        Kind::Bytes => "BLOB".to_owned(),
        Kind::Json => format!("TEXT CHECK (json_valid({name}))"),
    }
}

pub(super) fn wrong(what: &str, line: &str) -> DbError {
    DbError::refused("migration", format!("{what}: {line}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_translated_and_everything_else_is_left_alone() {
        let sql = "\
CREATE TABLE things (
    thing_id UUID PRIMARY KEY,
    made_at TIMESTAMPTZ NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('OPEN', 'CLOSED')),
    open BOOLEAN NOT NULL,
    UNIQUE (stage, made_at),
    FOREIGN KEY (thing_id) REFERENCES others (other_id)
);
CREATE INDEX things_stage_idx ON things (stage) WHERE open;
ALTER TABLE things ADD COLUMN due_on DATE;
";
        let text = sqlite(sql).expect("translates");
        assert!(text.contains("thing_id BLOB CHECK (length(thing_id) = 16) PRIMARY KEY,"), "{text}");
        assert!(text.contains("made_at TEXT CHECK (made_at GLOB '"), "{text}");
        assert!(text.contains("    stage TEXT NOT NULL CHECK (stage IN ('OPEN', 'CLOSED')),"), "{text}");
        assert!(text.contains("    UNIQUE (stage, made_at),\n    FOREIGN KEY"), "{text}");
        assert!(
            text.contains(") STRICT;\nCREATE INDEX things_stage_idx ON things (stage) WHERE open;"),
            "{text}"
        );
        assert!(text.contains("ADD COLUMN due_on TEXT CHECK (date(due_on) IS due_on);"), "{text}");
    }

    #[test]
    fn a_type_that_is_not_portable_is_refused_for_both() {
        for bad in ["SERIAL", "INTEGER", "NUMERIC", "VARCHAR(20)", "TIMESTAMP"] {
            let sql = format!("CREATE TABLE t (\n    a {bad} NOT NULL\n);\n");
            assert!(sqlite(&sql).is_err(), "{bad}");
            assert!(postgres(&sql).is_err(), "{bad}");
        }
    }
}
