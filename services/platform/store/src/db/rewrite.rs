//! Writing a table of PostgreSQL anew, and the proof that nothing of what was deleted from it is left.
//!
//! The server carries a deleted row over into the new file as long as some snapshot may still see it: a backup that is being taken, or a
//! session that somebody forgot. It says how far it went, for whoever may not read the file: every row deleted by a transaction before the
//! table's `relfrozenxid` was left behind. So a number is drawn after the deletion, and must not lie beyond that.

use std::time::Duration;

use tokio::time::{Interval, interval};

use super::Db;
use crate::{Cause, DbError};

/// Later than every transaction that has ended. Its commit writes nothing.
const MARK: &str = "SELECT CAST(pg_current_xact_id() AS TEXT) AS mark";

/// Whether every transaction before the mark has ended, in whichever database of the server: who begins to look while one of them runs
/// keeps what it may still see.
const IS_SETTLED: &str = "SELECT CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT) \
     > CAST(CAST($1 AS TEXT) AS BIGINT) AS is_settled";

/// Whether the table was written anew without anything that was deleted before the mark.
const IS_CLEAN: &str = "SELECT age(CAST(CAST(CAST($1 AS TEXT) AS XID8) AS XID)) >= age(relfrozenxid) AS is_clean \
     FROM pg_class WHERE relname = $2 AND relnamespace = CAST(current_schema AS REGNAMESPACE)";

/// Whoever began to look a moment before is done when the first attempt is; whoever still looks then has been at it for longer.
const ATTEMPTS: usize = 2;

/// How often others are asked for whether they have ended, and how many times: they write for milliseconds.
const LOOK: Duration = Duration::from_millis(10);
const LOOKS: usize = 3_000;

pub(super) async fn rewrite(db: &Db, table: &'static str) -> Result<(), DbError> {
    for _ in 0..ATTEMPTS {
        if is_rewritten(db, table).await? {
            return Ok(());
        }
    }
    Err(DbError::Conflict(Cause::new("rewrite", "someone reads the table as it was before")))
}

async fn is_rewritten(db: &Db, table: &'static str) -> Result<bool, DbError> {
    let mut tx = db.write().await?;
    let mark: String = tx.query(MARK).one(|row| row.get("mark")).await?;
    tx.commit().await?;
    settle(db, &mark, interval(LOOK)).await?;
    let mut tx = db.write().await?;
    // A large table takes longer than a service's statement may.
    let script = format!("SET LOCAL statement_timeout = 0; SELECT rewrite_{table}();");
    Db::run_script(&mut tx, script).await?;
    let is_clean =
        tx.query(IS_CLEAN).bind(mark).bind(table.to_owned()).one(|row| row.get("is_clean")).await?;
    tx.commit().await?;
    Ok(is_clean)
}

/// Waits until those who were at it are done; not for ever, because whoever takes that long is found out afterwards.
async fn settle(db: &Db, mark: &str, mut looks: Interval) -> Result<(), DbError> {
    for _ in 0..LOOKS {
        looks.tick().await;
        let mut tx = db.write().await?;
        let is_settled = tx.query(IS_SETTLED).bind(mark.to_owned()).one(|row| row.get("is_settled")).await?;
        tx.commit().await?;
        if is_settled {
            break;
        }
    }
    Ok(())
}
