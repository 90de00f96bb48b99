//! Acting on another service's entries: each in order within its stream, each with one effect.
//!
//! The effect and the cursor move in one transaction. An entry that cannot be acted on is *held*, with what follows in
//! its stream behind it, and tried again with growing pauses; after ten attempts it is *parked* until a person looks.
//! Other streams go on. A source whose past has changed is *quarantined*: nothing more is taken from it.
//!
//! What acting on an entry needs from elsewhere is fetched before the transaction is opened. When it cannot be fetched
//! the entry is not to blame: everything waits, and the weather is tried again.

mod apply;
mod backoff;
mod cursor;
mod held;
mod run;
mod step;

pub mod operate;
pub mod report;
pub mod source;

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use redress_kernel::{Clock, Ids};
use redress_store::{Cause, Db, DbError, Tx};
use tokio_util::sync::CancellationToken;

pub use cursor::Standing;
pub use report::{Gauges, Parked};
pub use source::{LocalSource, Source, SourceFault};
pub use step::Step;

pub(crate) use cursor::{CREATE, MOVE, QUARANTINE, READMIT, SELECT};
pub(crate) use held::{DELETE, FORGET, HELD, POSTPONE, REDRIVE, SELECT_AT, SELECT_BLOCKED, SELECT_DUE, SKIP};

use crate::{entry::Entry, hint::Hint};

/// What is done about entries.
pub trait Handler: Send + Sync + 'static {
    /// What acting on an entry needs from elsewhere; `()` when nothing is fetched.
    type Prepared: Send + 'static;

    /// Fetches what acting on the entry needs from elsewhere. No transaction is open. It is called again after a
    /// failure, and changes nothing anywhere.
    fn prepare(&self, entry: &Entry) -> impl Future<Output = Result<Self::Prepared, HandleFault>> + Send;

    /// Acts on an entry inside `tx`, which also moves the cursor. It is called again after a failure, and does nothing
    /// outside the transaction.
    fn handle(
        &self,
        tx: &mut Tx,
        entry: &Entry,
        prepared: Self::Prepared,
    ) -> impl Future<Output = Result<(), HandleFault>> + Send;
}

/// Told how a subscription gets on, for the metrics.
pub trait Watcher: Send + Sync + 'static {
    /// At `read_at` the source had entries up to `head`, and those up to `position` have been acted on or held.
    fn moved(&self, position: i64, head: i64, read_at: Timestamp);

    /// An entry has had its effect.
    fn acted(&self, entry: &Entry, at: Timestamp);
}

/// Watches nothing.
impl Watcher for () {
    fn moved(&self, _: i64, _: i64, _: Timestamp) {}

    fn acted(&self, _: &Entry, _: Timestamp) {}
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
    /// Something that acting on it needs cannot be reached at present; it has nothing to do with the entry, which is never
    /// parked for it.
    #[error("what acting on the entry needs cannot be reached")]
    Unavailable,
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
    /// No pause between attempts at an entry is longer.
    pub longest_pause: Duration,
    /// No pause is longer after the source, or what acting on its entries needs, could not be reached.
    pub longest_rest: Duration,
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
            longest_rest: Duration::from_secs(10),
            timer: Duration::from_millis(500),
        }
    }
}

/// A source of random numbers, handed in.
pub type Draw = Arc<dyn Fn() -> u64 + Send + Sync>;

/// What a subscription works with.
#[derive(Clone)]
pub struct Parts {
    /// The follower's database.
    pub db: Db,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids for streams that cannot be read.
    pub ids: Arc<dyn Ids>,
    /// Told of each commit, because acting on an entry may append others.
    pub hint: Hint,
    /// Spreads the pauses.
    pub draw: Draw,
    /// Told how it gets on.
    pub watcher: Arc<dyn Watcher>,
}

/// Follows one source.
pub struct Subscription<S, H> {
    parts: Parts,
    source: S,
    handler: H,
    settings: Settings,
    /// Most entries in a transaction for now: fewer than the settings say after one that did not get through.
    stride: usize,
    /// Whether the source's past was compared with what is remembered of it, which is done once after each start.
    compared: bool,
    /// Cuts short what waits for others: reading and preparing, never a transaction.
    stop: CancellationToken,
}

/// Why a step came to nothing; the next may succeed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The own database failed.
    #[error(transparent)]
    Database(#[from] DbError),
    /// The source could not be read.
    #[error("the source {source_name} cannot be read: {why}")]
    Source {
        /// Which.
        source_name: String,
        /// Why, as a code.
        why: String,
    },
    /// What acting on an entry needs could not be fetched.
    #[error("what acting on entry {position} of {source_name} needs cannot be reached")]
    Peer {
        /// Whose entry.
        source_name: String,
        /// Its position.
        position: i64,
    },
    /// The subscription is to end.
    #[error("the subscription ends")]
    Stopping,
}

impl<S: Source, H: Handler> Subscription<S, H> {
    /// Follows `source` from where it was left, or from its beginning.
    pub fn new(parts: Parts, source: S, handler: H, settings: Settings) -> Self {
        let stride = settings.batch;
        Self { parts, source, handler, settings, stride, compared: false, stop: CancellationToken::new() }
    }
}
