//! The settings of this service alone.

use std::time::Duration;

use redress_chassis::{Configuration, Settings};

/// The settings of this service alone.
#[derive(Clone, Copy, Debug)]
pub struct Config {
    /// How often to look at what is due.
    pub look_every: Duration,
}

impl Configuration for Config {
    fn read(settings: &mut Settings) -> Self {
        let mut section = settings.section("ice_liaison");
        Self { look_every: section.duration("look_every", Duration::from_secs(30)) }
    }
}
