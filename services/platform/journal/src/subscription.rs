//! Acting on another service's entries: each in order within its stream, each with one effect.
//!
//! The effect and the cursor move in one transaction. An entry that cannot be acted on is *held*, with what follows in
//! its stream behind it, and tried again with growing pauses; after ten attempts it is *parked* until a person looks.
//! Other streams go on. A source whose past has changed is *quarantined*: nothing more is taken from it.

mod backoff;
mod cursor;
mod held;
mod run;
mod step;

pub mod source;

use std::{sync::Arc, time::Duration};

use redress_kernel::{Clock, Ids};
use redress_store::{Cause, Db, DbError, Tx};

pub use cursor::Standing;
pub use held::Parked;
pub use run::Gauges;
pub use source::{LocalSource, Source, SourceFault};
pub use step::Step;

pub(crate) use cursor::{CREATE, MOVE, QUARANTINE, READMIT, SELECT};
pub(crate) use held::{
    COUNT, DELETE, HELD, POSTPONE, REDRIVE, SELECT_AT, SELECT_BLOCKED, SELECT_DUE, SELECT_PARKED,
};

use crate::entry::Entry;

/// What is done about entries.
pub trait Handler: Send + Sync + 'static {
    /// Acts on an entry inside `tx`, which also moves the cursor. It is called again after a failure, and does nothing
    /// outside the transaction.
    fn handle(&self, tx: &mut Tx, entry: &Entry) -> impl Future<Output = Result<(), HandleFault>> + Send;
}

/// Why an entry was not acted on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandleFault {
    /// The database failed; it has nothing to do with the entry.
    #[error(transparent)]
    Database(DbError),
    /// The entry itself cannot be acted on; the reason is a code, without personal data.
    #[error("the entry cannot be acted on: {0}")]
    Poison(String),
}

impl From<DbError> for HandleFault {
    fn from(error: DbError) -> Self {
        match error {
            // The same statement will be refused again, whatever the weather.
            DbError::Refused(Cause { code, .. }) => Self::Poison(format!("database refused: {code}")),
            DbError::Inconsistent { table, .. } => Self::Poison(format!("inconsistent: {table}")),
            other @ (DbError::Conflict(_)
            | DbError::Unavailable(_)
            | DbError::Exhausted(_)
            | DbError::Timeout(_)
            | DbError::Unknown(_)
            | DbError::Broken(_)) => Self::Database(other),
        }
    }
}

/// How a subscription works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Most entries in a transaction.
    pub batch: usize,
    /// Attempts before an entry is parked.
    pub attempts: i64,
    /// The first pause is at most this long; each further one at most twice the one before.
    pub first_pause: Duration,
    /// No pause is longer.
    pub longest_pause: Duration,
    /// How long to wait for news before looking after what is held.
    pub timer: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            batch: 64,
            attempts: 10,
            first_pause: Duration::from_millis(100),
            longest_pause: Duration::from_mins(5),
            timer: Duration::from_millis(500),
        }
    }
}

/// A source of random numbers, handed in.
pub type Draw = Arc<dyn Fn() -> u64 + Send + Sync>;

/// Follows one source.
pub struct Subscription<S, H> {
    db: Db,
    source: S,
    handler: H,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
    draw: Draw,
    settings: Settings,
    /// Whether the source's past was compared with what is remembered of it, which is done once after each start.
    compared: bool,
}

/// Why a step came to nothing; the next may succeed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The own database failed.
    #[error(transparent)]
    Database(#[from] DbError),
    /// The source could not be read.
    #[error("the source {0} cannot be read")]
    Source(String),
}

impl<S: Source, H: Handler> Subscription<S, H> {
    /// Follows `source` from where it was left, or from its beginning.
    pub fn new(
        db: Db,
        source: S,
        handler: H,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
        draw: Draw,
        settings: Settings,
    ) -> Self {
        Self { db, source, handler, clock, ids, draw, settings, compared: false }
    }
}
