//! What the chassis has made before a service is built.

use std::{fmt, sync::Arc, time::Duration};

use opentelemetry::metrics::Meter;
use redress_journal::{Hint, Log, checkpoint::Signer, shell};
use redress_kernel::{Clock, Ids};
use redress_ledger::Ledger;
use redress_policy::{Calendars, Library};
use redress_store::{Blobs, Db, Keyring};

use crate::{gate::Gate, page::Pages, peers::Peers, tasks::Tasks};

/// The parts a service is built from. Tests hand in others.
#[derive(Clone)]
pub struct Parts {
    /// The service's database, its schema in place.
    pub database: Db,
    /// The keys of what the service seals.
    pub keyring: Keyring,
    /// The service's documents.
    pub blobs: Blobs,
    /// The service's journal, for those who read it.
    pub log: Log,
    /// Signs for the service, with the key of its journal: whatever is signed must not pass for a checkpoint.
    pub signer: Arc<Signer>,
    /// What was erased, written down outside the database before it is.
    pub ledger: Ledger,
    /// How long backups are kept.
    pub backups_kept: Duration,
    /// Whether the service may be called, and may act of its own accord.
    pub gate: Gate,
    /// Told of commits that append to the journal.
    pub hint: Hint,
    /// Policy packs and their texts.
    pub library: Arc<Library>,
    /// Bank holidays.
    pub calendars: Arc<Calendars>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Draws identifiers.
    pub ids: Arc<dyn Ids>,
    /// Runs what must not be cut.
    pub tasks: Tasks,
    /// Seals page tokens.
    pub pages: Arc<Pages>,
    /// The other services of the suite, to read from.
    pub peers: Peers,
    /// Where instruments of the service's own come from.
    pub meter: Meter,
}

impl Parts {
    /// What a command shell on this database works with.
    pub fn shell(&self) -> shell::Parts {
        shell::Parts {
            db: self.database.clone(),
            clock: self.clock.clone(),
            ids: self.ids.clone(),
            hint: self.hint.clone(),
            tasks: self.tasks.tracker().clone(),
            stop: self.tasks.stopping().clone(),
        }
    }
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parts").field("database", &self.database).finish_non_exhaustive()
    }
}
