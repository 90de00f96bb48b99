//! What a process is told: typed sections, read once at start, every mistake named.

mod auth;
mod backup;
mod environment;
mod journal;
mod limits;
mod listen;
mod mistake;
mod peers;
mod policy;
mod quantity;
mod secret;
mod section;
mod settings;
mod storage;
mod telemetry;

use std::path::PathBuf;

pub use auth::{Auth, KeySource};
pub use backup::Backup;
pub use environment::{Environment, ProcessEnvironment};
pub use journal::Journal;
pub use limits::Limits;
pub use listen::{Admin, Listen, Tls};
pub use mistake::{Mistake, Mistakes};
pub use peers::Peers;
pub use policy::Policy;
pub use secret::Secret;
pub use section::Section;
pub use settings::{Effective, Settings};
pub(crate) use storage::complete;
pub use storage::{Storage, expand};
pub use telemetry::{LogFormat, Telemetry};

use crate::process::CALENDARS;

/// A group of settings that can be read. A service brings one of its own; `()` serves the one that has none.
pub trait Configuration: Sized + Send + 'static {
    /// Reads the group. Mistakes stay in `settings`; the value then only serves to find more of them.
    fn read(settings: &mut Settings) -> Self;
}

impl Configuration for () {
    fn read(_: &mut Settings) -> Self {}
}

/// What every process is told, whatever it serves.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where it listens for calls.
    pub listen: Listen,
    /// Where it answers its operators.
    pub admin: Admin,
    /// Where it keeps things.
    pub storage: Storage,
    /// How long backups are kept.
    pub backup: Backup,
    /// How its journal is signed.
    pub journal: Journal,
    /// Whom it trusts.
    pub auth: Auth,
    /// How it is watched.
    pub telemetry: Telemetry,
    /// How much it takes.
    pub limits: Limits,
    /// What of policy is its provider's own.
    pub policy: Policy,
    /// Where the other services of the suite are.
    pub peers: Peers,
}

impl Config {
    /// The folder with lists of bank holidays that were imported, whether it is there or not.
    pub fn calendars(&self) -> PathBuf {
        self.policy.calendars.clone().unwrap_or_else(|| self.storage.data.join(CALENDARS))
    }
}

impl Configuration for Config {
    fn read(settings: &mut Settings) -> Self {
        let storage = Storage::read(settings);
        let auth = Auth::read(settings);
        let peers = Peers::read(settings);
        peers.check(&auth, settings);
        Self {
            listen: Listen::read(settings),
            admin: Admin::read(settings),
            backup: Backup::read(settings),
            journal: Journal::read(settings),
            auth,
            telemetry: Telemetry::read(settings),
            limits: Limits::read(settings),
            policy: Policy::read(settings),
            peers,
            storage,
        }
    }
}
