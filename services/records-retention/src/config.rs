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
    /// Most bytes of what is laid by with a record at once.
    pub largest_content: u64,
    /// How often to look for objects without parts, and parts without objects.
    pub sweep_every: Duration,
    /// How old an object must be before it is taken for one that an interrupted upload left behind.
    pub orphan_age: Duration,
    /// How far the clock may have moved between two looks before the date is in doubt.
    pub longest_gap: Duration,
    /// How far the clock may move otherwise than time passes, between two looks of a process, before the date is in doubt.
    pub largest_jump: Duration,
}

impl Configuration for Config {
    fn read(settings: &mut Settings) -> Self {
        let mut section = settings.section("records_retention");
        Self {
            look_every: section.duration("look_every", Duration::from_secs(30)),
            count_every: section.duration("count_every", Duration::from_secs(30)),
            largest_content: section.bytes("largest_content", 2 << 30, 1..=1 << 40),
            sweep_every: section.duration("sweep_every", Duration::from_hours(6)),
            orphan_age: section.duration("orphan_age", Duration::from_hours(24)),
            longest_gap: section.duration("longest_gap", Duration::from_hours(7 * 24)),
            largest_jump: section.duration("largest_jump", Duration::from_mins(5)),
        }
    }
}
