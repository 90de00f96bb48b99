//! The settings of this service alone.

use std::time::Duration;

use redress_chassis::{Configuration, Settings};

/// The settings of this service alone.
#[derive(Clone, Copy, Debug)]
pub struct Config {
    /// How often to look at what is due.
    pub look_every: Duration,
    /// How long backups of the database are kept: until then, copies beyond use may lie in them.
    pub backups_kept: Duration,
}

impl Configuration for Config {
    fn read(settings: &mut Settings) -> Self {
        let mut section = settings.section("ice_liaison");
        Self {
            look_every: section.duration("look_every", Duration::from_secs(30)),
            backups_kept: section.duration("backups_kept", Duration::from_hours(35 * 24)),
        }
    }
}
