//! What about a server could lose data or give it away. Whoever opens a database decides which of it to live with.

use std::fmt;

use sqlx::{PgPool, SqlitePool};

use super::sqlite;
use crate::DbError;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth telling; a service may run.
    Warning,
    /// A service must not run in production.
    Grave,
}

/// Something about a server that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// How bad it is.
    pub severity: Severity,
    /// Which setting, such as `fsync`.
    pub setting: &'static str,
    /// How it was found.
    pub found: String,
    /// How it must be.
    pub wanted: &'static str,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is {}, must be {}", self.setting, self.found, self.wanted)
    }
}

/// Settings of the server, and what they must be.
const SETTINGS: [(Severity, &str, &str); 6] = [
    (Severity::Grave, "fsync", "on"),
    (Severity::Grave, "full_page_writes", "on"),
    (Severity::Grave, "synchronous_commit", "on"),
    (Severity::Grave, "server_encoding", "UTF8"),
    (Severity::Grave, "standard_conforming_strings", "on"),
    (Severity::Warning, "data_checksums", "on"),
];

/// What the runtime role must not be: each could step around what the schema forbids.
const ROLE: &str = "SELECT rolsuper, rolbypassrls, rolcreaterole,
    EXISTS (SELECT 1 FROM pg_class WHERE relowner = pg_roles.oid AND relnamespace = current_schema::regnamespace)
    FROM pg_roles WHERE rolname = current_user";

/// How text sorts. SQLite sorts by code point; another order here would page differently, and change with the
/// system's libraries, under the indexes.
const COLLATION: &str = "SELECT datcollate::text FROM pg_database WHERE datname = current_database()";

/// Whether what is said to the server can be overheard.
const EXPOSED: &str = "SELECT NOT ssl AND COALESCE(NOT inet_client_addr() << '127.0.0.0/8'::inet
    AND inet_client_addr() <> '::1'::inet, FALSE) FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

pub(super) async fn postgres(pool: &PgPool) -> Result<Vec<Fault>, DbError> {
    let mut faults = Vec::new();
    let mut session = pool.acquire().await?;
    for (severity, setting, wanted) in SETTINGS {
        let found: Option<String> = sqlx::query_scalar("SELECT current_setting($1, true)")
            .bind(setting)
            .fetch_one(&mut *session)
            .await?;
        let found = found.unwrap_or_else(|| "unknown".to_owned());
        if found != wanted {
            faults.push(Fault { severity, setting, found, wanted });
        }
    }
    let (superuser, bypasses, creates, owns): (bool, bool, bool, bool) =
        sqlx::query_as(ROLE).fetch_one(&mut *session).await?;
    for (is, setting, found) in [
        (superuser, "role", "superuser"),
        (bypasses, "role", "bypassing row security"),
        (creates, "role", "able to make roles"),
        (owns, "role", "owner of the tables"),
    ] {
        if is {
            let wanted = "a role that may only read and write rows";
            faults.push(Fault { severity: Severity::Grave, setting, found: found.to_owned(), wanted });
        }
    }
    let found: String = sqlx::query_scalar(COLLATION).fetch_one(&mut *session).await?;
    if !matches!(found.as_str(), "C" | "C.UTF-8" | "POSIX") {
        faults.push(Fault { severity: Severity::Warning, setting: "collation", found, wanted: "C" });
    }
    let is_exposed: bool = sqlx::query_scalar(EXPOSED).fetch_one(&mut *session).await?;
    if is_exposed {
        let (found, wanted) = ("in the clear".to_owned(), "encrypted, beyond this machine");
        faults.push(Fault { severity: Severity::Warning, setting: "connection", found, wanted });
    }
    Ok(faults)
}

pub(super) async fn sqlite(writer: &SqlitePool, readers: &SqlitePool) -> Result<Vec<Fault>, DbError> {
    let mut faults = sqlite::faults(writer).await?;
    faults.extend(sqlite::faults(readers).await?);
    let fault = |found: &'static str| Fault {
        severity: Severity::Grave,
        setting: "pragma",
        found: found.to_owned(),
        wanted: "as it was set",
    };
    Ok(faults.into_iter().map(fault).collect())
}
