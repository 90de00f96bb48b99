//! How long backups are kept.

use std::time::Duration;

use super::{Configuration, Settings};

/// How long backups are kept.
#[derive(Clone, Copy, Debug)]
pub struct Backup {
    /// How long a backup is kept: until then, copies beyond use of what was destroyed may lie in it. Receipts of a destruction say
    /// so, and `redress backup` deletes what is older.
    pub keep: Duration,
}

impl Configuration for Backup {
    fn read(settings: &mut Settings) -> Self {
        Self { keep: settings.section("backup").duration("keep", Duration::from_hours(35 * 24)) }
    }
}
