//! What can go wrong with a database, classified once, so that nobody else looks at driver errors.
//!
//! The driver's own error is not kept as a source: PostgreSQL puts the values of a row into its details, and a value
//! may be a person's name. What is kept is the code, and text that holds names of tables and columns at most.

mod postgres;
mod sqlite;

use std::fmt;

/// What happened, for the log: a code, and words without personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The SQLSTATE, the SQLite result code, or a word of our own.
    pub code: String,
    /// What it was about.
    pub about: String,
}

/// Why a database did not do as asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DbError {
    /// Another transaction was first: a serialization failure, a deadlock, a lock not granted in time, or a key that
    /// is taken. Nothing was changed; reading again and deciding again may succeed.
    #[error("another transaction was first ({0})")]
    Conflict(Cause),
    /// The database could not be reached or had no connection to spare; nothing was changed.
    #[error("the database is not available ({0})")]
    Unavailable(Cause),
    /// The disk or the memory is full; nothing was changed.
    #[error("the database has no room left ({0})")]
    Exhausted(Cause),
    /// The statement took longer than it may; nothing was changed.
    #[error("the database took too long ({0})")]
    Timeout(Cause),
    /// The commit was sent and its answer never came: it may have happened. Retry with the same request id.
    #[error("it is not known whether the commit happened ({0})")]
    Unknown(Cause),
    /// A row cannot be read: the schema and the program disagree, or the row was tampered with.
    #[error("a row of {table} cannot be read: {column} {reason}")]
    Inconsistent {
        /// The table, as far as the statement tells.
        table: String,
        /// The column that cannot be read.
        column: String,
        /// What is wrong with it; never its value.
        reason: &'static str,
    },
    /// The statement or its values are wrong: a bug in this program. Nothing was changed.
    #[error("the database refused a statement ({0})")]
    Refused(Cause),
    /// Reading or writing the disk failed. What is in memory can no longer be trusted to be on disk: the process must
    /// stop and recover by starting again (a failed `fsync` is never retried).
    #[error("the database's storage failed ({0})")]
    Broken(Cause),
}

impl DbError {
    /// Whether it is certain that the transaction changed nothing.
    pub const fn is_certainly_aborted(&self) -> bool {
        match self {
            Self::Conflict(_)
            | Self::Unavailable(_)
            | Self::Exhausted(_)
            | Self::Timeout(_)
            | Self::Inconsistent { .. }
            | Self::Refused(_) => true,
            Self::Unknown(_) | Self::Broken(_) => false,
        }
    }

    /// A bug found on this side of the driver.
    pub(crate) fn refused(code: &str, about: impl Into<String>) -> Self {
        Self::Refused(Cause::new(code, about))
    }

    /// The same failure, met while committing: a lost connection then means that the outcome is not known.
    pub(crate) fn while_committing(self) -> Self {
        match self {
            Self::Unavailable(cause) => Self::Unknown(cause),
            other @ (Self::Conflict(_)
            | Self::Exhausted(_)
            | Self::Timeout(_)
            | Self::Unknown(_)
            | Self::Inconsistent { .. }
            | Self::Refused(_)
            | Self::Broken(_)) => other,
        }
    }
}

impl Cause {
    /// A cause; `about` must hold no personal data.
    pub fn new(code: impl Into<String>, about: impl Into<String>) -> Self {
        Self { code: code.into(), about: about.into() }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.about)
    }
}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        classify(&error)
    }
}

fn classify(error: &sqlx::Error) -> DbError {
    use sqlx::Error as E;
    match error {
        E::Database(database) => {
            if let Some(found) = database.try_downcast_ref::<sqlx::sqlite::SqliteError>() {
                sqlite::classify(found)
            } else if let Some(found) = database.try_downcast_ref::<sqlx::postgres::PgDatabaseError>() {
                postgres::classify(found)
            } else {
                DbError::refused("driver", "an unknown driver reported an error")
            }
        }
        E::Io(io) => DbError::Unavailable(Cause::new("io", io.kind().to_string())),
        E::Tls(_) => DbError::Unavailable(Cause::new("tls", "no secure connection could be made")),
        E::Protocol(_) => DbError::Unavailable(Cause::new("protocol", "the server's answer made no sense")),
        E::PoolTimedOut => DbError::Unavailable(Cause::new("pool", "no connection was free in time")),
        E::PoolClosed => DbError::Unavailable(Cause::new("pool", "the pool is closed")),
        E::WorkerCrashed => DbError::Unavailable(Cause::new("worker", "the connection's thread is gone")),
        E::BeginFailed => DbError::Unavailable(Cause::new("begin", "the transaction did not begin")),
        E::Configuration(_) => DbError::refused("configuration", "the database URL cannot be used"),
        E::ColumnNotFound(name) => inconsistent(name, "is not in the result"),
        E::ColumnIndexOutOfBounds { .. } => inconsistent("?", "is not in the result"),
        E::ColumnDecode { index, .. } => inconsistent(index, "holds a value of another type"),
        E::Decode(_) => inconsistent("?", "holds a value of another type"),
        E::RowNotFound => inconsistent("?", "has no row"),
        E::TypeNotFound { .. } | E::InvalidArgument(_) | E::Encode(_) | E::InvalidSavePointStatement => {
            DbError::refused("bind", "a value cannot be sent")
        }
        // Those of features that are not used, and those still to come.
        E::AnyDriverError(_) | E::Migrate(_) | _ => {
            DbError::refused("driver", "the driver reported an error of an unknown kind")
        }
    }
}

fn inconsistent(column: &str, reason: &'static str) -> DbError {
    DbError::Inconsistent { table: String::new(), column: column.trim_matches('"').to_owned(), reason }
}
