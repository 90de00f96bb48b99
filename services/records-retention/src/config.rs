//! The settings of this service alone.

use std::time::Duration;

use redress_chassis::{Configuration, Settings};

/// The settings of this service alone.
#[derive(Clone, Copy, Debug)]
pub struct Config {
    /// How often to look at what is due.
    pub look_every: Duration,
    /// How often to count what those who watch are told.
    pub count_every: Duration,
    /// How far the clock may have moved between two looks before the date is in doubt.
    pub longest_gap: Duration,
}

impl Configuration for Config {
    fn read(settings: &mut Settings) -> Self {
        let mut section = settings.section("records_retention");
        Self {
            look_every: section.duration("look_every", Duration::from_secs(30)),
            count_every: section.duration("count_every", Duration::from_secs(30)),
            longest_gap: section.duration("longest_gap", Duration::from_hours(7 * 24)),
        }
    }
}
