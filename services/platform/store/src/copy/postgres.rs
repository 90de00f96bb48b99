//! PostgreSQL: every table in one snapshot, out and in again in the server's binary form.

use std::{
    collections::BTreeSet,
    fs::File,
    io::{Read as _, Write as _},
    path::Path,
};

use futures::TryStreamExt as _;
use sqlx::PgConnection;

use super::io;
use crate::{Db, DbError, Row, Tx, tx::Arm};

const TABLES: &str =
    "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema ORDER BY tablename";

/// Which table needs which other's rows first.
const NEEDS: &str = "SELECT c.relname::text AS name, p.relname::text AS needs FROM pg_constraint k \
     JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid \
     JOIN pg_namespace n ON n.oid = c.relnamespace WHERE k.contype = 'f' AND n.nspname = current_schema";

/// A copy takes as long as it takes.
const UNHURRIED: &str = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0";

/// The table of the schema's own history, which migrations fill.
const HISTORY: &str = "migrations";

const CHUNK: usize = 256 * 1024;

pub(super) async fn copy_into(tx: &mut Tx, folder: &Path) -> Result<Vec<String>, DbError> {
    Db::run_script(tx, UNHURRIED.to_owned()).await?;
    let mut files = Vec::new();
    for table in tables(tx).await? {
        let file = format!("{table}.copy");
        let path = folder.join(&file);
        let mut out = File::create(&path).map_err(|error| io(&error))?;
        let mut rows = session(tx)?.copy_out_raw(&format!("COPY {table} TO STDOUT (FORMAT binary)")).await?;
        while let Some(part) = rows.try_next().await? {
            out.write_all(&part).map_err(|error| io(&error))?;
        }
        drop(rows);
        out.sync_all().map_err(|error| io(&error))?;
        files.push(file);
    }
    Ok(files)
}

pub(super) async fn fill(tx: &mut Tx, folder: &Path) -> Result<(), DbError> {
    Db::run_script(tx, UNHURRIED.to_owned()).await?;
    let tables = tables(tx).await?;
    for table in in_order(tables, &needs(tx).await?) {
        let path = folder.join(format!("{table}.copy"));
        let mut file = File::open(&path).map_err(|error| io(&error))?;
        let statement = format!("COPY {table} FROM STDIN (FORMAT binary)");
        let mut rows = session(tx)?.copy_in_raw(&statement).await?;
        let mut chunk = vec![0; CHUNK];
        loop {
            let read = file.read(&mut chunk).map_err(|error| io(&error))?;
            if read == 0 {
                break;
            }
            rows.send(&chunk[..read]).await?;
        }
        rows.finish().await?;
    }
    Ok(())
}

pub(super) async fn is_blank(tx: &mut Tx) -> Result<bool, DbError> {
    for table in tables(tx).await? {
        let any = format!("SELECT EXISTS (SELECT 1 FROM {table})");
        if sqlx::query_scalar::<_, bool>(sqlx::AssertSqlSafe(any)).fetch_one(session(tx)?).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The tables but for the history of the schema. What is named otherwise than ours is not ours.
async fn tables(tx: &mut Tx) -> Result<Vec<String>, DbError> {
    let names: Vec<String> = tx.query(TABLES).all(|row: &Row<'_>| row.get("name")).await?;
    let ours = |name: &String| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if let Some(foreign) = names.iter().find(|name| !ours(name)) {
        return Err(DbError::refused("table", format!("{foreign} is not a table of this program")));
    }
    Ok(names.into_iter().filter(|name| name != HISTORY).collect())
}

async fn needs(tx: &mut Tx) -> Result<Vec<(String, String)>, DbError> {
    tx.query(NEEDS).all(|row: &Row<'_>| Ok((row.get("name")?, row.get("needs")?))).await
}

/// The tables, each after those whose rows it refers to.
fn in_order(mut left: Vec<String>, needs: &[(String, String)]) -> Vec<String> {
    let (mut done, mut ordered) = (BTreeSet::new(), Vec::new());
    while !left.is_empty() {
        let free = |name: &String| {
            needs.iter().all(|(of, needed)| of != name || needed == name || done.contains(needed))
        };
        let (ready, waiting): (Vec<String>, Vec<String>) = left.into_iter().partition(free);
        // Tables that refer to each other in a circle: the database will say so.
        let ready = if ready.is_empty() { waiting.clone() } else { ready };
        left = waiting.into_iter().filter(|name| !ready.contains(name)).collect();
        done.extend(ready.iter().cloned());
        ordered.extend(ready);
    }
    ordered
}

fn session(tx: &mut Tx) -> Result<&mut PgConnection, DbError> {
    match &mut tx.arm {
        Arm::Postgres(open) => Ok(open),
        Arm::Sqlite(_) => Err(DbError::refused("engine", "the transaction is not one of PostgreSQL")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_comes_after_those_it_refers_to() {
        let names = |names: [&str; 3]| names.map(str::to_owned).to_vec();
        let needs = [("a", "c"), ("c", "b"), ("b", "b")].map(|(of, on)| (of.to_owned(), on.to_owned()));
        assert_eq!(in_order(names(["a", "b", "c"]), &needs), names(["b", "c", "a"]));
    }
}
