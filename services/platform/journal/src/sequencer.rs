//! Gives committed entries their position, extends the tree over them, and signs its new head: all in one transaction.
//!
//! Any number of sequencers may run against one database. Each round begins by taking the turn, a row that stays locked
//! until the round commits; so rounds follow one another whatever clocks say, and a sequencer that slept through its
//! turn has nothing to overwrite. What it remembers of the tree is valid only while no other turn came between.

mod order;
mod round;

use std::{sync::Arc, time::Duration};

use redress_kernel::Clock;
use redress_store::{Db, DbError};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{
    checkpoint::{Checkpoint, LastCheckpoint, Signer},
    hint::Hint,
    log::tree::TreeFault,
    merkle::{MissingTile, Tiles},
};

pub use round::Round;
pub(crate) use round::{CHECKPOINTS, DELETE_PENDING, POSITIONS, SELECT_ANY, SELECT_BATCH, TAKE_TURN};

/// How a sequencer works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Most entries in a round.
    pub batch: i64,
    /// Least time between rounds: under load it is what makes rounds large, and leaves the disk to the commands.
    pub pace: Duration,
    /// How long to wait for a hint before looking anyway.
    pub timer: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self { batch: 4096, pace: Duration::from_millis(20), timer: Duration::from_millis(500) }
    }
}

/// Whether the log grows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It does.
    Running,
    /// It does not, and will not until a person has looked. Commands are still taken; their entries wait.
    Stopped(String),
}

/// Why a round came to nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The database failed; the next round may succeed.
    #[error(transparent)]
    Database(#[from] DbError),
    /// The last checkpoint could not be kept outside the database; nothing more is signed until it is.
    #[error("the last checkpoint cannot be kept outside the database: {0}")]
    Outside(std::io::ErrorKind),
    /// What was published is not in the log: the database was restored or replaced. Signing would fork the history.
    #[error("the log of {log_size} entries does not contain the published checkpoint of {published_size}")]
    Forked {
        /// Size of the log in the database.
        log_size: i64,
        /// Size that was published.
        published_size: u64,
    },
    /// The file outside the database does not hold a checkpoint of this log.
    #[error("the file of the last checkpoint does not hold one of this log")]
    ForeignCheckpoint,
    /// The tree in the database is damaged.
    #[error("the tree does not have the root that was signed, or has a hole")]
    Damaged,
}

impl From<MissingTile> for Fault {
    fn from(_: MissingTile) -> Self {
        Self::Damaged
    }
}

impl From<TreeFault> for Fault {
    fn from(fault: TreeFault) -> Self {
        match fault {
            TreeFault::Database(error) => Self::Database(error),
            TreeFault::Damaged(missing) => missing.into(),
        }
    }
}

impl Fault {
    /// Whether the next round may succeed without a person's help.
    const fn passes(&self) -> bool {
        match self {
            Self::Database(_) | Self::Outside(_) => true,
            Self::Forked { .. } | Self::ForeignCheckpoint | Self::Damaged => false,
        }
    }
}

/// Sequences one journal.
pub struct Sequencer {
    db: Db,
    signer: Arc<Signer>,
    last: LastCheckpoint,
    clock: Arc<dyn Clock>,
    hint: Hint,
    settings: Settings,
    /// Whose turn it was, for people who look at the database.
    id: Uuid,
    memory: Option<Memory>,
    published: Published,
    standing: watch::Sender<Standing>,
}

/// The tree as the last round of this sequencer left it.
struct Memory {
    turn: i64,
    size: i64,
    tiles: Tiles,
}

/// What is known of the file outside the database.
enum Published {
    /// It was not read yet.
    Unread,
    /// It holds this checkpoint, or none.
    Known(Option<Checkpoint>),
    /// It must be given this note before anything else is signed.
    Owed(String, Checkpoint),
}

impl Sequencer {
    /// Sequences the journal in `db`, whose [`Log`](crate::log::Log) was opened before.
    pub fn new(
        db: Db,
        signer: impl Into<Arc<Signer>>,
        last: LastCheckpoint,
        clock: Arc<dyn Clock>,
        hint: Hint,
        id: Uuid,
        settings: Settings,
    ) -> Self {
        // Replicas on one machine may share the folder.
        let last = last.written_by(id);
        let (memory, published) = (None, Published::Unread);
        let standing = watch::Sender::new(Standing::Running);
        let signer = signer.into();
        Self { db, signer, last, clock, hint, settings, id, memory, published, standing }
    }

    /// Tells whether the log grows, for readiness and alerts.
    pub fn standing(&self) -> watch::Receiver<Standing> {
        self.standing.subscribe()
    }

    /// Sequences until `stop`, and then whatever is still there. Cancel it after the shells are done, so that nothing
    /// is left for the next start.
    pub async fn run(mut self, stop: CancellationToken) {
        loop {
            let stopping = stop.is_cancelled();
            match self.round().await {
                Ok(round) if round.may_be_more => continue,
                Ok(_) if stopping => return,
                Ok(_) => {}
                Err(fault) if fault.passes() && !stopping => {
                    tracing::warn!(error = %fault, "a sequencing round came to nothing");
                }
                Err(fault) => {
                    tracing::error!(error = %fault, "the sequencer stops");
                    self.standing.send_replace(Standing::Stopped(fault.to_string()));
                    return;
                }
            }
            let waits = async {
                self.rest(self.settings.pace).await;
                tokio::select! {
                    () = self.hint.wait_for_commit() => {}
                    () = self.rest(self.settings.timer) => {}
                }
            };
            tokio::select! {
                () = waits => {}
                () = stop.cancelled() => {}
            }
        }
    }

    #[expect(clippy::disallowed_methods, reason = "the caller waits for a hint or for the stop beside it")]
    async fn rest(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}
