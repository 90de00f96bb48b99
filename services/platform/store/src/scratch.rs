//! A database for a while: made and dropped on a server by its administrator, for tests and demonstrations.

use std::str::FromStr as _;

use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, postgres::PgConnectOptions};

use crate::DbError;

/// Makes an empty database on a PostgreSQL server and returns its URL.
///
/// # Errors
/// [`DbError::Refused`] when `name` is not made of lower-case letters, digits, underscores and hyphens.
pub async fn create(administrator: &str, name: &str) -> Result<String, DbError> {
    run(administrator, format!("CREATE DATABASE \"{}\"", checked(name)?)).await?;
    let (server, _) = administrator.rsplit_once('/').unwrap_or((administrator, ""));
    Ok(format!("{server}/{name}"))
}

/// Drops a database, whoever is still connected to it.
pub async fn remove(administrator: &str, name: &str) -> Result<(), DbError> {
    run(administrator, format!("DROP DATABASE IF EXISTS \"{}\" WITH (FORCE)", checked(name)?)).await
}

// A database cannot be made inside a transaction, so this goes past the façade. The name is checked, and is no
// parameter because the server takes none there.
async fn run(administrator: &str, sql: String) -> Result<(), DbError> {
    let mut session =
        PgConnectOptions::from_str(administrator)?.disable_statement_logging().connect().await?;
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut session).await?;
    session.close().await?;
    Ok(())
}

fn checked(name: &str) -> Result<&str, DbError> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
    if name.starts_with(|c: char| c.is_ascii_lowercase()) && name.len() < 64 && name.chars().all(plain) {
        Ok(name)
    } else {
        Err(DbError::refused(
            "name",
            "a database's name must be made of lower-case letters, digits, underscores and hyphens",
        ))
    }
}
