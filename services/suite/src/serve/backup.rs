//! Backups, and putting them back.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use super::{
    ServerSettings,
    environment::ServerEnvironment,
    service::{Name, chosen},
};

/// Where the keys of a backup lie unless they are kept elsewhere.
const KEYS: &str = "keys";

/// Back up databases, documents and keys, while the services run.
///
/// Keys go into a folder of their own, to be kept apart from the data. Neither the master key, nor the signing key, nor the
/// erasure ledger is ever in a backup: keep those by other means. Backups older than `backup.keep` are deleted.
#[derive(Args, Debug)]
pub struct Backup {
    /// Only this service [default: all]
    pub service: Option<Name>,
    /// Folder of all backups
    #[arg(long, value_name = "FOLDER")]
    pub to: PathBuf,
    /// Folder of the keys of all backups [default: keys in the folder of all backups]
    #[arg(long, value_name = "FOLDER")]
    pub keys_to: Option<PathBuf>,
    /// Where its settings come from.
    #[command(flatten)]
    pub settings: ServerSettings,
}

/// Put a backup back in place of databases that are lost.
///
/// Nothing may be there any more, and no process of the service may run. What was erased since the backup is erased again from
/// the erasure ledger, which must be at hand: keys and documents at once, rows when the service starts, before it answers
/// anything.
#[derive(Args, Debug)]
pub struct Restore {
    /// Only this service [default: all]
    pub service: Option<Name>,
    /// Folder of all backups
    #[arg(long, value_name = "FOLDER", required_unless_present = "replay")]
    pub from: Option<PathBuf>,
    /// Folder of the keys of all backups [default: keys in the folder of all backups]
    #[arg(long, value_name = "FOLDER")]
    pub keys_from: Option<PathBuf>,
    /// Name of the backup [default: the newest that is whole]
    #[arg(long, value_name = "NAME", requires = "service")]
    pub at: Option<String>,
    /// Put nothing back: the databases were put back by hand, and their services refuse to serve before what was erased is erased
    /// again
    #[arg(long, conflicts_with_all = ["from", "keys_from", "at"])]
    pub replay: bool,
    /// Where its settings come from.
    #[command(flatten)]
    pub settings: ServerSettings,
}

impl Backup {
    /// Takes it.
    pub fn run(self) -> ExitCode {
        let keys_to = self.keys_to.unwrap_or_else(|| self.to.join(KEYS));
        self.settings
            .program(chosen(self.service), ServerEnvironment::of_process())
            .back_up(&self.to, &keys_to)
    }
}

impl Restore {
    /// Puts it back.
    pub fn run(self) -> ExitCode {
        let program = self.settings.program(chosen(self.service), ServerEnvironment::of_process());
        match self.from {
            Some(from) => {
                let keys_from = self.keys_from.unwrap_or_else(|| from.join(KEYS));
                program.restore(&from, &keys_from, self.at.as_deref())
            }
            None => program.replay(),
        }
    }
}
