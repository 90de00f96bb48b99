//! How a database would go about a statement, for the tests that hold the hot ones to their indexes (L46).

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgPool, Row as _, SqlStr, SqlitePool};

use crate::DbError;

/// The types of the parameters of the statement that was prepared last, in their order.
const TYPES: &str = "SELECT parameter_types::text[] FROM pg_prepared_statements WHERE name = 'explained'";

pub(super) async fn sqlite(readers: &SqlitePool, sql: SqlStr) -> Result<Vec<String>, DbError> {
    let text = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", sql.as_str()));
    let rows = readers.acquire().await?.fetch_all(text).await?;
    Ok(rows.iter().map(|row| row.try_get("detail")).collect::<Result<_, _>>()?)
}

/// Planned with values, because that is how it is run; which they are is for the types to say.
pub(super) async fn postgres(pool: &PgPool, sql: SqlStr) -> Result<Vec<String>, DbError> {
    let mut session = pool.acquire().await?.detach();
    session.execute(AssertSqlSafe(format!("PREPARE explained AS {}", sql.as_str()))).await?;
    let types: Vec<String> = sqlx::query_scalar(TYPES).fetch_one(&mut session).await?;
    let values: Vec<&str> = types.iter().map(|kind| likely(kind)).collect();
    let values = if values.is_empty() { String::new() } else { format!("({})", values.join(", ")) };
    let rows = session.fetch_all(AssertSqlSafe(format!("EXPLAIN EXECUTE explained{values}"))).await?;
    let plan = rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?;
    session.close().await?;
    Ok(plan)
}

/// A value of a type, as a constant.
fn likely(kind: &str) -> &'static str {
    match kind {
        "uuid" => "'00000000-0000-0000-0000-000000000000'",
        "date" => "'2026-11-02'",
        "timestamp with time zone" => "'2026-11-02T00:00:00Z'",
        "bigint" => "51",
        "boolean" => "true",
        "bytea" => "'\\x00'",
        "jsonb" => "'{}'",
        _ => "'RECEIVED'",
    }
}
