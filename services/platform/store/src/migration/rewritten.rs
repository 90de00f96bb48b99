//! Tables that whoever writes their rows may have written anew, so that what was deleted from them is in no file.
//!
//! On PostgreSQL that is for a table's owner, and a service does not own its tables: it would be told by a warning, and go on. So the
//! owner leaves a function that does this one thing, and runs with the owner's rights. `CLUSTER` and not `VACUUM FULL`, because a function
//! may run it; and not `TRUNCATE`, because whoever read in an older snapshot would find the table empty, and take every key for one that
//! never was. SQLite has wiped what was deleted already.

use std::fmt::Write as _;

use super::translate::wrong;
use crate::{DbError, db::Engine};

/// The function for every mark in the text.
pub(super) fn functions(sql: &str, engine: Engine) -> Result<String, DbError> {
    let mut text = String::new();
    for line in sql.lines() {
        let Some(mark) = line.trim().strip_prefix("-- rewritten:") else { continue };
        let (table, index) =
            mark.trim().split_once(" by ").ok_or_else(|| wrong("the mark is not understood", mark))?;
        if ![table, index].into_iter().all(is_name) {
            return Err(wrong("the mark is not understood", mark));
        }
        match engine {
            Engine::Sqlite => {}
            Engine::Postgres => postgres(&mut text, table, index),
        }
    }
    Ok(text)
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// The schema is named in full: nothing that its caller put in the way is ever run with the owner's rights.
fn postgres(text: &mut String, table: &str, index: &str) {
    let _ = writeln!(
        text,
        "DO $do$ BEGIN EXECUTE format($function$\n\
         CREATE FUNCTION %1$I.rewrite_{table}() RETURNS void LANGUAGE plpgsql SECURITY DEFINER\n\
         SET search_path = pg_catalog, pg_temp AS\n\
         $body$ BEGIN CLUSTER %1$I.{table} USING {index}; END $body$\n\
         $function$, current_schema); END $do$;"
    );
}
